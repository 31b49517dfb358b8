package duty

import (
	"context"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Reads is what pages ask about duties; dutydb fills it. A branch outside the scope is NotFound. Unit may be empty where the
// scope is one branch; with a wider scope the page names the branch it shows.
type Reads interface {
	// Duties lists a branch's duties in the order of the catalogue, officers' own after them.
	Duties(ctx context.Context, s authz.Scope, unit org.UnitID) ([]Duty, error)
	// Duty shows one duty.
	Duty(ctx context.Context, s authz.Scope, id ID) (Duty, error)
	// Year is all rounds of a branch that are due in a year or in one of its ISO weeks, in one query. The rows may be shared:
	// nobody changes them.
	Year(ctx context.Context, s authz.Scope, unit org.UnitID, year int) ([]RoundRow, error)
	// Crossing is the rounds that begin in a year and are due in the first months of the next: 冬送温暖 is one.
	Crossing(ctx context.Context, s authz.Scope, unit org.UnitID, year int) ([]RoundRow, error)
	// Branches adds up the year of each of the named branches, in one query.
	Branches(ctx context.Context, s authz.Scope, units []org.UnitID, year int, today kernel.Date) (map[org.UnitID]BranchYear, error)
	// Round shows one round with its duty and coverage.
	Round(ctx context.Context, s authz.Scope, id RoundID) (RoundView, error)
	// Rounds lists the rounds of a duty, the latest due first.
	Rounds(ctx context.Context, s authz.Scope, d ID, after db.Key, limit int) ([]RoundRow, error)
	// Targets lists a round's targets in one state, or all where it is empty; names are the caller's to find.
	Targets(ctx context.Context, s authz.Scope, f TargetFilter) ([]Target, error)
	// Shared tells of each record that did a target of the round how many targets it did in all; a patrol does one a round.
	Shared(ctx context.Context, s authz.Scope, id RoundID) (map[string]int, error)
	// At is the open rounds that want one subject, such as a place, with whether they have it; those due first on top.
	At(ctx context.Context, s authz.Scope, subject record.Ref) ([]AtRow, error)
	// Slices is a round's coverage by unit, from the counters; empty where all targets count in one unit.
	Slices(ctx context.Context, s authz.Scope, id RoundID) (map[org.UnitID]Coverage, error)
	// Missing is who is still missing in the open rounds of a branch that are due soonest, a few names each; two queries.
	Missing(ctx context.Context, s authz.Scope, f MissingFilter) ([]Gap, error)
	// Due is what the holder of some offices has to do: open rounds with somebody missing that are late or due by a day.
	Due(ctx context.Context, s authz.Scope, f DueFilter) ([]DueRow, error)
}

// BranchYear is a branch's calendar year in figures, for comparing branches. Rounds for which there is nobody count nowhere.
type BranchYear struct {
	Due      int // rounds due by today, or complete before
	Done     int // of these, complete
	Late     int // over their day with somebody missing
	Week     int // due this week, not complete
	Cover    Coverage
	LastDone kernel.Date // the last day on which a round was completed
}

// RoundRow is a round as lists and the ring show it.
type RoundRow struct {
	ID        RoundID
	Duty      ID
	Name      kernel.Words
	Mechanism string
	Measure   catalogue.Measure
	Form      catalogue.Form
	Period    Period
	Opens     kernel.Date
	Due       kernel.Date
	Closes    kernel.Date
	State     RoundState
	Cover     Coverage
	DoneOn    kernel.Date
}

// Key continues Rounds behind this row.
func (r RoundRow) Key() db.Key { return db.Key{r.Due.String(), string(r.ID)} }

// RoundView is a round with its duty, for its page.
type RoundView struct {
	Round
	Of Duty
}

// Row is the round as a list shows it.
func (v RoundView) Row() RoundRow {
	return RoundRow{ID: v.ID, Duty: v.Duty, Name: v.Of.Name, Mechanism: v.Of.Mechanism, Measure: v.Of.Measure, Form: v.Of.Form, Period: v.Period,
		Opens: v.Opens, Due: v.Due, Closes: v.Closes, State: v.State, Cover: v.Cover, DoneOn: v.DoneOn}
}

// TargetFilter picks a page of a round's targets.
type TargetFilter struct {
	Round  RoundID
	State  TargetState  // empty: all
	Slices []org.UnitID // those that count in one of these units; empty: all
	After  db.Key       // Key of the last one of the page before, with the same State
	Limit  int
}

// Key continues a list of targets of the given filter behind this one.
func (t Target) Key(f TargetFilter) db.Key {
	if f.State == Missing {
		return db.Key{string(t.Slice), t.Subject.ID}
	}
	return db.Key{t.Subject.Kind, t.Subject.ID}
}

// MissingFilter picks what the home page says about those who are missing.
type MissingFilter struct {
	Unit    org.UnitID
	Measure catalogue.Measure // empty: all
	Rounds  int               // how many rounds at most
	Names   int               // how many subjects of each
	By      kernel.Date       // due by this day; zero: any
}

// Gap is a round with somebody missing, and the first of them.
type Gap struct {
	RoundRow
	Unit  org.UnitID
	Who   []authz.Office // who does the duty
	Why   Why
	First []Subject
}

// DueFilter picks what the holder of Offices must do.
type DueFilter struct {
	Unit    org.UnitID
	Offices []authz.Office // empty: whoever does it
	Group   org.UnitID     // what only a group office does waits for its holder while somebody of this unit is missing; empty: always
	By      kernel.Date
	Planned kernel.Date // instead: rounds that have not opened yet and are due from this day on
	Limit   int
}

// GroupOffices do a duty for their own group or site alone.
var GroupOffices = []authz.Office{authz.GroupLeader, "group-inspector", "site-contact"}

// ByGroup tells that, of these offices, only group offices do the duty.
func (d Duty) ByGroup(held []authz.Office) bool {
	wide := slices.DeleteFunc(slices.Clone(held), func(o authz.Office) bool { return slices.Contains(GroupOffices, o) })
	return d.DoneBy(held) && !d.DoneBy(wide)
}

// DueRow is a round that waits for somebody.
type DueRow struct {
	RoundRow
	Why  Why
	Card string
}
