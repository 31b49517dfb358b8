package safetydb

import (
	"context"
	"fmt"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

const patrolPage = 50

const patrolLines = `SELECT r.id, r.unit_id, r.on_day, r.state, r.card, r.place_id, p.name_zh, p.name_en, p.kind, b.name, COALESCE(w.name, ''),
  COALESCE(r.round_id, ''), COALESCE(d.name_zh, ''), COALESCE(d.name_en, ''), COALESCE(rd.period, ''), r.items, r.passed, r.failed, r.key_failed, r.signed_at
FROM run r
JOIN place p ON p.org_id = r.org_id AND p.id = r.place_id
JOIN person b ON b.org_id = r.org_id AND b.id = r.by_person
LEFT JOIN person w ON w.org_id = r.org_id AND w.id = r.with_person
LEFT JOIN round rd ON rd.org_id = r.org_id AND rd.id = r.round_id
LEFT JOIN duty d ON d.org_id = rd.org_id AND d.id = rd.duty_id`

// Patrols lists the newest first by day; the key is empty behind the last page.
func (s PatrolReads) Patrols(ctx context.Context, see safety.PatrolSight, f safety.PatrolFilter, after db.Key) ([]safety.PatrolLine, db.Key, error) {
	l := patrolSelect(see, f)
	if l == nil {
		return nil, nil, nil
	}
	text, args := l.After([]string{"r.on_day", "r.id"}, true, after).SQL("r.on_day DESC, r.id DESC", patrolPage+1)
	rows, err := s.q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("list patrols: %w", err)
	}
	defer rows.Close()
	var out []safety.PatrolLine
	for rows.Next() {
		var r safety.PatrolLine
		n := &r.Result
		err := rows.Scan(&r.ID, &r.Unit, &r.On, &r.State, &r.Card, &r.Place, &r.PlaceName.Zh, &r.PlaceName.En, &r.PlaceKind, &r.By, &r.With,
			&r.Round, &r.Duty.Zh, &r.Duty.En, &r.Period, &n.Items, &n.Passed, &n.Failed, &n.KeyFailed, &r.SignedAt)
		if err != nil {
			return nil, nil, fmt.Errorf("list patrols: %w", err)
		}
		n.NA = n.Items - n.Passed - n.Failed
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("list patrols: %w", err)
	}
	if len(out) <= patrolPage {
		return out, nil, nil
	}
	last := out[patrolPage-1]
	return out[:patrolPage], db.Key{last.On.String(), string(last.ID)}, nil
}

// patrolSelect is nil where the actor sees nothing. The states are literals, because a partial index tests them.
func patrolSelect(see safety.PatrolSight, f safety.PatrolFilter) *db.Select {
	l := db.From(patrolLines).And("r.org_id = ?", see.Scope.Org)
	switch {
	case see.Scope.Org == "":
		return nil
	case see.Scope.Reach == authz.Unit && see.Scope.ID != "":
		l.And("r.unit_id = ?", see.Scope.ID)
	case see.Scope.Reach != authz.Org:
		return nil
	}
	switch {
	case see.SignedOnly && f.Tab == safety.OpenPatrols:
		return nil
	case see.SignedOnly, f.Tab == safety.SignedPatrols:
		l.And("r.state = 'signed'")
	case f.Tab == safety.OpenPatrols:
		l.And("r.state IN ('draft','signing')")
	default:
		l.And("r.state <> '" + string(checklist.Dropped) + "'")
	}
	narrowPatrols(l, f)
	return l
}

// narrowPatrols adds what is tested along the order's index: a branch has some hundred patrols a year.
func narrowPatrols(l *db.Select, f safety.PatrolFilter) {
	if f.Unit != "" {
		l.And("r.unit_id = ?", string(f.Unit))
	}
	if f.Place != "" {
		l.And("r.place_id = ?", string(f.Place))
	}
	if f.Who != "" {
		l.And("(r.by_person = ? OR r.with_person = ?)", string(f.Who), string(f.Who))
	}
	if f.Card != "" {
		l.And("r.card = ?", f.Card)
	}
	if f.Year != 0 {
		first, last := f.Days()
		l.And("r.on_day >= ?", first).And("r.on_day <= ?", last)
	}
}
