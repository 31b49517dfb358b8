package peopledb

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
)

// Labels lists the groups that a person is or was in.
func (Store) Labels(ctx context.Context, q db.DBTX, org string, p people.ID) ([]people.Label, error) {
	rows, err := sqlcgen.New(q).Labels(ctx, sqlcgen.LabelsParams{Org: org, Person: string(p)})
	if err != nil {
		return nil, fmt.Errorf("labels of %s: %w", p, err)
	}
	out := make([]people.Label, len(rows))
	for i, r := range rows {
		out[i] = people.Label{Person: people.ID(r.PersonID), Key: r.Label, Term: kernel.Span{From: r.FromOn, To: r.ToOn}, Detail: r.Detail}
	}
	return out, nil
}

// LabelsOf lists the current labels of many persons; the number is bounded by the caller's chunk.
func (Store) LabelsOf(ctx context.Context, q db.DBTX, org string, ids []people.ID, on kernel.Date) ([]people.Label, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := db.From("SELECT person_id, label, from_on, to_on, detail FROM person_group").And("org_id = ?", org).
		And("from_on <= ? AND (to_on IS NULL OR to_on >= ?)", on, on)
	values := make([]string, len(ids))
	for i, id := range ids {
		values[i] = string(id)
	}
	among(s, "person_id", values)
	text, args := s.SQL("person_id, label, from_on", 0)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("labels: %w", err)
	}
	defer rows.Close()
	var out []people.Label
	for rows.Next() {
		var l people.Label
		if err := rows.Scan(&l.Person, &l.Key, &l.Term.From, &l.Term.To, &l.Detail); err != nil {
			return nil, fmt.Errorf("labels: %w", err)
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// PutLabel adds a label, or changes the end and the detail of the one that began on the same day.
func (Store) PutLabel(tx db.Tx, l people.Label) error {
	err := sqlcgen.New(tx).PutLabel(tx.Ctx(), sqlcgen.PutLabelParams{Org: tx.Org(), Person: string(l.Person), Label: l.Key, FromOn: l.Term.From, ToOn: l.Term.To, Detail: l.Detail})
	if err != nil {
		return fmt.Errorf("label %s of %s: %w", l.Key, l.Person, err)
	}
	return nil
}

// DropLabel deletes a label: only an import that is taken back does this.
func (Store) DropLabel(tx db.Tx, l people.Label) error {
	err := sqlcgen.New(tx).DropLabel(tx.Ctx(), sqlcgen.DropLabelParams{Org: tx.Org(), Person: string(l.Person), Label: l.Key, FromOn: l.Term.From})
	if err != nil {
		return fmt.Errorf("label %s of %s: %w", l.Key, l.Person, err)
	}
	return nil
}

// DropLabelsOf deletes all labels of a person whom an import made and that is taken back.
func (Store) DropLabelsOf(tx db.Tx, p people.ID) error {
	if err := sqlcgen.New(tx).DropLabelsOf(tx.Ctx(), sqlcgen.DropLabelsOfParams{Org: tx.Org(), Person: string(p)}); err != nil {
		return fmt.Errorf("labels of %s: %w", p, err)
	}
	return nil
}

// AddReveal notes who opened a sealed field of whom.
func (Store) AddReveal(tx db.Tx, r people.Reveal) error {
	err := sqlcgen.New(tx).InsertReveal(tx.Ctx(), sqlcgen.InsertRevealParams{Org: tx.Org(), ID: r.ID, Person: string(r.Person), Field: string(r.Field),
		ByPerson: string(r.By), Why: r.Why, At: int64(r.At)})
	if err != nil {
		return fmt.Errorf("note reveal of %s: %w", r.Person, err)
	}
	return nil
}

// Reveals lists the newest hundred openings of a person's sealed fields.
func (Store) Reveals(ctx context.Context, q db.DBTX, org string, p people.ID) ([]people.Reveal, error) {
	rows, err := sqlcgen.New(q).Reveals(ctx, sqlcgen.RevealsParams{Org: org, Person: string(p)})
	if err != nil {
		return nil, fmt.Errorf("reveals of %s: %w", p, err)
	}
	out := make([]people.Reveal, len(rows))
	for i, r := range rows {
		out[i] = people.Reveal{ID: r.ID, Person: p, Field: people.Secret(r.Field), By: people.ID(r.ByPerson), ByName: r.ByName, Why: r.Why, At: kernel.Time(r.At)}
	}
	return out, nil
}
