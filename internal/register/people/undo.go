package people

import (
	"context"
	"encoding/json"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/vault"
)

// Undone is what taking an import back did. Kept names those who were changed, appointed or let in since: they stay.
type Undone struct {
	Removed, Restored int
	Kept              []string
}

// Undo takes a whole import back: whom it made goes, whom it changed is as before, but for those who were changed since.
// Departments that it made stay, empty ones can be closed.
func (s *Service) Undo(ctx context.Context, by authz.Actor, batch string) (Undone, error) {
	var out Undone
	b, err := s.reached(ctx, by, batch)
	if err != nil {
		return out, err
	}
	if !b.Undone.IsZero() {
		return out, kernel.Err(kernel.Conflict, "这一批已经撤回过了。")
	}
	for after := ID(""); ; {
		rows, err := s.store.BatchRows(ctx, s.db.Read, by.Org, batch, after, planChunk)
		if err != nil {
			return out, err
		}
		if len(rows) == 0 {
			break
		}
		if err := s.undoRows(ctx, by, batch, rows, &out); err != nil {
			return out, err
		}
		after = rows[len(rows)-1].Person
	}
	return out, s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.MarkUndone(tx, batch); err != nil {
			return err
		}
		return audit.Write(tx, "roster.undo", audit.Subject{Kind: "batch", ID: batch}, "撤回导入：删去 %s 人，恢复 %s 人，保留 %s 人",
			fmt.Sprint(out.Removed), fmt.Sprint(out.Restored), fmt.Sprint(len(out.Kept)))
	})
}

// undoRows takes a chunk back in one transaction; where somebody in it is mentioned elsewhere, it goes one by one, so that
// only he stays.
func (s *Service) undoRows(ctx context.Context, by authz.Actor, batch string, rows []BatchRow, out *Undone) error {
	images := make([]image, len(rows))
	for i, r := range rows {
		if r.Before == nil {
			continue
		}
		raw, err := s.ring.Open(vault.Context{Org: by.Org, Kind: kindOfBefore, ID: batch + "/" + string(r.Person)}, string(r.Before))
		if err == nil {
			err = json.Unmarshal(raw, &images[i])
		}
		if err != nil {
			return fmt.Errorf("image of %s: %w", r.Person, err)
		}
	}
	var part Undone
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		part = Undone{}
		for i, r := range rows {
			if err := s.undoRow(tx, r, images[i], &part); err != nil {
				return err
			}
		}
		return nil
	})
	switch stuck := db.IsMissingParent(err) || kernel.KindOf(err) == kernel.Conflict; {
	case stuck && len(rows) > 1:
		for i := range rows {
			if err := s.undoRows(ctx, by, batch, rows[i:i+1], out); err != nil {
				return err
			}
		}
		return nil
	case stuck:
		part, err = Undone{Kept: []string{rows[0].Name}}, nil
	}
	out.Removed, out.Restored, out.Kept = out.Removed+part.Removed, out.Restored+part.Restored, append(out.Kept, part.Kept...)
	return err
}

func (s *Service) undoRow(tx db.Tx, r BatchRow, im image, out *Undone) error {
	made := r.Before == nil
	switch {
	case r.Now == 0: // gone already
		return nil
	case r.Now != r.Version || made && r.Holds:
		out.Kept = append(out.Kept, r.Name)
		return nil
	case made:
		out.Removed++
		return s.remove(tx, r)
	}
	out.Restored++
	now, err := s.store.Person(tx.Ctx(), tx, tx.Org(), r.Person)
	if err != nil {
		return err
	}
	im.Old.Version = r.Now
	if err := s.replace(tx, now, im.Old, "撤回名册导入，恢复：%s"); err != nil {
		return err
	}
	for _, l := range im.Labels {
		if err := s.store.DropLabel(tx, l); err != nil {
			return err
		}
	}
	for _, l := range im.Before {
		if err := s.store.PutLabel(tx, l); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes somebody whom the import made and nobody touched since.
func (s *Service) remove(tx db.Tx, r BatchRow) error {
	p, err := s.store.Person(tx.Ctx(), tx, tx.Org(), r.Person)
	if err != nil {
		return err
	}
	if err := s.store.DropLabelsOf(tx, p.ID); err != nil {
		return err
	}
	if err := s.shown(tx, p, Record{}); err != nil {
		return err
	}
	p.Version = r.Now
	if err := s.store.DropPerson(tx, p); err != nil {
		return err
	}
	return audit.Write(tx, "person.undo", subject(p.ID), "撤回名册导入，删去：%s", p.Name)
}
