// Package matterdb keeps matters in either engine.
package matterdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Store fills matter.Store.
type Store struct{}

var _ matter.Store = Store{}

func (Store) Insert(tx db.Tx, m matter.Matter, first, also string) error {
	why, err := json.Marshal(m.DueWhy)
	if err != nil {
		return fmt.Errorf("matter %s: %w", m.ID, err)
	}
	err = sqlcgen.New(tx).InsertMatter(tx.Ctx(), sqlcgen.InsertMatterParams{
		Org: tx.Org(), ID: string(m.ID), No: m.No, Kind: string(m.Kind), Unit: string(m.Unit), Place: kernel.Opt(m.Place), Title: m.Title,
		State: string(m.State), Outcome: string(m.Outcome), IsOpen: m.Open(), IsLate: m.Late(), Grade: m.Grade, Reporter: string(m.Reporter),
		Owner: kernel.Opt(m.Owner), Rectifier: string(m.Rectifier), Verifier: string(m.Verifier), WaitsFor: first, WaitsAlso: also,
		RaisedOn: m.Raised, DueAt: int64(m.Due), DueWhy: string(why), Num: matter.Num(m.No), OrderAt: int64(matter.OrderAt(m.Due, m.Grade)), GradeRank: matter.Rank(m.Grade), Topic: m.Topic, Again: m.Again,
	})
	if err != nil {
		return fmt.Errorf("raise matter %s: %w", m.ID, err)
	}
	return nil
}

