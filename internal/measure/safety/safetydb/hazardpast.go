package safetydb

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// past adds what became of hazards; matter.Righted and the counters of the past say the same.
func past(sel *db.Select, p safety.Past) {
	if !p.From.IsZero() {
		sel.And("m.raised_on >= ?", p.From).And("m.raised_on <= ?", p.To)
	}
	if !p.ClosedFrom.IsZero() {
		sel.And("m.closed_at > 0").And("m.closed_at >= ?", int64(p.ClosedFrom.At(0, 0))).And("m.closed_at < ?", int64(p.ClosedTo.Add(1).At(0, 0)))
	}
	const righted = "m.state IN ('verified','announced','closed') AND m.outcome IN ('','solved') AND m.took >= 0"
	switch p.Fixed {
	case safety.InTime:
		sel.And(righted).And("NOT m.overran")
	case safety.TooLate:
		sel.And(righted).And("m.overran")
	case safety.NotYet:
		sel.And("m.state IN ('raised','judged','assigned','answered')")
	case safety.NoneIt:
		sel.And("m.state = 'closed'").And("m.outcome NOT IN ('','solved')")
	}
	if p.Took {
		sel.And(righted).And("m.took >= ?", p.TookFrom).And("m.took <= ?", p.TookTo)
	}
	if p.Again {
		sel.And("m.again").And("m.outcome IN ('','solved')")
	}
	if p.Topic != "" {
		sel.And("m.topic = ?", p.Topic)
	}
}

const agesText = "SELECT m.raised_on, count(*) FROM matter m"

// Ages fills safety.HazardReads.
func (r HazardReads) Ages(ctx context.Context, inOrg string, unit org.UnitID) (map[kernel.Date]int, error) {
	sel := db.From(agesText).And("m.org_id = ?", inOrg).And("m.kind = 'hazard'").And("m.open")
	if unit != "" {
		sel.And("m.unit_id || '' = ?", string(unit))
	}
	q, args := sel.SQL("", 0)
	rows, err := r.Read.QueryContext(ctx, q+" GROUP BY m.raised_on", args...)
	if err != nil {
		return nil, fmt.Errorf("ages of what is open: %w", err)
	}
	defer rows.Close()
	out := map[kernel.Date]int{}
	for rows.Next() {
		var day kernel.Date
		var n int
		if err := rows.Scan(&day, &n); err != nil {
			return nil, fmt.Errorf("ages of what is open: %w", err)
		}
		out[day] = n
	}
	return out, rows.Err()
}

// History fills safety.HazardReads. A branch has a range of keys for each kind of figure and year; all branches together have
// figures of their own for what was put right, and the few hundred others are added up.
func (r HazardReads) History(ctx context.Context, inOrg string, unit org.UnitID, years ...int) (safety.History, error) {
	var prefixes []string
	whose := string(unit)
	if unit == "" {
		whose, prefixes = matter.WholeOrg, []string{"y/", "x/", "r/"}
	}
	for _, y := range years {
		prefixes = append(prefixes, fmt.Sprintf("f/%s/%d-", whose, y))
		if unit != "" {
			prefixes = append(prefixes, fmt.Sprintf("y/%s/%d-", unit, y), fmt.Sprintf("x/%s/%d-", unit, y), fmt.Sprintf("r/%s/%d/", unit, y))
		}
	}
	counts, err := db.CountsOf(ctx, r.Read, inOrg, string(matter.Hazard), prefixes...)
	h := safety.History{}
	for key, n := range counts {
		if n != 0 {
			add(h, strings.Split(key, "/"), n)
		}
	}
	return h, err
}

// add reads a key of matter's counters of the past.
func add(h safety.History, key []string, n int) {
	if len(key) < 3 || len(key[2]) < 4 {
		return
	}
	year, _ := strconv.Atoi(key[2][:4])
	y := h.Year(year)
	if key[0] == "r" {
		if len(key) == 5 {
			y.Repeats[safety.Repeat{Unit: org.UnitID(key[1]), Place: org.PlaceID(key[3]), Topic: key[4]}] += n
		}
		return
	}
	month, err := strconv.Atoi(key[2][min(5, len(key[2])):])
	if err != nil || month < 1 || month > 12 {
		return
	}
	m := &y.Months[month-1]
	switch {
	case key[0] == "y":
		m.Raised += n
	case key[0] == "x":
		m.None += n
	case key[0] == "f" && len(key) == 6:
		days, _ := strconv.Atoi(key[4])
		y.Took[safety.Took{Grade: key[3], Days: days}] += n
		if key[5] == string(safety.InTime) {
			m.In += n
		} else {
			m.Over += n
		}
	}
}
