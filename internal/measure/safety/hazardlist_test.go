package safety_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

// described is a small world with one hazard of each kind; the names say what they are.
//
//	1 wu's, open, at p1            2 tao's hidden, assigned to ct, lou rectifies, yan verifies
//	3 anonymous, answered          4 wu's in the second branch, judged
//	5 zhang's, closed and solved   6 chu's own report, raised, at p2
func described(t *testing.T, d *db.DB) (*works, map[matter.ID]string) {
	w := newWorks(t, d)
	names := map[matter.ID]string{}
	for i, x := range []struct {
		by    string
		mode  safety.Mode
		place org.PlaceID
		state matter.State
	}{{"wu", safety.Named, "p1", matter.Raised}, {"tao", safety.Hidden, "p1", matter.Assigned}, {"tao", safety.Anonymous, "p2", matter.Answered},
		{"wu", safety.Named, "p3", matter.Raised}, {"zhang", safety.Named, "p1", matter.Closed}, {"chu", safety.Named, "p2", matter.Raised}} {
		h := w.raise(x.by, x.mode, x.place, fmt.Sprint("第", i+1))
		w.to(h.ID, x.state)
		names[h.ID] = fmt.Sprint(i + 1)
		if i == 3 {
			w.act("an2", h.ID, brought(safety.JudgeAct))
		}
	}
	return w, names
}

func (w *works) list(by authz.Actor, f safety.HazardFilter, names map[matter.ID]string) string {
	w.t.Helper()
	s := safety.SeenHazards(by)
	f.Limit, f.Waits = 100, s.Waits
	rows, next, err := w.reads.List(w.t.Context(), s.Scope, f, nil)
	if err != nil || next != nil {
		w.t.Fatalf("list %+v: %v, next %v", f, err, next)
	}
	var out []string
	for _, r := range rows {
		out = append(out, names[r.ID])
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestEachSeesExactlyHisOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, names := described(t, d)
		for _, c := range []struct{ by, open, mine, all, closed, show string }{
			{"wu", "1 4", "", "1 4", "", "1 4"},
			{"tao", "2", "", "2", "", "2"},
			{"yan", "2 3", "3", "2 3 5", "5", "2 3 5"},
			{"zhang", "1 2 3 6", "", "1 2 3 5 6", "5", "1 2 3 5 6"},
			{"li", "1 2 3 6", "", "1 2 3 5 6", "5", "1 2 3 5 6"},
			{"ding", "", "", "", "", ""},
			{"chen", "1 2 3 6", "", "1 2 3 5 6", "5", "1 2 3 5 6"},
			{"an", "1 2 3 4 6", "1 6", "1 2 3 4 5 6", "5", "1 2 3 4 5 6"},
			{"chu", "2 3", "2", "2 3 5", "5", "2 3 5 6"}, // 6 he reported himself, another unit answers for it
			{"lou", "", "2", "", "", "2 3 5"},
			{"zong", "1 2 3 4 6", "", "1 2 3 4 5 6", "5", "1 2 3 4 5 6"},
			{"jing", "1 2 3 4 6", "", "1 2 3 4 5 6", "5", "1 2 3 4 5 6"},
			{"guan", "", "", "", "", ""},
			{"ke", "4", "4", "4", "", "4"},
			{"an2", "4", "", "4", "", "4"},
		} {
			by := who(c.by)
			for tab, want := range map[safety.Tab]string{safety.OpenTab: c.open, safety.MineTab: c.mine, safety.AllTab: c.all, safety.ClosedTab: c.closed, safety.LateTab: ""} {
				if got := w.list(by, safety.HazardFilter{Tab: tab}, names); got != want {
					t.Errorf("%s, tab %s: got %q, want %q", c.by, tab, got, want)
				}
			}
			var shown []string
			for _, id := range sortedKeys(names) {
				_, err := w.reads.Seen(t.Context(), sightOf(by), id)
				if err == nil {
					shown = append(shown, names[id])
				} else if kernel.KindOf(err) != kernel.NotFound {
					t.Errorf("%s shows %s: %v", c.by, names[id], err)
				}
			}
			slices.Sort(shown)
			if got := strings.Join(shown, " "); got != c.show {
				t.Errorf("%s sees %q, want %q", c.by, got, c.show)
			}
			found := w.list(by, safety.HazardFilter{Tab: safety.AllTab, IDs: sortedKeys(names)}, names)
			if found != c.all {
				t.Errorf("%s finds %q, want %q", c.by, found, c.all)
			}
		}
	})
}