func (Store) Load(ctx context.Context, q db.DBTX, orgID string, id matter.ID) (matter.Matter, error) {
	r, err := sqlcgen.New(q).Matter(ctx, sqlcgen.MatterParams{Org: orgID, ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return matter.Matter{}, kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")
	}
	if err != nil {
		return matter.Matter{}, fmt.Errorf("load matter %s: %w", id, err)
	}
	return fromRow(r)
}

func fromRow(r sqlcgen.MatterRow) (matter.Matter, error) {
	m := matter.Matter{
		ID: matter.ID(r.ID), No: r.No, Kind: matter.Kind(r.Kind), Unit: org.UnitID(r.UnitID), Place: org.PlaceID(r.PlaceID), Title: r.Title,
		State: matter.State(r.State), Outcome: matter.Outcome(r.Outcome), Grade: r.Grade, Reporter: people.ID(r.Reporter), Owner: org.UnitID(r.OwnerUnit),
		Rectifier: people.ID(r.Rectifier), Verifier: people.ID(r.Verifier), Raised: r.RaisedOn, Due: kernel.Time(r.DueAt), LateAt: kernel.Time(r.LateAt),
		Rework: r.Rework, Extended: r.Extended, Escalated: r.Escalated, Suspended: r.Suspended, Into: matter.ID(r.MergedInto),
		ClosedAt: kernel.Time(r.ClosedAt), Version: r.Version, Announced: r.AnnouncedOn, Topic: r.Topic, Again: r.Again, Overran: r.Overran,
	}
	if r.Took >= 0 {
		m.Handed = r.RaisedOn.Add(r.Took)
	}
	if err := json.Unmarshal([]byte(r.DueWhy), &m.DueWhy); err != nil {
		return m, fmt.Errorf("derivation of matter %s: %w", m.ID, err)
	}
	for i, a := range m.DueWhy.Args {
		if f, ok := a.(float64); ok {
			m.DueWhy.Args[i] = int(f)
		}
	}
	return m, nil
}

// Columns is what Scan reads, of a matter with the alias m: a module reads its own facts and the matter in one query.
const Columns = `m.id, m.no, m.kind, m.unit_id, m.place_id, m.title, m.state, m.outcome, m.grade, m.reporter, m.owner_unit, m.rectifier, m.verifier, m.raised_on, m.due_at, m.due_why,
m.late_at, m.rework, m.extended, m.escalated, m.suspended, m.merged_into, m.closed_at, m.version, m.announced_on, m.topic, m.again, m.took, m.overran`

// Scan reads a row of Columns and, behind them, what the module asked for.
func Scan(row interface{ Scan(...any) error }, more ...any) (matter.Matter, error) {
	var r sqlcgen.MatterRow
	at := []any{&r.ID, &r.No, &r.Kind, &r.UnitID, &r.PlaceID, &r.Title, &r.State, &r.Outcome, &r.Grade, &r.Reporter, &r.OwnerUnit, &r.Rectifier, &r.Verifier, &r.RaisedOn, &r.DueAt, &r.DueWhy,
		&r.LateAt, &r.Rework, &r.Extended, &r.Escalated, &r.Suspended, &r.MergedInto, &r.ClosedAt, &r.Version, &r.AnnouncedOn, &r.Topic, &r.Again, &r.Took, &r.Overran}
	if err := row.Scan(append(at, more...)...); err != nil {
		return matter.Matter{}, err
	}
	return fromRow(r)
}

func (Store) Save(tx db.Tx, m matter.Matter, first, also string) error {
	why, err := json.Marshal(m.DueWhy)
	if err != nil {
		return fmt.Errorf("matter %s: %w", m.ID, err)
	}
	n, err := sqlcgen.New(tx).SaveMatter(tx.Ctx(), sqlcgen.SaveMatterParams{
		Org: tx.Org(), ID: string(m.ID), Place: kernel.Opt(m.Place), Title: m.Title, State: string(m.State), Outcome: string(m.Outcome),
		IsOpen: m.Open(), IsLate: m.Late(), Grade: m.Grade, Owner: kernel.Opt(m.Owner), Rectifier: string(m.Rectifier), Verifier: string(m.Verifier),
		WaitsFor: first, WaitsAlso: also, DueAt: int64(m.Due), DueWhy: string(why), LateAt: int64(m.LateAt), Rework: m.Rework, Extended: m.Extended,
		Escalated: m.Escalated, Suspended: m.Suspended, MergedInto: string(m.Into), ClosedAt: int64(m.ClosedAt), Version: m.Version,
		OrderAt: int64(matter.OrderAt(m.Due, m.Grade)), GradeRank: matter.Rank(m.Grade), AnnouncedOn: m.Announced, Took: m.Took(), Overran: m.Overran,
	})
	switch {
	case err != nil:
		return fmt.Errorf("save matter %s: %w", m.ID, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "别人刚办过这一件。请看过再办。")
	}
	return nil
}

// LastOf fills matter.Store.
func (Store) LastOf(tx db.Tx, m matter.Matter) (kernel.Date, error) {
	day, err := sqlcgen.New(tx).LastOfTopic(tx.Ctx(), sqlcgen.LastOfTopicParams{Org: tx.Org(), Kind: string(m.Kind), Place: kernel.Opt(m.Place), Topic: m.Topic})
	if errors.Is(err, sql.ErrNoRows) {
		return kernel.Date{}, nil
	}
	if err != nil {
		return day, fmt.Errorf("when %s was last raised: %w", m.Topic, err)
	}
	return day, nil
}

// Lock fills matter.Store. SQLite has one writer anyway.
func (Store) Lock(tx db.Tx, id matter.ID) error {
	if tx.Engine() == db.SQLite {
		return nil
	}
	if err := sqlcgen.New(tx).LockMatter(tx.Ctx(), sqlcgen.LockMatterParams{Org: tx.Org(), ID: string(id)}); err != nil {
		return fmt.Errorf("lock matter %s: %w", id, err)
	}
	return nil
}

// Stamp fills matter.Store.
func (Store) Stamp(tx db.Tx, m matter.Matter) error {
	n, err := sqlcgen.New(tx).StampMatter(tx.Ctx(), sqlcgen.StampMatterParams{Org: tx.Org(), ID: string(m.ID), LateAt: int64(m.LateAt), Escalated: m.Escalated, Version: m.Version})
	switch {
	case err != nil:
		return fmt.Errorf("stamp matter %s: %w", m.ID, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "别人刚办过这一件。请看过再办。")
	}
	return nil
}

func (Store) Overdue(ctx context.Context, q db.DBTX, now kernel.Time, limit int) ([]matter.Ref, error) {
	rows, err := sqlcgen.New(q).Overdue(ctx, sqlcgen.OverdueParams{Now: int64(now), Max: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("find overdue matters: %w", err)
	}
	out := make([]matter.Ref, len(rows))
	for i, r := range rows {
		out[i] = matter.Ref{Org: r.OrgID, ID: matter.ID(r.ID)}
	}
	return out, nil
}

func (Store) ToEscalate(ctx context.Context, q db.DBTX, lateBefore kernel.Time, limit int) ([]matter.Ref, error) {
	rows, err := sqlcgen.New(q).ToEscalate(ctx, sqlcgen.ToEscalateParams{Before: int64(lateBefore), Max: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("find matters to escalate: %w", err)
	}
	out := make([]matter.Ref, len(rows))
	for i, r := range rows {
		out[i] = matter.Ref{Org: r.OrgID, ID: matter.ID(r.ID)}
	}
	return out, nil
}
