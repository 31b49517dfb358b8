package peopleweb

import (
	"net/http"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type editPage struct {
	*ui.Page
	New         bool
	Action      string
	Branches    []ui.Option // only where there is a choice
	Departments []ui.Option
	Groups      []ui.Option
	Both        []both // where two people changed the same person
	Had         people.Entry
}

// both is one field as it is now and as it was typed.
type both struct{ Name, Now, Typed string }

func (h *Pages) new(c *web.Ctx) error {
	return h.form(c, http.StatusOK, web.NewForm("branch", h.ownBranch(c), "member", "yes"), people.Entry{}, nil)
}

// ownBranch is the branch that a new person most likely belongs to.
func (h *Pages) ownBranch(c *web.Ctx) string {
	if s := c.Actor.Scope(people.EditPeople); s.Reach == authz.Unit {
		return s.ID
	}
	return c.Actor.Branch
}

func (h *Pages) form(c *web.Ctx, status int, f *web.Form, had people.Entry, both []both) error {
	p, err := h.Frame.Page(c, "people", "登记一个人")
	if err != nil {
		return err
	}
	page := editPage{Page: p, New: had.ID == "", Action: "/people/new", Both: both, Had: had}
	p.Form, p.Back, p.NoDock = f, "/people", true
	p.Needs("name", "no", "branch")
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.Title}}
	if !page.New {
		page.Action, p.Back, p.Title = home(had.ID)+"/edit", home(had.ID), p.T("修改%s的资料", had.Name)
		p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: had.Name, Href: home(had.ID)}, {Name: p.T("修改")}}
	}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page.choices(chart, org.UnitID(f.Text("branch")))
	return c.RenderStatus(status, EditPerson(page))
}

