package peopleweb

import (
	"net/url"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// pageOf is how many people a page of the list has.
const pageOf = 50

type listPage struct {
	*ui.Page
	Rows    []people.Row
	Next    string
	Offices map[people.ID][]string
	Tab     string
	Here    int // people who are here, where the actor sees whole branches; -1 where it is not counted
	Chart   *org.Chart
	Filter  people.Filter
	Units   [4][]ui.Option // branches, departments, groups, labels
	Posts   []ui.Option    // offices
	Invites authz.Perm
	Appoint *catalogue.Office // the office for which somebody is looked for
}

const (
	tabHere    = ""
	tabLoose   = "loose"
	tabOutside = "outside"
	tabAway    = "away"
	tabLeft    = "left"
)

func (h *Pages) list(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "people", "人员")
	if err != nil {
		return err
	}
	page := listPage{Page: p, Tab: c.Query("tab"), Filter: h.filter(c), Invites: h.Invites}
	page.seek(h)
	if page.Chart, err = h.chart(c); err != nil {
		return err
	}
	l, err := h.People.List(c.R.Context(), c.Actor, page.Filter, c.Query("after"), pageOf)
	if err != nil {
		return err
	}
	page.Rows, page.Next = l.Rows, l.Next
	if page.Offices, err = h.offices(c, p, l.Rows); err != nil {
		return err
	}
	if page.Here, err = h.here(c, page.Filter.Branch); err != nil {
		return err
	}
	page.options(h)
	return c.Render(PeopleList(page))
}

// filter reads the address; what it does not know it leaves out.
func (h *Pages) filter(c *web.Ctx) people.Filter {
	f := people.Filter{Branch: org.UnitID(c.Query("branch")), Department: org.UnitID(c.Query("department")), Group: org.UnitID(c.Query("group")),
		Label: c.Query("label"), Office: authz.Office(c.Query("office")), Text: strings.TrimSpace(c.Query("q"))}
	switch c.Query("tab") {
	case tabLeft:
		f.Left, f.Text = true, "" // search forgets who has left
	case tabLoose:
		f.Loose = true
	case tabOutside:
		f.Outside = true
	case tabAway:
		f.Away = c.Actor.May(h.Invites)
	}
	if !c.Actor.May(people.SeeDetails) {
		f.Label = ""
	}
	return f
}

// seek makes the list one of people to appoint: the office that was chosen goes with every link.
func (p *listPage) seek(h *Pages) {
	for _, o := range h.People.Offices() {
		if o.Key == p.C.Query("appoint") && p.May(people.Appointing(authz.Office(o.Key))) {
			p.Appoint = &o
		}
	}
}

// link leads to somebody, or straight to making an officer of him.
func (p listPage) link(id people.ID) string {
	if p.Appoint == nil {
		return home(id)
	}
	return home(id) + "/appoint?" + url.Values{"office": {p.Appoint.Key}, "unit": {p.C.Query("at")}}.Encode()
}

// offices are what the people of one page hold today.
func (h *Pages) offices(c *web.Ctx, p *ui.Page, rows []people.Row) (map[people.ID][]string, error) {
	ids := make([]people.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	list, err := h.People.MandatesOfMany(c.R.Context(), c.Actor, ids)
	out := map[people.ID][]string{}
	for _, m := range list {
		out[m.Person] = append(out[m.Person], officeName(h.People, p, m.Office))
	}
	return out, err
}

// here reads how many are here from the counters that every change of the roster moves.
func (h *Pages) here(c *web.Ctx, branch org.UnitID) (int, error) {
	s := c.Actor.Scope(people.SeePeople)
	key := string(branch)
	if s.Reach == authz.Unit {
		key = s.ID
	}
	if s.Reach != authz.Unit && s.Reach != authz.Org {
		return -1, nil
	}
	counts, err := db.Counts(c.R.Context(), h.DB.Read, c.Actor.Org, people.Counter, key)
	n := 0
	for _, k := range counts {
		n += k
	}
	return n, err
}

func (p *listPage) options(h *Pages) {
	s := p.C.Actor.Scope(people.SeePeople)
	branch := p.Filter.Branch
	if s.Reach == authz.Unit {
		branch = org.UnitID(s.ID)
	}
	if b := p.Chart.Units(org.Branch, ""); s.Reach == authz.Org && len(b) > 1 {
		p.Units[0] = named(p.Page, "全部分工会", b)
	}
	p.Units[1] = named(p.Page, "全部部门", append(p.Chart.Units(org.Department, branch), p.Chart.Units(org.Contractor, branch)...))
	if g := p.Chart.Units(org.Group, branch); len(g) > 0 {
		p.Units[2] = named(p.Page, "全部小组", g)
	}
	if p.May(people.SeeDetails) {
		p.Units[3] = []ui.Option{{Name: p.T("全部分类")}}
		for _, g := range h.People.Groups() {
			p.Units[3] = append(p.Units[3], ui.Option{Value: g.Key, Name: p.W(g.Name)})
		}
	}
	p.Posts = []ui.Option{{Name: p.T("全部职务")}}
	for _, o := range h.People.Offices() {
		if o.Key != string(authz.Member) {
			p.Posts = append(p.Posts, ui.Option{Value: o.Key, Name: p.W(o.Name)})
		}
	}
}

func named(p *ui.Page, all string, units []org.Unit) []ui.Option {
	out := []ui.Option{{Name: p.T(all)}}
	for _, u := range units {
		out = append(out, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
	}
	return out
}

// tabs are the usual questions.
func (p listPage) tabs() []ui.Option {
	out := []ui.Option{{Value: tabHere, Name: p.T("在册")}, {Value: tabLoose, Name: p.T("没进小组")}, {Value: tabOutside, Name: p.T("没入会")}}
	if p.May(p.Invites) {
		out = append(out, ui.Option{Value: tabAway, Name: p.T("没进过门")})
	}
	return append(out, ui.Option{Value: tabLeft, Name: p.T("已离开")})
}

func (p listPage) hint() string {
	if p.Here < 0 {
		return ""
	}
	return p.T("在册 %d 人", p.Here)
}

// filtered tells whether the list is narrowed beyond its tab.
func (p listPage) filtered() bool {
	f := p.Filter
	return f.Branch != "" || f.Department != "" || f.Group != "" || f.Label != "" || f.Office != "" || f.Text != ""
}

// line is a person in one line, for the phone.
func (p listPage) line(r people.Person) string {
	out := []string{r.No}
	for _, s := range []string{where(p.Page, p.Chart, r), r.Post} {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}

// where is a person's place in the house in one line.
func where(p *ui.Page, chart *org.Chart, r people.Person) string {
	var out []string
	for _, u := range []org.UnitID{r.Department, r.Group} {
		if n := p.W(chart.Name(u)); n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, " · ")
}

func (p listPage) lastHead() string {
	if p.Tab == tabLeft {
		return p.T("最后一天")
	}
	return p.T("会员")
}

// hidden leaves a cell out on the phone where it says nothing that is not expected.
func hidden(is bool) string {
	if is {
		return "td-hide"
	}
	return ""
}
