package accountweb

import (
	"context"
	"slices"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Step is one line of the empty start on the home page.
type Step struct {
	Name, Hint, Href string
	Done             bool
}

// Start lists what a branch has to set up, for who can do something of it; nothing where all is done. It costs a
// handful of queries, and none once the branch is ready.
func (h *Moving) Start(c *web.Ctx, _ *ui.Page) ([]Step, error) {
	by := c.Actor
	if !by.Holds(authz.Chair) && !by.Holds(authz.CompanyChair) && !by.Holds(authz.Admin) {
		return nil, nil
	}
	chart, err := h.Directory.Of(c.R.Context(), by.Org)
	if err != nil {
		return nil, err
	}
	branch := ownBranch(chart, by)
	if _, ok := h.ready.Load(by.Org + "/" + string(branch)); ok {
		return nil, nil
	}
	steps, err := h.steps(c.R.Context(), by, chart, branch)
	if err != nil {
		return nil, err
	}
	open, mine := false, []Step{}
	for _, s := range steps {
		open = open || !s.Done && !s.wish
		if s.may {
			mine = append(mine, s.Step)
		}
	}
	if !open {
		h.ready.Store(by.Org+"/"+string(branch), true)
		return nil, nil
	}
	if slices.ContainsFunc(mine, func(s Step) bool { return !s.Done }) {
		return mine, nil
	}
	return nil, nil
}

// ownBranch is the chair's own branch, else the first one.
func ownBranch(chart *org.Chart, by authz.Actor) org.UnitID {
	for _, g := range by.Grants {
		if g.Office == authz.Chair {
			return org.UnitID(g.Branch)
		}
	}
	if u, ok := chart.Unit(org.UnitID(by.Branch)); ok && u.Kind == org.Branch {
		return u.ID
	}
	if b := chart.Units(org.Branch, ""); len(b) > 0 {
		return b[0].ID
	}
	return ""
}

// Under is how far a branch is under way, by what other modules know.
type Under struct {
	Adopted   bool // duties are in force
	Patrolled bool // a patrol has been signed
	Judged    bool // somebody grades its hazards
}

type offered struct {
	Step
	may  bool
	wish bool // it is named as long as something else is open, and does not keep the guide open
}

// fewPeople is a roster that only has those who set the branch up.
const fewPeople = 2

func (h *Moving) steps(ctx context.Context, by authz.Actor, chart *org.Chart, branch org.UnitID) ([]offered, error) {
	counts, err := db.Counts(ctx, h.DB.Read, by.Org, people.Counter, string(branch))
	if err != nil {
		return nil, err
	}
	reps, joined, err := h.reps(ctx, by, branch)
	if err != nil {
		return nil, err
	}
	under, err := h.Under(ctx, by.Org, branch)
	if err != nil {
		return nil, err
	}
	appoints := people.MayAppoint(by, authz.WorkerRep, branch)
	return []offered{
		{Step: Step{"把单位建起来", "部门、工会小组、承包单位；花名册里有的，导入时也能一起建。", "/units", len(chart.Units(org.Group, branch)) > 0}, may: by.May(org.ManageUnits)},
		{Step: Step{"把花名册导进来", "人事给的 Excel 直接用，先看一遍再存。", "/people/import", counts[string(branch)] > fewPeople}, may: by.May(people.ImportPeople)},
		{Step: Step{"任命职工代表和会员代表", "到名册里点开人，写明任期。巡视要他们两位签名。", "/rights", reps}, may: appoints},
		{Step: Step{"任命安环部门", "报上来的隐患由它定级。", "/rights?office=" + string(authz.HSE), under.Judged}, may: appoints, wish: true},
		{Step: Step{"把场所建起来，贴上二维码", "食堂、生活区、生产作业区、危化品存储区；打印二维码贴到墙上。", "/places", len(chart.Places(branch, "")) > 0}, may: by.May(org.ManagePlaces)},
		{Step: Step{"采用今年要做的事", "巡视、慰问、普查、活动都在目录里，看一遍，不做的去掉。", "/duties", under.Adopted}, may: by.Holds(authz.Chair)},
		{Step: Step{"请两位代表进门", "给一个一次性二维码，手机扫了就能进。", h.inviting(), joined}, may: by.May(account.InvitePeople)},
		{Step: Step{"做第一次巡视", "两位代表拿手机去，扫墙上的码，两人都签名才算数。", "/safety/patrols", under.Patrolled}, may: true},
	}, nil
}

// inviting is where phones are let in: where none can reach this machine, that comes first.
func (h *Moving) inviting() string {
	if h.PublicURL == "" && loopback(h.Addr) {
		return "/connect"
	}
	return "/people/invites?group=reps"
}

// reps tells whether a branch has representatives of both kinds, and whether one of each has come in.
func (h *Moving) reps(ctx context.Context, by authz.Actor, branch org.UnitID) (held, joined bool, err error) {
	all, err := h.Roster.Mandates(ctx, by, h.DB.Clock.Now().Date())
	if err != nil {
		return false, false, err
	}
	var ids []people.ID
	of := map[authz.Office][]people.ID{}
	for _, m := range all {
		if m.Unit == branch && (m.Office == authz.WorkerRep || m.Office == authz.MemberRep) {
			of[m.Office], ids = append(of[m.Office], m.Person), append(ids, m.Person)
		}
	}
	if held = len(of) == 2; !held {
		return false, false, nil
	}
	in, err := h.Accounts.Joined(ctx, by, ids)
	came := func(p people.ID) bool { return in[p] }
	return true, slices.ContainsFunc(of[authz.WorkerRep], came) && slices.ContainsFunc(of[authz.MemberRep], came), err
}
