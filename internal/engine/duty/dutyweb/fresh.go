package dutyweb

import (
	"net/url"
	"strings"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// freshPart is what one measure has in the catalogue and the branch has not adopted.
type freshPart struct {
	Key   catalogue.Measure
	Name  string
	Lines []freshLine
	Later []freshLine // of things that the branch has not got
}

type freshLine struct {
	dutyLine
	Vacant string // offices that nobody holds and without whom it will not be done
	Wants  string // what has to be there first
	Href   string // where it is made
}

// has tells what a branch has today.
func (h *Pages) has(c *web.Ctx, chart *org.Chart, unit org.UnitID) (duty.Has, error) {
	held, err := h.Held(c.R.Context(), c.Actor.Org, unit)
	return duty.Has{
		Place:  func(kind string) bool { return len(chart.Places(unit, kind)) > 0 },
		Group:  len(chart.Units(org.Group, unit)) > 0,
		Site:   len(chart.Units(org.Site, unit)) > 0,
		Office: func(o authz.Office) bool { return held[o] },
	}, err
}

// fresh fills what can be adopted: of one measure, or of all where nothing is in force yet.
func (h *Pages) fresh(p *listPage, chart *org.Chart, has duty.Has, have map[string]bool) {
	vacant := map[authz.Office]bool{}
	for _, m := range h.Catalogue.Measures {
		if p.All > 0 && m.Key != p.Measure {
			continue
		}
		part := freshPart{Key: m.Key, Name: p.W(m.Name)}
		for _, d := range h.Catalogue.DutiesOf(m.Key) {
			if have[d.Code] {
				continue
			}
			l, lack := h.freshLine(p, chart, has, d)
			for _, o := range lack.Vacant {
				vacant[o] = true
			}
			if lack.Targets {
				part.Later = append(part.Later, l)
			} else {
				part.Lines = append(part.Lines, l)
			}
		}
		if p.Fresh += len(part.Lines) + len(part.Later); len(part.Lines)+len(part.Later) > 0 {
			p.Parts = append(p.Parts, part)
		}
	}
	for _, o := range h.Catalogue.Offices { // in the catalogue's order
		if vacant[authz.Office(o.Key)] {
			p.Vacant = append(p.Vacant, p.W(o.Name))
		}
	}
}

func (h *Pages) freshLine(p *listPage, chart *org.Chart, has duty.Has, d catalogue.Duty) (freshLine, duty.Lack) {
	of := duty.Adopt(d, "", p.Unit, p.C.Today())
	l := freshLine{dutyLine: h.line(p.Page, chart, of)}
	lack := of.Lacks(has)
	l.Vacant = h.offices(p.Page, duty.Duty{Who: lack.Vacant})
	if lack.Targets {
		l.Wants, l.Href = h.wants(p, d.Targets)
	}
	return l, lack
}

// wants names what a duty is about, and where that is made.
func (h *Pages) wants(p *listPage, s catalogue.Selector) (name, href string) {
	switch s.Kind {
	case catalogue.EachGroup:
		return p.T("工会小组"), "/units?kind=" + string(org.Group)
	case catalogue.EachSite:
		return p.T("外地项目"), "/units?kind=" + string(org.Site)
	}
	var names []string
	for _, v := range s.Values {
		if k, ok := h.Catalogue.PlaceKind(v); ok {
			names = append(names, p.W(k.Name))
		}
	}
	return p.P.Join(names), "/places/new?kind=" + url.QueryEscape(strings.Join(s.Values[:1], ""))
}

// adopt takes the ticked duties of the catalogue up from today on.
func (h *Pages) adopt(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	codes := f.List("code")
	if len(codes) == 0 {
		return kernel.Err(kernel.Invalid, "先勾选要做的事。")
	}
	unit := org.UnitID(c.Actor.Scope(duty.ManageDuties).ID)
	if err := h.reachable(c, unit, codes); err != nil {
		return err
	}
	if err := h.duties.Adopt(c.R.Context(), c.Actor, unit, codes, c.Today()); err != nil {
		return err
	}
	if err := h.duties.OpenNow(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	return c.See("/duties?measure="+url.QueryEscape(f.Text("measure")), "从今天起照着做 %d 项，轮次已经排好。", len(codes))
}

// reachable refuses a duty of which the branch has nothing yet.
func (h *Pages) reachable(c *web.Ctx, unit org.UnitID, codes []string) error {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	has, err := h.has(c, chart, unit)
	if err != nil {
		return err
	}
	for _, code := range codes {
		d, ok := h.Catalogue.Duty(code)
		if ok && duty.Adopt(d, "", unit, c.Today()).Lacks(has).Targets {
			return kernel.Err(kernel.Conflict, "“%s”要做的地方或者小组还没有，先建好再采用。", d.Name.Zh)
		}
	}
	return nil
}
