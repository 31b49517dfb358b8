package dutyweb

import (
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// A calendar reaches so many days ahead, and holds so many rounds.
const (
	daysAhead = 92
	daysMost  = 120
)

// Days is the rounds that the actor's offices do, for his own calendar: the day on which each is due, and the span in which it
// may be done. Names of duties and days, nobody's name.
func (h *Pages) Days(c *web.Ctx) ([]ics.Event, error) {
	s, f := ownDue(c.Actor)
	if f.Unit == "" || len(f.Offices) == 0 {
		return nil, nil
	}
	f.By, f.Limit = c.Today().Add(daysAhead), daysMost
	rows, err := h.reads.Due(c.R.Context(), s, f)
	if err != nil {
		return nil, err
	}
	f.Planned = c.Today()
	later, err := h.reads.Due(c.R.Context(), s, f)
	p := &ui.Page{C: c, P: c.P}
	var out []ics.Event
	for _, r := range append(rows, later...) {
		out = append(out, days(p, r)...)
	}
	return out, err
}

func days(p *ui.Page, r duty.DueRow) []ics.Event {
	e := ics.Event{UID: "round-" + string(r.ID) + ".due", From: r.Due, To: r.Due, Title: p.T("到期：%s", r.Name), Detail: r.Why.Say(p.P), Href: "/rounds/" + string(r.ID)}
	if r.Due.Before(p.C.Today()) {
		e.Late, e.Title = true, p.T("超期：%s", r.Name)
	}
	if !r.Opens.Before(r.Due) {
		return []ics.Event{e}
	}
	span := ics.Event{UID: "round-" + string(r.ID) + ".span", From: r.Opens, To: r.Due, Title: p.T("可以做：%s", r.Name), Href: e.Href, Free: true}
	return []ics.Event{span, e}
}
