package dbtest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"xiaojia/internal/platform/db"
)

// Row is a row of any table, its columns as they came out of the driver, by name.
type Row map[string]any

// Dump reads every row of every table, for tests of what is kept of a fact. On SQLite the hidden rowid of a table that has
// one comes along as "rowid".
func Dump(t *testing.T, d *db.DB) map[string][]Row {
	t.Helper()
	q := `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_gram%' AND name <> 'goose_db_version'`
	if d.Engine == db.Postgres {
		q = `SELECT table_name, '' FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`
	}
	rows, err := d.Read.QueryContext(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string][]Row{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		cols := "*"
		if d.Engine == db.SQLite && !strings.Contains(strings.ToUpper(text), "WITHOUT ROWID") {
			cols = "rowid AS rowid, *"
		}
		out[name] = readAll(t, d, "SELECT "+cols+" FROM "+name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// Added is what the second dump has and the first has not, a changed row included.
func Added(before, after map[string][]Row) map[string][]Row {
	out := map[string][]Row{}
	for table, rows := range after {
		had := map[string]int{}
		for _, r := range before[table] {
			had[fmt.Sprint(r)]++
		}
		for _, r := range rows {
			if k := fmt.Sprint(r); had[k] > 0 {
				had[k]--
			} else {
				out[table] = append(out[table], r)
			}
		}
	}
	return out
}

func readAll(t *testing.T, d *db.DB, q string) []Row {
	t.Helper()
	rows, err := d.Read.QueryContext(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []Row
	for rows.Next() {
		r, err := readRow(rows, cols)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return out
}

func readRow(rows *sql.Rows, cols []string) (Row, error) {
	values, at := make([]any, len(cols)), make([]any, len(cols))
	for i := range values {
		at[i] = &values[i]
	}
	if err := rows.Scan(at...); err != nil {
		return nil, err
	}
	r := Row{}
	for i, c := range cols {
		if b, ok := values[i].([]byte); ok {
			values[i] = string(b)
		}
		r[c] = values[i]
	}
	return r, nil
}
