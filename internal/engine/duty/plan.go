package duty

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
)

// How long a round may still be done after its due day or period; our proposal, no rule fixes it.
const (
	weekGrace    = 7
	monthGrace   = 15
	quarterGrace = 30
	windowGrace  = 30
	visitGrace   = 7 // after a festival
)

// Plan is the rounds of a year in the order of their due days. A due day that is not worked moves to the working day before,
// inside its period where that has one. Nothing is due before the duty was adopted and nothing opens after it was retired.
func (d Duty) Plan(year int, w *calendar.Workdays) []Round {
	var out []Round
	for _, r := range periods(d.Rhythm, year, w) {
		if r.Due.Before(d.Adopted) || !d.Retired.IsZero() && r.Opens.After(d.Retired) {
			continue
		}
		if r.Opens.Before(d.Adopted) {
			r.Opens = d.Adopted
		}
		r.Duty, r.Unit, r.State, r.Version = d.ID, d.Unit, Planned, 1
		out = append(out, r)
	}
	return out
}

func periods(r catalogue.Rhythm, year int, w *calendar.Workdays) []Round {
	var out []Round
	switch r.Kind {
	case catalogue.Weekly:
		out = weeks(r, year, w)
	case catalogue.Monthly:
		out = months(r, year, w, MonthEnd, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
	case catalogue.InMonths:
		out = months(r, year, w, OneMonth, r.Months)
	case catalogue.Quarterly:
		out = quarterly(r, year, w)
	case catalogue.Yearly, catalogue.Season:
		out = []Round{window(r, year, w)}
	case catalogue.BeforeFestival:
		out = festivals(r, year, w)
	case catalogue.BeforeBlock:
		out = blocks(r, year, w)
	}
	slices.SortStableFunc(out, func(a, b Round) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Period, b.Period))
	})
	return out
}

// weeks has one round for each ISO week of the year.
func weeks(r catalogue.Rhythm, year int, w *calendar.Workdays) []Round {
	var out []Round
	for m := kernel.NewDate(year, time.January, 4).Monday(); m.Add(3).Year() == year; m = m.Add(7) {
		_, week := m.ISOWeek()
		why := Why{Anchor: OnWeekday, Part: r.Weekday, Day: m.Add(r.Weekday - 1)}
		out = append(out, settled(Period(fmt.Sprintf("%d-W%02d", year, week)), m, m.Add(6), 0, m.Add(6+weekGrace), why, w))
	}
	return out
}

func months(r catalogue.Rhythm, year int, w *calendar.Workdays, a Anchor, which []int) []Round {
	out := make([]Round, len(which))
	for i, m := range which {
		first := kernel.NewDate(year, time.Month(m), 1)
		last := first.EndOfMonth()
		why := Why{Anchor: a, Part: m, Offset: r.BeforeEnd, Day: last.Add(-r.BeforeEnd)}
		out[i] = settled(Period(fmt.Sprintf("%d-%02d", year, m)), first, last, r.Lead, last.Add(monthGrace), why, w)
	}
	return out
}

func quarterly(r catalogue.Rhythm, year int, w *calendar.Workdays) []Round {
	out := make([]Round, 4)
	for i := range out {
		first := kernel.NewDate(year, time.Month(3*i+1), 1)
		last := first.AddMonths(2).EndOfMonth()
		why := Why{Anchor: QuarterEnd, Part: i + 1, Offset: r.BeforeEnd, Day: last.Add(-r.BeforeEnd)}
		out[i] = settled(Period(fmt.Sprintf("%d-Q%d", year, i+1)), first, last, r.Lead, last.Add(quarterGrace), why, w)
	}
	return out
}

func window(r catalogue.Rhythm, year int, w *calendar.Workdays) Round {
	first := kernel.NewDate(year, time.Month(r.Month), r.Day)
	ends := year
	if r.Crosses() {
		ends++
	}
	last := kernel.NewDate(ends, time.Month(r.EndMonth), r.EndDay)
	return settled(Period(fmt.Sprint(year)), first, last, 0, last.Add(windowGrace), Why{Anchor: WindowEnd, From: first, Day: last}, w)
}

// settled makes a round that is due on why.Day or, where that is not worked, on the nearest working day of its period.
func settled(p Period, first, last kernel.Date, lead int, closes kernel.Date, why Why, w *calendar.Workdays) Round {
	why.Due = settle(why.Day, first, last, w)
	opens := first
	if lead > 0 {
		opens = why.Due.Add(-lead)
	}
	if why.Due.Before(opens) { // the whole period is off, so its work comes before it
		opens = why.Due
	}
	why.Unsure = unsure(w, why.Day, why.Due)
	return Round{Period: p, Opens: opens, Due: why.Due, Closes: closes, Why: why}
}

// settle prefers the working day before within the period, then the one after within it, then the last one before it.
func settle(day, first, last kernel.Date, w *calendar.Workdays) kernel.Date {
	for d := day; !d.Before(first); d = d.Add(-1) {
		if w.Is(d) {
			return d
		}
	}
	for d := day.Add(1); !d.After(last); d = d.Add(1) {
		if w.Is(d) {
			return d
		}
	}
	return w.Add(first, -1)
}

// unsure is the first of the days' years whose arrangement is not published, 0 where all are.
func unsure(w *calendar.Workdays, days ...kernel.Date) int {
	for _, d := range days {
		if !w.Known(d.Year()) {
			return d.Year()
		}
	}
	return 0
}
