package duty

import (
	"context"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Adopt copies duties of the catalogue into a branch; nothing is owed before the day. One that the branch has is left as it
// is, one that it retired comes back. The rounds are written by the next Open.
func (s *Service) Adopt(ctx context.Context, a authz.Actor, unit org.UnitID, codes []string, on kernel.Date) error {
	if err := may(a, ManageDuties, unit); err != nil {
		return err
	}
	if on.IsZero() {
		return kernel.Wrong("on", "请选择从哪一天起执行")
	}
	all := make([]Duty, len(codes))
	for i, code := range codes {
		c, ok := s.cat.Duty(code)
		if !ok {
			return kernel.Wrong("code", "目录里没有这一项：%s", code)
		}
		all[i] = Adopt(c, ID(kernel.NewID(s.db.Clock.Now())), unit, on)
	}
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		fresh, err := s.store.Insert(tx, all)
		if err != nil || len(fresh) == 0 {
			return err
		}
		return audit.Write(tx, "duty.adopt", audit.Subject{Kind: "unit", ID: string(unit)}, "采用了 %s 项常态化工作，从 %s 起", strconv.Itoa(len(fresh)), on.String())
	})
}

// Retire ends a duty: rounds that would open after the day go, those that are open run out.
func (s *Service) Retire(ctx context.Context, a authz.Actor, id ID, on kernel.Date) error {
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		d, err := s.store.Get(tx, id)
		if err != nil {
			return err
		}
		if err := may(a, ManageDuties, d.Unit); err != nil {
			return err
		}
		switch {
		case !d.Retired.IsZero():
			return kernel.Err(kernel.Conflict, "这一项已经停用了")
		case on.IsZero() || on.Before(tx.Today()):
			return kernel.Wrong("on", "停用的日子不能早于今天")
		}
		if err := s.store.Retire(tx, id, on); err != nil {
			return err
		}
		return audit.Write(tx, "duty.retire", audit.Subject{Kind: "duty", ID: string(id)}, "从 %s 起停用：%s", on.String(), d.Name.Zh)
	})
}

// Replan has the next Open write all planned rounds of the union again. The almanac calls it when an arrangement of days off
// that was known is changed; a year that becomes known is noticed without it.
func (s *Service) Replan(tx db.Tx) error { return s.store.Replan(tx) }
