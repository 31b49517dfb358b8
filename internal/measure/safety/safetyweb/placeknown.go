package safetyweb

import (
	"net/url"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// PlaceRound is an open round that wants a place.
type PlaceRound struct {
	Name   kernel.Words
	Period string
	Due    kernel.Date
	Done   bool
	Href   string
}

// PlaceKnown is what the page of a place asks about it, for who is signed in.
type PlaceKnown struct {
	Rounds  func(c *web.Ctx, at org.PlaceID) ([]PlaceRound, error)
	Reps    func(c *web.Ctx, branch org.UnitID) ([]string, error) // who may patrol there
	History func(c *web.Ctx, at org.PlaceID) ([]audit.Entry, error)
}

// placePatrols is how many of the last patrols a place's page shows.
const placePatrols = 5

// known fills what a person of the same company union sees of a place.
func (p *placePage) known(h *PatrolPages, c *web.Ctx) error {
	var err error
	if p.Open, err = h.OpenAt(c, p.Place.ID); err != nil {
		return err
	}
	if p.Manages = org.SeesPlace(c.Actor.Scope(org.ManagePlaces), p.Place); p.Manages {
		if p.History, err = h.At.History(c, p.Place.ID); err != nil {
			return err
		}
	}
	if p.Reps, err = h.At.Reps(c, p.Place.Unit); err != nil {
		return err
	}
	if c.Actor.May(safety.SeePatrols) {
		rows, _, err := h.Patrols.Reads.Patrols(c.R.Context(), safety.SeenPatrols(c.Actor), safety.PatrolFilter{Tab: safety.SignedPatrols, Place: p.Place.ID}, nil)
		if err != nil {
			return err
		}
		p.Past = rows[:min(len(rows), placePatrols)]
		if p.Rounds, err = h.At.Rounds(c, p.Place.ID); err != nil {
			return err
		}
	}
	card, hasCard := h.Patrols.Cards.CardFor(p.Place.Kind)
	p.Inspects = hasCard && !p.Closed && c.Actor.Scope(safety.DoPatrol).ID == string(p.Place.Unit) && c.Actor.May(safety.DoPatrol)
	if !p.Inspects {
		return nil
	}
	open, err := h.openOf(c)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(open, func(t openPatrol) bool { return t.Place == p.Place.ID }); i >= 0 {
		p.Mine = &open[i]
		return nil
	}
	due, err := h.due(c)
	p.Does = safety.DoneAt(due, p.Place.ID, card.Code)
	return err
}

// facts is who answers for the place.
func (p placePage) facts() []ui.Fact {
	out := []ui.Fact{{Name: "归哪个分工会巡视", Value: p.W(p.Chart.Name(p.Place.Unit))}}
	if len(p.Reps) > 0 {
		out = append(out, ui.Fact{Name: "谁能巡视", Value: p.P.Join(p.Reps)})
	}
	if p.Place.Owner != "" {
		out = append(out, ui.Fact{Name: "谁负责", Value: p.W(p.Chart.Name(p.Place.Owner))})
	}
	if up := p.W(p.Chart.PlaceName(p.Place.Parent)); up != "" {
		out = append(out, ui.Fact{Name: "在哪里面", Value: up})
	}
	if p.Open > 0 {
		out = append(out, ui.Fact{Name: "没办完的隐患", Value: p.T("%s 条", ui.Capped(p.Open)), Href: "/safety/hazards?place=" + url.QueryEscape(string(p.Place.ID))})
	}
	return out
}
