package db

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Without statistics SQLite believes that any first column of an index, so also org_id, leaves ten rows: it would rather walk
// the whole log of a company union in the order wanted than ask the index of a record for its few lines. The program
// therefore ships figures of a large union. They do not depend on what a table holds, so that plans are the same in a test,
// on the first day and after ten years.

// rowsOf are the tables that have figures, and how many rows a large union has in them. Others are planned by their indexes
// alone: each of their lists names more than the union in its index.
var rowsOf = map[string]int{"audit": 500_000, "attachment": 200_000, "notice": 500_000, "matter": 100_000, "hazard": 100_000, "letter": 5_000, "person": 10_000, "person_group": 5_000, "mandate": 5_000, "target": 500_000}

// valuesOf is how many values a column has, in all tables or in one; what is not named tells nearly every row from another.
var valuesOf = map[string]int{"org_id": 1, "kind": 3, "subject_kind": 5, "owner_kind": 4, "open": 10, "outcome": 3, "branch_id": 10, "unit_id": 10, "owner_unit": 30, "to_unit": 30, "place_id": 100, "group_id": 200,
	"label": 20, "office": 10, "person_id": 5_000, "round_id": 5_000, "target.subject_id": 2_000, "reporter": 5_000, "rectifier": 100, "raised_on": 700, "verifier": 100, "waits_for": 100, "waits_also": 100}

// narrow is how many times fewer rows an index has that is only of what is open or waits.
const narrow = 20

// refreshStatistics writes the figures, and empties sqlite_stat4, where somebody has asked for it: with it
// modernc compiles prepared statements anew at every execution.
func refreshStatistics(ctx context.Context, pool *sql.DB) error {
	c, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	defer c.Close()
	want, err := statistics(ctx, c)
	if err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	if _, err := c.ExecContext(ctx, "ANALYZE sqlite_schema"); err != nil { // makes the table, looks at no row
		return fmt.Errorf("statistics: %w", err)
	}
	q := "DELETE FROM sqlite_stat1;"
	for _, w := range want {
		q += fmt.Sprintf("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('%s', '%s', '%s');", w.table, w.index, w.figures)
	}
	var name string
	if err := c.QueryRowContext(ctx, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat4'").Scan(&name); err == nil {
		q += "DELETE FROM sqlite_stat4;"
	}
	if _, err := c.ExecContext(ctx, "BEGIN IMMEDIATE;"+q+"COMMIT;"); err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	return nil
}

type statistic struct{ table, index, figures string }

// statistics are the figures of all indexes; the index of a primary key without rowid has the name of its table.
func statistics(ctx context.Context, c *sql.Conn) ([]statistic, error) {
	rows, err := c.QueryContext(ctx, `SELECT t.name, CASE WHEN l.origin = 'pk' AND t.wr THEN t.name ELSE l.name END, l."unique", COALESCE((SELECT s.sql FROM sqlite_schema s WHERE s.name = l.name), ''), group_concat(x.name ORDER BY x.seqno)
FROM pragma_table_list t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) x
WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search_gram%' GROUP BY t.name, l.name ORDER BY t.name, l.name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []statistic
	for rows.Next() {
		var s statistic
		var unique bool
		var text, cols string
		if err := rows.Scan(&s.table, &s.index, &unique, &text, &cols); err != nil {
			return nil, err
		}
		if rowsOf[s.table] == 0 {
			continue
		}
		_, of, _ := strings.Cut(text, " WHERE ")
		s.figures = figures(s.table, strings.Split(cols, ","), unique, few(of))
		out = append(out, s)
	}
	return out, rows.Err()
}

// few tells whether the condition of an index keeps most rows out; that a column is filled does not.
func few(condition string) bool {
	return strings.Contains(condition, "open") || strings.Contains(condition, "late") || strings.Contains(condition, "IS NULL") || strings.Contains(condition, " = ") || strings.Contains(condition, " IN ")
}

// figures is how many rows an index has, and then how many share its first column, its first two, and so on.
func figures(table string, cols []string, unique, few bool) string {
	n := rowsOf[table]
	if few {
		n = max(n/narrow, 1)
	}
	text := fmt.Sprint(n)
	for i, c := range cols {
		values := cmp.Or(valuesOf[table+"."+c], valuesOf[c], n)
		if n = max(n/values, 1); i == len(cols)-1 && unique {
			n = 1
		}
		text += fmt.Sprintf(" %d", n)
	}
	return text + " noskipscan"
}
