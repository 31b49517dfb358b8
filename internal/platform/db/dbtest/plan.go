package dbtest

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Explain fails the test where the engine would walk a whole table or sort for the query (decision 21). The verdict rests on
// the indexes, not on how few rows the test has: PostgreSQL is told to scan and sort only where nothing else is possible.
func Explain(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	analyze(t, d)
	explain(t, d, query, args)
}

// Explained reads like d, and holds every query that passes to Explain: give it to the store whose lists are tested.
func Explained(t *testing.T, d *db.DB) db.DBTX {
	t.Helper()
	analyze(t, d)
	return explained{d.Read, t, d}
}

// analyze lets PostgreSQL see the test's rows. SQLite goes by its indexes and the figures that the program ships.
func analyze(t *testing.T, d *db.DB) {
	t.Helper()
	if d.Engine != db.Postgres {
		return
	}
	if _, err := d.Read.ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
}

func explain(t *testing.T, d *db.DB, query string, args []any) {
	t.Helper()
	plan, err := planOf(t.Context(), d, query, args)
	if err != nil {
		t.Fatalf("explain: %v\n%s", err, query)
	}
	if line := worst(d.Engine, plan); line != "" {
		t.Errorf("%s: %q in the plan of\n%s\n%s", d.Engine, line, query, strings.Join(plan, "\n"))
	}
}

// worst is the first line of a plan that walks a table or sorts, empty where there is none.
func worst(e db.Engine, plan []string) string {
	for _, line := range plan {
		if costly(e, line) && !ofSubquery(plan, line) {
			return line
		}
	}
	return ""
}

type explained struct {
	db.DBTX
	t *testing.T
	d *db.DB
}

func (e explained) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	e.t.Helper()
	explain(e.t, e.d, q, args)
	return e.DBTX.QueryContext(ctx, q, args...)
}

func (e explained) QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row {
	e.t.Helper()
	explain(e.t, e.d, q, args)
	return e.DBTX.QueryRowContext(ctx, q, args...)
}

func costly(e db.Engine, line string) bool {
	if e == db.Postgres {
		return strings.Contains(line, "Seq Scan") || strings.Contains(line, "Sort  (") // a Merge Append has a Sort Key and sorts nothing
	}
	if strings.Contains(line, "USE TEMP B-TREE") || strings.Contains(line, "AUTOMATIC") || strings.HasSuffix(line, "USING PRIMARY KEY (org_id=?)") { // the last is all rows of a union
		return true
	}
	// A list given as a parameter, or rows of the query itself, are no table.
	return strings.HasPrefix(line, "SCAN ") && !strings.Contains(line, "VIRTUAL TABLE") && !strings.Contains(line, "CONSTANT ROW") && !strings.HasPrefix(line, "SCAN (")
}

// ofSubquery tells that SQLite walks the few rows of a subquery, whose own way to them is a line of the plan too.
func ofSubquery(plan []string, line string) bool {
	name, found := strings.CutPrefix(line, "SCAN ")
	return found && (slices.Contains(plan, "CO-ROUTINE "+name) || slices.Contains(plan, "MATERIALIZE "+name))
}

func planOf(ctx context.Context, d *db.DB, query string, args []any) (plan []string, err error) {
	if d.Engine == db.SQLite {
		rows, err := d.Read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var line string
			if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
				return nil, err
			}
			plan = append(plan, line)
		}
		return plan, rows.Err()
	}
	err = d.InTx(ctx, authz.Actor{}, func(tx db.Tx) error { plan, err = postgresPlan(tx, query, args); return err })
	return plan, err
}

// postgresPlan makes small tables behave as large ones: what is left of scans and sorts is there for want of an index.
func postgresPlan(tx db.Tx, query string, args []any) (plan []string, err error) {
	for _, s := range []string{"SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off", "SET LOCAL enable_sort = off",
		"SET LOCAL enable_incremental_sort = off", "SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off"} {
		if _, err := tx.ExecContext(tx.Ctx(), s); err != nil {
			return nil, err
		}
	}
	rows, err := tx.QueryContext(tx.Ctx(), "EXPLAIN "+query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		plan = append(plan, strings.TrimSpace(line))
	}
	return plan, rows.Err()
}
