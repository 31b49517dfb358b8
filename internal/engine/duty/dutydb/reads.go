package dutydb

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb/sqlcgen"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Reads fills duty.Reads.
type Reads struct{ q db.DBTX }

func NewReads(q db.DBTX) Reads { return Reads{q} }

// branch is the branch that a page shows: the scope's own, or the one that it names inside a wider scope.
func branch(s authz.Scope, unit org.UnitID) (string, error) {
	if unit == "" && s.Reach == authz.Unit {
		unit = org.UnitID(s.ID)
	}
	if unit == "" || !record.Within(s, unit) {
		return "", kernel.Err(kernel.NotFound, "这个分工会不在了，或者您不能看")
	}
	return string(unit), nil
}

var measureOrder = map[catalogue.Measure]int{catalogue.Safety: 1, catalogue.Warmth: 2, catalogue.Voice: 3, catalogue.Culture: 4, catalogue.Proof: 5}

// Duties lists a branch's duties by measure and mechanism, officers' own last.
func (r Reads) Duties(ctx context.Context, s authz.Scope, unit org.UnitID) ([]duty.Duty, error) {
	u, err := branch(s, unit)
	if err != nil {
		return nil, err
	}
	rows, err := sqlcgen.New(r.q).DutiesOf(ctx, sqlcgen.DutiesOfParams{Org: s.Org, Unit: u})
	if err != nil {
		return nil, wrap("duties of", u, err)
	}
	out, err := dutiesOf(rows)
	slices.SortFunc(out, func(a, b duty.Duty) int {
		return cmp.Or(measureOrder[a.Measure]-measureOrder[b.Measure], last(a.Own)-last(b.Own), number(a.Mechanism)-number(b.Mechanism), cmp.Compare(a.Code, b.Code))
	})
	return out, err
}

func last(own bool) int {
	if own {
		return 1
	}
	return 0
}

// number is the 10 of W10, so that W10 stands behind W9.
func number(mechanism string) int {
	n, err := strconv.Atoi(strings.TrimLeft(mechanism, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		return 0 // an officer's own has none
	}
	return n
}

// Duty shows one duty of the scope.
func (r Reads) Duty(ctx context.Context, s authz.Scope, id duty.ID) (duty.Duty, error) {
	d, err := getDuty(ctx, r.q, s.Org, id)
	if err == nil && !record.Within(s, d.Unit) {
		return duty.Duty{}, kernel.Err(kernel.NotFound, "这一项不在了，或者您不能看")
	}
	return d, err
}

// Round shows one round of the scope with its duty.
func (r Reads) Round(ctx context.Context, s authz.Scope, id duty.RoundID) (duty.RoundView, error) {
	row, err := sqlcgen.New(r.q).GetRound(ctx, sqlcgen.GetRoundParams{Org: s.Org, ID: string(id)})
	round, err := roundOf(row, string(id), err)
	if err != nil {
		return duty.RoundView{}, err
	}
	if !record.Within(s, round.Unit) {
		return duty.RoundView{}, noRound
	}
	d, err := getDuty(ctx, r.q, s.Org, round.Duty)
	return duty.RoundView{Round: round, Of: d}, err
}

const roundRows = `SELECT r.id, r.duty_id, d.name_zh, d.name_en, d.mechanism, r.measure, r.form, r.period, r.opens_on, r.due_on, r.closes_on, r.state,
  r.targets, r.done, r.excused, r.done_on, d.who, d.card, r.why FROM round r JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id`

// roundLine is a row of roundRows; who and why stay as they are stored until somebody needs them.
type roundLine struct {
	duty.RoundRow
	who, card, why string
}

func (r Reads) lines(ctx context.Context, q string, args []any) ([]roundLine, error) {
	rows, err := r.q.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, wrap("list", "rounds", err)
	}
	defer rows.Close()
	var out []roundLine
	for rows.Next() {
		l, err := scanLine(rows)
		if err != nil {
			return nil, wrap("list", "rounds", err)
		}
		out = append(out, l)
	}
	return out, wrap("list", "rounds", rows.Err())
}

func scanLine(rows *sql.Rows) (l roundLine, err error) {
	err = rows.Scan(&l.ID, &l.Duty, &l.Name.Zh, &l.Name.En, &l.Mechanism, &l.Measure, &l.Form, &l.Period, &l.Opens, &l.Due, &l.Closes, &l.State,
		&l.Cover.Targets, &l.Cover.Done, &l.Cover.Excused, &l.DoneOn, &l.who, &l.card, &l.why)
	return l, err
}

func plain(lines []roundLine) []duty.RoundRow {
	out := make([]duty.RoundRow, len(lines))
	for i, l := range lines {
		out[i] = l.RoundRow
	}
	return out
}

// Year is all rounds of a branch in a year, by due day.
func (r Reads) Year(ctx context.Context, s authz.Scope, unit org.UnitID, year int) ([]duty.RoundRow, error) {
	u, err := branch(s, unit)
	if err != nil {
		return nil, err
	}
	span := duty.YearSpan(year)
	q, args := db.From(roundRows).And("r.org_id = ?", s.Org).And("r.unit_id = ?", u).And("r.due_on >= ?", span.From).And("r.due_on <= ?", span.To).SQL("r.due_on, r.id", 0)
	lines, err := r.lines(ctx, q, args)
	return plain(lines), err
}

