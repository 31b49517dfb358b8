package safety

import (
	"context"
	"errors"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
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
	Round    record.RoundID // after which it is named; empty for a visit of its own accord
	Does     []PatrolTarget // the rounds that it does once both have signed, the earliest due first
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
	fit, err := p.Duties.Fit(ctx, p.DB.Read, by.Org, want(place, card, on))
	if err != nil {
		return Sheet{}, err
	}
	s.Round = mainRound(fit, hint)
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
	open, err := p.Reads.OpenPatrolTargets(ctx, by.Org, s.Place.Unit, s.On)
	s.Does = DoneAt(open, s.Place.ID, s.Card.Code)
	return s, err
}

// Lacks is what stands between the stored card and the first signature, each at its item; nil where nothing does.
func (s Sheet) Lacks() error {
	var p kernel.Problems
	if s.Run.With == "" {
		p.Add("with", "请先选和你一起检查的代表。")
	}
	_, err := s.Card.Judge(s.Asked, s.Run.Answers, s.On)
	var many kernel.Problems
	if err != nil && !errors.As(err, &many) {
		return err
	}
	return append(p, many...).Err()
}

// DoneAt is those of the open targets that a patrol of the place by the card does.
func DoneAt(open []PatrolTarget, at org.PlaceID, card string) []PatrolTarget {
	return slices.DeleteFunc(slices.Clone(open), func(t PatrolTarget) bool { return t.Place != at || t.Card != "" && t.Card != card })
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

func want(place org.Place, card checklist.Card, on kernel.Date) duty.Wanted {
	return duty.Wanted{Unit: place.Unit, Form: catalogue.Patrol, Card: card.Code, Subject: placeRef(place.ID), On: on}
}
