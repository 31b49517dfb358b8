package safetydb

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// heldText: CROSS keeps SQLite from reading all targets of the org first; each branch is a range of the index by due day, so
// that the cost is that of the patrol rounds of one year.
const heldText = `SELECT r.unit_id, p.kind, r.opens_on, r.due_on, t.state, t.done_on
FROM round r CROSS JOIN target t JOIN place p ON p.org_id = t.org_id AND p.id = t.subject_id`

// Held fills safety.PatrolReads.
func (s PatrolReads) Held(ctx context.Context, inOrg string, units []org.UnitID, year int) ([]safety.HeldTarget, error) {
	marks, args := db.List(units)
	q, args := db.From(heldText).And("t.org_id = r.org_id AND t.round_id = r.id AND t.kind = 'place'").And("r.org_id = ?", inOrg).And("r.unit_id IN ("+marks+")", args...).
		And("r.due_on >= ?", kernel.NewDate(year, 1, 1)).And("r.due_on <= ?", kernel.NewDate(year, 12, 31)).And("r.form = 'patrol'").SQL("", 0)
	rows, err := s.q.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("patrols held in %d: %w", year, err)
	}
	defer rows.Close()
	var out []safety.HeldTarget
	for rows.Next() {
		var t safety.HeldTarget
		if err := rows.Scan(&t.Unit, &t.PlaceKind, &t.Opens, &t.Due, &t.State, &t.DoneOn); err != nil {
			return nil, fmt.Errorf("patrols held in %d: %w", year, err)
		}
		out = append(out, t)
	}
	return out, rows.Err()
}
