// Package authz answers "may this actor do this, and over which rows": permissions are a pure function of
// the mandates a person holds today (decision 12). It reads no database and no clock.
package authz

import "slices"

// Perm is one thing that a person may do; each route names one.
type Perm string

const (
	Public   Perm = "public"    // open to everybody, signed in or not
	SignedIn Perm = "signed-in" // any person with an account of the installation
)

// Office is a function that a person holds by mandate, as listed in catalogue/offices.yaml.
type Office string

const (
	Member       Office = "member"
	GroupLeader  Office = "group-leader"
	WorkerRep    Office = "worker-rep"
	MemberRep    Office = "member-rep"
	Committee    Office = "committee"
	Chair        Office = "chair"
	CompanyChair Office = "company-chair"
	HSE          Office = "hse"
	Logistics    Office = "logistics"
	DeptContact  Office = "dept-contact"
	Contractor   Office = "contractor"
	Auditor      Office = "auditor"
	Admin        Office = "admin"
)

// StandIn is held by no mandate: the branch's chair has it while nobody holds HSE there.
const StandIn Office = "stand-in"

// Reach says how far a permission goes for the holder of an office.
type Reach int

const (
	Self  Reach = iota // rows that the person made or must answer
	Owner              // rows that the mandate's unit must answer for
	Unit               // rows of the mandate's branch
	Org                // rows of the whole company union
)

// Scope is the part of a table that an actor may see: one value, never a list of units (decision 13).
type Scope struct {
	Org   string
	Reach Reach
	ID    string // person, owner unit or branch; empty for Org
}

// Grant is one mandate that is valid today.
type Grant struct {
	Office Office
	Unit   string // where it is held: branch, company, department, contractor, group
	Branch string // the branch that Unit belongs to, itself for a branch
}

// Rule gives an office a permission with a reach.
type Rule struct {
	Office Office
	Perm   Perm
	Reach  Reach
}

// Set is the whole of who may do what; app puts the modules' rules together.
type Set struct{ rules []Rule }

func NewSet(parts ...[]Rule) *Set { return &Set{rules: slices.Concat(parts...)} }

// Rules lists them for the rights page and its golden.
func (s *Set) Rules() []Rule { return s.rules }

// Clash tells that two offices give one permission at the same reach in two different places. A list has one scope (decision
// 13), so it would show only one of the two: nobody holds such a pair.
func (s *Set) Clash(a, b Grant) bool {
	for _, x := range s.rules {
		if x.Office != a.Office {
			continue
		}
		for _, y := range s.rules {
			if y.Office != b.Office || y.Perm != x.Perm {
				continue
			}
			p, q := scope(Actor{}, a, x.Reach), scope(Actor{}, b, y.Reach)
			if p.Reach == q.Reach && p.Reach != Self && p.ID != "" && q.ID != "" && p.ID != q.ID {
				return true
			}
		}
	}
	return false
}

// Actor is who acts: a person with today's grants, or the program itself.
type Actor struct {
	Org     string
	Account string
	Person  string
	Name    string
	Branch  string // the branch that the person belongs to
	Grants  []Grant
	System  bool // a job, the command line, the demo's story: may do what no person may
	Scopes  map[Perm]Scope
}

// Resolve fills the scopes of an actor: for each permission the widest reach that a grant gives.
func (s *Set) Resolve(a Actor) Actor {
	a.Scopes = map[Perm]Scope{}
	if a.Person == "" {
		return a
	}
	for _, r := range s.rules {
		for _, g := range a.Grants {
			if g.Office != r.Office {
				continue
			}
			sc := scope(a, g, r.Reach)
			if old, ok := a.Scopes[r.Perm]; ok && old.Reach >= sc.Reach {
				continue
			}
			a.Scopes[r.Perm] = sc
		}
	}
	return a
}

// servesAll tells of an office in a department of the company itself: 安环部 and 后勤 serve every branch.
func servesAll(g Grant) bool { return g.Branch == "" && (g.Office == HSE || g.Office == Logistics) }

func scope(a Actor, g Grant, r Reach) Scope {
	if r == Unit && servesAll(g) {
		r = Org
	}
	switch r {
	case Org:
		return Scope{Org: a.Org, Reach: Org}
	case Unit:
		return Scope{Org: a.Org, Reach: Unit, ID: g.Branch}
	case Owner:
		return Scope{Org: a.Org, Reach: Owner, ID: g.Unit}
	}
	return Scope{Org: a.Org, Reach: Self, ID: a.Person}
}

// May tells whether the actor has the permission at all.
func (a Actor) May(p Perm) bool {
	switch p {
	case Public:
		return true
	case SignedIn:
		return a.Account != "" || a.System
	}
	_, ok := a.Scopes[p]
	return ok || a.System
}

// Scope is where the actor has the permission; the zero scope matches nothing.
func (a Actor) Scope(p Perm) Scope {
	if a.System {
		return Scope{Org: a.Org, Reach: Org}
	}
	return a.Scopes[p]
}

// Holds tells whether the actor holds the office today, anywhere.
func (a Actor) Holds(o Office) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Office == o })
}

// HoldsAt tells whether the actor holds the office today at the unit or, for a company office, above it.
func (a Actor) HoldsAt(o Office, unit string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Office == o && (g.Unit == unit || g.Branch == unit) })
}

// UnitOf is the unit of the first grant of the office, empty without one.
func (a Actor) UnitOf(o Office) string {
	for _, g := range a.Grants {
		if g.Office == o {
			return g.Unit
		}
	}
	return ""
}

// Program is the actor of jobs and of the command line inside one company union.
func Program(org string) Actor { return Actor{Org: org, Name: "小家", System: true} }

// Nobody is a visitor who is not signed in.
var Nobody = Actor{}
