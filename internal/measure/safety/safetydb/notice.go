package safetydb

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// picked is the small picture of a slot; of what was put right more than once the last attempt's.
func picked(slots string) string {
	return `COALESCE((SELECT f.thumb FROM attachment a JOIN file f ON f.org_id = a.org_id AND f.hash = a.hash
WHERE a.org_id = m.org_id AND a.owner_kind = 'matter' AND a.owner_id = m.id AND ` + slots + ` ORDER BY a.slot DESC, a.pos DESC LIMIT 1), '')`
}

var noticeText = `SELECT m.id, m.no, m.title, m.grade, m.place_id, m.owner_unit, m.raised_on, m.closed_at, m.announced_on, h.announced_how, h.measure, ` +
	picked("a.slot = 'before' AND a.pos = 0") + " AS before_thumb, " + picked("a.slot LIKE 'after%'") + ` AS after_thumb
FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id`

// noticesMost bounds a page of what was announced, and a month of it on paper.
const noticesMost = 200

// Notices fills safety.HazardReads.
func (r HazardReads) Notices(ctx context.Context, inOrg string, branch org.UnitID, f safety.NoticeFilter, after db.Key) ([]safety.Notice, db.Key, error) {
	limit := min(max(f.Limit, 1), noticesMost)
	sel := db.From(noticeText).And("m.org_id = ?", inOrg).And("m.kind = 'hazard'").And("m.unit_id = ?", string(branch)).And("m.announced_on IS NOT NULL")
	if !f.From.IsZero() {
		sel.And("m.announced_on >= ?", f.From)
	}
	if !f.To.IsZero() {
		sel.And("m.announced_on <= ?", f.To)
	}
	q, args := sel.After([]string{"m.announced_on", "m.id"}, true, after).SQL("m.announced_on DESC, m.id DESC", limit+1)
	rows, err := r.Read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("notices of %s: %w", branch, err)
	}
	defer rows.Close()
	var out []safety.Notice
	for rows.Next() {
		var n safety.Notice
		var place, owner kernel.Opt
		if err := rows.Scan(&n.ID, &n.No, &n.Title, &n.Grade, &place, &owner, &n.Raised, &n.Closed, &n.Announced, &n.How, &n.Measure, &n.Before, &n.After); err != nil {
			return nil, nil, fmt.Errorf("notices of %s: %w", branch, err)
		}
		n.Place, n.Owner = org.PlaceID(place), org.UnitID(owner)
		out = append(out, n)
	}
	if err := rows.Err(); err != nil || len(out) <= limit {
		return out, nil, err
	}
	out = out[:limit]
	last := out[limit-1]
	return out, db.Key{last.Announced.String(), string(last.ID)}, nil
}
