package app

import (
	"net/url"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// hereMost is how many of a kind the search shows of what is in memory.
const hereMost = 8

// findHere is what a search finds outside of the index: places, units and standing duties, which are few and in memory or one query.
// Each kind shows what its own list shows to the reader.
func (a *App) findHere(c *web.Ctx, query string) ([]search.Hit, error) {
	chart, err := a.Directory.Of(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	words := search.Words(query)
	out := append(placesMeant(c, chart, words), unitsMeant(c, chart, words)...)
	if !c.Actor.May(duty.SeeDuties) {
		return out, nil
	}
	s := c.Actor.Scope(duty.SeeDuties)
	unit, err := chart.Shown(s, c.Branch())
	if kernel.KindOf(err) == kernel.NotFound {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	duties, err := a.DutyReads.Duties(c.R.Context(), s, unit)
	n := 0
	for _, d := range duties {
		if n < hereMost && d.Retired.IsZero() && search.Meant(words, []string{d.Name.Zh}, []string{d.Name.En, d.Mechanism}) {
			n++
			out = append(out, search.Hit{Kind: "duty", Title: c.P.W(d.Name), Detail: c.P.T("常态化机制，看它的各轮"), Href: "/duties/" + string(d.ID)})
		}
	}
	return out, err
}

func placesMeant(c *web.Ctx, chart *org.Chart, words []string) []search.Hit {
	s, branch := c.Actor.Scope(org.SeePlaces), org.UnitID("")
	all := []org.Place{}
	switch s.Reach {
	case authz.Owner:
		all = chart.PlacesOwnedBy(org.UnitID(s.ID))
	case authz.Unit:
		branch = org.UnitID(s.ID)
		fallthrough
	case authz.Org:
		all = chart.Places(branch, "")
	}
	var out []search.Hit
	for _, p := range all {
		if len(out) < hereMost && search.Meant(words, []string{p.Name.Zh}, []string{p.Name.En, p.Code}) {
			out = append(out, search.Hit{Kind: "place", ID: string(p.ID), Title: c.P.W(p.Name), Detail: c.P.W(chart.Name(p.Unit)), Href: "/p/" + p.Code})
		}
	}
	return out
}

// unitsMeant leads to the people of a unit; who may not list people finds no units.
func unitsMeant(c *web.Ctx, chart *org.Chart, words []string) []search.Hit {
	s := c.Actor.Scope(people.SeePeople)
	branch := org.UnitID("")
	switch s.Reach {
	case authz.Unit:
		branch = org.UnitID(s.ID)
	case authz.Org:
	default:
		return nil
	}
	var out []search.Hit
	for _, u := range chart.Units("", branch) {
		by, ok := map[org.UnitKind]string{org.Group: "group", org.Department: "department", org.Branch: "branch"}[u.Kind]
		if ok && len(out) < hereMost && search.Meant(words, []string{u.Name.Zh}, []string{u.Name.En}) {
			out = append(out, search.Hit{Kind: "unit", ID: string(u.ID), Title: c.P.W(u.Name), Detail: c.P.T("单位，看里面的人"), Href: "/people?" + url.Values{by: {string(u.ID)}}.Encode()})
		}
	}
	return out
}
