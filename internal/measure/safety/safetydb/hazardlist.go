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
	rowCols = `m.id, m.no, m.title, m.place_id, m.unit_id, m.owner_unit, m.grade, m.state, m.outcome, m.due_at, m.late, m.closed_at, m.rectifier, m.rework, m.extended, m.escalated, m.waits_for, m.num, m.order_at, m.raised_on,
CASE WHEN m.merged_into = '' THEN '' ELSE COALESCE((SELECT x.no FROM matter x WHERE x.org_id = m.org_id AND x.id = m.merged_into), '') END AS into_no`
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
	if empty(f) {
		return nil, nil, nil
	}
	q, args, key := r.query(s, f, after, limit+1)
	out, err := r.rows(ctx, q, args)
	if err != nil || len(out) <= limit {
		return out, nil, err
	}
	out = out[:limit]
	return out, key(out[limit-1]), nil
}

// empty tells that nothing of a standing is on a tab; the search for it would walk the whole tab.
func empty(f safety.HazardFilter) bool {
	switch f.Tab {
	case safety.ClosedTab:
		return underway(f.Standing)
	case safety.OpenTab, safety.LateTab:
		return f.Standing != "" && !underway(f.Standing)
	}
	return false
}

// underway tells that a standing is a state of what is open.
func underway(standing string) bool {
	return standing != string(matter.Closed) && slices.Contains(matter.States(), matter.State(standing))
}

// query is the SQL of a tab: its order and the conditions that its index fits. A condition on open is written as the
// comparison that an index column answers; of a partial index it is the bare column.
func (r HazardReads) query(s authz.Scope, f safety.HazardFilter, after db.Key, limit int) (string, []any, func(safety.HazardRow) db.Key) {
	order := orderOf(s, f)
	if f.Tab == safety.MineTab {
		q, args := waiting(s.Org, f.Waits, after, limit)
		return q, args, order.key
	}
	if s.Reach == authz.Self {
		q, args := own(s, f, after, limit)
		return q, args, order.key
	}
	sel := db.From(rowText).And("m.org_id = ?", s.Org).And("m.kind = 'hazard'")
	within(sel, s, f)
	narrow(sel, f, f.Numbered(s))
	switch f.Tab {
	case safety.AllTab:
		if underway(f.Standing) { // few are, and these have an index
			sel.And("m.open")
		}
	case safety.ClosedTab:
		sel.And("NOT m.open")
	default:
		sel.And(order.open)
	}
	if f.Tab == safety.LateTab {
		if sel.And("m.late"); f.Sort == safety.ByDue { // late means due before now: the walk ends there
			sel.And("m.order_at < ?", int64(r.Clock.Now()))
		}
	}
	q, args := sel.After(order.cols, order.desc, after).SQL(order.text, limit)
	return q, args, order.key
}

// order is an order with its keyset and how its index says open.
type order struct {
	cols []string
	desc bool
	text string
	open string
	key  func(safety.HazardRow) db.Key
}

func orderOf(s authz.Scope, f safety.HazardFilter) order {
	switch {
	case !f.Past.ClosedFrom.IsZero() && s.Reach != authz.Self:
		return order{[]string{"m.closed_at", "m.id"}, true, "m.closed_at DESC, m.id DESC", "m.open", func(x safety.HazardRow) db.Key { return db.Key{int64(x.Closed), string(x.ID)} }}
	case f.ByDay(s):
		return order{[]string{"m.raised_on", "m.num"}, true, "m.raised_on DESC, m.num DESC", "m.open", func(x safety.HazardRow) db.Key { return db.Key{x.Raised.String(), x.Num} }}
	case f.Numbered(s):
		return order{[]string{"m.num"}, true, "m.num DESC", "m.open", func(x safety.HazardRow) db.Key { return db.Key{x.Num} }}
	case f.Sort == safety.ByGrade && f.Tab != safety.MineTab:
		return order{[]string{"m.grade_rank", "m.due_at", "m.id"}, false, "m.grade_rank, m.due_at, m.id", "m.open",
			func(x safety.HazardRow) db.Key {
				return db.Key{int64(matter.Rank(x.Grade)), int64(x.Due), string(x.ID)}
			}}
	}
	return order{[]string{"m.order_at", "m.id"}, false, "m.order_at, m.id", "m.open = TRUE",
		func(x safety.HazardRow) db.Key { return db.Key{int64(x.OrderAt), string(x.ID)} }}
}

