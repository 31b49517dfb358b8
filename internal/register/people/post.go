package people

import (
	"slices"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Post is an office with the units at which somebody can be given it, those that suit him best first.
type Post struct {
	catalogue.Office
	Near  []org.Unit // his own group or department, or departments that are named after the office
	Other []org.Unit
}

// Has tells whether the office can be given at the unit.
func (p Post) Has(id org.UnitID) bool {
	is := func(u org.Unit) bool { return u.ID == id }
	return slices.ContainsFunc(p.Near, is) || slices.ContainsFunc(p.Other, is)
}

// Posts lists what the actor may make of a person today: offices that fit the person, at units that fit the office, without
// those that he has.
func (s *Service) Posts(by authz.Actor, c *org.Chart, p Person, has Mandates) []Post {
	if by.Person == string(p.ID) && !by.System {
		return nil
	}
	var out []Post
	for _, o := range s.offices {
		post := Post{Office: o}
		for _, u := range c.Units(org.UnitKind(o.Held), "") {
			taken := slices.ContainsFunc(has, func(m Mandate) bool {
				return m.Unit == u.ID && string(m.Office) == o.Key && (m.Term.To.IsZero() || m.Term.To.After(s.today()))
			})
			switch {
			case o.Key == string(authz.Member) || taken || !MayAppoint(by, authz.Office(o.Key), u.Branch) || eligible(p, o, u) != nil:
			case near(p, o, u):
				post.Near = append(post.Near, u)
			default:
				post.Other = append(post.Other, u)
			}
		}
		if len(post.Near) == 0 {
			post.Near, post.Other = post.Other, nil
		}
		if len(post.Near) > 0 {
			out = append(out, post)
		}
	}
	return out
}

// near tells whether a person of his group and department is most likely meant for the office at this unit.
func near(p Person, o catalogue.Office, u org.Unit) bool {
	if len(o.Named) > 0 {
		return slices.ContainsFunc(o.Named, func(w string) bool { return strings.Contains(strings.ToUpper(u.Name.Zh), w) })
	}
	switch o.Held {
	case catalogue.AtGroup:
		return u.ID == p.Group
	case catalogue.AtBranch, catalogue.AtCompany:
		return true
	}
	return u.ID == p.Department
}

// Suggest is the term that a new holder most likely has: from today to where the terms of those who hold the office there
// end, else of the committee of the branch, else of its other elected offices. No end where nobody tells one.
func (m Mandates) Suggest(o catalogue.Office, unit org.Unit, today kernel.Date) kernel.Span {
	term := kernel.Span{From: today}
	if !o.Term {
		return term
	}
	at := unit.Branch
	if at == "" {
		at = unit.ID
	}
	for _, like := range []func(Mandate) bool{
		func(x Mandate) bool { return string(x.Office) == o.Key && x.Unit == unit.ID },
		func(x Mandate) bool { return string(x.Office) == o.Key },
		func(x Mandate) bool { return x.Unit == at && (x.Office == authz.Committee || x.Office == authz.Chair) },
		func(x Mandate) bool { return x.Unit == at },
	} {
		if term.To = m.usualEnd(like, today); !term.To.IsZero() {
			return term
		}
	}
	return term
}

// usualEnd is the last day that most of the mandates have, the later one of two.
func (m Mandates) usualEnd(like func(Mandate) bool, today kernel.Date) (end kernel.Date) {
	n := map[kernel.Date]int{}
	for _, x := range m {
		if to := x.Term.To; like(x) && to.After(today) {
			if n[to]++; n[to] > n[end] || n[to] == n[end] && to.After(end) {
				end = to
			}
		}
	}
	return end
}
