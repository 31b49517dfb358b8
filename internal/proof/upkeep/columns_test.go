package upkeep_test

import (
	"strings"
	"testing"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/proof/upkeep"
)

// A new column is described before it leaves the program, in both languages; a new table too, or it says why it stays.
func TestEveryColumnIsDescribed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		tables, err := d.Tables(t.Context(), d.Read)
		if err != nil || len(tables) < 30 {
			t.Fatalf("got %v, %v", tables, err)
		}
		for _, table := range tables {
			if upkeep.Stays(table) {
				continue
			}
			rows, err := d.Read.QueryContext(t.Context(), "SELECT * FROM "+table+" LIMIT 0")
			if err != nil {
				t.Fatal(err)
			}
			cols, err := rows.Columns()
			_ = rows.Close() // nothing in it
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cols {
				if x, ok := upkeep.Describe(table, c); !ok || x.Zh == "" || x.En == "" {
					t.Errorf("columns.csv lacks: %s,%s,,中文,English", table, c)
				}
			}
		}
	})
}

// A line for a column that is gone is a line that nobody keeps true.
func TestNoColumnIsDescribedThatIsNotThere(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t, dbtest.NewClock("2024-12-20"))
	for _, c := range upkeep.Described() {
		table := c.Table
		if table == "*" {
			continue
		}
		rows, err := d.Read.QueryContext(t.Context(), "SELECT "+c.Name+" FROM "+table+" LIMIT 0")
		if err != nil {
			t.Errorf("columns.csv: %s.%s: %v", table, c.Name, err)
			continue
		}
		_ = rows.Close() // nothing in it
		if strings.TrimSpace(c.Kind) != "" && c.Kind != "time" && c.Kind != "no" {
			t.Errorf("columns.csv: %s.%s is of no known kind %q", table, c.Name, c.Kind)
		}
	}
}
