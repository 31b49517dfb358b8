package story

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/platform/db"
)

// excused are statements that sort or walk more than a page on purpose, by a piece of their text.
var excused = []struct {
	piece string
	most  int // rows that it may touch
	why   string
}{
	{"FROM unit WHERE org_id", 1000, "the chart of units is read whole and kept in memory"},
	{"FROM place WHERE org_id", 1000, "the same for places"},
	{"FROM arrangement WHERE org_id", 100, "a row a year"},
	{"FROM batch WHERE org_id", 100, "the newest fifty imports of the union, in the order of the key"},
	{"p.name, r.field, r.by_person", 2500, "who looked at what is sealed, the newest first in the order of the key: a branch has a handful a month"},
	{"FROM mandate", 2500, "offices held today: a few hundred in a union, by name"},
	{"FROM mandate d JOIN unit", 100, "a person's own offices"},
	{"AS w", 300, "counts what waits for the reader, a hundred at most"},
	{"FROM notice WHERE org_id = $1 AND person_id = $2 AND read_at = 0 LIMIT 100) AS u", 200, "counts unread notices, a hundred at most"},
	{"m.raised_on >= $", 12_000, "what was reported in a month or a year is read along its days, and PostgreSQL sorts a month (safety.Past)"},
	{"SELECT m.raised_on, count(*)", 12_000, "what is open is few, and counted by day along an index of its own"},
	{")) IS TRUE", 12_000, "an area is tested along the numbers of a unit or of who answers (safety.HazardFilter)"},
	{"AND m.owner_unit = $2 AND", 12_000, "what one unit answers for is walked once at worst, by place, grade or state (safety.HazardFilter)"},
	{"AND m.state = $", 12_000, "a state is tested along the order's index (safety.HazardFilter)"},
	{"AND m.owner_unit IS NULL", 12_000, "what is with nobody is one of twenty, and walked once at worst (safety.HazardFilter)"},
	{"AND m.open AND m.late", 2500, "what is late is few: found by its index, and sorted where another order than the usual is asked for"},
	{"AS before_thumb", 40_000, "the demo has less than a hundred pictures: PostgreSQL reads their table for each line; what shows them has its index"},
	{"g.label IN (", 25_000, "people of a group, among the staff, who are no growing table"},
	{"FROM batch_problem b LEFT JOIN person", 12_000, "whom the problems of an import are about: PostgreSQL may read the staff once rather than look up each"},
	{"FROM person WHERE org_id", 12_000, "filters of people are tested along the names of a branch, or of the staff"},
	{"SELECT id, name, group_id FROM person", 12_000, "who can be named in a note"},
	{"search_doc d", 12_000, "a common word is found among many, until a page of what the reader may see is full"},
}

// heldSQLite: no table is walked, nothing is sorted but what is excused, and no index is asked for the union alone.
func (s asked) heldSQLite(t *testing.T, d *db.DB) {
	rows, err := d.Read.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+s.text, s.args...)
	if err != nil {
		t.Errorf("%s: %v\n%s", s.from, err, s.text)
		return
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	for _, line := range plan {
		if costlySQLite(plan, line) && s.excuse() == 0 {
			t.Errorf("%s: %q in the plan of\n%s\n%s", s.from, line, s.text, strings.Join(plan, "\n"))
		}
	}
}

// ofUnion is a search that has nothing but the union to go by, in an index that gives no order.
var ofUnion = regexp.MustCompile(`^SEARCH \S+ USING (PRIMARY KEY|(COVERING )?INDEX sqlite_autoindex_\w+_1) \(org_id=\?\)`)

func costlySQLite(plan []string, line string) bool {
	name, scan := strings.CutPrefix(line, "SCAN ")
	switch {
	case strings.Contains(line, "USE TEMP B-TREE"), strings.Contains(line, "AUTOMATIC"):
		return true
	case scan && (slices.Contains(plan, "CO-ROUTINE "+name) || slices.Contains(plan, "MATERIALIZE "+name)):
		return false // rows of the statement itself
	case scan:
		return !strings.Contains(line, "VIRTUAL TABLE") && !strings.Contains(line, "CONSTANT ROW") && !strings.HasPrefix(line, "SCAN (")
	}
	return ofUnion.MatchString(line)
}

func (s asked) excuse() int {
	most := 0
	for _, e := range excused {
		if strings.Contains(s.text, e.piece) {
			most = max(most, e.most)
		}
	}
	return most
}

// pageTouches is how many rows the tables of a page's statement may give, what a filter takes away included: a page, what is
// joined to it, and small tables, which PostgreSQL reads whole rather than by an index.
const pageTouches = 2500

// sortsMost is how many rows a statement may sort: those of a page, or of a union of pages.
const sortsMost = 500

// node is a step of a plan of PostgreSQL.
type node struct {
	Type      string  `json:"Node Type"`
	Relation  string  `json:"Relation Name"`
	Rows      float64 `json:"Actual Rows"`
	Loops     float64 `json:"Actual Loops"`
	Removed   float64 `json:"Rows Removed by Filter"`
	Rechecked float64 `json:"Rows Removed by Index Recheck"`
	Plans     []node
}

// heldPostgres runs a read and looks at what it touched.
func (s asked) heldPostgres(t *testing.T, d *db.DB) {
	if !reads.MatchString(s.text) {
		return
	}
	var raw []byte
	if err := d.Read.QueryRowContext(t.Context(), "EXPLAIN (ANALYZE, FORMAT JSON) "+s.text, s.args...).Scan(&raw); err != nil {
		t.Errorf("%s: %v\n%s", s.from, err, s.text)
		return
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(raw, &plans); err != nil || len(plans) != 1 {
		t.Fatalf("%v in %s", err, raw)
	}
	sum := plans[0].Plan.look()
	most := max(pageTouches, s.excuse())
	if sum.touched > float64(most) || s.excuse() == 0 && (sum.sorted > sortsMost || sum.walked != "") {
		t.Errorf("%s: touches %.0f rows (want at most %d), sorts %.0f, walks %q\n%s\n%s", s.from, sum.touched, most, sum.sorted, sum.walked, s.text, plans[0].Plan.lines(""))
	}
}

var reads = regexp.MustCompile(`(?s)^\s*(--[^\n]*\n\s*)?(SELECT|WITH)\b`)

// looked is what the tables under a step gave, how many rows it sorted, and the large table that it walked.
type looked struct {
	touched, sorted float64
	walked          string
}

// walkMost is what may be read whole: a small table is, whatever its indexes.
const walkMost = 2000

func (n node) look() looked {
	var sum looked
	for _, p := range n.Plans {
		below := p.look()
		sum.touched += below.touched
		sum.sorted = max(sum.sorted, below.sorted)
		sum.walked += below.walked
	}
	rows := (n.Rows + n.Removed + n.Rechecked) * n.Loops
	if n.Relation != "" {
		sum.touched += rows
	}
	if strings.HasSuffix(n.Type, "Sort") {
		for _, p := range n.Plans {
			sum.sorted = max(sum.sorted, p.Rows*p.Loops)
		}
	}
	if n.Type == "Seq Scan" && rows > walkMost {
		sum.walked += n.Relation
	}
	return sum
}

func (n node) lines(indent string) string {
	text := fmt.Sprintf("%s%s %s: %.0f rows, %.0f removed, %.0f times\n", indent, n.Type, n.Relation, n.Rows, n.Removed+n.Rechecked, n.Loops)
	for _, p := range n.Plans {
		text += p.lines(indent + "  ")
	}
	return text
}
