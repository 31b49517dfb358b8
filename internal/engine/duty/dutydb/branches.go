package dutydb

import (
	"context"
	"strings"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// branchYear adds up the rounds of a branch: $2 is today, $3 the Sunday of its week. Each branch is a range of the index by
// due day, so that the cost is that of the rounds of one year.
const branchYear = `SELECT r.unit_id,
  count(*) FILTER (WHERE r.due_on <= $2 OR r.done + r.excused >= r.targets),
  count(*) FILTER (WHERE r.done + r.excused >= r.targets),
  count(*) FILTER (WHERE r.due_on < $2 AND r.done + r.excused < r.targets),
  count(*) FILTER (WHERE r.due_on >= $2 AND r.due_on <= $3 AND r.done + r.excused < r.targets),
  CAST(coalesce(sum(r.targets) FILTER (WHERE r.due_on <= $2 OR r.done + r.excused >= r.targets), 0) AS BIGINT),
  CAST(coalesce(sum(r.done) FILTER (WHERE r.due_on <= $2 OR r.done + r.excused >= r.targets), 0) AS BIGINT),
  CAST(coalesce(sum(r.excused) FILTER (WHERE r.due_on <= $2 OR r.done + r.excused >= r.targets), 0) AS BIGINT),
  max(r.done_on) FROM round r`

// Branches fills duty.Reads.
func (r Reads) Branches(ctx context.Context, s authz.Scope, units []org.UnitID, year int, today kernel.Date) (map[org.UnitID]duty.BranchYear, error) {
	args := []any{s.Org, today, today.Monday().Add(6), kernel.NewDate(year, 1, 1), kernel.NewDate(year, 12, 31)}
	var marks []string
	for _, u := range units {
		if record.Within(s, u) {
			args = append(args, string(u))
			marks = append(marks, db.Mark(len(args)))
		}
	}
	out := map[org.UnitID]duty.BranchYear{}
	if len(marks) == 0 {
		return out, nil
	}
	q := branchYear + " WHERE r.org_id = $1 AND r.unit_id IN (" + strings.Join(marks, ",") + ") AND r.due_on >= $4 AND r.due_on <= $5 AND r.targets > 0 GROUP BY r.unit_id"
	rows, err := r.q.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, wrap("years of branches of", s.Org, err)
	}
	defer rows.Close()
	for rows.Next() {
		var u org.UnitID
		var b duty.BranchYear
		if err := rows.Scan(&u, &b.Due, &b.Done, &b.Late, &b.Week, &b.Cover.Targets, &b.Cover.Done, &b.Cover.Excused, &b.LastDone); err != nil {
			return nil, wrap("years of branches of", s.Org, err)
		}
		out[u] = b
	}
	return out, wrap("years of branches of", s.Org, rows.Err())
}
