package people

import (
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Vacancy is an office that nobody holds, with the units at which it should be held. No unit: it is enough that one of
// several holds it, and none does.
type Vacancy struct {
	catalogue.Office
	Units []org.Unit
}

// anywhere are offices of which one holder serves all: not every department is the safety department.
var anywhere = []authz.Office{authz.HSE, authz.Logistics, authz.DeptContact}

// Vacancies lists the offices that are vacant by what a scope of SeeMandates shows: of the company where it reaches the
// company, of a branch where it reaches a branch.
func (s *Service) Vacancies(c *org.Chart, scope authz.Scope, held Mandates) []Vacancy {
	var out []Vacancy
	for _, o := range s.offices {
		is := func(at org.UnitID) bool {
			return slices.ContainsFunc(held, func(m Mandate) bool { return string(m.Office) == o.Key && (at == "" || m.Unit == at) })
		}
		v := Vacancy{Office: o}
		switch {
		case o.Key == string(authz.Member):
			continue
		case slices.Contains(anywhere, authz.Office(o.Key)):
			if !is("") {
				out = append(out, v)
			}
			continue
		}
		for _, u := range c.Units(org.UnitKind(o.Held), "") {
			if coversBranch(scope, u.Branch) && !is(u.ID) {
				v.Units = append(v.Units, u)
			}
		}
		if len(v.Units) > 0 {
			out = append(out, v)
		}
	}
	return out
}
