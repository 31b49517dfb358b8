package accountweb

import (
	"net/http"
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// sheetOf is how many links one sheet has, and how many people the page offers at once: ticks on another page would be lost.
const sheetOf = 200

// linkDays is how long a link works, as the account rules have it.
const linkDays = 7

// invite makes one link and shows it once; it is never mailed.
func (h *Moving) invite(c *web.Ctx) error {
	return h.make(c, []people.ID{people.ID(c.ID())})
}

func (h *Moving) inviteMany(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	var ids []people.ID
	for _, v := range f.List("person") {
		ids = append(ids, people.ID(v))
	}
	switch {
	case len(ids) == 0:
		return h.chooseWith(c, http.StatusUnprocessableEntity, "请先勾选要请进来的人。")
	case len(ids) > sheetOf:
		return kernel.Err(kernel.Invalid, "一次最多 %d 人。", sheetOf)
	}
	return h.make(c, ids)
}

// make keeps the new links for some minutes and goes to the page that shows them: shown here, a reload would make new ones
// and end those that are on paper already.
func (h *Moving) make(c *web.Ctx, ids []people.ID) error {
	links, refused, err := h.Accounts.InviteAll(c.R.Context(), c.Actor, ids)
	if err != nil {
		return err
	}
	if len(links) == 0 && len(refused) == 1 {
		return refused[0].Why
	}
	key := h.sheets.keep(c.Actor.Account, sheet{links, refused}, time.Now())
	return c.See("/people/invites/made?sheet="+key, "")
}

// invitePage shows links that are made once and never again: to print, to copy, or to hold before a phone.
type invitePage struct {
	*ui.Page
	Links   []link
	Refused []account.Refusal
	Ends    kernel.Date
	Local   bool // phones cannot reach the address
}

type link struct {
	Name, No, Href string
	Code           ui.QRCode
}

func (h *Moving) made(c *web.Ctx) error {
	s, ok := h.sheets.find(c.Actor.Account, c.Query("sheet"), time.Now())
	if !ok {
		return c.See("/people/invites", "做好的链接只显示 %d 分钟，已经收起来了。没有给出去的，请重新做。", sheetMinutes)
	}
	p, err := h.Frame.Page(c, "people", "进门链接")
	if err != nil {
		return err
	}
	p.Back = "/people/invites"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.T("请人进门"), Href: "/people/invites"}, {Name: p.Title}}
	base, reachable := h.base(c)
	page := invitePage{Page: p, Refused: s.Refused, Ends: c.Now.Add(linkDays * 24 * time.Hour).Date(), Local: !reachable}
	for _, x := range s.Links {
		l := link{Name: x.Name, No: x.No, Href: base + "/join/" + x.Token}
		if l.Code, err = ui.NewQRCode(l.Href); err != nil {
			return err
		}
		page.Links = append(page.Links, l)
	}
	return c.Render(Invites(page))
}

// choosePage is who of the roster may be asked in.
type choosePage struct {
	*ui.Page
	Rows   []people.Row
	Joined map[people.ID]bool
	Groups []ui.Option
	Filter people.Filter
	More   bool
}

// Choices that are no group: who is in none, and the representatives of the branch.
const (
	loose = "-"
	reps  = "reps"
)

func (h *Moving) choose(c *web.Ctx) error { return h.chooseWith(c, http.StatusOK, "") }

func (h *Moving) chooseWith(c *web.Ctx, status int, wrong string) error {
	p, err := h.Frame.Page(c, "people", "请人进门")
	if err != nil {
		return err
	}
	p.Back = "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.Title}}
	if wrong != "" {
		p.Form.Errs[""] = p.T(wrong)
	}
	p.NoDock = true
	page := choosePage{Page: p, Filter: whom(c)}
	if err := page.list(h, c); err != nil {
		return err
	}
	ids := make([]people.ID, len(page.Rows))
	for i, r := range page.Rows {
		ids[i] = r.ID
	}
	if page.Joined, err = h.Accounts.Joined(c.R.Context(), c.Actor, ids); err != nil {
		return err
	}
	chart, err := h.Directory.Of(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page.groups(chart)
	return c.RenderStatus(status, Choose(page))
}

// list reads who is offered; the representatives are those of both kinds.
func (p *choosePage) list(h *Moving, c *web.Ctx) error {
	kinds := []authz.Office{""} // of any office or none
	if p.reps() {
		kinds = []authz.Office{authz.WorkerRep, authz.MemberRep}
	}
	for _, o := range kinds {
		f := p.Filter
		f.Office = o
		l, err := h.Roster.List(c.R.Context(), c.Actor, f, "", sheetOf)
		if err != nil {
			return err
		}
		p.Rows, p.More = append(p.Rows, l.Rows...), p.More || l.Next != ""
	}
	return nil
}

func (p *choosePage) reps() bool { return p.C.Query("group") == reps }

// whom reads the address: a leader sees his own group only, whatever it says.
func whom(c *web.Ctx) people.Filter {
	f := people.Filter{Away: c.Query("all") != "1", Text: strings.TrimSpace(c.Query("q"))}
	switch g := c.Query("group"); {
	case c.Actor.Scope(account.InvitePeople).Reach == authz.Owner:
		f.Group = org.UnitID(c.Actor.Scope(account.InvitePeople).ID)
	case g == loose:
		f.Loose = true
	case g == reps:
	default:
		f.Group = org.UnitID(g)
	}
	return f
}

func (p *choosePage) groups(chart *org.Chart) {
	s := p.C.Actor.Scope(account.InvitePeople)
	if s.Reach == authz.Owner {
		return
	}
	p.Groups = []ui.Option{{Name: p.T("全部小组")}, {Value: loose, Name: p.T("没进小组")}, {Value: reps, Name: p.T("巡视的代表")}}
	branch := org.UnitID("")
	if s.Reach == authz.Unit {
		branch = org.UnitID(s.ID)
	}
	for _, u := range chart.Units(org.Group, branch) {
		p.Groups = append(p.Groups, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
	}
}

// ticked: nobody is chosen for the officer, but who has not joined of the group that he chose.
func (p choosePage) ticked(id people.ID) bool {
	return (p.Filter.Group != "" || p.reps()) && p.Filter.Text == "" && !p.Joined[id]
}

func (p choosePage) filtered() bool { return p.C.Query("group") != "" || p.Filter.Text != "" }
