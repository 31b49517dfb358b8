package matter

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// tickChunk bounds one pass of the tick; what is left waits for the next.
const tickChunk = 500

// Overdue says that the tick has found a matter over its time: once for the branch chair, once for the company union.
type Overdue struct {
	ID      ID   `json:"id"`
	Kind    Kind `json:"kind"`
	Level   int  `json:"level"` // Branch or Company
	Version int  `json:"version"`
}

func (Overdue) EventName() string { return "matter.overdue" }

// Tick stamps what is late and escalates what stays so. It changes no state, and running twice changes nothing. One matter
// that cannot be stamped does not keep the others from it.
func (s *Service) Tick(ctx context.Context, d *db.DB) error {
	late, err := s.store.Overdue(ctx, d.Read, d.Clock.Now(), tickChunk)
	if err != nil {
		return err
	}
	return errors.Join(each(ctx, d, late, s.stamp), s.escalate(ctx, d))
}

func each(ctx context.Context, d *db.DB, refs []Ref, do func(db.Tx, ID) error) error {
	var failed []error
	for _, r := range refs {
		if err := d.InTx(ctx, authz.Program(r.Org), func(tx db.Tx) error { return do(tx, r.ID) }); err != nil {
			failed = append(failed, fmt.Errorf("tick of matter %s: %w", r.ID, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) stamp(tx db.Tx, id ID) error {
	if err := s.store.Lock(tx, id); err != nil {
		return err
	}
	old, err := s.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil || !old.Open() || !old.LateAt.IsZero() || old.Due >= tx.Now() {
		return err
	}
	m := old
	m.LateAt, m.Escalated = tx.Now(), max(Branch, old.Escalated)
	return s.mark(tx, old, m, Branch, "late", "到期还是“%s”，已提醒分工会主席", StateName(m.State).Zh)
}

// mark saves what the tick found, with counters, history and event.
func (s *Service) mark(tx db.Tx, old, m Matter, level int, act, text string, args ...string) error {
	if err := s.store.Stamp(tx, m); err != nil {
		return err
	}
	if err := recount(tx, old, m); err != nil {
		return err
	}
	if err := audit.Write(tx, string(m.Kind)+"."+act, Subject(m.ID), text, args...); err != nil {
		return err
	}
	return s.bus.Emit(tx, Overdue{ID: m.ID, Kind: m.Kind, Level: level, Version: m.Version})
}

// escalate looks for what has been late for as many working days as the clock "escalate" says. The first look uses the
// published days; each company union's own days decide.
func (s *Service) escalate(ctx context.Context, d *db.DB) error {
	w, today := calendar.NewWorkdays(calendar.Published()), d.Clock.Now().Date()
	wait, err := s.patience(d.Clock.Now(), w)
	if err != nil {
		return err
	}
	refs, err := s.store.ToEscalate(ctx, d.Read, w.Add(today, -wait).At(23, 59), tickChunk)
	if err != nil {
		return err
	}
	return each(ctx, d, refs, s.toCompany)
}

// patience is how many working days a late matter stays within the branch.
func (s *Service) patience(now kernel.Time, w *calendar.Workdays) (int, error) {
	end, _, err := s.clock.Due("escalate", now, w)
	return w.Between(now.Date(), end.Date()), err
}

func (s *Service) toCompany(tx db.Tx, id ID) error {
	if err := s.store.Lock(tx, id); err != nil {
		return err
	}
	old, err := s.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil || !old.Late() || old.Escalated >= Company {
		return err
	}
	w, err := s.days(tx)
	if err != nil {
		return err
	}
	wait, err := s.patience(tx.Now(), w)
	if err != nil || w.Between(old.LateAt.Date(), tx.Today()) < wait {
		return err
	}
	m := old
	m.Escalated = Company
	return s.mark(tx, old, m, Company, "escalate", "超期未办，已报公司工会")
}

// ClockOf answers how a due moment is derived from a start.
func (s *Service) ClockOf(tx db.Tx, key string, from kernel.Time) (kernel.Time, Why, error) {
	w, err := s.days(tx)
	if err != nil {
		return 0, Why{}, err
	}
	return s.clock.Due(key, from, w)
}

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
