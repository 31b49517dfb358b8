package dutyweb

import (
	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// covers says whom or what each round of a duty must reach.
func (h *Pages) covers(p *ui.Page, chart *org.Chart, d duty.Duty) string {
	if d.Place != "" {
		return p.W(chart.PlaceName(d.Place))
	}
	var names []string
	for _, v := range d.Targets.Values {
		if k, ok := h.Catalogue.PlaceKind(v); ok && d.Targets.Kind == catalogue.EachPlace {
			names = append(names, p.W(k.Name))
		} else if g, ok := h.Catalogue.Group(v); ok {
			names = append(names, p.W(g.Name))
		}
	}
	list := p.P.Join(names)
	switch d.Targets.Kind {
	case catalogue.EachPlace:
		return p.T("每一处：%s", list)
	case catalogue.EachGroup:
		return p.T("每个工会小组")
	case catalogue.EachPerson:
		return p.T("每一位：%s", list)
	case catalogue.EachFamily:
		return p.T("每一户：%s", list)
	case catalogue.EachSite:
		return p.T("每个外地项目")
	case catalogue.EveryMember:
		return p.T("每一名会员")
	}
	return p.T("全分工会一次")
}

// doer is an office that does a duty, and who holds it.
type doer struct {
	Office string
	Names  []string
	Vacant bool // nobody holds it, as far as the reader may see
	// Appoints: the reader himself gives this office.
	Appoints bool
}

// doers lists the offices of a duty with their holders of a day; those of departments are the company's and stay without names.
func (h *Pages) doers(c *web.Ctx, p *ui.Page, chart *org.Chart, d duty.Duty, on kernel.Date) ([]doer, error) {
	all, err := h.Mandates(c.R.Context(), c.Actor, on)
	if err != nil {
		return nil, err
	}
	out := make([]doer, len(d.Who))
	for i, key := range d.Who {
		o, _ := h.Catalogue.Office(string(key)) // an office that the catalogue dropped has no name
		out[i] = doer{Office: p.W(o.Name), Names: holders(all, chart, key, d.Unit)}
		out[i].Vacant = len(out[i].Names) == 0 && (o.Held == catalogue.AtBranch || o.Held == catalogue.AtGroup) && c.Actor.May(people.SeeMandates)
		out[i].Appoints = people.MayAppoint(c.Actor, authz.Office(o.Key), d.Unit)
	}
	return out, nil
}

func holders(all people.Mandates, chart *org.Chart, o authz.Office, branch org.UnitID) []string {
	var out []string
	seen := map[people.ID]bool{}
	for _, m := range all {
		if u, _ := chart.Unit(m.Unit); m.Office == o && u.Branch == branch && !seen[m.Person] {
			seen[m.Person] = true
			out = append(out, m.Name)
		}
	}
	return out
}

// offices is who does a duty, in one line.
func (h *Pages) offices(p *ui.Page, d duty.Duty) string {
	names := make([]string, 0, len(d.Who))
	for _, key := range d.Who {
		if o, ok := h.Catalogue.Office(string(key)); ok {
			names = append(names, p.W(o.Name))
		}
	}
	return p.P.Join(names)
}

// source is where a duty comes from, and how well that is known.
type source struct {
	Cite string
	Mark catalogue.Mark
	Own  bool
}

func (h *Pages) source(d duty.Duty) source {
	if d.Own {
		return source{Own: true}
	}
	s := source{Cite: d.Source, Mark: catalogue.Confirmed}
	if c, ok := h.Catalogue.Duty(d.Code); ok {
		s.Mark = c.Source.Mark
	}
	if d.Unverified {
		s.Mark = catalogue.Unconfirmed
	}
	return s
}

func measureName(c *catalogue.Catalogue, m catalogue.Measure) kernel.Words {
	for _, i := range c.Measures {
		if i.Key == m {
			return i.Name
		}
	}
	return kernel.Words{}
}

// words is the source as plain text.
func (s source) words(p *ui.Page) string {
	mark := map[catalogue.Mark]string{catalogue.Unconfirmed: p.T("待核实"), catalogue.Design: p.T("自定建议"), catalogue.Practice: p.T("一地做法")}[s.Mark]
	switch {
	case s.Own:
		return p.T("本分工会自定")
	case mark != "" && s.Cite != "":
		return p.T("%s（%s）", s.Cite, mark)
	}
	return s.Cite + mark
}
