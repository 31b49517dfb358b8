package story

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// TestCrowdIsAsUseCasesWouldHaveMadeIt: what stands beside the rows of a filled demo agrees with them, pages show them, and
// real use cases go on from there.
func TestCrowdIsAsUseCasesWouldHaveMadeIt(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		size := Size{Members: 700, Hazards: 3000}
		steps := 0
		if err := Crowd(t.Context(), h.app, size, func(done, of int) { steps++ }); err != nil {
			t.Fatal(err)
		}
		chair, err := h.app.Accounts.As(t.Context(), "chair")
		if err != nil {
			t.Fatal(err)
		}
		f := filled{t, h, chair}
		f.isOfSize(size)
		f.mattersAgree()
		f.peopleAgree()
		f.looksReal()
		f.clockFindsNothing()
		f.pagesShowIt()
		f.useCasesGoOn()
		if had := steps; Crowd(t.Context(), h.app, size, func(int, int) { steps++ }) != nil || steps != had {
			t.Error("a demo that has the size is filled again")
		}
	})
}

type filled struct {
	*testing.T
	house
	chair authz.Actor
}

// one reads the first column of the first row.
func (f filled) one(q string, args ...any) (n int) {
	f.Helper()
	if err := f.app.DB.Read.QueryRowContext(f.Context(), q, append([]any{f.chair.Org}, args...)...).Scan(&n); err != nil {
		f.Fatalf("%s: %v", q, err)
	}
	return n
}

func (f filled) isOfSize(want Size) {
	got := Size{f.one("SELECT count(*) FROM person WHERE org_id = $1"), f.one("SELECT count(*) FROM matter WHERE org_id = $1 AND kind = 'hazard'")}
	if got != want {
		f.Errorf("the demo has %+v, want %+v", got, want)
	}
	for _, q := range []string{"SELECT count(DISTINCT no) FROM matter WHERE org_id = $1", "SELECT count(*) FROM hazard WHERE org_id = $1", "SELECT count(*) FROM search_doc WHERE org_id = $1 AND kind = 'hazard'"} {
		if n := f.one(q); n != want.Hazards {
			f.Errorf("%s: got %d, want %d", q, n, want.Hazards)
		}
	}
	if n := f.one("SELECT count(*) FROM matter m WHERE org_id = $1 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.org_id = m.org_id AND a.subject_kind = 'matter' AND a.subject_id = m.id AND a.act = 'hazard.raise')"); n > 0 {
		f.Errorf("%d hazards have no history", n)
	}
}

// mattersAgree computes from each row what is kept beside it.
func (f filled) mattersAgree() {
	rows, err := f.app.DB.Read.QueryContext(f.Context(), "SELECT "+matterdb.Columns+", m.waits_for, m.waits_also, m.open, m.late, m.num, m.order_at, m.grade_rank FROM matter m WHERE m.title LIKE '%（合成）'")
	if err != nil {
		f.Fatal(err)
	}
	defer rows.Close()
	want := map[string]int{}
	for rows.Next() {
		var first, also string
		var open, late bool
		var num, at int64
		var rank int
		m, err := matterdb.Scan(rows, &first, &also, &open, &late, &num, &at, &rank)
		if err != nil {
			f.Fatal(err)
		}
		one, two, keys := matter.Beside(safety.HazardFlow(), m)
		if one != first || two != also || open != m.Open() || late != m.Late() {
			f.Errorf("%s waits for %q and %q, open %v, late %v; want %q and %q, %v, %v", m.No, first, also, open, late, one, two, m.Open(), m.Late())
		}
		if num != matter.Num(m.No) || at != int64(matter.OrderAt(m.Due, m.Grade)) || rank != matter.Rank(m.Grade) {
			f.Errorf("%s of grade %q stands at %d, %d and %d", m.No, m.Grade, num, at, rank)
		}
		for _, k := range keys {
			want[k]++
		}
	}
	f.plusStory(want)
	got, err := db.Counts(f.Context(), f.app.DB.Read, f.chair.Org, string(matter.Hazard), "")
	if err != nil {
		f.Fatal(err)
	}
	for k, n := range got {
		if n != want[k] {
			f.Errorf("counter %s says %d, the rows say %d", k, n, want[k])
		}
	}
	for k, n := range want {
		if n != got[k] {
			f.Errorf("the rows say %s is %d, the counter %d", k, n, got[k])
		}
	}
}

// plusStory adds the hazards that the story raised, whose turn is not the state's own where more time is asked for.
func (f filled) plusStory(want map[string]int) {
	rows, err := f.app.DB.Read.QueryContext(f.Context(), "SELECT "+matterdb.Columns+" FROM matter m WHERE m.title NOT LIKE '%（合成）'")
	if err != nil {
		f.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		m, err := matterdb.Scan(rows)
		if err != nil {
			f.Fatal(err)
		}
		_, _, keys := matter.Beside(safety.HazardFlow(), m)
		for _, k := range keys {
			want[k]++
		}
	}
}

func (f filled) peopleAgree() {
	counts, err := db.Counts(f.Context(), f.app.DB.Read, f.chair.Org, people.Counter, "")
	if err != nil {
		f.Fatal(err)
	}
	for unit, n := range counts {
		if here := f.one("SELECT count(*) FROM person WHERE org_id = $1 AND branch_id = $2 AND left_on IS NULL", unit); here != n {
			f.Errorf("%s: the counter says %d, %d are here", unit, n, here)
		}
	}
	units, err := db.Counts(f.Context(), f.app.DB.Read, f.chair.Org, people.UnitCounter, "")
	if err != nil || len(units) < 10 {
		f.Fatalf("%d units are counted, %v", len(units), err)
	}
	for unit, n := range units {
		if here := f.one("SELECT count(*) FROM person WHERE org_id = $1 AND $2 IN (department_id, group_id) AND left_on IS NULL", unit); here != n {
			f.Errorf("%s: the counter says %d, %d are here", unit, n, here)
		}
	}
	here, found := f.one("SELECT count(*) FROM person WHERE org_id = $1 AND left_on IS NULL"), f.one("SELECT count(*) FROM search_doc WHERE org_id = $1 AND kind = 'person'")
	if here != found {
		f.Errorf("%d people are here, search knows %d", here, found)
	}
}

