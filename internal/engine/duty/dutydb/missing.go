package dutydb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb/sqlcgen"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Targets lists the targets of a round that the scope holds: those that are missing by slice, the others by kind and subject.
func (r Reads) Targets(ctx context.Context, s authz.Scope, f duty.TargetFilter) ([]duty.Target, error) {
	q := db.From(targetRow).And("org_id = ?", s.Org).And("round_id = ?", string(f.Round))
	if s.Reach != authz.Org {
		u, err := branch(s, "")
		if err != nil {
			return nil, err
		}
		q.And("EXISTS (SELECT 1 FROM round r WHERE r.org_id = target.org_id AND r.id = target.round_id AND r.unit_id = ?)", u)
	}
	if len(f.Slices) > 0 {
		marks, units := db.List(f.Slices)
		q.And("slice IN ("+marks+")", units...)
	}
	cols := []string{"kind", "subject_id"}
	switch f.State {
	case "":
	case duty.Missing: // the literal that the partial index tests
		q.And("state = 'open'")
		cols = []string{"slice", "subject_id"}
	default:
		q.And("state = ?", string(f.State))
	}
	text, args := q.After(cols, false, f.After).SQL(strings.Join(cols, ", "), f.Limit)
	rows, err := r.q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, wrap("targets of", string(f.Round), err)
	}
	out, err := scanTargets(rows)
	return out, wrap("targets of", string(f.Round), err)
}

// Slices reads a round's coverage by unit from the counters.
func (r Reads) Slices(ctx context.Context, s authz.Scope, id duty.RoundID) (map[org.UnitID]duty.Coverage, error) {
	counts, err := db.Counts(ctx, r.q, s.Org, coverCounter, string(id)+"/")
	if err != nil {
		return nil, err
	}
	out := map[org.UnitID]duty.Coverage{}
	for key, n := range counts {
		part := strings.Split(key, "/")
		c := out[org.UnitID(part[1])]
		switch part[2] {
		case "t":
			c.Targets = n
		case "d":
			c.Done = n
		case "e":
			c.Excused = n
		}
		out[org.UnitID(part[1])] = c
	}
	return out, nil
}

// Shared counts what each record that did a target of this round did in all.
func (r Reads) Shared(ctx context.Context, s authz.Scope, id duty.RoundID) (map[string]int, error) {
	rows, err := sqlcgen.New(r.q).Shared(ctx, sqlcgen.SharedParams{Org: s.Org, Round: string(id)})
	out := make(map[string]int, len(rows))
	for _, x := range rows {
		out[x.ProofID] = int(x.Targets)
	}
	return out, wrap("records of round", string(id), err)
}

// Missing is the open rounds that are due soonest and the first of those who are missing in each: one query for the rounds,
// and one that reads a few index rows for each of them.
func (r Reads) Missing(ctx context.Context, s authz.Scope, f duty.MissingFilter) ([]duty.Gap, error) {
	list, err := openRounds(s, f.Unit, f.By)
	if err != nil {
		return nil, err
	}
	if f.Measure != "" {
		list.And("r.measure = ?", string(f.Measure))
	}
	q, args := list.SQL("r.due_on, r.id", f.Rounds)
	lines, err := r.lines(ctx, q, args)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	out, at := make([]duty.Gap, len(lines)), map[duty.RoundID]int{}
	unit, err := branch(s, f.Unit)
	if err != nil {
		return nil, err
	}
	for i, l := range lines {
		out[i].RoundRow, out[i].Unit, at[l.ID] = l.RoundRow, org.UnitID(unit), i
		if err := errors.Join(json.Unmarshal([]byte(l.why), &out[i].Why), json.Unmarshal([]byte(l.who), &out[i].Who)); err != nil {
			return nil, wrap("why of round", string(l.ID), err)
		}
	}
	return out, r.first(ctx, s.Org, f.Names, out, at)
}

func (r Reads) first(ctx context.Context, orgID string, names int, gaps []duty.Gap, at map[duty.RoundID]int) error {
	parts, args := make([]string, len(gaps)), []any{orgID, names}
	for i, g := range gaps {
		args = append(args, string(g.ID))
		parts[i] = fmt.Sprintf(`SELECT * FROM (SELECT round_id, kind, subject_id, slice FROM target WHERE org_id = $1 AND round_id = $%d AND state = 'open' ORDER BY slice, subject_id LIMIT $2) AS g%d`, len(args), i)
	}
	rows, err := r.q.QueryContext(ctx, strings.Join(parts, " UNION ALL "), args...)
	if err != nil {
		return wrap("who is missing in", orgID, err)
	}
	defer rows.Close()
	for rows.Next() {
		var round duty.RoundID
		var x duty.Subject
		if err := rows.Scan(&round, &x.Ref.Kind, &x.Ref.ID, &x.Slice); err != nil {
			return wrap("who is missing in", orgID, err)
		}
		g := &gaps[at[round]]
		g.First = append(g.First, x)
	}
	return wrap("who is missing in", orgID, rows.Err())
}
