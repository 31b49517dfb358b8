package calendar

import (
	"time"

	"xiaojia/internal/kernel"
)

// Workdays knows which days are worked: Monday to Friday, but for what the arrangements of the known years say, and in the
// others but for the statutory days themselves. It never changes.
type Workdays struct {
	off, work map[kernel.Date]bool
	known     map[int]bool
}

// NewWorkdays builds on arrangements. Of two for the same year the later in the list counts as a whole, as an amended notice does;
// a day that is listed both as off and as worked is worked.
func NewWorkdays(list []Arrangement) *Workdays {
	latest := map[int]Arrangement{}
	for _, a := range list {
		latest[a.Year] = a
	}
	w := &Workdays{off: map[kernel.Date]bool{}, work: map[kernel.Date]bool{}, known: map[int]bool{}}
	for year, a := range latest {
		w.known[year] = true
		for _, d := range a.Off {
			w.off[d] = true
		}
		for _, d := range a.Work {
			w.work[d] = true
		}
	}
	return w
}

// Known tells whether the arrangement of a year is there; where not, Monday to Friday but for the statutory days is assumed and
// the caller shows 待核实.
func (w *Workdays) Known(year int) bool { return w.known[year] }

// Is tells whether d is worked.
func (w *Workdays) Is(d kernel.Date) bool {
	if w.work[d] {
		return true
	}
	day := d.Weekday()
	return day != time.Saturday && day != time.Sunday && !w.off[d] && (w.known[d.Year()] || !legalDaysOff()[d])
}

// Add is the n-th working day after d, before d for a negative n; n = 0 is d itself, worked or not. d does not count.
func (w *Workdays) Add(d kernel.Date, n int) kernel.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for !d.IsZero() && n > 0 {
		d = d.Add(step)
		if w.Is(d) {
			n--
		}
	}
	return d
}

// Between counts the working days from a to b without a, so that Between(d, Add(d, n)) is n; it is negative where b is before a.
func (w *Workdays) Between(a, b kernel.Date) int {
	step, n := 1, 0
	if b.Before(a) {
		step = -1
	}
	for d := a; d != b; {
		d = d.Add(step)
		if w.Is(d) {
			n += step
		}
	}
	return n
}

// Skipped lists the days that are not worked strictly between two days, in the order of the calendar.
func (w *Workdays) Skipped(from, to kernel.Date) []kernel.Date {
	if to.Before(from) {
		from, to = to, from
	}
	var out []kernel.Date
	for d := from.Add(1); d.Before(to); d = d.Add(1) {
		if !w.Is(d) {
			out = append(out, d)
		}
	}
	return out
}

// BeforeWorkdays is the n-th working day before a day ("10 working days before 春节"), with the days off that lie between.
func BeforeWorkdays(day kernel.Date, n int, w *Workdays) (at kernel.Date, skipped []kernel.Date) {
	at = w.Add(day, -n)
	return at, w.Skipped(at, day)
}
