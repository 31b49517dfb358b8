package accountweb

import (
	"context"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Step is one line of the empty start on the home page.
type Step struct {
	Name, Hint, Href string
	Done             bool
}

// Start lists what a branch has to set up, for who can do something of it; nothing where all is done. It costs three
// queries at most, and none once the branch is ready.
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
		open = open || !s.Done
		if s.may {
			mine = append(mine, s.Step)
		}
	}
	if !open {
		h.ready.Store(by.Org+"/"+string(branch), true)
		return nil, nil
	}
	for _, s := range mine {
		if !s.Done {
			return mine, nil
		}
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

type offered struct {
	Step
	may bool
}

// fewPeople is a roster that only has those who set the branch up.
const fewPeople = 2

func (h *Moving) steps(ctx context.Context, by authz.Actor, chart *org.Chart, branch org.UnitID) ([]offered, error) {
	counts, err := db.Counts(ctx, h.DB.Read, by.Org, people.Counter, string(branch))
	if err != nil {
		return nil, err
	}
	held, err := h.Roster.Mandates(ctx, by, h.DB.Clock.Now().Date())
	if err != nil {
		return nil, err
	}
	reps := map[authz.Office]bool{}
	for _, m := range held {
		reps[m.Office] = reps[m.Office] || m.Unit == branch
	}
	patrolled, err := h.Patrolled(ctx, by.Org, branch)
	if err != nil {
		return nil, err
	}
	return []offered{
		{Step{"把单位建起来", "部门、工会小组、承包单位；花名册里有的，导入时也能一起建。", "/units", len(chart.Units(org.Group, branch)) > 0}, by.May(org.ManageUnits)},
		{Step{"把花名册导进来", "人事给的 Excel 直接用，先看一遍再存。", "/people/import", counts[string(branch)] > fewPeople}, by.May(people.ImportPeople)},
		{Step{"任命职工代表和会员代表", "到名册里点开人，写明任期；再给他们进门链接。", "/people", reps[authz.WorkerRep] && reps[authz.MemberRep]}, people.MayAppoint(by, authz.WorkerRep, branch)},
		{Step{"把场所建起来，贴上二维码", "食堂、生活区、生产作业区、危化品存储区；打印二维码贴到墙上。", "/places", len(chart.Places(branch, "")) > 0}, by.May(org.ManagePlaces)},
		{Step{"做第一次巡视", "两位代表拿手机去，扫墙上的码，两人都签名才算数。", "/connect", patrolled}, true},
	}, nil
}
