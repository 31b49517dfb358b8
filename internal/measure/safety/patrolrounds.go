package safety

import (
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// mainRound is the one of several that a patrol is named after: the one that the person came from, else the earliest due.
func mainRound(fit []record.RoundID, hint record.RoundID) record.RoundID {
	switch {
	case len(fit) == 0:
		return ""
	case slices.Contains(fit, hint):
		return hint
	}
	return fit[0]
}

func asks(run checklist.Run) duty.Wanted {
	return duty.Wanted{Unit: run.Unit, Form: catalogue.Patrol, Card: run.Card.Code, Subject: placeRef(run.Place), On: run.On}
}

func placeRef(id org.PlaceID) record.Ref { return record.Ref{Kind: record.KindPlace, ID: string(id)} }

// doRounds does every open round that asks this card at this place on this day, whichever the patrol was begun for: one may
// have opened since, another may be done or over. Without any the patrol stands for itself; a signature must not fail because
// of a date.
func (p *Patrols) doRounds(tx db.Tx, run checklist.Run) (checklist.Run, error) {
	fit, err := p.Duties.Fit(tx.Ctx(), tx, tx.Org(), asks(run))
	if err != nil {
		return run, err
	}
	run.Round = string(mainRound(fit, record.RoundID(run.Round)))
	for _, r := range fit { // a handful: a week's, a month's, the one before a holiday
		if err := p.doRound(tx, run, r); err != nil {
			return run, err
		}
	}
	return run, nil
}

func (p *Patrols) doRound(tx db.Tx, run checklist.Run, r record.RoundID) error {
	return p.Duties.Done(tx, record.Completion{Round: r, Unit: run.Unit, On: run.On, By: run.By,
		Subjects: []record.Ref{placeRef(run.Place)}, Proof: run.ID.Ref()})
}

// RoundOpened listens in the transaction in which a round of patrols opens: those of its window that were signed before, as
// on the day on which a branch adopts its duties, count for it by the same rule.
func (p *Patrols) RoundOpened(tx db.Tx, e duty.RoundOpened) error {
	if e.Form != catalogue.Patrol {
		return nil
	}
	signed, err := p.Runs.SignedSince(tx, e.Unit, e.Opens)
	if err != nil {
		return err
	}
	for _, id := range signed { // of the days since the window began: most often none
		run, err := p.Runs.Lock(tx, id)
		if err != nil {
			return err
		}
		fit, err := p.Duties.Fit(tx.Ctx(), tx, tx.Org(), asks(run))
		if err != nil {
			return err
		}
		if !slices.Contains(fit, e.Round) {
			continue
		}
		if err := p.doRound(tx, run, e.Round); err != nil {
			return err
		}
		if run.Round == "" {
			run.Round = string(e.Round)
			if err := p.Runs.Mark(tx, run); err != nil {
				return err
			}
		}
	}
	return nil
}
