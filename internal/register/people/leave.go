package people

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Leave ends somebody's time in the branch: mandates and labels end on the last day, the account closes, the record stays.
func (s *Service) Leave(ctx context.Context, by authz.Actor, id ID, version int, last kernel.Date) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		old, err := s.editable(tx, id)
		switch {
		case err != nil:
			return err
		case string(id) == by.Person:
			return kernel.Err(kernel.Forbidden, "自己离开，请由别的主席登记。")
		case !old.Left.IsZero():
			return kernel.Err(kernel.Conflict, "“%s”已经登记离开了。", old.Name)
		case last.IsZero() || last.After(tx.Today()):
			return kernel.Wrong("on", "请填最后一天，不晚于今天。")
		}
		r := old
		r.Left, r.Version = last, version
		if err := s.store.ChangePerson(tx, r); err != nil {
			return err
		}
		if err := s.store.EndAllOf(tx, id, last, "离开"); err != nil {
			return err
		}
		if err := s.shown(tx, r, -1); err != nil {
			return err
		}
		if err := s.bus.Emit(tx, Left{Person: id, On: last}); err != nil {
			return err
		}
		return audit.Write(tx, "person.leave", subject(id), "登记离开，最后一天 %s", last.String())
	})
}

// Return takes somebody back who had left. Mandates and the account do not come back by themselves.
func (s *Service) Return(ctx context.Context, by authz.Actor, id ID, version int) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		r, err := s.editable(tx, id)
		if err != nil {
			return err
		}
		if r.Left.IsZero() {
			return kernel.Err(kernel.Conflict, "“%s”本来就在册。", r.Name)
		}
		r.Left, r.Version = kernel.Date{}, version
		if err := s.store.ChangePerson(tx, r); err != nil {
			return err
		}
		if err := s.shown(tx, r, 1); err != nil {
			return err
		}
		return audit.Write(tx, "person.return", subject(id), "重新入册")
	})
}
