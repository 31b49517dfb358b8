package safetydb

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// HazardReads answers the pages of hazards. Names is asked once a page, and may answer from memory.
type HazardReads struct {
	Read    db.DBTX
	Clock   kernel.Clock
	Records record.Reads
	Names   Names
}

// Names finds people's names.
type Names func(ctx context.Context, org string, ids []people.ID) (map[people.ID]string, error)

// NewHazardReads reads from an open database.
func NewHazardReads(d *db.DB, records record.Reads, names Names) HazardReads {
	return HazardReads{Read: d.Read, Clock: d.Clock, Records: records, Names: names}
}

var _ safety.HazardReads = HazardReads{}

const (
	rowCols  = "m.id, m.no, m.title, m.place_id, m.unit_id, m.owner_unit, m.grade, m.state, m.outcome, m.due_at, m.late, m.closed_at, m.rectifier, m.rework, m.extended, m.escalated, m.waits_for"
	rowText  = "SELECT " + rowCols + " FROM matter m"
	listMost = 200 // rows of a page
)

// List fills safety.HazardReads.
func (r HazardReads) List(ctx context.Context, s authz.Scope, f safety.HazardFilter, after db.Key) ([]safety.HazardRow, db.Key, error) {
	limit := min(max(f.Limit, 1), listMost)
	if f.IDs != nil {
		out, err := r.found(ctx, s, f)
		return out[:min(len(out), limit)], nil, err
	}
	if f.State != "" && f.State != matter.Closed && f.Tab == safety.ClosedTab {
		return nil, nil, nil // nothing is both, and the search for it would walk the whole tab
	}
	q, args, key := r.query(s, f, after, limit+1)
	out, err := r.rows(ctx, q, args)
	if err != nil || len(out) <= limit {
		return out, nil, err
	}
	out = out[:limit]
	return out, key(out[limit-1]), nil
}

// query is the SQL of a tab: its order and the conditions that its index fits. A condition on open is written as the
// comparison that an index column answers; of a partial index it is the bare column.
func (r HazardReads) query(s authz.Scope, f safety.HazardFilter, after db.Key, limit int) (string, []any, func(safety.HazardRow) db.Key) {
	byDue := func(x safety.HazardRow) db.Key { return db.Key{int64(x.Due), string(x.ID)} }
	byNo := func(x safety.HazardRow) db.Key { return db.Key{x.No} }
	if f.Tab == safety.MineTab {
		q, args := waiting(s.Org, f.Waits, after, limit)
		return q, args, byDue
	}
	if s.Reach == authz.Self {
		q, args := own(s, f, after, limit)
		return q, args, byNo
	}
	sel := db.From(rowText).And("m.org_id = ?", s.Org).And("m.kind = 'hazard'")
	within(sel, s, f.Unit)
	byNumber := f.Tab == safety.AllTab || f.Tab == safety.ClosedTab
	narrow(sel, f, byNumber)
	if byNumber {
		if f.Tab == safety.ClosedTab {
			sel.And("NOT m.open")
		}
		q, args := sel.After([]string{"m.no"}, true, after).SQL("m.no DESC", limit)
		return q, args, byNo
	}
	if f.Tab == safety.LateTab { // late means due before now: the walk ends there
		sel.And("m.late").And("m.due_at < ?", int64(r.Clock.Now()))
	}
	q, args := sel.And("m.open = TRUE").After([]string{"m.due_at", "m.id"}, false, after).SQL("m.due_at, m.id", limit)
	return q, args, byDue
}

// major is the grade that has an index of its own.
const major = "major"

// within adds the scope.
func within(sel *db.Select, s authz.Scope, unit org.UnitID) {
	switch s.Reach {
	case authz.Unit:
		sel.And("m.unit_id = ?", s.ID)
	case authz.Owner:
		sel.And("m.owner_unit = ?", s.ID)
	case authz.Org:
		if unit != "" {
			sel.And("m.unit_id = ?", string(unit))
		}
	}
}

// narrow adds the filters. An area is the handful of places of its kind, which the rows of the order's index are checked
// against; one place has its own index by number.
func narrow(sel *db.Select, f safety.HazardFilter, byNumber bool) {
	switch {
	case f.Grade == major: // a literal, for its index
		sel.And("m.grade = 'major'")
	case f.Grade != "":
		sel.And("m.grade = ?", f.Grade)
	}
	if f.State != "" {
		sel.And("m.state = ?", string(f.State))
	}
	switch {
	case len(f.Place) == 1 && byNumber:
		sel.And("m.place_id = ?", string(f.Place[0]))
	case len(f.Place) > 0: // "|| ''" keeps the index of places out: it gives another order
		marks, places := db.List(f.Place)
		sel.And("m.place_id || '' IN ("+marks+")", places...)
	}
}

// foundMost is how many of a search's finds are looked up.
const foundMost = 50

// found looks up what a search has found, within scope and tab, newest number first.
func (r HazardReads) found(ctx context.Context, s authz.Scope, f safety.HazardFilter) ([]safety.HazardRow, error) {
	ids := f.IDs[:min(len(f.IDs), foundMost)]
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := db.List(ids)
	sel := db.From(rowText).And("m.org_id = ?", s.Org).And("m.id IN ("+marks+")", args...).And("m.kind = 'hazard'")
	if s.Reach == authz.Self {
		sel.And("(m.reporter = ? OR m.rectifier = ? OR m.verifier = ?)", s.ID, s.ID, s.ID).And("? <> ''", s.ID)
	}
	within(sel, s, f.Unit)
	narrow(sel, f, false)
	switch f.Tab {
	case safety.OpenTab:
		sel.And("m.open")
	case safety.LateTab:
		sel.And("m.open").And("m.late")
	case safety.ClosedTab:
		sel.And("NOT m.open")
	}
	q, args := sel.SQL("", 0)
	out, err := r.rows(ctx, q, args)
	slices.SortFunc(out, func(a, b safety.HazardRow) int { return cmp.Compare(b.No, a.No) })
	return out, err
}

func (r HazardReads) rows(ctx context.Context, q string, args []any) ([]safety.HazardRow, error) {
	rows, err := r.Read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("list hazards: %w", err)
	}
	defer rows.Close()
	var out []safety.HazardRow
	for rows.Next() {
		x, err := scanRow(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

func scanRow(rows *sql.Rows, more ...any) (safety.HazardRow, error) {
	var x safety.HazardRow
	var place, owner kernel.Opt
	var waits string
	at := []any{&x.ID, &x.No, &x.Title, &place, &x.Unit, &owner, &x.Grade, &x.State, &x.Outcome, &x.Due, &x.Late, &x.Closed, &x.Rectifier, &x.Rework, &x.Extended, &x.Escalated, &waits}
	if err := rows.Scan(append(at, more...)...); err != nil {
		return x, fmt.Errorf("list hazards: %w", err)
	}
	x.Place, x.Owner = org.PlaceID(place), org.UnitID(owner)
	x.Asked = x.State == matter.Assigned && strings.HasPrefix(waits, "chair/")
	return x, nil
}

// Rows walks a whole tab page by page, so that an export holds one page in memory.
func (r HazardReads) Rows(ctx context.Context, s authz.Scope, f safety.HazardFilter, each func(safety.HazardRow) error) error {
	f.Limit = listMost
	var after db.Key
	for {
		page, next, err := r.List(ctx, s, f, after)
		if err != nil {
			return err
		}
		for _, x := range page {
			if err := each(x); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		after = next
	}
}
