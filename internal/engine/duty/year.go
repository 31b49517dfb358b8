package duty

import (
	"time"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
)

// Total is a measure's year in figures: rounds, and 人次 of those that are due by today or complete, apart from the open ones
// that have time left.
type Total struct {
	Due   int // rounds due by today, or complete before
	Done  int // of these, complete
	Later int // still to come
	Cover Coverage
	Ahead Coverage
}

// Totals adds up a calendar year by measure; rounds for which there was nobody count nowhere.
func Totals(rows []RoundRow, year int, today kernel.Date) map[catalogue.Measure]Total {
	out := map[catalogue.Measure]Total{}
	for _, r := range rows {
		cell := r.Cell(today)
		if r.Due.Year() != year || cell == CellNone {
			continue
		}
		t := out[r.Measure]
		switch {
		case r.Cover.Complete():
			t.Due, t.Done = t.Due+1, t.Done+1
		case r.Due.After(today):
			t.Later++
			t.Ahead = t.Ahead.Plus(r.Cover)
			out[r.Measure] = t
			continue
		default:
			t.Due++
		}
		t.Cover = t.Cover.Plus(r.Cover)
		out[r.Measure] = t
	}
	return out
}

// Day is the rounds due on one day of a month.
type Day struct {
	On     kernel.Date
	Rounds []RoundRow
}

// Month is every day of a month with the rounds due on it, from the rows of its year.
func Month(rows []RoundRow, year int, m time.Month) []Day {
	first := kernel.NewDate(year, m, 1)
	out := make([]Day, first.EndOfMonth().Day())
	for i := range out {
		out[i].On = first.Add(i)
	}
	for _, r := range rows {
		if r.Due.Year() == year && r.Due.Month() == m {
			d := &out[r.Due.Day()-1]
			d.Rounds = append(d.Rounds, r)
		}
	}
	return out
}
