package duty

import (
	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
)

// Cell says how a round, or a week of a measure, stands. The greater is the worse.
type Cell int

const (
	CellNone    Cell = iota // nothing is owed
	CellExcused             // nobody had to be reached after all
	CellDone
	CellLater // due after this week
	CellDue   // due this week
	CellLate
)

// String is the key of the cell's class.
func (c Cell) String() string {
	return [...]string{"none", "excused", "done", "later", "due", "late"}[c]
}

// Cell is how the round stands on a day. A round that closed with somebody missing stays late.
func (r RoundRow) Cell(today kernel.Date) Cell {
	switch {
	case r.Cover.Complete() && r.Cover.Done == 0:
		return CellExcused
	case r.Cover.Complete():
		return CellDone
	case r.Cover.Targets == 0 && (r.State != Planned || !r.Opens.After(today)):
		return CellNone // nobody of its kind is in the branch
	case r.Due.Before(today):
		return CellLate
	case r.Due.Monday() == today.Monday():
		return CellDue
	}
	return CellLater
}

// Week is one cell of a band: a measure's rounds due in one ISO week.
type Week struct {
	N      int
	Monday kernel.Date
	State  Cell
	Rounds []RoundID
}

// Band is a measure's year, week by week.
type Band struct {
	Measure catalogue.Measure
	Weeks   []Week
}

// Bands is the year ring: a band for each of the four measures, and one for their proof where it has rounds.
type Bands []Band

// Ring puts the rounds of a year into the cells of its ISO weeks: a round counts in the week of its due day, a cell is the worst
// of its rounds.
func Ring(rows []RoundRow, year int, today kernel.Date) Bands {
	var out Bands
	at := map[catalogue.Measure]int{}
	for _, m := range []catalogue.Measure{catalogue.Safety, catalogue.Warmth, catalogue.Voice, catalogue.Culture, catalogue.Proof} {
		at[m] = len(out)
		out = append(out, Band{m, isoWeeks(year)})
	}
	proof := false
	for _, r := range rows {
		y, n := r.Due.ISOWeek()
		i, known := at[r.Measure]
		if y != year || !known {
			continue
		}
		w := &out[i].Weeks[n-1]
		w.State = max(w.State, r.Cell(today))
		w.Rounds = append(w.Rounds, r.ID)
		proof = proof || r.Measure == catalogue.Proof
	}
	if !proof {
		out = out[:len(out)-1]
	}
	return out
}

func isoWeeks(year int) []Week {
	var out []Week
	for m := firstMonday(year); m.Add(3).Year() == year; m = m.Add(7) {
		out = append(out, Week{N: len(out) + 1, Monday: m})
	}
	return out
}

// firstMonday begins the first ISO week of the year: the one of 4 January.
func firstMonday(year int) kernel.Date { return kernel.NewDate(year, 1, 4).Monday() }

// YearSpan is the days that Reads.Year answers for: the calendar year and the weeks of the ISO year.
func YearSpan(year int) kernel.Span {
	from, to := kernel.NewDate(year, 1, 1), kernel.NewDate(year, 12, 31)
	if m := firstMonday(year); m.Before(from) {
		from = m
	}
	if s := firstMonday(year + 1).Add(-1); s.After(to) {
		to = s
	}
	return kernel.Span{From: from, To: to}
}
