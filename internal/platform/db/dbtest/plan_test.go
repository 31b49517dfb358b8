package dbtest

import (
	"testing"

	"xiaojia/internal/platform/db"
)

func TestExplainSeesScansAndSorts(t *testing.T) {
	t.Parallel()
	Each(t, func(t *testing.T, d *db.DB) {
		analyze(t, d)
		for query, good := range map[string]bool{
			`SELECT id FROM note WHERE org_id = $1 AND unit_id = 'b1' ORDER BY on_day DESC, id DESC LIMIT 5`:                                      true,
			`SELECT id FROM note WHERE org_id = $1 AND unit_id = 'b1' AND measure = 'safety' ORDER BY on_day, id LIMIT 5`:                         true,
			`SELECT id FROM round WHERE org_id = $1 AND unit_id = 'b1' AND state = 'open' ORDER BY due_on, id LIMIT 5`:                            true,
			`SELECT * FROM (SELECT id FROM note WHERE org_id = $1 AND unit_id = 'b1' ORDER BY on_day LIMIT 3) AS a`:                               true,
			`SELECT n.id, p.name FROM note n LEFT JOIN person p ON p.org_id = n.org_id AND p.id = n.by_person WHERE n.org_id = $1 AND n.id = 'n'`: true,
			`SELECT id FROM note WHERE org_id = $1 AND unit_id = 'b1' ORDER BY title LIMIT 5`:                                                     false,
			`SELECT body FROM audit WHERE org_id = $1 AND subject_kind = 'matter' AND subject_id = 'm' ORDER BY id DESC LIMIT 200`:                true, // once the whole log
			`SELECT id FROM note WHERE title = $1`: false,
			`SELECT id FROM round WHERE org_id = $1 AND unit_id = 'b1' AND state = 'open' ORDER BY closes_on, id LIMIT 5`: false,
			`SELECT * FROM (SELECT id FROM note WHERE body = $1 LIMIT 3) AS a`:                                            false,
		} {
			plan, err := planOf(t.Context(), d, query, []any{"o1"})
			if err != nil {
				t.Fatal(err)
			}
			if got := worst(d.Engine, plan); (got == "") != good {
				t.Errorf("%s\ngot %q in %q, want good %v", query, got, plan, good)
			}
		}
	})
}
