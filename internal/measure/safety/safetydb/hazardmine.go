package safetydb

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb/sqlcgen"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Mine is what became of what a person reported, newest first.
func (r HazardReads) Mine(ctx context.Context, s authz.Scope, p people.ID, limit int) ([]safety.HazardRow, error) {
	if p == "" {
		return nil, nil
	}
	q, args := db.From(rowText).And("m.org_id = ?", s.Org).And("m.kind = 'hazard'").And("m.reporter = ?", string(p)).And("m.reporter <> ''").SQL("m.num DESC", limit)
	return r.rows(ctx, q, args)
}

// recentDays is how long a closed report of the same place still counts as the same news.
const recentDays = 30

const similarText = "SELECT " + rowCols + `, COALESCE((SELECT f.thumb FROM attachment a JOIN file f ON f.org_id = a.org_id AND f.hash = a.hash
WHERE a.org_id = m.org_id AND a.owner_kind = 'matter' AND a.owner_id = m.id AND a.slot = 'before' AND a.pos = 0), '') AS photo FROM matter m`

// Similar fills safety.HazardReads, newest first, without what was taken back or was none. Unit is the branch: a place of
// another one answers nothing.
func (r HazardReads) Similar(ctx context.Context, s authz.Scope, unit org.UnitID, place org.PlaceID, limit int) ([]safety.HazardRow, error) {
	if place == "" {
		return nil, nil
	}
	since := r.Clock.Now().Date().Add(-recentDays)
	q, args := db.From(similarText).And("m.org_id = ?", s.Org).And("m.kind = 'hazard'").And("m.place_id = ?", string(place)).And("m.unit_id || '' = ?", string(unit)).
		And("(m.open OR m.raised_on >= ?)", since).And("m.outcome NOT IN ('no_hazard','duplicate','withdrawn')").SQL("m.num DESC", limit)
	rows, err := r.Read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("similar hazards: %w", err)
	}
	defer rows.Close()
	var out []safety.HazardRow
	for rows.Next() {
		var photo string
		x, err := scanRow(rows, &photo)
		if err != nil {
			return nil, err
		}
		x.Photo = photo
		out = append(out, x)
	}
	return out, rows.Err()
}

// ToDo fills safety.HazardReads: two queries, one more for who oversees and for each unit that the reader answers for.
func (r HazardReads) ToDo(ctx context.Context, s safety.HazardSight) ([]safety.ToDo, error) {
	q, args := waiting(s.Scope.Org, s.Waits, nil, mineMost)
	rows, err := r.rows(ctx, q, args)
	if err != nil {
		return nil, err
	}
	var out []safety.ToDo
	for _, x := range rows {
		out = append(out, todo(x, safety.Next(x)))
	}
	if s.Above {
		q, args = escalated(rowText, s.Scope.Org)
		if rows, err = r.rows(ctx, q, args); err != nil {
			return nil, err
		}
		for _, x := range rows {
			out = append(out, todo(x, kernel.Words{Zh: "督办", En: "press for it"}))
		}
	}
	for _, k := range s.Waits { // one unit, or two
		if unit, ok := strings.CutPrefix(k, "o/"); ok {
			letters, err := r.lettersTo(ctx, s.Scope.Org, unit)
			if err != nil {
				return nil, err
			}
			out = append(out, letters...)
		}
	}
	return out, nil
}

// Waiting fills safety.HazardReads.
func (r HazardReads) Waiting(ctx context.Context, s safety.HazardSight) (int, error) {
	q, args := waitingAs(countText, s.Scope.Org, s.Waits, nil, mineMost)
	n, err := r.count(ctx, q, args)
	if err == nil && s.Above {
		var more int
		q, args = escalated(countText, s.Scope.Org)
		more, err = r.count(ctx, q, args)
		n += more
	}
	for _, k := range s.Waits {
		if unit, ok := strings.CutPrefix(k, "o/"); ok && err == nil {
			var letters []safety.ToDo
			letters, err = r.lettersTo(ctx, s.Scope.Org, unit)
			n += len(letters)
		}
	}
	return n, err
}

func todo(x safety.HazardRow, do kernel.Words) safety.ToDo {
	return safety.ToDo{Kind: string(matter.Hazard), No: x.No, Title: x.Title, Grade: x.Grade, Do: do, Unit: x.Unit, Place: x.Place, Due: x.Due, Order: x.OrderAt,
		Late: x.Late, Href: safety.HazardHref(x.ID)}
}

// escalated is what the company union was told of and what is still late, or failed its check again and again.
func escalated(text, inOrg string) (string, []any) {
	return db.From(text).And("m.org_id = ?", inOrg).And("m.kind = 'hazard'").And("m.open").And("m.escalated = 2").And("(m.late OR m.rework >= ?)", matter.Stubborn).
		SQL("m.order_at, m.id", mineMost)
}

func (r HazardReads) lettersTo(ctx context.Context, inOrg, unit string) ([]safety.ToDo, error) {
	rows, err := sqlcgen.New(r.Read).LettersWaiting(ctx, sqlcgen.LettersWaitingParams{Org: inOrg, ToUnit: unit})
	if err != nil {
		return nil, fmt.Errorf("letters to %s: %w", unit, err)
	}
	now := r.Clock.Now()
	var out []safety.ToDo
	for _, x := range rows {
		l := safety.Letter{ID: x.ID, Matter: matter.ID(x.MatterID)}
		due := x.ReplyDue.At(23, 59)
		out = append(out, safety.ToDo{Kind: "letter", No: x.No, Title: x.Title, Do: kernel.Words{Zh: "签收并回复", En: "receive and answer"},
			Unit: org.UnitID(x.UnitID), Place: org.PlaceID(x.PlaceID), Due: due, Order: due, Late: due.Before(now), Href: safety.LetterHref(l)})
	}
	return out, nil
}
