package peopleweb

import (
	"net/http"
	"net/url"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// appointPage makes somebody an officer in two steps: the office, then where and how long.
type appointPage struct {
	*ui.Page
	Who   people.Page
	Chart *org.Chart
	Posts []people.Post
	One   *people.Post // the office that was chosen
	Now   people.Mandates
}

func (h *Pages) appointing(c *web.Ctx) error {
	return h.appointForm(c, http.StatusOK, web.NewForm("office", c.Query("office"), "unit", c.Query("unit")))
}

func (h *Pages) appointForm(c *web.Ctx, status int, f *web.Form) error {
	who, err := h.People.Get(c.R.Context(), c.Actor, people.ID(c.ID()))
	if err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "people", "任命%s", who.Name)
	if err != nil {
		return err
	}
	p.Form, p.Back = f, home(who.ID)
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: who.Name, Href: home(who.ID)}, {Name: p.T("任命")}}
	page := appointPage{Page: p, Who: who}
	if page.Chart, err = h.chart(c); err != nil {
		return err
	}
	if who.Left.IsZero() {
		page.Posts = h.People.Posts(c.Actor, page.Chart, who.Person, who.Mandates)
	}
	if i := slices.IndexFunc(page.Posts, func(x people.Post) bool { return x.Key == f.Text("office") }); i >= 0 {
		if page.Now, err = h.People.Mandates(c.R.Context(), c.Actor, c.Today()); err != nil {
			return err
		}
		page.choose(&page.Posts[i])
	}
	return c.RenderStatus(status, Appoint(page))
}

// choose fills the second step: the unit that suits best and the term that the others have.
func (p *appointPage) choose(post *people.Post) {
	p.One = post
	if p.Needs("unit", "from"); post.Term {
		p.Needs("unit", "from", "to")
	}
	unit, ok := p.Chart.Unit(org.UnitID(p.Form.Text("unit")))
	if !ok || !post.Has(unit.ID) {
		unit = post.Near[0]
		p.Form.Values.Set("unit", string(unit.ID))
	}
	beside := slices.DeleteFunc(slices.Clone(p.Now), func(m people.Mandate) bool {
		u, _ := p.Chart.Unit(m.Unit)
		return u.Branch != unit.Branch
	})
	if _, typed := p.Form.Values["from"]; !typed {
		term := beside.Suggest(post.Office, unit, p.C.Today())
		p.Form.Values.Set("from", term.From.String())
		p.Form.Values.Set("to", term.To.String())
	}
	p.Now = slices.DeleteFunc(beside, func(m people.Mandate) bool { return string(m.Office) != post.Key || m.Unit != unit.ID })
}

func (h *Pages) appoint(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	id := people.ID(c.ID())
	term, err := term(f)
	if err == nil {
		_, err = h.People.Appoint(c.R.Context(), c.Actor, people.Appointment{Person: id, Office: authz.Office(f.Text("office")), Unit: org.UnitID(f.Text("unit")), Term: term})
	}
	if f.Take(c.P, err) || refused(c, f, err) {
		return h.appointForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	login, _, _, err := h.Standing(c.R.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	if login == "" {
		return c.See(home(id), "已经任命。本人还没进过门，进门后会看到通知。")
	}
	return c.See(home(id), "已经任命，本人会看到通知。")
}

func term(f *web.Form) (kernel.Span, error) {
	from, err := f.Date("from")
	if err != nil {
		return kernel.Span{}, err
	}
	to, err := f.Date("to")
	return kernel.Span{From: from, To: to}, err
}

// kinds are the groups in which offices are offered, in the order of a branch's own affairs first.
var kinds = []struct {
	Name string
	At   []catalogue.HeldAt
}{
	{"分工会", []catalogue.HeldAt{catalogue.AtBranch}}, {"工会小组", []catalogue.HeldAt{catalogue.AtGroup}},
	{"部门、承包单位、外地项目", []catalogue.HeldAt{catalogue.AtDepartment, catalogue.AtContractor, catalogue.AtSite}}, {"公司工会", []catalogue.HeldAt{catalogue.AtCompany}},
}

// offered are the posts of one group.
func (p appointPage) offered(at []catalogue.HeldAt) []people.Post {
	return slices.DeleteFunc(slices.Clone(p.Posts), func(x people.Post) bool { return !slices.Contains(at, x.Held) })
}

func (p appointPage) href(office string) string {
	return home(p.Who.ID) + "/appoint?" + url.Values{"office": {office}}.Encode()
}

// where says in one line at which units a post can be given.
func (p appointPage) where(x people.Post) string {
	if len(x.Near)+len(x.Other) == 1 {
		return p.W(x.Near[0].Name)
	}
	return p.T("%d 处可选", len(x.Near)+len(x.Other))
}

// termHint says where the end that stands in the form comes from.
func (p appointPage) termHint() string {
	switch {
	case !p.One.Term:
		return "这个职务没有期限，可以空着，免了为止。"
	case p.Form.Text("to") == "":
		return "照选举结果填，这一天还算在内，最长五年。"
	}
	return "照同届的人填好了，不对就改；这一天还算在内，最长五年。"
}
