package people

import (
	"context"
	"slices"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people/roster"
)

// Preview plans a roster without taking anything and shows each row; it also lists the units that are missing.
func (s *Service) Preview(ctx context.Context, by authz.Actor, opt ImportOptions, src Source, each func(Planned) error) (Tally, []MissingUnit, error) {
	p, err := s.planner(ctx, by, opt)
	if err != nil {
		return Tally{}, nil, err
	}
	if opt.CreateMissing {
		p.build = p.imagine
	}
	var t Tally
	var met []ID
	err = chunks(src, func(rows []roster.Row) error {
		list, err := p.plan(ctx, rows)
		if err != nil {
			return err
		}
		for _, x := range list {
			t.add(x.Action)
			if x.same != "" {
				met = append(met, x.same)
			}
			if err := each(x); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = s.tellMet(ctx, by, met)
	}
	return t, p.missing, err
}

// tellMet tells those whose ID number stands in a sheet under another name: a preview must say so, and so would answer a
// guess. Once a day and officer is enough.
func (s *Service) tellMet(ctx context.Context, by authz.Actor, met []ID) error {
	if by.System || len(met) == 0 {
		return nil
	}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		for _, id := range met {
			if err := notify.Send(tx, notify.Notice{Person: string(id), Once: "roster.met." + by.Person + "." + tx.Today().String(), Href: "/people/" + string(id),
				Text: "%s 导入名册时，表里另有一行写着你的身份证号。", Args: []any{by.Name}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Seen is a planned row as a page may show it before anything is written. Whether an ID number or a wage of the sheet is the
// one that is kept stays unsaid: else a preview would tell by guessing what is shown for a reason only.
func (x Planned) Seen() Planned {
	sealed := func(c Change) bool { return c.Field == roster.ID || c.Field == roster.Wage }
	if x.Action != Update && x.Action != Unchanged || x.Row.IDNumber == "" && !x.Row.HasWage {
		return x
	}
	x.Changes = slices.DeleteFunc(slices.Clone(x.Changes), sealed)
	if x.Sealed = true; len(x.Changes) == 0 {
		x.Action = Unchanged
	}
	return x
}
