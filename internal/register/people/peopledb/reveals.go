package peopledb

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// An id tells the moment, so its index is the order; a branch opens a handful a month.
const revealText = `SELECT r.id, r.person_id, p.name, r.field, r.by_person, COALESCE(o.name, ''), r.why, r.at FROM reveal r
JOIN person p ON p.org_id = r.org_id AND p.id = r.person_id LEFT JOIN person o ON o.org_id = r.org_id AND o.id = r.by_person`

// AllReveals lists the openings of a scope, the newest first.
func (Store) AllReveals(ctx context.Context, q db.DBTX, s authz.Scope, f people.RevealFilter, after db.Key, n int) ([]people.Reveal, error) {
	sel := db.From(revealText).And("r.org_id = ?", s.Org)
	switch {
	case s.Org == "" || s.Reach != authz.Org && (s.Reach != authz.Unit || s.ID == ""):
		return nil, nil
	case s.Reach == authz.Unit: // "|| ''" keeps the index of the branch out: few of its people have openings
		sel.And("p.branch_id || '' = ?", s.ID)
	}
	for _, c := range []struct{ column, value string }{{"r.person_id", string(f.Of)}, {"r.by_person", string(f.By)}, {"r.field", string(f.Field)}} {
		if c.value != "" {
			sel.And(c.column+" = ?", c.value)
		}
	}
	if f.Name != "" {
		part := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(f.Name) + "%"
		sel.And(`(p.name LIKE ? ESCAPE '\' OR o.name LIKE ? ESCAPE '\' OR p.no = ? OR o.no = ?)`, part, part, strings.ToUpper(f.Name), strings.ToUpper(f.Name))
	}
	if !f.On.From.IsZero() {
		sel.And("r.at >= ?", int64(f.On.From.At(0, 0)))
	}
	if !f.On.To.IsZero() {
		sel.And("r.at < ?", int64(f.On.To.Add(1).At(0, 0)))
	}
	text, args := sel.After([]string{"r.id"}, true, after).SQL("r.id DESC", n)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("reveals: %w", err)
	}
	defer rows.Close()
	var out []people.Reveal
	for rows.Next() {
		var r people.Reveal
		var at int64
		if err := rows.Scan(&r.ID, &r.Person, &r.Name, &r.Field, &r.By, &r.ByName, &r.Why, &at); err != nil {
			return nil, fmt.Errorf("reveals: %w", err)
		}
		r.At = kernel.Time(at)
		out = append(out, r)
	}
	return out, rows.Err()
}
