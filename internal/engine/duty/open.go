package duty

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
)

// Jobs lists the module's jobs.
func (s *Service) Jobs() []jobs.Job {
	return []jobs.Job{{Name: "duty.open", Every: time.Hour, Run: s.Open}}
}

// Open writes the rounds of the year and, from November on, of the next, opens those whose day has come, stamps the late ones
// and closes those past their last day. It is harmless when run twice, by two servers, or after the clock went back.
func (s *Service) Open(ctx context.Context) error {
	orgs, err := s.store.Orgs(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, o := range orgs { // one union's trouble does not stop the others
		if err := s.openOrg(ctx, o); err != nil {
			errs = append(errs, fmt.Errorf("open rounds of %s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func (s *Service) openOrg(ctx context.Context, o string) error {
	today := s.db.Clock.Now().Date()
	w, err := s.workdays(ctx, o)
	if err != nil {
		return err
	}
	if err := s.plan(ctx, o, today, w); err != nil {
		return err
	}
	if err := s.openDue(ctx, o, today); err != nil {
		return err
	}
	if err := s.stampLate(ctx, o, today); err != nil {
		return err
	}
	return s.closePast(ctx, o, today)
}

// planMonth is when the next year's rounds are written: the arrangement of its days off is published in early November.
const planMonth = time.November

func horizon(today kernel.Date) int {
	if today.Month() >= planMonth {
		return today.Year() + 1
	}
	return today.Year()
}

// planStamp says how far rounds are planned, and on which knowledge of days off: it grows with the year, and when the
// arrangement of one of the years that touch it becomes known.
func planStamp(year int, w *calendar.Workdays) int {
	stamp := year * 10
	for i, y := range []int{year - 1, year, year + 1} {
		if w.Known(y) {
			stamp += 1 << i
		}
	}
	return stamp
}

// planChunk bounds the rounds that one transaction writes.
const planChunk = 500

func (s *Service) plan(ctx context.Context, o string, today kernel.Date, w *calendar.Workdays) error {
	to := horizon(today)
	stamp := planStamp(to, w)
	waiting, err := s.store.Unplanned(ctx, o, stamp)
	if err != nil {
		return err
	}
	from := today.Year() - 1 // a window that began last year may still be open
	for len(waiting) > 0 {
		var rounds []Round
		n := 0
		for n < len(waiting) && len(rounds) < planChunk {
			for y := from; y <= to; y++ {
				rounds = append(rounds, waiting[n].Plan(y, w)...)
			}
			n++
		}
		now := s.db.Clock.Now()
		for i := range rounds {
			rounds[i].ID = RoundID(kernel.NewID(now))
		}
		part := waiting[:n]
		if err := s.db.InTx(ctx, authz.Program(o), func(tx db.Tx) error { return s.store.SavePlan(tx, part, rounds, from, to, stamp) }); err != nil {
			return err
		}
		waiting = waiting[n:]
	}
	return nil
}

// clockChunk bounds what one transaction stamps or closes.
const clockChunk = 500

// stampLate marks rounds that are overdue with somebody missing and tells it, once for each round.
func (s *Service) stampLate(ctx context.Context, o string, today kernel.Date) error {
	for {
		late, err := s.store.Overdue(ctx, o, today, clockChunk)
		if err != nil || len(late) == 0 {
			return err
		}
		if err := s.db.InTx(ctx, authz.Program(o), func(tx db.Tx) error { return s.tellLate(tx, late) }); err != nil {
			return err
		}
		if len(late) < clockChunk {
			return nil
		}
	}
}

func (s *Service) tellLate(tx db.Tx, late []RoundLate) error {
	by, ids := map[RoundID]RoundLate{}, make([]RoundID, len(late))
	for i, e := range late {
		by[e.Round], ids[i] = e, e.Round
	}
	won, err := s.store.StampLate(tx, ids)
	if err != nil {
		return err
	}
	for _, id := range won {
		if err := s.bus.Emit(tx, by[id]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) closePast(ctx context.Context, o string, today kernel.Date) error {
	for n := clockChunk; n == clockChunk; {
		err := s.db.InTx(ctx, authz.Program(o), func(tx db.Tx) (err error) {
			n, err = s.store.Close(tx, today, clockChunk)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
