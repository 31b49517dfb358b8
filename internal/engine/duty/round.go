package duty

import (
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// RoundID names a round.
type RoundID = record.RoundID

// Period is the key of a round within its duty: 2024-W51, 2024-12, 2024-Q4, 2024, 2024-spring, 2025-block-newyear.
type Period string

// Round is one period of a duty in one branch (decision 6).
type Round struct {
	ID      RoundID
	Duty    ID
	Unit    org.UnitID
	Period  Period
	Opens   kernel.Date
	Due     kernel.Date
	Closes  kernel.Date // how long it may still be done, late
	Why     Why
	State   RoundState
	Cover   Coverage
	Slices  int         // units among which the targets are spread; more than one has counters of their own
	Late    bool        // it was overdue with somebody missing; it stays so for ever
	DoneOn  kernel.Date // when the last target was done or excused
	Version int
}

// RoundState is a closed set: planned, without targets → open, targets frozen → closed, nothing is done any more.
type RoundState string

const (
	Planned RoundState = "planned"
	Open    RoundState = "open"
	Closed  RoundState = "closed"
)

// Has tells whether a record of that day can do a target of the round.
func (r Round) Has(on kernel.Date) bool { return !on.Before(r.Opens) && !on.After(r.Closes) }

// Whose is the day that tells who does the round: today, and the day it was due once it is closed. Who came to an office
// since has no part in it.
func (r Round) Whose(today kernel.Date) kernel.Date {
	if r.State == Closed {
		return r.Due
	}
	return today
}

// Coverage is 应到, 已到, 免; the rest is missing.
type Coverage struct{ Targets, Done, Excused int }

// Missing is how many are still to be reached.
func (c Coverage) Missing() int { return c.Targets - c.Done - c.Excused }

// Complete tells that nobody is missing; a round without targets is never complete.
func (c Coverage) Complete() bool { return c.Targets > 0 && c.Missing() == 0 }

// Plus adds up.
func (c Coverage) Plus(o Coverage) Coverage {
	return Coverage{c.Targets + o.Targets, c.Done + o.Done, c.Excused + o.Excused}
}

// Subject is what one target is about: a unit, a place, a person. Slice is the unit whose coverage it counts in.
type Subject struct {
	record.Ref
	Slice    org.UnitID
	Assignee people.ID
}

// Target is one subject of a round, frozen when the round opened.
type Target struct {
	Round    RoundID
	Subject  record.Ref
	Slice    org.UnitID
	Assignee people.ID
	State    TargetState
	DoneOn   kernel.Date
	Reason   string // why excused
	Proof    record.Ref
	By       people.ID
}

// TargetState is a closed set: open → done or excused; an excuse can be taken back.
type TargetState string

const (
	Missing TargetState = "open"
	Done    TargetState = "done"
	Excused TargetState = "excused"
)
