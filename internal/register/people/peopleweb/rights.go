package peopleweb

import (
	"net/url"
	"slices"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// lookBack is how many months a term that has ended stays flagged where nobody followed.
const lookBack = 6

type rightsPage struct {
	*ui.Page
	Chart   *org.Chart
	Offices []officeRights
	One     *officeRights // the office that was chosen
	Groups  []permGroup
	Vacant  []people.Vacancy
	Tab     int // of kinds: which offices the table shows
}

// officeRights is one office: what it may do, who holds it, who appoints to it.
type officeRights struct {
	catalogue.Office
	Reach   map[string]authz.Reach // by permission
	Holders people.Mandates
	Ended   people.Mandates // terms that ended lately and that nobody took over
	By      []string        // offices that appoint to it
}

func (h *Pages) rights(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "rights", "谁能做什么")
	if err != nil {
		return err
	}
	p.Back = "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.Title}}
	page, err := h.rightsOf(c, p)
	if err != nil {
		return err
	}
	page.Tab = c.Int("tab", 0, 0, len(kinds)-1)
	for i := range page.Offices {
		if page.Offices[i].Key == c.Query("office") {
			page.One = &page.Offices[i]
		}
	}
	return c.Render(Rights(page))
}

func (h *Pages) rightsOf(c *web.Ctx, p *ui.Page) (rightsPage, error) {
	page := rightsPage{Page: p, Groups: permGroups()}
	var err error
	if page.Chart, err = h.chart(c); err != nil {
		return page, err
	}
	now, err := h.People.Mandates(c.R.Context(), c.Actor, c.Today())
	if err != nil {
		return page, err
	}
	before, err := h.People.Mandates(c.R.Context(), c.Actor, c.Today().AddMonths(-lookBack))
	if err != nil {
		return page, err
	}
	page.Vacant = h.People.Vacancies(page.Chart, c.Actor.Scope(people.SeeMandates), now)
	for _, o := range h.People.Offices() {
		page.Offices = append(page.Offices, h.officeRights(p, o, now, before))
	}
	return page, nil
}

func (h *Pages) officeRights(p *ui.Page, o catalogue.Office, now, before people.Mandates) officeRights {
	out := officeRights{Office: o, Reach: map[string]authz.Reach{}}
	for _, r := range h.Set.Rules() {
		if r.Perm == people.Appointing(authz.Office(o.Key)) {
			out.By = append(out.By, officeName(h.People, p, r.Office))
		}
		if string(r.Office) != o.Key {
			continue
		}
		if old, ok := out.Reach[string(r.Perm)]; !ok || r.Reach > old {
			out.Reach[string(r.Perm)] = r.Reach
		}
	}
	of := func(m people.Mandate) bool { return string(m.Office) == o.Key }
	for _, m := range now {
		if of(m) {
			out.Holders = append(out.Holders, m)
		}
	}
	for _, m := range before {
		followed := slices.ContainsFunc(now, func(n people.Mandate) bool { return n.Office == m.Office && n.Unit == m.Unit })
		if of(m) && !m.Term.To.IsZero() && m.Term.To.Before(p.C.Today()) && !followed {
			out.Ended = append(out.Ended, m)
		}
	}
	return out
}

func appointing(p authz.Perm) bool {
	return strings.HasPrefix(string(p), string(people.Appointing("")))
}

// appoints lists whom an office may appoint.
func (p rightsPage) appoints(o officeRights) []string {
	var out []string
	for _, x := range p.Offices {
		if _, ok := o.Reach[string(people.Appointing(authz.Office(x.Key)))]; ok {
			out = append(out, p.W(x.Name))
		}
	}
	return out
}

// reachWord says how far a permission goes.
func reachWord(p *ui.Page, r authz.Reach, o catalogue.Office) string {
	switch r {
	case authz.Self:
		return p.T("本人")
	case authz.Owner:
		if o.Held == catalogue.AtGroup {
			return p.T("本小组")
		}
		return p.T("本单位")
	case authz.Unit:
		return p.T("本分工会")
	}
	return p.T("全公司")
}

// cell is the reach of an office in one permission, empty where it has none.
func (p rightsPage) cell(o officeRights, perm string) string {
	r, ok := o.Reach[perm]
	if !ok {
		return ""
	}
	return reachWord(p.Page, r, o.Office)
}

// flagged counts the terms of an office that want a decision.
func (p rightsPage) flagged(o officeRights) int {
	n := len(o.Ended)
	for _, m := range o.Holders {
		if _, _, _, ok := termChip(p.Page, m.Term); ok {
			n++
		}
	}
	return n
}

func (p rightsPage) flags() int {
	n := 0
	for _, o := range p.Offices {
		n += p.flagged(o)
	}
	return n
}