// sightOf gives whoever has no office a company union to look into, as a session does.
func sightOf(a authz.Actor) safety.HazardSight {
	s := safety.SeenHazards(a)
	s.Scope.Org = a.Org
	return s
}

func TestFiltersAndFigures(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w, names := described(t, d)
		an, all := who("an"), safety.AllTab
		for name, c := range map[string]struct {
			f    safety.HazardFilter
			want string
		}{
			"one branch":        {safety.HazardFilter{Tab: all, Unit: "b2"}, "4"},
			"a grade":           {safety.HazardFilter{Tab: all, Grade: "C"}, "2 3 4 5"},
			"a state":           {safety.HazardFilter{Tab: safety.OpenTab, Standing: "raised"}, "1 6"},
			"a state, of all":   {safety.HazardFilter{Tab: all, Standing: "raised"}, "1 6"},
			"solved, but open":  {safety.HazardFilter{Tab: safety.OpenTab, Standing: "closed"}, ""},
			"open, but solved":  {safety.HazardFilter{Tab: safety.ClosedTab, Standing: "raised"}, ""},
			"whose it is":       {safety.HazardFilter{Tab: all, Owner: "ct"}, "2 3 5"},
			"nobody's yet":      {safety.HazardFilter{Tab: safety.OpenTab, Owner: matter.NoOwner}, "1 4 6"},
			"his, in a branch":  {safety.HazardFilter{Tab: safety.OpenTab, Unit: "b1", Owner: "ct"}, "2 3"},
			"none in another":   {safety.HazardFilter{Tab: all, Unit: "b2", Owner: "ct"}, ""},
			"solved":            {safety.HazardFilter{Tab: all, Standing: "closed"}, "5"},
			"taken back":        {safety.HazardFilter{Tab: all, Standing: "withdrawn"}, ""},
			"an area":           {safety.HazardFilter{Tab: safety.OpenTab, Place: []org.PlaceID{"-", "p1", "p3"}}, "1 2 4"},
			"a place":           {safety.HazardFilter{Tab: all, Place: []org.PlaceID{"p1"}}, "1 2 5"},
			"a place, open":     {safety.HazardFilter{Tab: safety.OpenTab, Place: []org.PlaceID{"p1"}}, "1 2"},
			"grade and place":   {safety.HazardFilter{Tab: all, Grade: "C", Place: []org.PlaceID{"p2"}}, "3"},
			"found nothing":     {safety.HazardFilter{Tab: all, IDs: []matter.ID{}}, ""},
			"found, but closed": {safety.HazardFilter{Tab: safety.OpenTab, IDs: sortedKeys(names)}, "1 2 3 4 6"},
		} {
			if got := w.list(an, c.f, names); got != c.want {
				t.Errorf("%s: got %q, want %q", name, got, c.want)
			}
		}
		clock.SetDay("2024-12-24") // what was raised on the 20th is not judged in time
		if err := w.matters.Tick(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			by   string
			late string
			tabs safety.Tabs
		}{{"an", "1 4 6", safety.Tabs{Open: 5, Late: 3, Mine: 2, Year: 6}}, {"chen", "1 6", safety.Tabs{Open: 4, Late: 2, Year: 5}}, {"chu", "", safety.Tabs{Open: 2, Mine: 1}},
			{"ke", "4", safety.Tabs{Open: 1, Late: 1, Mine: 1, Year: 1}}, {"yan", "", safety.Tabs{Mine: 1}}, {"guan", "", safety.Tabs{}}} {
			s := safety.SeenHazards(who(c.by))
			if got := w.list(who(c.by), safety.HazardFilter{Tab: safety.LateTab}, names); got != c.late {
				t.Errorf("%s late: got %q, want %q", c.by, got, c.late)
			}
			if got, err := w.reads.Tabs(t.Context(), s.Scope, s.Waits, 2024); err != nil || got != c.tabs {
				t.Errorf("%s tabs: got %+v, %v, want %+v", c.by, got, err, c.tabs)
			}
		}
		owners, err := w.reads.Owners(t.Context(), "o1", "b1")
		if got := fmt.Sprint(owners); err != nil || got != "[{- map[raised:2] 2} {ct map[answered:1 assigned:1 closed:1] 0}]" {
			t.Errorf("board of the branch: got %s, %v", got, err)
		}
		board, err := w.reads.Board(t.Context(), safety.SeenHazards(an).Scope)
		if got := fmt.Sprint(board); err != nil || got != "[{b1 map[answered:1 assigned:1 closed:1 raised:2] 2} {b2 map[judged:1] 1}]" {
			t.Errorf("board: got %s, %v", got, err)
		}
		if board, err = w.reads.Board(t.Context(), safety.SeenHazards(who("chu")).Scope); err != nil || fmt.Sprint(board) != "[{ct map[answered:1 assigned:1 closed:1] 0}]" {
			t.Errorf("board of the contractor: got %v, %v", board, err)
		}
	})
}

