package safetyweb

import (
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// Todos is the person's part of 待办: cards that he began and has not handed over, and those that wait for his signature.
func (h *PatrolPages) Todos(c *web.Ctx) ([]ui.Item, error) {
	open, err := h.openOf(c)
	if err != nil {
		return nil, err
	}
	p := &ui.Page{C: c, P: c.P}
	var out []ui.Item
	for _, l := range open {
		if !l.waits() {
			continue
		}
		kind, icon, word := dueWord(p, l.On)
		if l.On == c.Today() {
			word = p.T("今天查的")
		}
		out = append(out, ui.Item{Hue: "safety", Title: patrolName(p, l.PatrolLine), Detail: l.says(p), Chip: kind, Icon: icon, Due: word,
			Href: l.href(), Act: p.T(l.act()), Order: int64(l.On.At(0, 0))})
	}
	return out, nil
}

// openPatrol is an open patrol as one of its two inspectors sees it.
type openPatrol struct{ safety.PatrolTodo }

// waits tells whether the next step is the person's.
func (t openPatrol) waits() bool {
	return t.WaitsForMe() || t.State == checklist.Drafted && t.Began
}

func (t openPatrol) href() string {
	switch {
	case t.WaitsForMe():
		return patrolAt(string(t.ID), "/sign")
	case t.State == checklist.Drafted:
		return patrolAt(string(t.ID), "/edit")
	}
	return patrolAt(string(t.ID), "")
}

func (t openPatrol) act() string {
	switch {
	case t.WaitsForMe():
		return "去签名"
	case t.State == checklist.Drafted:
		return "继续填"
	}
	return "看看"
}

func (t openPatrol) says(p *ui.Page) string {
	other := t.With
	if !t.Began {
		other = t.By
	}
	switch {
	case t.WaitsForMe():
		return p.T("%s已经签了，等你签名", other)
	case t.State == checklist.Signing:
		return p.T("你签了，等%s签名", other)
	case other == "":
		return p.T("%s 开始的，还没签名", t.On)
	}
	return p.T("%s 和%s开始的，还没签名", t.On, other)
}

// dueWord is a day as a chip: late when it is over.
func dueWord(p *ui.Page, due kernel.Date) (kind, icon, word string) {
	return p.DueChip(due.At(23, 59), due.Before(p.C.Today()))
}

// PatrolHero is the one patrol that a representative has to do first.
type PatrolHero struct{ Title, Hint, Href, Icon string }

// begun tells whether the person has something unfinished at a place.
func begun(open []openPatrol, at org.PlaceID) bool {
	return slices.ContainsFunc(open, func(t openPatrol) bool { return t.Place == at })
}

// Hero is what a representative's phone shows first: the signature that waits, the card that he began, the round that is
// due, else the way to a visit of his own accord; empty for who is none.
func (h *PatrolPages) Hero(c *web.Ctx) (PatrolHero, error) {
	if !c.Actor.May(safety.DoPatrol) {
		return PatrolHero{}, nil
	}
	open, err := h.openOf(c)
	if err != nil {
		return PatrolHero{}, err
	}
	p := &ui.Page{C: c, P: c.P}
	for _, l := range open {
		switch {
		case l.WaitsForMe():
			return PatrolHero{Title: p.T("去签名"), Hint: patrolName(p, l.PatrolLine) + " · " + l.says(p), Href: l.href(), Icon: "pen-line"}, nil
		case l.waits():
			return PatrolHero{Title: p.T("接着填巡视"), Hint: patrolName(p, l.PatrolLine) + " · " + l.says(p), Href: l.href(), Icon: "clipboard-pen"}, nil
		}
	}
	due, err := h.due(c)
	if err != nil {
		return PatrolHero{}, err
	}
	due = slices.DeleteFunc(due, func(t safety.PatrolTarget) bool { return begun(open, t.Place) })
	if i := slices.IndexFunc(open, func(t openPatrol) bool { return t.State == checklist.Drafted }); len(due) == 0 && i >= 0 { // begun by the other one
		return PatrolHero{Title: p.T("接着填巡视"), Hint: patrolName(p, open[i].PatrolLine) + " · " + open[i].says(p), Href: open[i].href(), Icon: "clipboard-pen"}, nil
	}
	if len(due) == 0 {
		return PatrolHero{Title: p.T("开始巡视"), Hint: p.T("眼下没有到期的，随时可以临时去看看"), Href: "/safety/patrols/new", Icon: "clipboard-check"}, nil
	}
	t := due[0]
	_, _, word := dueWord(p, t.Due)
	title := p.T("开始巡视")
	if !t.Due.After(c.Today()) {
		title = p.T("开始今天的巡视")
	}
	return PatrolHero{Title: title, Hint: roundName(p, t.PlaceName, t.DutyName, t.Period) + " · " + word,
		Href: startAt(t.Place, t.Round), Icon: "clipboard-check"}, nil
}
