package accountweb

import (
	"net/http"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// sheetOf is how many links one sheet has: what a person prints and hands out at once.
const sheetOf = 60

// linkDays is how long a link works, as the account rules have it.
const linkDays = 7

// invite makes one link and shows it once; it is never mailed.
func (h *Moving) invite(c *web.Ctx) error {
	return h.show(c, []people.ID{people.ID(c.ID())})
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
	return h.show(c, ids)
}

func (h *Moving) show(c *web.Ctx, ids []people.ID) error {
	p, err := h.Frame.Page(c, "people", "进门链接")
	if err != nil {
		return err
	}
	p.Back = "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.Title}}
	base, reachable := h.base(c)
	page := invitePage{Page: p, Ends: c.Now.Add(linkDays * 24 * time.Hour).Date(), Local: !reachable}
	for _, id := range ids {
		l, err := h.link(c, base, id)
		if err != nil {
			return err
		}
		page.Links = append(page.Links, l)
	}
	return c.Render(Invites(page))
}

func (h *Moving) link(c *web.Ctx, base string, id people.ID) (link, error) {
	who, err := h.Roster.Get(c.R.Context(), c.Actor, id)
	if err != nil {
		return link{}, err
	}
	token, err := h.Accounts.InviteFor(c.R.Context(), c.Actor, id)
	if err != nil {
		return link{}, err
	}
	l := link{Name: who.Name, No: who.No, Href: base + "/join/" + token}
	l.Code, err = ui.NewQRCode(l.Href)
	return l, err
}

// choosePage is who of the roster may be asked in.
type choosePage struct {
	*ui.Page
	Rows   []people.Row
	Joined map[people.ID]bool
	Groups []ui.Option
	Next   string
}

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
	page := choosePage{Page: p}
	l, err := h.Roster.List(c.R.Context(), c.Actor, people.Filter{Group: org.UnitID(c.Query("group"))}, c.Query("after"), sheetOf)
	if err != nil {
		return err
	}
	page.Rows, page.Next = l.Rows, l.Next
	ids := make([]people.ID, len(l.Rows))
	for i, r := range l.Rows {
		ids[i] = r.ID
	}
	if page.Joined, err = h.Accounts.Joined(c.R.Context(), c.Actor, ids); err != nil {
		return err
	}
	chart, err := h.Directory.Of(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page.Groups = []ui.Option{{Name: p.T("全部小组")}}
	for _, u := range chart.Units(org.Group, org.UnitID(c.Actor.Branch)) {
		page.Groups = append(page.Groups, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
	}
	return c.RenderStatus(status, Choose(page))
}
