package app

import (
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/web"
)

// days is what waits for an actor by its day: each module's part.
type days []func(*web.Ctx) ([]ics.Event, error)

func (d days) all(c *web.Ctx) ([]ics.Event, error) {
	var out []ics.Event
	for _, part := range d {
		list, err := part(c)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// holidays is the days off of this year and the next, as far as they are known.
func (a *App) holidays(c *web.Ctx) ([]ics.Event, error) {
	w, err := a.Almanac.Workdays(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	var out []ics.Event
	for _, year := range []int{c.Today().Year(), c.Today().Year() + 1} {
		for _, b := range w.Blocks(year) {
			var names []string
			for _, key := range b.Festivals {
				f, _ := calendar.FestivalBy(key)
				names = append(names, c.P.W(f.Name))
			}
			out = append(out, ics.Event{UID: "holiday-" + b.From.String(), From: b.From, To: b.To, Title: c.P.T("放假：%s", c.P.Join(names)), Free: true})
		}
	}
	return out, nil
}
