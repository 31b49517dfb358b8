package matter

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// tickChunk bounds one pass of the tick.
const tickChunk = 500

// Overdue says that the tick has found a matter over its time: once for the branch chair, once for the company union.
type Overdue struct {
	ID    ID  `json:"id"`
	Level int `json:"level"`
}

func (Overdue) EventName() string { return "matter.overdue" }

// Tick stamps what is late and escalates what stays so. It changes no state, and running twice changes nothing.
func (s *Service) Tick(ctx context.Context, d *db.DB, f func(Kind) Flow) error {
	late, err := s.store.Overdue(ctx, d.Read, d.Clock.Now(), tickChunk)
	if err != nil {
		return err
	}
	for _, r := range late {
		if err := d.InTx(ctx, authz.Program(r.Org), func(tx db.Tx) error { return s.stamp(tx, f, r.ID) }); err != nil {
			return fmt.Errorf("stamp matter %s late: %w", r.ID, err)
		}
	}
	return s.escalate(ctx, d, f)
}

func (s *Service) stamp(tx db.Tx, f func(Kind) Flow, id ID) error {
	old, err := s.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil || !old.Open() || !old.LateAt.IsZero() || old.Due > tx.Now() {
		return err
	}
	m := old
	m.LateAt, m.Escalated = tx.Now(), 1
	m.Version++
	if err := s.save(tx, f(m.Kind), old, m, ""); err != nil {
		return err
	}
	if err := audit.Write(tx, string(m.Kind)+".late", Subject(id), "到期还是“%s”，已提醒分工会主席", StateName(m.State).Zh); err != nil {
		return err
	}
	return s.bus.Emit(tx, Overdue{ID: id, Level: 1})
}

func (s *Service) escalate(ctx context.Context, d *db.DB, f func(Kind) Flow) error {
	// Late for so many working days that the company union is told. The day is found going back from today.
	w := calendar.NewWorkdays(calendar.Published())
	wait, _, err := s.clock.Due("escalate", d.Clock.Now(), w)
	if err != nil {
		return err
	}
	days := w.Between(d.Clock.Now().Date(), wait.Date())
	before := w.Add(d.Clock.Now().Date(), -days).At(23, 59)
	refs, err := s.store.ToEscalate(ctx, d.Read, before, tickChunk)
	if err != nil {
		return err
	}
	for _, r := range refs {
		if err := d.InTx(ctx, authz.Program(r.Org), func(tx db.Tx) error { return s.toCompany(tx, f, r.ID) }); err != nil {
			return fmt.Errorf("escalate matter %s: %w", r.ID, err)
		}
	}
	return nil
}

func (s *Service) toCompany(tx db.Tx, f func(Kind) Flow, id ID) error {
	old, err := s.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil || !old.Late() || old.Escalated != 1 {
		return err
	}
	m := old
	m.Escalated = 2
	m.Version++
	if err := s.save(tx, f(m.Kind), old, m, ""); err != nil {
		return err
	}
	if err := audit.Write(tx, string(m.Kind)+".escalate", Subject(id), "超期未办，已报公司工会"); err != nil {
		return err
	}
	return s.bus.Emit(tx, Overdue{ID: id, Level: 2})
}

// ClockOf answers for pages how a due moment was derived from a start.
func (s *Service) ClockOf(ctx context.Context, org, key string, from kernel.Time) (kernel.Time, Why, error) {
	return s.clock.Due(key, from, s.days(ctx, org))
}

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
