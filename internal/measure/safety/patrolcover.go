package safety

import (
	"cmp"
	"context"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// PatrolTarget is one place in one round of a patrol duty.
type PatrolTarget struct {
	Place            org.PlaceID
	PlaceName        kernel.Words
	PlaceKind        string
	PlaceSort        int
	Duty             string
	Card             string // empty: that of the place
	DutyName         kernel.Words
	Round            record.RoundID
	Period           string
	Opens, Due, Ends kernel.Date
	State            string // open, done, excused
	DoneOn           kernel.Date
	Reason           string
	Run              checklist.RunID // that did it
}

// CoverState is what a cell of the coverage table shows.
type CoverState string

const (
	CoverAhead   CoverState = "ahead"     // not open yet
	CoverDue     CoverState = "due"       // open and not late
	CoverMissed  CoverState = "missed"    // late and not done
	CoverDone    CoverState = "done"      // done in time
	CoverLate    CoverState = "late-done" // done after its day
	CoverExcused CoverState = "excused"   // with its reason
)

// CoverCell is one round at one place.
type CoverCell struct {
	PatrolTarget
	Shows CoverState
}

// CoverRow is one place under one duty through a year, its cells by the month of their due day.
type CoverRow struct {
	Place     org.PlaceID
	PlaceName kernel.Words
	PlaceKind string
	DutyName  kernel.Words
	Months    [12][]CoverCell
}

// Coverage is area × period of one year with what each state adds up to.
type Coverage struct {
	Year  int
	Rows  []CoverRow
	Count map[CoverState]int
}

// CoverageOf sorts a year's targets into the table.
func CoverageOf(year int, targets []PatrolTarget, today kernel.Date) Coverage {
	out := Coverage{Year: year, Count: map[CoverState]int{}}
	targets = slices.Clone(targets)
	slices.SortStableFunc(targets, func(a, b PatrolTarget) int {
		return cmp.Or(cmp.Compare(a.PlaceSort, b.PlaceSort), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Duty, b.Duty), a.Due.Compare(b.Due))
	})
	for i, t := range targets {
		if i == 0 || t.Place != targets[i-1].Place || t.Duty != targets[i-1].Duty {
			out.Rows = append(out.Rows, CoverRow{Place: t.Place, PlaceName: t.PlaceName, PlaceKind: t.PlaceKind, DutyName: t.DutyName})
		}
		cell := CoverCell{PatrolTarget: t, Shows: t.shows(today)}
		month := &out.Rows[len(out.Rows)-1].Months[t.Due.Month()-1]
		*month = append(*month, cell)
		out.Count[cell.Shows]++
	}
	return out
}

func (t PatrolTarget) shows(today kernel.Date) CoverState {
	switch {
	case t.State == "excused":
		return CoverExcused
	case t.State == "done" && t.DoneOn.After(t.Due):
		return CoverLate
	case t.State == "done":
		return CoverDone
	case t.Due.Before(today):
		return CoverMissed
	case t.Opens.After(today):
		return CoverAhead
	}
	return CoverDue
}

// Coverage is a branch's patrols of one year.
func (p *Patrols) Coverage(ctx context.Context, by authz.Actor, unit org.UnitID, year int) (Coverage, error) {
	if !record.Within(by.Scope(SeePatrols), unit) {
		return Coverage{}, kernel.Err(kernel.NotFound, "没有这个分工会，或者不归你看。")
	}
	targets, err := p.Reads.PatrolTargets(ctx, by.Org, unit, year)
	if err != nil {
		return Coverage{}, err
	}
	return CoverageOf(year, targets, p.DB.Clock.Now().Date()), nil
}
