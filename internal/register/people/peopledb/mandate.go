package peopledb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
)

// Mandate reads one mandate; NotFound where there is none.
func (Store) Mandate(ctx context.Context, q db.DBTX, org, id string) (people.Mandate, error) {
	r, err := sqlcgen.New(q).Mandate(ctx, sqlcgen.MandateParams{Org: org, ID: id})
	if errors.Is(err, sql.ErrNoRows) {
		return people.Mandate{}, kernel.Err(kernel.NotFound, "找不到这项任命。")
	}
	if err != nil {
		return people.Mandate{}, fmt.Errorf("mandate %s: %w", id, err)
	}
	return mandate(r), nil
}

// MandatesOn lists all mandates of a company union that are valid on the day, by the holders' names.
func (Store) MandatesOn(ctx context.Context, q db.DBTX, org string, on kernel.Date) (people.Mandates, error) {
	rows, err := sqlcgen.New(q).MandatesOn(ctx, sqlcgen.MandatesOnParams{Org: org, Day: on})
	if err != nil {
		return nil, fmt.Errorf("mandates of %s on %s: %w", org, on, err)
	}
	out := make(people.Mandates, len(rows))
	for i, r := range rows {
		out[i] = mandate(sqlcgen.MandateRow(r))
	}
	return out, nil
}

// Holders lists who holds an office at a unit on the day.
func (Store) Holders(ctx context.Context, q db.DBTX, org string, o authz.Office, u org.UnitID, on kernel.Date) (people.Mandates, error) {
	rows, err := sqlcgen.New(q).Holders(ctx, sqlcgen.HoldersParams{Org: org, Office: string(o), Unit: string(u), Day: on})
	if err != nil {
		return nil, fmt.Errorf("holders of %s at %s: %w", o, u, err)
	}
	out := make(people.Mandates, len(rows))
	for i, r := range rows {
		out[i] = mandate(sqlcgen.MandateRow(r))
	}
	return out, nil
}

// HeldUnits lists the units at which somebody holds an office on the day.
func (Store) HeldUnits(ctx context.Context, q db.DBTX, inOrg string, o authz.Office, on kernel.Date) ([]org.UnitID, error) {
	rows, err := sqlcgen.New(q).HeldUnits(ctx, sqlcgen.HeldUnitsParams{Org: inOrg, Office: string(o), Day: on})
	if err != nil {
		return nil, fmt.Errorf("units with a holder of %s: %w", o, err)
	}
	out := make([]org.UnitID, len(rows))
	for i, u := range rows {
		out[i] = org.UnitID(u)
	}
	return out, nil
}

// HeldAt lists who holds or held one of the offices at a unit, whatever the day.
func (Store) HeldAt(ctx context.Context, q db.DBTX, inOrg string, unit org.UnitID, offices ...authz.Office) (people.Mandates, error) {
	rows, err := sqlcgen.New(q).HeldAt(ctx, sqlcgen.HeldAtParams{Org: inOrg, Unit: string(unit)})
	if err != nil {
		return nil, fmt.Errorf("mandates at %s: %w", unit, err)
	}
	var out people.Mandates
	for _, r := range rows {
		if slices.Contains(offices, authz.Office(r.Office)) {
			out = append(out, mandate(sqlcgen.MandateRow(r)))
		}
	}
	return out, nil
}

// MandatesOf lists all mandates of a person, past ones too, the newest first.
func (Store) MandatesOf(ctx context.Context, q db.DBTX, org string, p people.ID) (people.Mandates, error) {
	rows, err := sqlcgen.New(q).MandatesOfPerson(ctx, sqlcgen.MandatesOfPersonParams{Org: org, Person: string(p)})
	if err != nil {
		return nil, fmt.Errorf("mandates of %s: %w", p, err)
	}
	out := make(people.Mandates, len(rows))
	for i, r := range rows {
		out[i] = mandate(sqlcgen.MandateRow(r))
	}
	return out, nil
}

// MandatesOfMany lists the mandates of many persons that are valid on the day; the number is bounded by the caller's page.
func (Store) MandatesOfMany(ctx context.Context, q db.DBTX, org string, ids []people.ID, on kernel.Date) (people.Mandates, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := db.From("SELECT id, person_id, office, unit_id, from_on, to_on, version FROM mandate").And("org_id = ?", org).
		And("from_on <= ? AND (to_on IS NULL OR to_on >= ?)", on, on)
	values := make([]string, len(ids))
	for i, id := range ids {
		values[i] = string(id)
	}
	among(s, "person_id", values)
	text, args := s.SQL("person_id, from_on, id", 0)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("mandates: %w", err)
	}
	defer rows.Close()
	var out people.Mandates
	for rows.Next() {
		var m people.Mandate
		if err := rows.Scan(&m.ID, &m.Person, &m.Office, &m.Unit, &m.Term.From, &m.Term.To, &m.Version); err != nil {
			return nil, fmt.Errorf("mandates: %w", err)
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

// AddMandate inserts a mandate.
func (Store) AddMandate(tx db.Tx, m people.Mandate) error {
	err := sqlcgen.New(tx).InsertMandate(tx.Ctx(), sqlcgen.InsertMandateParams{Org: tx.Org(), ID: m.ID, Person: string(m.Person), Office: string(m.Office),
		Unit: string(m.Unit), FromOn: m.Term.From, ToOn: m.Term.To, AppointedBy: string(m.Appointed), At: int64(tx.Now())})
	if err != nil {
		return fmt.Errorf("add mandate %s: %w", m.ID, err)
	}
	return nil
}

// EndMandate sets the last day of a mandate of the version that it carries; Conflict where somebody was faster.
func (Store) EndMandate(tx db.Tx, m people.Mandate, why string) error {
	n, err := sqlcgen.New(tx).EndMandate(tx.Ctx(), sqlcgen.EndMandateParams{Org: tx.Org(), ID: m.ID, ToOn: m.Term.To, Why: why, Version: m.Version})
	if err != nil {
		return fmt.Errorf("end mandate %s: %w", m.ID, err)
	}
	if n == 0 {
		return kernel.Err(kernel.Conflict, "“%s”刚刚被别人改过，请看一看现在的内容再改。", m.Name)
	}
	return nil
}

// EndAllOf ends everything that a person still holds or belongs to on the day.
func (Store) EndAllOf(tx db.Tx, p people.ID, on kernel.Date, why string) error {
	g := sqlcgen.New(tx)
	if err := g.EndMandatesOf(tx.Ctx(), sqlcgen.EndMandatesOfParams{Org: tx.Org(), Person: string(p), Day: on, Why: why}); err != nil {
		return fmt.Errorf("end mandates of %s: %w", p, err)
	}
	if err := g.EndLabels(tx.Ctx(), sqlcgen.EndLabelsParams{Org: tx.Org(), Person: string(p), Day: on}); err != nil {
		return fmt.Errorf("end labels of %s: %w", p, err)
	}
	return nil
}

func mandate(r sqlcgen.MandateRow) people.Mandate {
	return people.Mandate{ID: r.ID, Person: people.ID(r.PersonID), Name: r.Name, Office: authz.Office(r.Office), Unit: org.UnitID(r.UnitID),
		Term: kernel.Span{From: r.FromOn, To: r.ToOn}, Appointed: people.ID(r.AppointedBy), At: kernel.Time(r.At), Why: r.EndedWhy, Version: r.Version}
}
