// Package checklistdb keeps checklist runs in either engine.
package checklistdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/checklist/checklistdb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Store fills checklist.Store and checklist.Memory.
type Store struct{}

var (
	_ checklist.Store  = Store{}
	_ checklist.Memory = Store{}
)

func (Store) Lock(tx db.Tx, id checklist.RunID) (checklist.Run, error) {
	row, err := sqlcgen.New(tx).LockRun(tx.Ctx(), sqlcgen.LockRunParams{Org: tx.Org(), ID: string(id)})
	return load(tx.Ctx(), tx, tx.Org(), id, sqlcgen.RunRow(row), err)
}

func (Store) Load(ctx context.Context, q db.DBTX, inOrg string, id checklist.RunID) (checklist.Run, error) {
	row, err := sqlcgen.New(q).Run(ctx, sqlcgen.RunParams{Org: inOrg, ID: string(id)})
	return load(ctx, q, inOrg, id, row, err)
}

func (Store) SignedSince(tx db.Tx, unit org.UnitID, from kernel.Date) ([]checklist.RunID, error) {
	rows, err := sqlcgen.New(tx).SignedSince(tx.Ctx(), sqlcgen.SignedSinceParams{Org: tx.Org(), Unit: string(unit), FromDay: from})
	out := make([]checklist.RunID, len(rows))
	for i, id := range rows {
		out[i] = checklist.RunID(id)
	}
	if err != nil {
		return nil, fmt.Errorf("runs of %s since %s: %w", unit, from, err)
	}
	return out, nil
}

func load(ctx context.Context, q db.DBTX, inOrg string, id checklist.RunID, row sqlcgen.RunRow, err error) (checklist.Run, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return checklist.Run{}, kernel.Err(kernel.NotFound, "没有这份记录，或者不归你看。")
	}
	if err != nil {
		return checklist.Run{}, fmt.Errorf("load run %s: %w", id, err)
	}
	r := fromRow(row)
	if r.Answers, err = answers(ctx, q, inOrg, id); err != nil {
		return checklist.Run{}, fmt.Errorf("load run %s: %w", id, err)
	}
	return r, nil
}

func fromRow(r sqlcgen.RunRow) checklist.Run {
	return checklist.Run{
		Draft: checklist.Draft{
			ID: checklist.RunID(r.ID), Card: checklist.CardID{Code: r.Card, Version: r.CardVersion}, Place: org.PlaceID(r.PlaceID),
			Round: string(r.RoundID), On: r.OnDay, With: people.ID(r.WithPerson), Leader: people.ID(r.Leader), Escort: r.Escort, SiteHead: r.SiteHead, Good: r.Good, Version: r.Version,
		},
		Unit: org.UnitID(r.UnitID), State: checklist.State(r.State), By: people.ID(r.ByPerson), Content: r.Content,
		Result:  checklist.Result{Items: r.Items, Passed: r.Passed, Failed: r.Failed, KeyFailed: r.KeyFailed, NA: r.Items - r.Passed - r.Failed},
		Started: kernel.Time(r.StartedAt), SignedAt: kernel.Time(r.SignedAt),
	}
}

func (Store) Insert(tx db.Tx, r checklist.Run) error {
	err := sqlcgen.New(tx).InsertRun(tx.Ctx(), sqlcgen.InsertRunParams{
		Org: tx.Org(), ID: string(r.ID), Unit: string(r.Unit), Card: r.Card.Code, CardVersion: r.Card.Version, Place: string(r.Place), Round: kernel.Opt(r.Round),
		OnDay: r.On, State: string(r.State), ByPerson: string(r.By), WithPerson: string(r.With), Leader: string(r.Leader), Escort: r.Escort, SiteHead: r.SiteHead, Good: r.Good,
		Content: r.Content, StartedAt: int64(r.Started), Version: r.Version,
	})
	if db.IsDuplicate(err) {
		return kernel.Err(kernel.Busy, "同一份记录正在存，请过一会儿再试。")
	}
	if err != nil {
		return fmt.Errorf("insert run %s: %w", r.ID, err)
	}
	return insertAnswers(tx, r)
}

func (Store) Save(tx db.Tx, r checklist.Run) error {
	q := sqlcgen.New(tx)
	n, err := q.SaveRun(tx.Ctx(), sqlcgen.SaveRunParams{
		Org: tx.Org(), ID: string(r.ID), CardVersion: r.Card.Version, Round: kernel.Opt(r.Round), OnDay: r.On, State: string(r.State), WithPerson: string(r.With), Leader: string(r.Leader),
		Escort: r.Escort, SiteHead: r.SiteHead, Good: r.Good, Content: r.Content, Version: r.Version,
	})
	if err := one(n, err, "save run", r.ID); err != nil {
		return err
	}
	err = errors.Join(q.DeleteAnswers(tx.Ctx(), sqlcgen.DeleteAnswersParams{Org: tx.Org(), Run: string(r.ID)}),
		q.TouchPhotos(tx.Ctx(), sqlcgen.TouchPhotosParams{Org: tx.Org(), Run: string(r.ID), At: int64(tx.Today().At(0, 0))}),
		q.DeletePhotos(tx.Ctx(), sqlcgen.DeletePhotosParams{Org: tx.Org(), Run: string(r.ID)}))
	if err != nil {
		return fmt.Errorf("save run %s: %w", r.ID, err)
	}
	return insertAnswers(tx, r)
}

func (Store) Mark(tx db.Tx, r checklist.Run) error {
	n, err := sqlcgen.New(tx).MarkRun(tx.Ctx(), sqlcgen.MarkRunParams{
		Org: tx.Org(), ID: string(r.ID), State: string(r.State), Round: kernel.Opt(r.Round), Items: r.Result.Items, Passed: r.Result.Passed, Failed: r.Result.Failed,
		KeyFailed: r.Result.KeyFailed, SignedAt: int64(r.SignedAt), Version: r.Version,
	})
	return one(n, err, "mark run", r.ID)
}

func (Store) Link(tx db.Tx, id checklist.RunID, item, matter string) error {
	n, err := sqlcgen.New(tx).LinkAnswer(tx.Ctx(), sqlcgen.LinkAnswerParams{Org: tx.Org(), Run: string(id), Item: item, Matter: kernel.Opt(matter)})
	return one(n, err, "link run", id)
}

// one: the run was locked with its version before, so another number of rows is a fault of the program.
func one(n int64, err error, what string, id checklist.RunID) error {
	if err == nil && n != 1 {
		err = fmt.Errorf("%d rows", n)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", what, id, err)
	}
	return nil
}
