// Package matter is the closed loop that hazards, demands, findings and practical things run through: raised, judged,
// assigned, answered, verified by somebody else, announced, closed. What may be done next, by whom, with which evidence
// and on which clock is one table a kind (Flow); the rules are pure. It never decides who holds an office.
package matter

import (
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// ID names a matter; anonymous ones are random, all others sort by time.
type ID string

// Kind says which flow a matter runs.
type Kind string

// Hazard is the first kind; demands and findings follow.
const Hazard Kind = "hazard"

// State is where a matter stands. Late, extended, escalated and suspended are fields, never states (decision 8).
//
//	raised → judged → assigned ⇄ answered → verified → announced → closed
//	   └── refused, merged, withdrawn ─────────────────────────────────┘
type State string

const (
	Raised    State = "raised"
	Judged    State = "judged"
	Assigned  State = "assigned"
	Answered  State = "answered"
	Verified  State = "verified"
	Announced State = "announced"
	Closed    State = "closed"
)

// States lists them in the order of the loop.
func States() []State {
	return []State{Raised, Judged, Assigned, Answered, Verified, Announced, Closed}
}

// Outcome is what became of it, apart from where the process stands: closed and solved are two things.
type Outcome string

const (
	Solved    Outcome = "solved"
	Unsolved  Outcome = "unsolved"
	NotOne    Outcome = "no_hazard"
	Duplicate Outcome = "duplicate"
	Withdrawn Outcome = "withdrawn"
)

// Matter is what every kind has in common: all that lists, boards, clocks and 待办 need.
type Matter struct {
	ID        ID
	No        string // 24-0117
	Kind      Kind
	Unit      org.UnitID // the branch
	Place     org.PlaceID
	Title     string
	State     State
	Outcome   Outcome
	Grade     string // key of catalogue/grades.yaml
	Reporter  people.ID
	Owner     org.UnitID // who must answer
	Rectifier people.ID
	Verifier  people.ID
	Raised    kernel.Date
	Topic     string      // what makes two matters of a place the same kind of thing; of a hazard the item of the card
	Again     bool        // the same topic came up at the same place within RepeatDays before
	Handed    kernel.Date // handed in as put right, the attempt that stands
	Overran   bool        // handed in after its deadline
	Due       kernel.Time
	DueWhy    Why
	LateAt    kernel.Time
	Rework    int
	Extended  int
	Escalated int // Branch or Company: how far up it is known that something is wrong
	Suspended bool
	Into      ID // the matter that this one was merged into
	Announced kernel.Date
	ClosedAt  kernel.Time
	Version   int
}

// How far up a matter has gone.
const (
	Branch  = 1
	Company = 2
)

// Open tells whether anything is still to be done.
func (m Matter) Open() bool { return m.State != Closed }

// Standing is where a matter stands for who counts and lists: its state, or the outcome of what was closed without being
// solved. 已撤回 is never shown or counted as 已销号 (docs/adr/0009).
func (m Matter) Standing() string { return Standing(m.State, m.Outcome) }

// Standing is the same of a state and an outcome.
func Standing(s State, o Outcome) string {
	if s == Closed && o != Solved && o != "" {
		return string(o)
	}
	return string(s)
}

// Standings lists them in the order of the loop, the ends without a solution last.
func Standings() []string {
	var out []string
	for _, s := range States() {
		out = append(out, string(s))
	}
	return append(out, string(Duplicate), string(NotOne), string(Withdrawn))
}

// Late tells whether the tick has found it over its time.
func (m Matter) Late() bool { return m.Open() && !m.LateAt.IsZero() }

// Why is how a deadline was derived, in words of either language.
type Why struct {
	Text string `json:"t"`
	Args []any  `json:"a,omitempty"`
}

// Role is what an actor is to one matter.
type Role string

const (
	Reporter  Role = "reporter"
	Judge     Role = "judge"     // 安环部门
	StandIn   Role = "stand-in"  // 分工会主席, while nobody holds 安环部门
	Chair     Role = "chair"     // 分工会主席
	Owner     Role = "owner"     // the department or contractor that must answer
	Rectifier Role = "rectifier" // 整改责任人
	Verifier  Role = "verifier"  // 验收人
	Above     Role = "above"     // 公司工会
)

// Covers tells whether a scope reaches a matter; it is the same question as the SQL of the lists.
func Covers(s authz.Scope, m Matter) bool {
	switch s.Reach {
	case authz.Org:
		return s.Org != ""
	case authz.Unit:
		return s.ID != "" && s.ID == string(m.Unit)
	case authz.Owner:
		return s.ID != "" && s.ID == string(m.Owner)
	}
	p := people.ID(s.ID)
	return p != "" && (p == m.Reporter || p == m.Rectifier || p == m.Verifier)
}

// waits tells whose 待办 the matter stands in after a step: an office at a unit, or a person; and besides him the owner's
// contact, the safety department of the whole company, or the one who goes on working while his question is open.
func (m Matter) waits(f Flow, s Step) (first, also string) {
	if !m.Open() {
		return "", ""
	}
	first, also = m.turn(f.Waits[m.State])
	if s.Turn == "" {
		return first, also
	}
	other, _ := m.turn(s.Turn)
	return other, first
}

func (m Matter) turn(r Role) (first, also string) {
	switch r {
	case Judge:
		return "judge/" + string(m.Unit), "judge/"
	case Chair:
		return "chair/" + string(m.Unit), ""
	case Rectifier:
		return "p/" + string(m.Rectifier), "o/" + string(m.Owner)
	case Verifier:
		return "p/" + string(m.Verifier), ""
	}
	return "", ""
}

// WaitsFor lists the keys under which an actor's 待办 is found, as the first whose turn it is or as the one besides. An
// office in a department of the company itself has no branch: its key is the one of the whole company.
func WaitsFor(a authz.Actor) []string {
	var keys []string
	if a.Person != "" {
		keys = append(keys, "p/"+a.Person)
	}
	for _, g := range a.Grants {
		var k string
		switch g.Office {
		case authz.HSE, authz.StandIn:
			k = "judge/" + g.Branch
		case authz.Chair:
			k = "chair/" + g.Branch
		case authz.DeptContact, authz.Contractor:
			k = "o/" + g.Unit
		default:
			continue
		}
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}
