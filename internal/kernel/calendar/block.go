package calendar

import (
	"slices"

	"xiaojia/internal/kernel"
)

// longBlock is the number of days from which a block counts as a long holiday.
const longBlock = 3

// Block is a run of days off, both ends included, that holds one or more statutory festivals, named by key in the order of their days.
type Block struct {
	From, To  kernel.Date
	Festivals []string
}

// Days is the length of the block.
func (b Block) Days() int { return b.To.Sub(b.From) + 1 }

// Long tells whether the block is a long holiday, which safety rounds and the on-duty list go by.
func (b Block) Long() bool { return b.Days() >= longBlock }

// Blocks lists the blocks around the statutory festivals of a year in the order of the calendar, none for a year that is not Known.
// The block of 元旦 may begin in the year before. 中秋 and 国庆 share a block where the days off join them.
func (w *Workdays) Blocks(year int) []Block {
	if !w.Known(year) {
		return nil
	}
	var out []Block
	for _, f := range statutory(year) {
		if n := len(out); n > 0 && !f.day.After(out[n-1].To) {
			out[n-1].Festivals = append(out[n-1].Festivals, f.key)
			continue
		}
		if !w.Is(f.day) {
			from, to := w.around(f.day)
			out = append(out, Block{from, to, []string{f.key}})
		}
	}
	return out
}

// around widens a day off to the whole run of days off.
func (w *Workdays) around(d kernel.Date) (from, to kernel.Date) {
	from, to = d, d
	for !w.Is(from.Add(-1)) {
		from = from.Add(-1)
	}
	for !w.Is(to.Add(1)) {
		to = to.Add(1)
	}
	return from, to
}

type keyedDay struct {
	key string
	day kernel.Date
}

// statutory sorts by day, since 中秋 falls before 国庆 in one year and after it in another.
func statutory(year int) []keyedDay {
	var out []keyedDay
	for _, f := range festivals {
		if day, ok := f.Day(year); ok && f.Statutory {
			out = append(out, keyedDay{f.Key, day})
		}
	}
	slices.SortStableFunc(out, func(a, b keyedDay) int { return a.day.Compare(b.day) })
	return out
}