// rightsExport writes the matrix and the holders as a workbook.
func (h *Pages) rightsExport(c *web.Ctx) error {
	p := &ui.Page{C: c, P: c.P}
	page, err := h.rightsOf(c, p)
	if err != nil {
		return err
	}
	rows := page.table()
	heads := make([]sheet.Column, len(rows[0]))
	for i, name := range rows[0] {
		heads[i].Head = name
	}
	heads[0].Wide, heads[1].Wide = 18, 30
	s, err := sheet.New(p.T("谁能做什么"), ui.About(p, p.T("谁能做什么"), p.W(page.Chart.Company().Name)), heads...)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, row := range rows[1:] {
		if err := s.Row(row...); err != nil {
			return err
		}
	}
	if err := audit.Exported(c.R.Context(), h.DB, c.Actor, exportOfPeople, c.Actor.Scope(people.SeeMandates).ID, "谁能做什么", len(rows)); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("谁能做什么"), s)
}

// table is the matrix, then the holders, as rows of text.
func (p rightsPage) table() [][]string {
	head := []string{p.T("哪一块"), p.T("能做什么")}
	for _, o := range p.Offices {
		head = append(head, p.W(o.Name))
	}
	out := [][]string{head}
	for _, g := range p.Groups {
		for _, x := range g.Perms {
			row := []string{p.T(g.Name), p.T(x[1])}
			for _, o := range p.Offices {
				row = append(row, p.cell(o, x[0]))
			}
			out = append(out, row)
		}
	}
	out = append(out, nil, []string{p.T("职务"), p.T("姓名"), p.T("在哪里"), p.T("从哪一天起"), p.T("到哪一天为止")})
	for _, o := range p.Offices {
		for _, m := range o.Holders {
			out = append(out, []string{p.W(o.Name), m.Name, p.W(p.Chart.Name(m.Unit)), m.Term.From.String(), m.Term.To.String()})
		}
	}
	return out
}

// shown are the offices of the tab: seven at most, so that the table fits.
func (p rightsPage) shown() []officeRights {
	return slices.DeleteFunc(slices.Clone(p.Offices), func(o officeRights) bool { return !slices.Contains(kinds[p.Tab].At, o.Held) })
}

// vacant is what is empty of an office; ok is false where nothing is.
func (p rightsPage) vacant(o officeRights) (people.Vacancy, bool) {
	i := slices.IndexFunc(p.Vacant, func(v people.Vacancy) bool { return v.Key == o.Key })
	if i < 0 {
		return people.Vacancy{}, false
	}
	return p.Vacant[i], true
}

// vacantNames is how many units an empty office names.
const vacantNames = 4

// vacantAt names where an office is empty.
func (p rightsPage) vacantAt(v people.Vacancy) string {
	var names []string
	for _, u := range v.Units[:min(len(v.Units), vacantNames)] {
		names = append(names, p.W(u.Name))
	}
	if len(v.Units) > vacantNames {
		return p.T("%s 等 %d 处", p.P.Join(names), len(v.Units))
	}
	return p.P.Join(names)
}

// mayFill tells whether the actor may appoint to an office, anywhere.
func (p rightsPage) mayFill(key string) bool { return p.May(people.Appointing(authz.Office(key))) }

// seek leads to the roster to find somebody for an office, at the one unit where it is empty.
func seek(key string, units []org.Unit) string {
	q := url.Values{"appoint": {key}}
	if len(units) == 1 {
		q.Set("at", string(units[0].ID))
		if units[0].Branch != "" {
			q.Set("branch", string(units[0].Branch))
		}
	}
	return "/people?" + q.Encode()
}

// by is who appoints to an office.
func (p rightsPage) by(key string) string {
	for _, o := range p.Offices {
		if o.Key == key {
			return p.appointedBy(o)
		}
	}
	return ""
}

// holders is how many hold the office, nothing where that says nothing.
func holders(p rightsPage, o officeRights) string {
	if len(o.Holders) == 0 {
		return ""
	}
	return ui.Capped(len(o.Holders))
}

func has(o officeRights, g permGroup) bool {
	return slices.ContainsFunc(g.Perms, func(x [2]string) bool { _, ok := o.Reach[x[0]]; return ok })
}

func (p rightsPage) appointedBy(o officeRights) string {
	if o.Key == string(authz.Member) {
		return p.T("入会就是，不用任命")
	}
	return orDash(p.P.Join(o.By))
}

// elsewhere tells that the actor does not see who holds a company office.
func (p rightsPage) elsewhere(o officeRights) bool {
	return o.Held == catalogue.AtCompany && p.C.Actor.Scope(people.SeeMandates).Reach != authz.Org && len(o.Holders) == 0
}
