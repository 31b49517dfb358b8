package people

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Leave ends somebody's time in the branch: mandates and labels end on the last day, the account closes, the record stays.
func (s *Service) Leave(ctx context.Context, by authz.Actor, id ID, version int, last kernel.Date) error {
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return err
	}
	defer s.changed()
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
		if err := s.outranksAll(tx, c, by, old.Person); err != nil {
			return err
		}
		r := old
		r.Left, r.Version = last, version
		if err := s.store.ChangePerson(tx, r); err != nil {
			return err
		}
		if err := s.store.EndAllOf(tx, id, last, "离开"); err != nil {
			return err
		}
		if err := s.shown(tx, old, r); err != nil {
			return err
		}
		if err := s.bus.Emit(tx, Left{Person: id, On: last}); err != nil {
			return err
		}
		return audit.Write(tx, "person.leave", subject(id), "登记离开，最后一天 %s", last.String())
	})
}

// outranksAll refuses to end, by the way of leaving, an office that the actor could not end by name.
func (s *Service) outranksAll(tx db.Tx, c *org.Chart, by authz.Actor, p Person) error {
	held, err := s.store.MandatesOf(tx.Ctx(), tx, tx.Org(), p.ID)
	if err != nil {
		return err
	}
	for _, m := range held {
		over := !m.Term.To.IsZero() && m.Term.To.Before(tx.Today())
		if u, _ := c.Unit(m.Unit); !over && !by.System && !Outranks(by, m.Office, u.Branch) {
			return kernel.Err(kernel.Forbidden, "“%s”担任着职务，要由能任免这个职务的人来登记离开。", p.Name)
		}
	}
	return nil
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
		old := r
		r.Left, r.Version = kernel.Date{}, version
		if err := s.store.ChangePerson(tx, r); err != nil {
			return err
		}
		if err := s.shown(tx, old, r); err != nil {
			return err
		}
		return audit.Write(tx, "person.return", subject(id), "重新入册")
	})
}
