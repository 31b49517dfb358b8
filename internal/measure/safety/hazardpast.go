package safety

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// Fixed is what became of a hazard, as the figures of the overview count it.
type Fixed string

const (
	InTime  Fixed = "in"   // put right by its deadline, and checked
	TooLate Fixed = "over" // put right after it
	NotYet  Fixed = "not"  // not put right and checked yet
	NoneIt  Fixed = "none" // not a hazard, a second one, taken back
)

// Past narrows a list by what became of hazards, so that each figure of the overview opens the rows that it counts.
//
// Days are tested along the index of the day of the report, the rest on the rows that it gives.
type Past struct {
	From, To             kernel.Date // raised on, both inclusive; no From is any day
	ClosedFrom, ClosedTo kernel.Date // closed on, for a month's paper
	Fixed                Fixed
	TookFrom, TookTo     int // days from the report to the hand-in, both inclusive, where Took
	Took                 bool
	Again                bool
	Topic                string
}

// FixedOf reads an address; what it does not know asks nothing.
func FixedOf(s string) Fixed {
	switch f := Fixed(s); f {
	case InTime, TooLate, NotYet, NoneIt:
		return f
	}
	return ""
}

// ByDay tells that a list goes by the day of the report, the newest first.
func (f HazardFilter) ByDay(s authz.Scope) bool {
	return !f.Past.From.IsZero() && f.Tab != MineTab && s.Reach != authz.Self
}
