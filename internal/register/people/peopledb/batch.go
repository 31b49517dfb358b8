package peopledb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
)

// AddBatch begins an import.
func (Store) AddBatch(tx db.Tx, b people.Batch) error {
	err := sqlcgen.New(tx).InsertBatch(tx.Ctx(), sqlcgen.InsertBatchParams{Org: tx.Org(), ID: b.ID, Unit: string(b.Unit), FileName: b.File, ByPerson: string(b.By), At: int64(tx.Now())})
	if err != nil {
		return fmt.Errorf("begin import %s: %w", b.ID, err)
	}
	return nil
}

// TallyBatch adds what one chunk did.
func (Store) TallyBatch(tx db.Tx, id string, t people.Tally) error {
	err := sqlcgen.New(tx).TallyBatch(tx.Ctx(), sqlcgen.TallyBatchParams{Org: tx.Org(), ID: id, Created: t.Created, Updated: t.Updated, Skipped: t.Skipped})
	if err != nil {
		return fmt.Errorf("tally import %s: %w", id, err)
	}
	return nil
}

// AddBatchRow keeps what a person was before the import, sealed; nothing for one that it made.
func (Store) AddBatchRows(tx db.Tx, batch string, list []people.BatchRow) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{tx.Org(), batch, string(r.Person), r.Version, r.Before}
	}
	if err := batchRowTable.Insert(tx, rows); err != nil {
		return fmt.Errorf("rows of import %s: %w", batch, err)
	}
	return nil
}

var batchRowTable = db.Many{Table: "batch_row", Cols: []string{"org_id", "batch_id", "person_id", "version", "before"}}

// Batch reads one import; NotFound where there is none.
func (Store) Batch(ctx context.Context, q db.DBTX, org, id string) (people.Batch, error) {
	r, err := sqlcgen.New(q).FindBatch(ctx, sqlcgen.FindBatchParams{Org: org, ID: id})
	if errors.Is(err, sql.ErrNoRows) {
		return people.Batch{}, kernel.Err(kernel.NotFound, "找不到这一批导入。")
	}
	if err != nil {
		return people.Batch{}, fmt.Errorf("import %s: %w", id, err)
	}
	return batch(sqlcgen.BatchesRow(r)), nil
}

// Batches lists the newest fifty imports.
func (Store) Batches(ctx context.Context, q db.DBTX, org string) ([]people.Batch, error) {
	rows, err := sqlcgen.New(q).Batches(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("imports: %w", err)
	}
	out := make([]people.Batch, len(rows))
	for i, r := range rows {
		out[i] = batch(r)
	}
	return out, nil
}

// BatchRows lists the next n rows of an import with what the persons are now.
func (Store) BatchRows(ctx context.Context, q db.DBTX, org, id string, after people.ID, n int) ([]people.BatchRow, error) {
	rows, err := sqlcgen.New(q).BatchRows(ctx, sqlcgen.BatchRowsParams{Org: org, Batch: id, After: string(after), N: int32(n)})
	if err != nil {
		return nil, fmt.Errorf("rows of import %s: %w", id, err)
	}
	out := make([]people.BatchRow, len(rows))
	for i, r := range rows {
		out[i] = people.BatchRow{Person: people.ID(r.PersonID), Name: r.Name, Version: r.Version, Now: r.Now, Holds: r.Holds != 0, Before: r.Before}
	}
	return out, nil
}

// MarkUndone stamps an import as taken back; Conflict where it already is.
func (Store) MarkUndone(tx db.Tx, id string) error {
	n, err := sqlcgen.New(tx).MarkUndone(tx.Ctx(), sqlcgen.MarkUndoneParams{Org: tx.Org(), ID: id, At: int64(tx.Now())})
	if err != nil {
		return fmt.Errorf("take back import %s: %w", id, err)
	}
	if n == 0 {
		return kernel.Err(kernel.Conflict, "这一批已经撤回过了。")
	}
	if err := sqlcgen.New(tx).DropBatchProblems(tx.Ctx(), sqlcgen.DropBatchProblemsParams{Org: tx.Org(), Batch: id}); err != nil {
		return fmt.Errorf("take back import %s: %w", id, err)
	}
	return nil
}

func batch(r sqlcgen.BatchesRow) people.Batch {
	return people.Batch{ID: r.ID, Unit: org.UnitID(r.UnitID), File: r.FileName, By: people.ID(r.ByPerson), At: kernel.Time(r.At),
		Tally: people.Tally{Created: r.Created, Updated: r.Updated, Skipped: r.Skipped}, Undone: kernel.Time(r.UndoneAt)}
}