func (p *editPage) choices(chart *org.Chart, branch org.UnitID) {
	add := func(into *[]ui.Option, units []org.Unit) {
		for _, u := range units {
			*into = append(*into, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
		}
	}
	if p.C.Actor.Scope(people.EditPeople).Reach == authz.Org {
		add(&p.Branches, append([]org.Unit{chart.Company()}, chart.Units(org.Branch, "")...))
	}
	p.Departments, p.Groups = []ui.Option{{Name: "—"}}, []ui.Option{{Name: "—"}}
	for _, k := range []org.UnitKind{org.Department, org.Contractor} {
		for _, u := range chart.Units(k, "") {
			if u.Branch == branch || u.Branch == "" || len(p.Branches) > 0 {
				add(&p.Departments, []org.Unit{u})
			}
		}
	}
	for _, u := range chart.Units(org.Group, "") {
		if u.Branch == branch || len(p.Branches) > 0 {
			add(&p.Groups, []org.Unit{u})
		}
	}
}

func (h *Pages) create(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	e, err := entry(f)
	if err == nil {
		if e.Branch == "" {
			e.Branch = org.UnitID(h.ownBranch(c))
		}
		e.ID, err = h.People.Create(c.R.Context(), c.Actor, e)
	}
	if f.Take(c.P, err) {
		f.Values.Del("id_number") // a number never travels back to the page
		return h.form(c, http.StatusUnprocessableEntity, f, people.Entry{}, nil)
	}
	if err != nil {
		return err
	}
	return c.See(home(e.ID), "登记好了。")
}

func (h *Pages) edit(c *web.Ctx) error {
	had, err := h.People.ForEdit(c.R.Context(), c.Actor, people.ID(c.ID()))
	if err != nil {
		return err
	}
	return h.form(c, http.StatusOK, typed(had), had, nil)
}

func (h *Pages) change(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	had, err := h.People.ForEdit(c.R.Context(), c.Actor, people.ID(c.ID()))
	if err != nil {
		return err
	}
	e, err := entry(f)
	if err == nil {
		if e.Branch == "" {
			e.Branch = had.Branch
		}
		e.ID, e.Version = had.ID, version(f)
		err = h.People.Update(c.R.Context(), c.Actor, e)
	}
	if f.Take(c.P, err) {
		var both []both
		status := http.StatusUnprocessableEntity
		if kernel.KindOf(err) == kernel.Conflict {
			both, status = differ(c, h, had, f), http.StatusConflict
			f.Values.Set("version", strconv.Itoa(had.Version))
		}
		f.Values.Del("id_number")
		return h.form(c, status, f, had, both)
	}
	if err != nil {
		return err
	}
	return c.See(home(had.ID), "改好了。")
}

// typed is a person as the form shows him; what is sealed stays away.
func typed(e people.Entry) *web.Form {
	member := "no"
	if e.IsMember {
		member = "yes"
	}
	return web.NewForm("version", strconv.Itoa(e.Version), "branch", string(e.Branch), "no", e.No, "name", e.Name, "sex", e.Sex, "birth", e.Birth.String(),
		"department", string(e.Department), "group", string(e.Group), "post", e.Post, "employment", e.Employment, "joined", e.Joined.String(), "member", member,
		"phone", e.Phone, "household", e.Household, "note", e.Note)
}

// entry reads the form; days and money that cannot be read are told together.
func entry(f *web.Form) (people.Entry, error) {
	var wrong kernel.Problems
	take := func(err error) {
		if e, ok := err.(*kernel.Error); ok {
			wrong = append(wrong, e)
		}
	}
	birth, err := f.Date("birth")
	take(err)
	joined, err := f.Date("joined")
	take(err)
	wage, err := parseYuan(f.Text("wage"))
	take(err)
	return people.Entry{Person: people.Person{Branch: org.UnitID(f.Text("branch")), No: f.Text("no"), Name: f.Text("name"), Sex: f.Text("sex"), Birth: birth,
		Department: org.UnitID(f.Text("department")), Group: org.UnitID(f.Text("group")), Post: f.Text("post"), Employment: f.Text("employment"),
		Joined: joined, IsMember: f.Is("member", "yes"), Phone: f.Text("phone"), Household: f.Text("household"), Note: f.Text("note")},
		IDNumber: f.Text("id_number"), Wage: wage, DropPhone: f.Is("phone_drop", "yes")}, wrong.Err()
}

// fields are the form's, in its order, with their labels.
var fields = [][2]string{{"name", "姓名"}, {"no", "工号"}, {"sex", "性别"}, {"birth", "出生日期"}, {"branch", "分工会"}, {"department", "部门"}, {"group", "工会小组"},
	{"post", "岗位"}, {"employment", "用工形式"}, {"joined", "入职日期"}, {"member", "入会"}, {"phone", "电话"}, {"household", "户籍"}, {"note", "备注"}}

// differ lists where what is kept now differs from what was typed.
func differ(c *web.Ctx, h *Pages, now people.Entry, f *web.Form) []both {
	chart, err := h.chart(c)
	if err != nil {
		return nil
	}
	say := func(field, v string) string {
		switch field {
		case "branch", "department", "group":
			return c.P.W(chart.Name(org.UnitID(v)))
		case "member":
			return c.P.T(map[string]string{"yes": "会员", "no": "不是会员"}[v])
		}
		return v
	}
	kept := typed(now)
	var out []both
	for _, x := range fields {
		a, b := kept.Text(x[0]), f.Text(x[0])
		if x[0] == "phone" {
			a = now.Kept.Phone // never whole
		}
		if a != b && !(b == "" && (x[0] == "branch" || x[0] == "phone")) {
			out = append(out, both{c.P.T(x[1]), say(x[0], a), say(x[0], b)})
		}
	}
	return out
}

// keeps says of a field that is not shown what is kept in it; nothing where nothing is.
func (p editPage) keeps(masked string) string {
	if masked == "" {
		return ""
	}
	return p.T("存着 %s，不填就不变", masked)
}

func (p editPage) keepWage() string {
	if !p.Had.Kept.Wage {
		return ""
	}
	return "已经存了，不填就不变。"
}

func (p editPage) leaveWord() string {
	if p.New {
		return p.T("不登记了")
	}
	return p.T("不改了")
}

func (p editPage) saveWord() string {
	switch {
	case len(p.Both) > 0:
		return p.T("按我填的存")
	case p.New:
		return p.T("登记")
	}
	return p.T("存好")
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
