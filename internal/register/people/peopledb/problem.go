package peopledb

import (
	"context"
	"encoding/json"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
	"xiaojia/internal/register/people/roster"
)

var problemTable = db.Many{Table: "batch_problem", Cols: []string{"org_id", "batch_id", "pos", "row_no", "no", "name", "person_id", "field", "kind", "skipped", "text", "args"}}

// AddProblems keeps what an import could not take of some cells.
func (Store) AddProblems(tx db.Tx, batch string, list []people.BatchProblem) error {
	rows := make([][]any, len(list))
	for i, p := range list {
		args, err := json.Marshal(p.Args)
		if err != nil {
			return fmt.Errorf("problem %d of import %s: %w", p.Pos, batch, err)
		}
		rows[i] = []any{tx.Org(), batch, p.Pos, p.Row, p.No, p.Name, string(p.Person), string(p.Field), string(p.Kind), p.Skipped, p.Text, string(args)}
	}
	return problemTable.Insert(tx, rows)
}

// CountProblems counts what an import left.
func (Store) CountProblems(ctx context.Context, q db.DBTX, inOrg, batch string) (int, error) {
	n, err := sqlcgen.New(q).CountBatchProblems(ctx, sqlcgen.CountBatchProblemsParams{Org: inOrg, Batch: batch})
	if err != nil {
		return 0, fmt.Errorf("problems of import %s: %w", batch, err)
	}
	return int(n), nil
}

// Problems lists the next n things that an import left, with whether the persons have them by now.
func (Store) Problems(ctx context.Context, q db.DBTX, inOrg, batch string, after, n int) ([]people.BatchProblem, error) {
	rows, err := sqlcgen.New(q).BatchProblems(ctx, sqlcgen.BatchProblemsParams{Org: inOrg, Batch: batch, After: after, N: int32(n)})
	if err != nil {
		return nil, fmt.Errorf("problems of import %s: %w", batch, err)
	}
	out := make([]people.BatchProblem, len(rows))
	for i, r := range rows {
		p := people.BatchProblem{Pos: r.Pos, Row: r.RowNo, No: r.No, Name: r.Name, Person: people.ID(r.PersonID), Field: roster.Field(r.Field), Kind: roster.Kind(r.Kind),
			Skipped: r.Skipped, Text: r.Text}
		if err := json.Unmarshal([]byte(r.Args), &p.Args); err != nil {
			return nil, fmt.Errorf("problem %d of import %s: %w", r.Pos, batch, err)
		}
		for j, a := range p.Args {
			if f, ok := a.(float64); ok { // JSON knows no whole numbers
				p.Args[j] = int(f)
			}
		}
		p.Mended = mended(p.Field, r)
		out[i] = p
	}
	return out, nil
}

// mended tells whether the person has by now what the sheet lacked.
func mended(f roster.Field, r sqlcgen.BatchProblemsRow) bool {
	switch f {
	case roster.ID:
		return r.IDMask != ""
	case roster.Sex:
		return r.Sex != ""
	case roster.Birth:
		return !r.Birth.IsZero()
	case roster.Joined:
		return !r.Joined.IsZero() || r.JoinedPart != ""
	case roster.Phone:
		return r.Phone != ""
	case roster.Department:
		return r.DepartmentID != ""
	}
	return false
}

// AddUnit notes that an import made a unit.
func (Store) AddUnit(tx db.Tx, batch string, id org.UnitID) error {
	if err := sqlcgen.New(tx).InsertBatchUnit(tx.Ctx(), sqlcgen.InsertBatchUnitParams{Org: tx.Org(), Batch: batch, Unit: string(id)}); err != nil {
		return fmt.Errorf("unit %s of import %s: %w", id, batch, err)
	}
	return nil
}

// EmptyUnits lists the units that an import made and to which nobody belongs on the day.
func (Store) EmptyUnits(ctx context.Context, q db.DBTX, inOrg, batch string, on kernel.Date) ([]org.UnitID, error) {
	ids, err := sqlcgen.New(q).EmptyBatchUnits(ctx, sqlcgen.EmptyBatchUnitsParams{Org: inOrg, Batch: batch, Today: on})
	if err != nil {
		return nil, fmt.Errorf("units of import %s: %w", batch, err)
	}
	out := make([]org.UnitID, len(ids))
	for i, id := range ids {
		out[i] = org.UnitID(id)
	}
	return out, nil
}