// crossingDays is how far into the next year a programme of this one may reach.
const crossingDays = 100

// Crossing fills duty.Reads.
func (r Reads) Crossing(ctx context.Context, s authz.Scope, unit org.UnitID, year int) ([]duty.RoundRow, error) {
	u, err := branch(s, unit)
	if err != nil {
		return nil, err
	}
	end := kernel.NewDate(year, 12, 31)
	q, args := db.From(roundRows).And("r.org_id = ?", s.Org).And("r.unit_id = ?", u).And("r.due_on > ?", end).And("r.due_on <= ?", end.Add(crossingDays)).
		And("r.opens_on <= ?", end).SQL("r.due_on, r.id", 0)
	lines, err := r.lines(ctx, q, args)
	return plain(lines), err
}

// Rounds lists the rounds of a duty, the latest due first.
func (r Reads) Rounds(ctx context.Context, s authz.Scope, d duty.ID, after db.Key, limit int) ([]duty.RoundRow, error) {
	list := db.From(roundRows).And("r.org_id = ?", s.Org).And("r.duty_id = ?", string(d))
	if s.Reach != authz.Org {
		u, err := branch(s, "")
		if err != nil {
			return nil, err
		}
		list.And("r.unit_id = ?", u)
	}
	q, args := list.After([]string{"r.due_on", "r.id"}, true, after).SQL("r.due_on DESC, r.id DESC", limit)
	lines, err := r.lines(ctx, q, args)
	return plain(lines), err
}

// openRounds are a branch's open rounds with somebody missing, by due day.
func openRounds(s authz.Scope, unit org.UnitID, by kernel.Date) (*db.Select, error) {
	u, err := branch(s, unit)
	if err != nil {
		return nil, err
	}
	q := db.From(roundRows).And("r.org_id = ?", s.Org).And("r.unit_id = ?", u).And("r.state = 'open'").And("r.done + r.excused < r.targets")
	if !by.IsZero() {
		q.And("r.due_on <= ?", by)
	}
	return q, nil
}

// dueRounds are open ones with somebody missing, or those that open later.
func dueRounds(s authz.Scope, f duty.DueFilter) (*db.Select, error) {
	if f.Planned.IsZero() {
		return openRounds(s, f.Unit, f.By)
	}
	u, err := branch(s, f.Unit)
	if err != nil {
		return nil, err
	}
	return db.From(roundRows).And("r.org_id = ?", s.Org).And("r.unit_id = ?", u).And("r.state = 'planned'").And("r.due_on >= ?", f.Planned).And("r.due_on <= ?", f.By), nil
}

// Due is the open rounds that wait for one of the offices. A branch has some dozens of open rounds, so offices are matched here.
func (r Reads) Due(ctx context.Context, s authz.Scope, f duty.DueFilter) ([]duty.DueRow, error) {
	list, err := dueRounds(s, f)
	if err != nil {
		return nil, err
	}
	q, args := list.SQL("r.due_on, r.id", 0)
	lines, err := r.lines(ctx, q, args)
	if err != nil {
		return nil, err
	}
	var out []duty.DueRow
	var byGroup []string
	for _, l := range lines {
		var d duty.Duty
		row := duty.DueRow{RoundRow: l.RoundRow, Card: l.card}
		if err := json.Unmarshal([]byte(l.who), &d.Who); err != nil {
			return nil, wrap("who of round", string(l.ID), err)
		}
		if len(f.Offices) > 0 && !d.DoneBy(f.Offices) {
			continue
		}
		if err := json.Unmarshal([]byte(l.why), &row.Why); err != nil {
			return nil, wrap("why of round", string(l.ID), err)
		}
		if f.Group != "" && f.Planned.IsZero() && d.ByGroup(f.Offices) { // what has not opened has no targets yet
			byGroup = append(byGroup, string(l.ID))
		}
		out = append(out, row)
	}
	if out, err = r.ofGroup(ctx, s.Org, f.Group, out, byGroup); err != nil {
		return nil, err
	}
	if f.Limit > 0 && len(out) > f.Limit {
		out = out[:f.Limit]
	}
	return out, nil
}

// ofGroup drops those of the named rounds in which the group has done its part.
func (r Reads) ofGroup(ctx context.Context, orgID string, group org.UnitID, all []duty.DueRow, ids []string) ([]duty.DueRow, error) {
	if len(ids) == 0 {
		return all, nil
	}
	q := db.From(`SELECT DISTINCT round_id FROM target`).And("org_id = ?", orgID).And("state = 'open'").And("(slice = ? OR subject_id = ?)", string(group), string(group))
	marks, of := db.List(ids)
	text, args := q.And("round_id IN ("+marks+")", of...).SQL("", 0)
	rows, err := r.q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, wrap("rounds that wait for", string(group), err)
	}
	defer rows.Close()
	waits := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, wrap("rounds that wait for", string(group), err)
		}
		waits[id] = true
	}
	done := func(x duty.DueRow) bool { return slices.Contains(ids, string(x.ID)) && !waits[string(x.ID)] }
	return slices.DeleteFunc(all, done), wrap("rounds that wait for", string(group), rows.Err())
}
