package dutydb

import (
	"context"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// atMost is how many open rounds a page of one subject shows.
const atMost = 30

// At fills duty.Reads.
func (r Reads) At(ctx context.Context, s authz.Scope, subject record.Ref) ([]duty.AtRow, error) {
	q := db.From(`SELECT r.id, d.name_zh, d.name_en, r.period, r.due_on, t.state, t.done_on FROM target t JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id
JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id`).And("t.org_id = ?", s.Org).And("t.subject_id = ?", subject.ID).And("t.kind = ?", string(subject.Kind)).And("r.state = 'open'")
	switch {
	case s.Org == "":
		return nil, nil
	case s.Reach != authz.Org:
		q.And("r.unit_id = ?", s.ID)
	}
	text, args := q.SQL("", atMost)
	rows, err := r.q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, wrap("rounds at", subject.ID, err)
	}
	defer rows.Close()
	var out []duty.AtRow
	for rows.Next() {
		var a duty.AtRow
		if err := rows.Scan(&a.Round, &a.Name.Zh, &a.Name.En, &a.Period, &a.Due, &a.State, &a.DoneOn); err != nil {
			return nil, wrap("rounds at", subject.ID, err)
		}
		out = append(out, a)
	}
	duty.SortAt(out)
	return out, wrap("rounds at", subject.ID, rows.Err())
}