// many is enough for several pages, with gaps and all states.
func many(t *testing.T, d *db.DB, n int) *works {
	w := newWorks(t, d)
	grades := []string{"C", "A", "major", "D"}
	for i := range n {
		m := map[bool]safety.Mode{true: safety.Anonymous, false: safety.Named}[i%4 == 3]
		h := w.raise([]string{"wu", "yan", "lou"}[i%3], m, []org.PlaceID{"p1", "p2", "p3"}[i%3], fmt.Sprint("第", i))
		if i%3 == 2 {
			continue
		}
		if g := grades[i%4]; i%7 > 1 && g != "C" {
			w.act("an", h.ID, matter.Do{Act: safety.JudgeAct, Grade: g})
			do := brought(safety.Assign)
			do.Until = w.db.Clock.Now().Date().Add(1)
			w.act("chen", h.ID, do)
		}
		if i%7 < 5 || grades[i%4] != "major" {
			w.to(h.ID, matter.States()[i%7])
		}
	}
	return w
}

// Page by page gives the same rows in the same order as all at once, and each tab comes in its own order.
func TestPagesJoin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := many(t, d, 23)
		for _, by := range []string{"an", "chen", "chu", "yan", "lou", "zong"} {
			s := safety.SeenHazards(who(by))
			for _, f := range []safety.HazardFilter{{Tab: safety.OpenTab}, {Tab: safety.MineTab}, {Tab: safety.AllTab}, {Tab: safety.ClosedTab}, {Tab: safety.OpenTab, Sort: safety.ByNo},
				{Tab: safety.OpenTab, Sort: safety.ByGrade}, {Tab: safety.OpenTab, Owner: "ct"}} {
				f.Waits, f.Limit = s.Waits, 100
				whole, _, err := w.reads.List(t.Context(), s.Scope, f, nil)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.IsSortedFunc(whole, inOrder(f, s.Scope)) {
					t.Errorf("%s %s %s: out of order", by, f.Tab, f.Sort)
				}
				var pages []safety.HazardRow
				var after db.Key
				f.Limit = 3
				for more := true; more; more = after != nil {
					var page []safety.HazardRow
					if page, after, err = w.reads.List(t.Context(), s.Scope, f, after); err != nil {
						t.Fatal(err)
					}
					pages = append(pages, page...)
				}
				if fmt.Sprint(pages) != fmt.Sprint(whole) {
					t.Errorf("%s %s %s: pages give %d rows, whole %d", by, f.Tab, f.Sort, len(pages), len(whole))
				}
			}
		}
	})
}

