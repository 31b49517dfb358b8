package safetydb

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Board is every branch's counters, or those of the unit that answers; one query, whatever the number of hazards.
func (r HazardReads) Board(ctx context.Context, s authz.Scope) ([]safety.BoardRow, error) {
	prefix := "u/"
	switch s.Reach {
	case authz.Unit:
		prefix += s.ID + "/"
	case authz.Owner:
		prefix = "o/" + s.ID + "/"
	case authz.Self:
		return nil, nil
	}
	counts, err := db.Counts(ctx, r.Read, s.Org, string(matter.Hazard), prefix)
	if err != nil {
		return nil, err
	}
	return board(counts), nil
}

// Owners fills safety.HazardReads.
func (r HazardReads) Owners(ctx context.Context, inOrg string, branch org.UnitID) ([]safety.BoardRow, error) {
	prefix := "b/" + string(branch) + "/"
	counts, err := db.Counts(ctx, r.Read, inOrg, string(matter.Hazard), prefix)
	if err != nil {
		return nil, err
	}
	own := map[string]int{}
	for k, n := range counts {
		own["b/"+strings.TrimPrefix(k, prefix)] = n
	}
	return board(own), nil
}

// board reads keys of the shape x/unit/standing.
func board(counts map[string]int) []safety.BoardRow {
	at := map[org.UnitID]*safety.BoardRow{}
	for key, n := range counts {
		part := strings.Split(key, "/")
		if len(part) != 3 || n == 0 {
			continue
		}
		u := org.UnitID(part[1])
		if at[u] == nil {
			at[u] = &safety.BoardRow{Unit: u, Count: map[string]int{}}
		}
		if part[2] == "late" {
			at[u].Late = n
		} else {
			at[u].Count[part[2]] = n
		}
	}
	out := make([]safety.BoardRow, 0, len(at))
	for _, row := range at {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b safety.BoardRow) int { return cmp.Compare(a.Unit, b.Unit) })
	return out
}

// mineMost bounds the count of what waits for somebody, to be shown as 99+.
const mineMost = 100

// Tabs is the figures on the tabs, from counters; only what waits for the reader is counted, and no further than mineMost.
func (r HazardReads) Tabs(ctx context.Context, s authz.Scope, waits []string, year int) (safety.Tabs, error) {
	var t safety.Tabs
	rows, err := r.Board(ctx, s)
	if err != nil {
		return t, err
	}
	for _, b := range rows {
		t.Late += b.Late
		t.Open += b.Open()
	}
	if t.Year, err = r.year(ctx, s, year); err != nil {
		return t, err
	}
	q, args := waitingAs(countText, s.Org, waits, nil, mineMost)
	t.Mine, err = r.count(ctx, q, args)
	return t, err
}

func (r HazardReads) count(ctx context.Context, q string, args []any) (n int, err error) {
	if err = r.Read.QueryRowContext(ctx, "SELECT count(*) FROM ("+q+") AS w", args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count what waits: %w", err)
	}
	return n, nil
}

// year is how many were raised in a year; counted by branch, so a unit that answers has no such figure.
func (r HazardReads) year(ctx context.Context, s authz.Scope, year int) (n int, err error) {
	if s.Reach != authz.Org && s.Reach != authz.Unit {
		return 0, nil
	}
	prefix := "y/"
	if s.Reach == authz.Unit {
		prefix += s.ID + "/"
	}
	years, err := db.Counts(ctx, r.Read, s.Org, string(matter.Hazard), prefix)
	for k, c := range years {
		if strings.Contains(k, fmt.Sprintf("/%d-", year)) {
			n += c
		}
	}
	return n, err
}
