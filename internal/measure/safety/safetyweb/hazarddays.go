package safetyweb

import (
	"strings"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/web"
)

// Days is the deadlines of hazards and letters that wait for the actor, for his own calendar: a number, what is to be done and a
// place. What somebody wrote is not in it, nor who.
func (h *HazardPages) Days(c *web.Ctx) ([]ics.Event, error) {
	rows, chart, err := h.waiting(c)
	if err != nil {
		return nil, err
	}
	out := make([]ics.Event, len(rows))
	for i, r := range rows {
		what := c.P.T("隐患 %s", r.No)
		if r.Kind == safety.KindLetter {
			what = r.No
		}
		title := c.P.T("到期：%s", what+" · "+c.P.W(r.Do))
		if r.Late {
			title = c.P.T("超期：%s", what+" · "+c.P.W(r.Do))
		}
		day := r.Due.Date()
		out[i] = ics.Event{UID: strings.ReplaceAll(strings.Trim(r.Href, "/"), "/", "-"), From: day, To: day, Title: title, Detail: standing(c.P, chart, r.Place, r.Unit), Href: r.Href, Late: r.Late}
	}
	return out, nil
}