// within adds the scope and the unit that answers. Where both a branch and a unit are given, the index of the unit is the
// narrower one; "|| ”" keeps that of the branch out.
func within(sel *db.Select, s authz.Scope, f safety.HazardFilter) {
	branch, owner := "m.unit_id = ?", "m.owner_unit = ?"
	if f.ByDay(s) || !f.Past.ClosedFrom.IsZero() { // the index of the day is the narrower one
		branch, owner = "m.unit_id || '' = ?", "m.owner_unit || '' = ?"
	}
	switch f.Owner {
	case "":
	case matter.NoOwner:
		sel.And("m.owner_unit IS NULL")
	default:
		branch = "m.unit_id || '' = ?"
		if s.Reach != authz.Owner {
			sel.And(owner, string(f.Owner))
		}
	}
	switch s.Reach {
	case authz.Unit:
		sel.And(branch, s.ID)
	case authz.Owner:
		sel.And(owner, s.ID)
	case authz.Org:
		if f.Unit != "" {
			sel.And(branch, string(f.Unit))
		}
	}
}

// noGrade asks for what has none yet.
const noGrade = "-"

// major is the grade that has an index of its own.
const major = "major"

// narrow adds the filters. An area is the handful of places of its kind, which the rows of the order's index are checked
// against; one place has its own index by number.
func narrow(sel *db.Select, f safety.HazardFilter, byNumber bool) {
	past(sel, f.Past)
	switch {
	case f.Grade == noGrade:
		sel.And("m.grade = ''")
	case f.Grade == major && f.Past.From.IsZero(): // a literal, for its index
		sel.And("m.grade = 'major'")
	case f.Grade != "":
		sel.And("m.grade = ?", f.Grade)
	}
	standing(sel, f)
	onlyPlace := len(f.Place) == 1 && byNumber && (f.Tab == safety.AllTab || f.Tab == safety.ClosedTab) && f.Owner == ""
	switch {
	case onlyPlace:
		sel.And("m.place_id = ?", string(f.Place[0]))
	case len(f.Place) > 0: // IS TRUE keeps the index of places out, which gives another order; PostgreSQL knows how many it lets by
		marks, places := db.List(f.Place)
		sel.And("(m.place_id IN ("+marks+")) IS TRUE", places...)
	}
}

// standing: 已销号 is what was solved; what was closed otherwise is asked for by its outcome.
func standing(sel *db.Select, f safety.HazardFilter) {
	switch s := f.Standing; {
	case s == "" && f.Tab == safety.ClosedTab || s == string(matter.Closed):
		sel.And("m.state = 'closed'").And("m.outcome = 'solved'")
	case s == "":
	case slices.Contains(matter.States(), matter.State(s)):
		sel.And("m.state = ?", s)
	default: // the second says it for the index of these
		sel.And("m.outcome = ?", s).And("m.outcome NOT IN ('','solved')")
	}
}

// foundMost is how many of a search's finds are looked up.
const foundMost = 50

// found looks up what a search has found, within scope and tab, in the order of the tab.
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
	within(sel, s, f)
	narrow(sel, f, false)
	switch f.Tab {
	case safety.OpenTab, safety.MineTab:
		sel.And("m.open")
	case safety.LateTab:
		sel.And("m.open").And("m.late")
	}
	q, args := sel.SQL("", 0)
	out, err := r.rows(ctx, q, args)
	order := orderOf(s, f)
	slices.SortFunc(out, func(a, b safety.HazardRow) int {
		if order.desc {
			a, b = b, a
		}
		return compare(order.key(a), order.key(b))
	})
	return out, err
}

// compare goes through the columns of two keys of one order.
func compare(a, b db.Key) int {
	for i := range a {
		c := 0
		switch x := a[i].(type) {
		case int64:
			c = cmp.Compare(x, b[i].(int64))
		case string:
			c = cmp.Compare(x, b[i].(string))
		}
		if c != 0 {
			return c
		}
	}
	return 0
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
	at := []any{&x.ID, &x.No, &x.Title, &place, &x.Unit, &owner, &x.Grade, &x.State, &x.Outcome, &x.Due, &x.Late, &x.Closed, &x.Rectifier, &x.Rework, &x.Extended, &x.Escalated, &waits, &x.Num, &x.OrderAt, &x.Raised, &x.Into}
	if err := rows.Scan(append(at, more...)...); err != nil {
		return x, fmt.Errorf("list hazards: %w", err)
	}
	x.Place, x.Owner = org.PlaceID(place), org.UnitID(owner)
	x.Asked = x.State == matter.Assigned && strings.HasPrefix(waits, "chair/")
	return x, nil
}
