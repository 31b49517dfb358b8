package duty

import (
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/platform/authz"
)

// Has is what a branch has today, as far as duties ask: places of a kind, units, holders of an office.
type Has struct {
	Place  func(kind string) bool
	Group  bool
	Site   bool
	Office func(o authz.Office) bool
}

// Lack is what a branch has not got yet and a duty needs.
type Lack struct {
	Targets bool           // nothing that a round could reach: adopting it would plan rounds that nobody can do
	Vacant  []authz.Office // without whom it will not be done: both who sign a patrol, of others one is enough
}

// Lacks compares a duty with what its branch has. People's groups are no lack: they fill as people are labelled.
func (d Duty) Lacks(h Has) Lack {
	var out Lack
	switch d.Targets.Kind {
	case catalogue.EachPlace:
		out.Targets = d.Place == "" && !slices.ContainsFunc(d.Targets.Values, h.Place)
	case catalogue.EachGroup:
		out.Targets = !h.Group
	case catalogue.EachSite:
		out.Targets = !h.Site
	}
	who := d.Who
	if d.Form == catalogue.Patrol {
		who = d.Signers
	}
	for _, o := range who {
		if !h.Office(o) {
			out.Vacant = append(out.Vacant, o)
		}
	}
	if d.Form != catalogue.Patrol && len(out.Vacant) < len(who) {
		out.Vacant = nil
	}
	return out
}
