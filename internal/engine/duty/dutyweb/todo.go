package dutyweb

import (
	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// todoDays is how far ahead a round is somebody's affair; todoMost bounds what one person is told of.
const (
	todoDays = 7
	todoMost = 50
)

// Todos is the rounds that the actor's offices do and that are late or due within a week.
func (h *Pages) Todos(c *web.Ctx) ([]ui.Item, error) {
	s, f := ownDue(c.Actor)
	if len(f.Offices) == 0 {
		return nil, nil
	}
	f.By, f.Limit = c.Today().Add(todoDays), todoMost
	rows, err := h.reads.Due(c.R.Context(), s, f)
	if err != nil {
		return nil, err
	}
	p := &ui.Page{C: c, P: c.P}
	out := make([]ui.Item, len(rows))
	for i, r := range rows {
		out[i] = item(p, r)
	}
	return out, nil
}

// ownDue asks for the rounds that an actor's offices do: in the branch that he sees, or his own where he sees all.
func ownDue(by authz.Actor) (authz.Scope, duty.DueFilter) {
	s := by.Scope(duty.SeeDuties)
	unit := org.UnitID(s.ID)
	if s.Reach == authz.Org {
		unit = org.UnitID(by.Branch)
	}
	return s, duty.DueFilter{Unit: unit, Offices: duty.Held(by, unit), Group: ownGroup(by)}
}

func item(p *ui.Page, r duty.DueRow) ui.Item {
	at := r.Due.At(23, 59)
	it := ui.Item{Hue: hue(r.Measure), Title: p.W(r.Name), Detail: p.T("还差 %d 个 · %s", r.Cover.Missing(), r.Why.Say(p.P)), Order: int64(at)}
	it.Chip, it.Icon, it.Due = p.DueChip(at, false)
	if r.Form == catalogue.Patrol {
		it.Href, it.Act = "/safety/patrols/new?round="+string(r.ID), p.T("去巡视")
	} else {
		it.Href, it.Act = "/notes/new?round="+string(r.ID), p.T("记一笔")
	}
	return it
}

// ownGroup is the group or site of somebody who does duties for it.
func ownGroup(a authz.Actor) org.UnitID {
	for _, o := range duty.GroupOffices {
		if u := a.UnitOf(o); u != "" {
			return org.UnitID(u)
		}
	}
	return ""
}
