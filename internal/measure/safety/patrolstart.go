package safety

import (
	"context"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Sheet is what a phone needs to go through a card: what to ask, what is known already, and with whom.
type Sheet struct {
	ID       checklist.RunID // of the run to begin or to go on with
	Place    org.Place
	Card     checklist.Card
	On       kernel.Date
	Round    record.RoundID // that it will do; empty for a visit of its own accord
	Asked    []checklist.Item
	Facts    []checklist.Fact
	Partners people.Mandates // who can be the second inspector
	Ready    Readiness
	Run      checklist.Run // what is stored, with version 0 where nothing is
}

// Start prepares a patrol of a place and stores nothing: the first Save does. The actor must hold one of the two
// mandates on the day. Where nobody can be the second inspector, Ready says what is missing and who can repair it.
func (p *Patrols) Start(ctx context.Context, by authz.Actor, at org.PlaceID, on kernel.Date, hint record.RoundID) (Sheet, error) {
	place, err := p.inspectable(ctx, by, at)
	if err != nil {
		return Sheet{}, err
	}
	card, err := p.card(checklist.CardID{}, place)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{ID: checklist.RunID(kernel.NewID(p.DB.Clock.Now())), Place: place, Card: card, On: on}
	if s.Round, err = p.Rounds.Find(ctx, p.DB.Read, by.Org, want(place, card, on, hint)); err != nil {
		return Sheet{}, err
	}
	return p.fill(ctx, by, s)
}

// Resume opens a stored run again for one of its two inspectors, on whatever phone.
func (p *Patrols) Resume(ctx context.Context, by authz.Actor, id checklist.RunID) (Sheet, error) {
	run, err := p.Runs.Load(ctx, p.DB.Read, by.Org, id)
	if err != nil {
		return Sheet{}, err
	}
	if !run.Inspects(me(by)) {
		return Sheet{}, errNoRun
	}
	if err := run.Editable(); err != nil {
		return Sheet{}, err
	}
	place, err := p.inspectable(ctx, by, run.Place)
	if err != nil {
		return Sheet{}, err
	}
	card, err := p.cardOf(run.Card)
	if err != nil {
		return Sheet{}, err
	}
	return p.fill(ctx, by, Sheet{ID: run.ID, Place: place, Card: card, On: run.On, Round: record.RoundID(run.Round), Run: run})
}

func (p *Patrols) fill(ctx context.Context, by authz.Actor, s Sheet) (Sheet, error) {
	asked, err := p.Memory.Asked(ctx, p.DB.Read, by.Org, s.Place.ID)
	if err != nil {
		return Sheet{}, err
	}
	s.Asked, s.Facts = s.Card.Ask(s.On, asked), s.Card.Facts(s.On, asked)
	reps, err := p.reps(ctx, p.DB.Read, by.Org, s.Place.Unit)
	if err != nil {
		return Sheet{}, err
	}
	s.Ready = ReadinessOf(reps, s.Place.Unit, s.On)
	s.Partners = partners(at(reps, s.Place.Unit), me(by), s.On)
	return s, nil
}

// Ready tells what a branch lacks for a patrol on a day; its problems are empty where nothing is missing.
func (p *Patrols) Ready(ctx context.Context, inOrg string, unit org.UnitID, on kernel.Date) (Readiness, error) {
	reps, err := p.reps(ctx, p.DB.Read, inOrg, unit)
	if err != nil {
		return Readiness{}, err
	}
	return ReadinessOf(reps, unit, on), nil
}

// inspectable is an open place of the actor's branch.
func (p *Patrols) inspectable(ctx context.Context, by authz.Actor, at org.PlaceID) (org.Place, error) {
	place, err := p.Place(ctx, by.Org, at)
	if err != nil {
		return place, err
	}
	if err := mayPatrol(by, place.Unit); err != nil {
		return place, err
	}
	if today := p.DB.Clock.Now().Date(); !place.Closed.IsZero() && !place.Closed.After(today) {
		return place, kernel.Err(kernel.Gone, "%s已经停用，不用再巡视。", place.Name)
	}
	return place, nil
}

func want(place org.Place, card checklist.Card, on kernel.Date, hint record.RoundID) RoundWant {
	return RoundWant{Unit: place.Unit, Card: card.Code, Place: place.ID, On: on, Hint: hint}
}