func (f filled) looksReal() {
	const some = "SELECT count(*) FROM matter WHERE org_id = $1 AND "
	all := f.one("SELECT count(*) FROM matter WHERE org_id = $1")
	for what, c := range map[string]struct{ from, to int }{
		"state = 'closed'": {85, 99}, "open": {1, 15}, "late": {0, 5}, "reporter <> ''": {40, 60}, "grade = 'major'": {0, 1}, "grade IN ('C','D')": {50, 75},
		"outcome = 'no_hazard'": {2, 6},
	} {
		if n := f.one(some + what); n == 0 || n*100 < c.from*all || n*100 > c.to*all {
			f.Errorf("%s: %d of %d, want %d to %d in a hundred", what, n, all, c.from, c.to)
		}
	}
	for _, wrong := range []string{"(m.owner_unit IS NULL) <> (h.fix_by IS NULL)", "(m.state IN ('answered','verified','announced') OR m.outcome = 'solved') AND h.done_on IS NULL",
		"m.outcome = 'solved' AND (h.verified_on IS NULL OR m.announced_on IS NULL)", "m.state = 'assigned' AND h.done_on IS NOT NULL", "m.outcome = 'no_hazard' AND h.last_why = ''"} {
		if n := f.one("SELECT count(*) FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id WHERE m.org_id = $1 AND m.title LIKE '%（合成）' AND " + wrong); n > 0 {
			f.Errorf("the ledger is wrong %d times: %s", n, wrong)
		}
	}
	for _, st := range matter.States() {
		if f.one(some+"state = $2", string(st)) == 0 {
			f.Errorf("nothing is %s", st)
		}
	}
	if n := f.one("SELECT count(DISTINCT unit_id) FROM matter WHERE org_id = $1"); n != 2 {
		f.Errorf("%d branches have hazards, want 2", n)
	}
}

// clockFindsNothing: what is late is stamped already, and what is late for long is with the company union.
func (f filled) clockFindsNothing() {
	const told = "SELECT count(*) FROM audit WHERE org_id = $1"
	had := f.one(told)
	if err := f.app.Matters.Tick(context.WithoutCancel(f.Context()), f.app.DB); err != nil {
		f.Fatal(err)
	}
	if n := f.one(told) - had; n != 0 {
		f.Errorf("the tick finds %d hazards that nobody has stamped", n)
	}
}

var rowNo = regexp.MustCompile(`\d\d-\d{4}`)

func (f filled) pagesShowIt() {
	session := f.enter(f.T, "chair")
	page := func(path string) string {
		w := f.ask(f.Context(), http.MethodGet, path, session)
		if w.Code != http.StatusOK {
			f.Errorf("%s: got %d", path, w.Code)
		}
		return w.Body.String()
	}
	if list := page("/safety/hazards?tab=late"); !strings.Contains(list, synthetic) {
		f.Error("the list does not show them")
	}
	if first := rowNo.FindString(page("/safety/hazards?tab=all")); first != fmt.Sprintf("23-%04d", f.one("SELECT n FROM series WHERE org_id = $1 AND name = 'hazard/23'")) {
		f.Errorf("the newest number of the list is %s", first)
	}
	open := f.one("SELECT count(*) FROM matter WHERE org_id = $1 AND open AND unit_id = $2", f.chair.Branch)
	if list := page("/safety/hazards"); !strings.Contains(list, fmt.Sprint(open)) {
		f.Errorf("no tab says that %d are open", open)
	}
	solved := f.one("SELECT max(n) FROM (SELECT count(*) AS n FROM matter WHERE org_id = $1 AND outcome = 'solved' AND unit_id = $2 GROUP BY owner_unit) AS owners", f.chair.Branch)
	if board := page("/safety/hazards/board"); !strings.Contains(board, fmt.Sprint(solved)) {
		f.Errorf("the board does not say that a unit has put %d right", solved)
	}
	if found := page("/search?q=SYN000100"); !strings.Contains(found, "SYN000100") {
		f.Error("search does not find SYN000100")
	}
	var id string
	if err := f.app.DB.Read.QueryRowContext(f.Context(), "SELECT l.matter_id FROM letter l JOIN matter m ON m.org_id = l.org_id AND m.id = l.matter_id WHERE l.no LIKE '合成%' AND m.unit_id = $1 LIMIT 1", f.chair.Branch).Scan(&id); err != nil {
		f.Fatal(err)
	}
	if shown := page("/safety/hazards/" + id); !strings.Contains(shown, "合成〔") || !strings.Contains(shown, "五定交办") {
		f.Error("the page of one shows no letter or no history")
	}
}

// useCasesGoOn: the next report takes the next number.
func (f filled) useCasesGoOn() {
	last := f.one("SELECT n FROM series WHERE org_id = $1 AND name = 'hazard/23'")
	z, err := f.app.Hazards.Raise(f.Context(), f.chair, safety.Report{Title: "灯不亮", Mode: safety.Named})
	if err != nil || z.No != fmt.Sprintf("23-%04d", last+1) {
		f.Errorf("the next hazard is %s, %v, want number %d", z.No, err, last+1)
	}
}
