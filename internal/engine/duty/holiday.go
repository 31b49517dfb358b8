package duty

import (
	"fmt"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
)

// festivals has one round for each festival of the rhythm: so many working days before it, or on its day.
func festivals(r catalogue.Rhythm, year int, w *calendar.Workdays) []Round {
	var out []Round
	for _, key := range r.Festivals {
		day, ok := calendar.FestivalDay(key, year)
		if !ok {
			continue // outside the almanac's table
		}
		why := Why{Anchor: OnFestival, Offset: r.Workdays, Festivals: []string{key}, Day: day}
		period, closes := Period(fmt.Sprintf("%d-%s", year, key)), day.Add(visitGrace)
		if r.Workdays == 0 {
			out = append(out, settled(period, day.Add(-r.Lead), day, r.Lead, closes, why, w))
			continue
		}
		out = append(out, counted(period, day, r, closes, why, w))
	}
	return out
}

// blocks has one round for each block of days off, however many festivals lie in it (decision 6). After the first day off it
// is too late: a patrol before the holidays cannot be made up.
func blocks(r catalogue.Rhythm, year int, w *calendar.Workdays) []Round {
	var out []Round
	for _, b := range breaks(year, w) {
		why := Why{Anchor: BeforeBreak, Offset: r.Workdays, Festivals: b.Festivals}
		period := Period(fmt.Sprintf("%d-block-%s", year, b.Festivals[0]))
		out = append(out, counted(period, b.From, r, b.From.Add(-1), why, w))
	}
	return out
}

// counted makes a round that is due so many working days before a day.
func counted(p Period, before kernel.Date, r catalogue.Rhythm, closes kernel.Date, why Why, w *calendar.Workdays) Round {
	why.Due, why.Skipped = calendar.BeforeWorkdays(before, r.Workdays, w)
	why.Day = why.Due
	why.Unsure = unsure(w, before, why.Due)
	return Round{Period: p, Opens: why.Due.Add(-r.Lead), Due: why.Due, Closes: closes, Why: why}
}

// breaks are the blocks as published. Before they are, each statutory festival stands with the weekends that touch it, so that
// the round is there in time; its derivation says 待核实 and the plan is made again when the arrangement comes.
func breaks(year int, w *calendar.Workdays) []calendar.Block {
	if w.Known(year) {
		return w.Blocks(year)
	}
	var out []calendar.Block
	for _, f := range calendar.Festivals() {
		day, ok := f.Day(year)
		if !ok || !f.Statutory {
			continue
		}
		from, to := day, day
		for !w.Is(from.Add(-1)) {
			from = from.Add(-1)
		}
		for !w.Is(to.Add(1)) {
			to = to.Add(1)
		}
		out = append(out, calendar.Block{From: from, To: to, Festivals: []string{f.Key}})
	}
	slices.SortFunc(out, func(a, b calendar.Block) int { return a.From.Compare(b.From) })
	return joined(out)
}

// joined puts blocks together that overlap.
func joined(all []calendar.Block) []calendar.Block {
	var out []calendar.Block
	for _, b := range all {
		if n := len(out); n > 0 && !b.From.After(out[n-1].To) {
			out[n-1].Festivals = append(out[n-1].Festivals, b.Festivals...)
			continue
		}
		out = append(out, b)
	}
	return out
}
