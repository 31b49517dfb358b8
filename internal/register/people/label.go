package people

import (
	"context"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// PutLabel puts somebody into a group from a day on, or changes the end and detail of the label that began on that day.
// The audit line names no group, because some are of level P2.
func (s *Service) PutLabel(ctx context.Context, by authz.Actor, l Label) error {
	known := slices.ContainsFunc(s.groups, func(g catalogue.Group) bool { return g.Key == l.Key })
	var wrong kernel.Problems
	switch {
	case !known || l.Key == Women:
		wrong.Add("label", "请选分类。")
	case l.Term.From.IsZero():
		wrong.Add("from", "请填从哪一天起。")
	case !l.Term.To.IsZero() && l.Term.To.Before(l.Term.From):
		wrong.Add("to", "末一天早于头一天。")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		p, err := s.editable(tx, l.Person)
		if err != nil {
			return err
		}
		if !p.Left.IsZero() {
			return kernel.Err(kernel.Invalid, "“%s”已经离开。", p.Name)
		}
		had, err := s.store.Labels(tx.Ctx(), tx, tx.Org(), l.Person)
		if err != nil {
			return err
		}
		for _, o := range had {
			if o.Key == l.Key && o.Term.From != l.Term.From && overlap(o.Term, l.Term) {
				return kernel.Wrong("from", "这段时间里已经算在这一类。")
			}
		}
		if err := s.store.PutLabel(tx, l); err != nil {
			return err
		}
		if err := s.store.Touch(tx, l.Person); err != nil { // an import that is taken back leaves who was labelled since
			return err
		}
		return audit.Write(tx, "person.label", subject(l.Person), "改了人员分类")
	})
}
