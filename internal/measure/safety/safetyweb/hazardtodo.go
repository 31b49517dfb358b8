package safetyweb

import (
	"fmt"
	"strconv"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Todos is the hazards and letters that wait for the person.
func (h *HazardPages) Todos(c *web.Ctx) ([]ui.Item, error) {
	rows, chart, err := h.waiting(c)
	if err != nil {
		return nil, err
	}
	p := &ui.Page{C: c, P: c.P}
	out := make([]ui.Item, len(rows))
	for i, r := range rows {
		kind, icon, due := p.DueChip(r.Due, r.Late)
		where := standing(c.P, chart, r.Place, r.Unit)
		title := r.Title
		if r.Grade == "major" {
			title = p.T("【重大】") + title
		}
		out[i] = ui.Item{Hue: "safety", Title: title, Detail: c.P.T("%s · %s · %s", r.Do, where, r.No), Chip: kind, Icon: icon, Due: due, Href: r.Href, Act: c.P.T("去办"), Order: int64(r.Order)}
	}
	return out, nil
}

// Waiting is how many Todos lists.
func (h *HazardPages) Waiting(c *web.Ctx) (int, error) {
	if !c.Actor.May(safety.SeeHazards) {
		return 0, nil
	}
	return h.Reads.Waiting(c.R.Context(), safety.SeenHazards(c.Actor))
}

// waiting is what waits for the actor, with the chart that names where it is.
func (h *HazardPages) waiting(c *web.Ctx) ([]safety.ToDo, *org.Chart, error) {
	if !c.Actor.May(safety.SeeHazards) {
		return nil, nil, nil
	}
	rows, err := h.Reads.ToDo(c.R.Context(), safety.SeenHazards(c.Actor))
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	return rows, chart, err
}

// mineMost is how many of one's own reports home shows.
const mineMost = 3

// Mine is what became of what the person reported, newest first.
func (h *HazardPages) Mine(c *web.Ctx) ([]ui.Item, error) {
	if !c.Actor.May(safety.SeeHazards) {
		return nil, nil
	}
	rows, err := h.Reads.Mine(c.R.Context(), authz.Scope{Org: c.Actor.Org}, people.ID(c.Actor.Person), mineMost)
	if err != nil {
		return nil, err
	}
	p := &ui.Page{C: c, P: c.P}
	var out []ui.Item
	for _, r := range rows {
		kind, icon, word := stateChip(p, r)
		out = append(out, ui.Item{Hue: "safety", Title: r.Title, Detail: c.P.T("隐患 %s", r.No), Chip: kind, Icon: icon, Due: word, Href: safety.HazardHref(r.ID)})
	}
	return out, nil
}

// Fact is what home says of a branch's hazards.
func (h *HazardPages) Fact(c *web.Ctx, p *ui.Page, unit org.UnitID) (ui.Fact, bool, error) {
	s := c.Actor.Scope(safety.SeeHazards)
	if s.Reach != authz.Unit && s.Reach != authz.Org {
		return ui.Fact{}, false, nil
	}
	board, err := h.figures(c, authz.Scope{Org: c.Actor.Org, Reach: authz.Unit, ID: string(unit)})
	if err != nil {
		return ui.Fact{}, false, err
	}
	n := 0
	for _, b := range board {
		n += b.Open()
	}
	return ui.Fact{Name: p.T("未销号隐患"), Value: p.T("%d 条", n), Href: "/safety/hazards"}, true, nil
}

// figures reads the counters once a request: home asks them for the branch's tile and for the desk.
func (h *HazardPages) figures(c *web.Ctx, s authz.Scope) ([]safety.BoardRow, error) {
	return web.Memo(c, fmt.Sprintf("board/%d/%s", s.Reach, s.ID), func() ([]safety.BoardRow, error) { return h.Reads.Board(c.R.Context(), s) })
}

// Desk is the hazards of the safety department by where they stand, each figure opening its list; nothing for others. One query.
func (h *HazardPages) Desk(c *web.Ctx, p *ui.Page) ([]ui.Fact, error) {
	if !c.Actor.Holds(authz.HSE) {
		return nil, nil
	}
	board, err := h.figures(c, c.Actor.Scope(safety.SeeHazards))
	if err != nil {
		return nil, err
	}
	sum, late := map[string]int{}, 0
	for _, b := range board {
		late += b.Late
		for k, n := range b.Count {
			sum[k] += n
		}
	}
	out := []ui.Fact{{Name: p.T("超期"), Value: strconv.Itoa(late), Href: "/safety/hazards?tab=late"}}
	for _, s := range matter.States() {
		if s != matter.Closed {
			out = append(out, ui.Fact{Name: p.W(matter.StateName(s)), Value: strconv.Itoa(sum[string(s)]), Href: "/safety/hazards?tab=open&state=" + string(s)})
		}
	}
	return out, nil
}

// standsFor is how a state is said to whoever reported and works in none of them.
var standsFor = map[matter.State]string{matter.Raised: "等定级", matter.Judged: "等安排整改", matter.Assigned: "正在整改", matter.Answered: "等人复查",
	matter.Verified: "改好了，等通报", matter.Announced: "改好了，等通报"}

func stateChip(p *ui.Page, r safety.HazardRow) (kind, icon, word string) {
	if r.State != matter.Closed {
		return "calm", "clock", p.T(standsFor[r.State])
	}
	if r.Outcome == matter.Solved {
		return "good", "check", p.T("已解决")
	}
	return "calm", "circle-dot", p.W(matter.StandingName(r.State, r.Outcome))
}

func place(p *ui.Page, chart *org.Chart, r safety.HazardRow) string {
	return standing(p.P, chart, r.Place, r.Unit)
}

// standing names the place of something, or its branch where none was given.
func standing(p *i18n.Printer, chart *org.Chart, at org.PlaceID, unit org.UnitID) string {
	if at == "" {
		return p.W(chart.Name(unit))
	}
	return p.W(chart.PlaceName(at))
}

func gradeName(p *ui.Page, key string) string {
	switch key {
	case "":
		return p.T("未定级")
	case "major":
		return p.T("重大")
	}
	return p.T("一般 %s", key)
}

func gradeChip(key string) string {
	switch key {
	case "major", "A":
		return "late"
	case "B":
		return "soon"
	}
	return "calm"
}

func itoa(n int) string { return fmt.Sprint(n) }