// inOrder is each order written down a second time.
func inOrder(f safety.HazardFilter, s authz.Scope) func(a, b safety.HazardRow) int {
	rank := map[string]int{"A": 1, "B": 2, "C": 3, "D": 4, "": 5}
	minor := func(r safety.HazardRow) int { return map[bool]int{false: 1}[r.Grade == "major"] }
	return func(a, b safety.HazardRow) int {
		switch {
		case f.Tab != safety.MineTab && (s.Reach == authz.Self || f.Tab == safety.AllTab || f.Tab == safety.ClosedTab || f.Sort == safety.ByNo):
			return strings.Compare(b.No, a.No)
		case f.Sort == safety.ByGrade:
			return cmp.Or(cmp.Compare(rank[a.Grade], rank[b.Grade]), cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(minor(a), minor(b)), cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
	}
}

// The ten thousandth of a year stands before the first thousand (found by reading: the order was that of text).
func TestTenThousandHazardsInAYear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		w.exec(`INSERT INTO series (org_id, name, n) VALUES ('o1', 'hazard/24', 9997)`)
		var want []string
		for range 4 {
			want = append([]string{w.raise("wu", safety.Named, "p1", "漏油").No}, want...)
		}
		f := safety.HazardFilter{Tab: safety.AllTab, Limit: 2}
		first, next, err := w.reads.List(t.Context(), safety.SeenHazards(who("chen")).Scope, f, nil)
		if err != nil {
			t.Fatal(err)
		}
		second, _, err := w.reads.List(t.Context(), safety.SeenHazards(who("chen")).Scope, f, next)
		var got []string
		for _, r := range append(first, second...) {
			got = append(got, r.No)
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) || want[0] != "24-10001" {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	})
}

// No list, tab, order or scope walks a table or sorts (decision 21).
func TestListsFollowTheirIndexes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := many(t, d, 12)
		w.reads.Read = dbtest.Explained(t, d)
		due := int64(kernel.MustDate("2024-12-24").At(0, 0))
		for _, by := range []string{"an", "chen", "chu", "yan", "zong", "an2"} {
			s := safety.SeenHazards(who(by))
			for _, tab := range []safety.Tab{safety.OpenTab, safety.LateTab, safety.MineTab, safety.AllTab, safety.ClosedTab} {
				for _, f := range []safety.HazardFilter{{}, {Grade: "C", Standing: "raised"}, {Standing: "withdrawn"}, {Unit: "b1"}, {Owner: "ct"}, {Unit: "b1", Owner: "ct"}, {Owner: matter.NoOwner},
					{Place: []org.PlaceID{"p1"}}, {Place: []org.PlaceID{"p1", "p2"}}, {Owner: "ct", Place: []org.PlaceID{"p1"}}, {IDs: []matter.ID{"x", "y"}}} {
					for _, f.Sort = range []safety.Sort{safety.ByDue, safety.ByNo, safety.ByGrade} {
						f.Tab, f.Waits, f.Limit = tab, s.Waits, 20
						key := db.Key{due, "0"}
						switch {
						case f.Numbered(s.Scope):
							key = db.Key{matter.Num("24-0009")}
						case f.Sort == safety.ByGrade && tab != safety.MineTab:
							key = db.Key{int64(3), due, "0"}
						}
						for _, key := range []db.Key{nil, key} {
							if _, _, err := w.reads.List(t.Context(), s.Scope, f, key); err != nil {
								t.Fatal(err)
							}
						}
					}
				}
			}
			if _, err := w.reads.Tabs(t.Context(), s.Scope, s.Waits, 2024); err != nil && !strings.Contains(err.Error(), "counts") {
				t.Fatal(err)
			}
			if _, err := w.reads.ToDo(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		s := safety.SeenHazards(who("chen"))
		if _, err := w.reads.Similar(t.Context(), s.Scope, "b1", "p1", 3); err != nil {
			t.Fatal(err)
		}
		if _, err := w.reads.Mine(t.Context(), s.Scope, "wu", 3); err != nil {
			t.Fatal(err)
		}
		december := safety.NoticeFilter{From: kernel.MustDate("2024-12-01"), To: kernel.MustDate("2024-12-31"), Limit: 5}
		for _, f := range []safety.NoticeFilter{{Limit: 5}, december} {
			for _, key := range []db.Key{nil, {"2024-12-20", "x"}} {
				if _, _, err := w.reads.Notices(t.Context(), "o1", "b1", f, key); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
