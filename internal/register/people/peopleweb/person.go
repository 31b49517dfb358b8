package peopleweb

import (
	"net/http"
	"slices"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type personPage struct {
	*ui.Page
	record
	Self    bool
	Chart   *org.Chart
	Office  func(authz.Office) string
	Group   func(string) string
	Groups  []ui.Option
	Appoint bool // there is an office that the actor may give him
	MayEnd  map[string]bool
	Login   string
	Open    bool
	Invite  bool
	History []audit.Entry
	Shown   *shown
	Wrong   string // the act whose form comes back with a sentence
}

// record keeps the two kinds of page apart.
type record = people.Page

// shown is a secret that this one answer shows.
type shown struct{ Name, Value string }

func (h *Pages) show(c *web.Ctx) error { return h.showWith(c, http.StatusOK, web.NewForm(), "", nil) }

// showWith shows somebody with what was typed in one of the page's forms, or with a secret that was just opened.
func (h *Pages) showWith(c *web.Ctx, status int, f *web.Form, act string, s *shown) error {
	id := people.ID(c.ID())
	got, err := h.People.Get(c.R.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "people", "人员")
	if err != nil {
		return err
	}
	p.Title, p.Form, p.Back = got.Name, f, "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: got.Name}}
	page := personPage{Page: p, record: got, Self: c.Actor.Person == string(id), Shown: s, Wrong: act,
		Office: func(o authz.Office) string { return officeName(h.People, p, o) },
		Group:  func(key string) string { return groupName(h.People, p, key) }}
	if page.Chart, err = h.chart(c); err != nil {
		return err
	}
	if page.Login, page.Open, page.Invite, err = h.Standing(c.R.Context(), c.Actor, id); err != nil {
		return err
	}
	if page.History, err = audit.History(c.R.Context(), h.DB.Read, c.Actor.Org, audit.Subject{Kind: "person", ID: string(id)}); err != nil {
		return err
	}
	page.fill(h)
	return c.RenderStatus(status, PersonPage(page))
}

func (p *personPage) fill(h *Pages) {
	if !p.Full {
		p.History = slices.DeleteFunc(p.History, func(e audit.Entry) bool { return e.Act == "person.reveal" || e.Act == "person.label" })
	}
	for _, g := range h.People.Groups() {
		if g.Key != people.Women {
			p.Groups = append(p.Groups, ui.Option{Value: g.Key, Name: p.W(g.Name)})
		}
	}
	p.Appoint = p.Left.IsZero() && len(h.People.Posts(p.C.Actor, p.Chart, p.Person, p.Mandates)) > 0
	p.MayEnd = map[string]bool{}
	for _, m := range p.Mandates {
		u, _ := p.Chart.Unit(m.Unit)
		past := !m.Term.To.IsZero() && !m.Term.To.After(p.C.Today())
		p.MayEnd[m.ID] = !p.Self && !past && people.MayAppoint(p.C.Actor, m.Office, u.Branch)
	}
}

func (p personPage) facts() []ui.Fact {
	dash := func(s string) string {
		if s == "" {
			return "—"
		}
		return s
	}
	member := p.T("不是会员")
	if p.IsMember {
		member = p.T("会员")
	}
	out := []ui.Fact{{Name: "工号", Value: p.No}, {Name: "分工会", Value: p.W(p.Chart.Name(p.Branch))}, p.unitFact("部门", "department", p.Department),
		p.unitFact("工会小组", "group", p.Person.Group), {Name: "岗位", Value: dash(p.Post)}, {Name: "性别", Value: sexWord(p.Page, p.Sex)}, {Name: "入会", Value: member}}
	if !p.Full {
		return filled(out)
	}
	return filled(append(out, ui.Fact{Name: "出生日期", Value: p.P.Date(p.Birth)}, ui.Fact{Name: "入职日期", Value: p.joined()},
		ui.Fact{Name: "用工形式", Value: dash(p.Employment)}, ui.Fact{Name: "电话", Value: dash(p.Phone)}, ui.Fact{Name: "户籍", Value: dash(p.Household)},
		ui.Fact{Name: "身份证号", Value: p.idNumber()}, ui.Fact{Name: "月工资", Value: p.wage()}, ui.Fact{Name: "备注", Value: dash(p.Note)}))
}

// filled leaves out what is not known.
func filled(list []ui.Fact) []ui.Fact {
	return slices.DeleteFunc(list, func(f ui.Fact) bool { return f.Value == "—" })
}

func (p personPage) unitFact(name, query string, u org.UnitID) ui.Fact {
	if u == "" {
		return ui.Fact{Name: name, Value: "—"}
	}
	return ui.Fact{Name: name, Value: p.W(p.Chart.Name(u)), Href: "/people?" + query + "=" + string(u)}
}

func sexWord(p *ui.Page, sex string) string {
	switch sex {
	case "男":
		return p.T("男")
	case "女":
		return p.T("女")
	}
	return "—"
}

// joined is the day, or as much of it as the roster had.
func (p personPage) joined() string {
	if p.Joined.IsZero() && p.JoinedPart != "" {
		return p.T("%s（没写到日）", joinedPart(p.Page, p.JoinedPart))
	}
	return p.P.Date(p.Joined)
}

// idNumber says that it is missing: without it nobody is told from his namesakes.
func (p personPage) idNumber() string {
	if !p.HasID {
		return p.T("还没有")
	}
	return p.IDMask
}

func (p personPage) wage() string {
	if p.HasWage {
		return p.T("封存，要看须写明原因")
	}
	return "—"
}

// secrets are what can be opened of him.
func (p personPage) secrets() []ui.Option {
	var out []ui.Option
	for _, s := range []struct {
		key  people.Secret
		name string
		has  bool
	}{{people.SecretID, "身份证号", p.HasID}, {people.SecretWage, "月工资", p.HasWage}, {people.SecretPhone, "电话", p.Phone != ""}} {
		if s.has {
			out = append(out, ui.Option{Value: string(s.key), Name: p.T(s.name)})
		}
	}
	return out
}

func (p personPage) secretName(s people.Secret) string { return secretName(p.Page, s) }

func secretName(p *ui.Page, s people.Secret) string {
	return p.T(map[people.Secret]string{people.SecretID: "身份证号", people.SecretWage: "月工资", people.SecretPhone: "电话"}[s])
}

// open tells whether the form of an act stands open: it came back with a sentence.
func (p personPage) open(act string) bool { return p.Wrong == act }

func (p personPage) version() string { return strconv.Itoa(p.Version) }

// past tells whether a term is over.
func (p personPage) past(s kernel.Span) bool { return !s.To.IsZero() && s.To.Before(p.C.Today()) }

// revealed is a secret as a page shows it.
func revealed(p *ui.Page, s people.Secret, plain string) string {
	if s != people.SecretWage {
		return plain
	}
	n, err := strconv.ParseInt(plain, 10, 64)
	if err != nil {
		return plain
	}
	return p.P.Money(kernel.Money(n))
}

func (p personPage) inviteWord() string {
	if p.Login == "" {
		return p.T("给他进门链接")
	}
	return p.T("忘了密码，换新链接")
}

// part is the page for one of its many small forms: only the one that came back shows what was typed.
func (p personPage) part(act string) *ui.Page {
	f := web.NewForm()
	if p.Wrong == act {
		f = p.Form
	}
	return p.In(act, f)
}
