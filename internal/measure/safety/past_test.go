package safety_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

// found is a hazard that a patrol finds by an item.
func (w *works) found(run, item string, at org.PlaceID, unit org.UnitID) (id matter.ID) {
	w.t.Helper()
	err := w.db.InTx(w.t.Context(), who("zhang"), func(tx db.Tx) (err error) {
		id, err = w.RaiseFromPatrol(tx, safety.Report{Unit: unit, Place: at, Title: item, Run: run, Item: item})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// The same item at the same place within 90 days is a repeat; another place, another item or a longer time is none, and what was no hazard does not count.
func TestTheSameItemComesAgain(t *testing.T) {
	clock := dbtest.NewClock("2024-01-02")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-01-02")
		w := newWorks(t, d)
		for i, c := range []struct {
			day, item string
			at        org.PlaceID
			want      bool
			none      bool
		}{
			{"2024-01-02", "CT13", "p1", false, false}, {"2024-04-01", "CT13", "p1", true, false}, {"2024-04-01", "CT14", "p1", false, false},
			{"2024-04-02", "CT13", "p2", false, false}, {"2024-07-01", "CT13", "p1", false, false}, {"2024-07-02", "CT15", "p1", false, true},
			{"2024-07-03", "CT15", "p1", false, false}, {"2024-07-04", "CT15", "p1", true, true},
		} {
			clock.SetDay(c.day)
			id := w.found(string(rune('a'+i)), c.item, c.at, "b1")
			if got := w.load(id).Again; got != c.want {
				t.Errorf("%d %s at %s: again %v, want %v", i, c.day, c.at, got, c.want)
			}
			if c.none {
				w.act("an", id, brought(safety.Refuse))
			}
		}
		past, err := w.reads.History(t.Context(), "o1", "b1", 2024)
		if err != nil {
			t.Fatal(err)
		}
		want := []safety.PlaceRepeats{{Place: "p1", Unit: "b1", N: 1, Items: []safety.RepeatItem{{Topic: "CT13", N: 1}}}}
		if got := past.Year(2024).ByPlace(); len(got) != 1 || got[0].N != want[0].N || got[0].Place != "p1" || !slices.Equal(got[0].Items, want[0].Items) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		w.afresh()
	})
}

// What became of a month's reports is read by who sees them, and its lists hold exactly those rows.
func TestAMonthIsCountedByWhatBecameOfIt(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		quick, slow, open, none := w.raise("wu", safety.Named, "p1", "快"), w.raise("wu", safety.Named, "p1", "慢"), w.raise("wu", safety.Named, "p2", "没改"), w.raise("wu", safety.Named, "p1", "不是")
		w.act("an", none.ID, brought(safety.Refuse))
		w.to(quick.ID, matter.Assigned)
		w.to(slow.ID, matter.Assigned)
		clock.SetDay("2024-12-24")
		w.to(quick.ID, matter.Closed)
		clock.SetDay("2025-01-20")
		w.to(slow.ID, matter.Answered)
		w.act("yan", slow.ID, brought(safety.Fail))
		if h := w.load(slow.ID); !h.Handed.IsZero() || h.Overran {
			t.Errorf("a failed check leaves it handed in: %v %v", h.Handed, h.Overran)
		}
		clock.SetDay("2025-02-10")
		w.to(slow.ID, matter.Verified)
		past, err := w.reads.History(t.Context(), "o1", "b1", 2024)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := past.Year(2024).Months[11], (safety.MonthPast{Raised: 4, In: 1, Over: 1, None: 1}); got != want || got.Not() != 1 {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got := past.Year(2024).Took; got[safety.Took{Grade: "C", Days: 4}] != 1 || got[safety.Took{Grade: "C", Days: 52}] != 1 {
			t.Errorf("took %v", got)
		}
		all, err := w.reads.History(t.Context(), "o1", "", 2024)
		if err != nil || all.Year(2024).Months[11] != past.Year(2024).Months[11] {
			t.Errorf("all branches: %+v, %v", all.Year(2024).Months[11], err)
		}
		month := safety.Past{From: kernel.MustDate("2024-12-01"), To: kernel.MustDate("2024-12-31")}
		for name, c := range map[string]struct {
			change func(p *safety.Past)
			want   []matter.ID
		}{
			"all":  {func(*safety.Past) {}, []matter.ID{none.ID, open.ID, slow.ID, quick.ID}},
			"in":   {func(p *safety.Past) { p.Fixed = safety.InTime }, []matter.ID{quick.ID}},
			"over": {func(p *safety.Past) { p.Fixed = safety.TooLate }, []matter.ID{slow.ID}},
			"not":  {func(p *safety.Past) { p.Fixed = safety.NotYet }, []matter.ID{open.ID}},
			"none": {func(p *safety.Past) { p.Fixed = safety.NoneIt }, []matter.ID{none.ID}},
			"4-7":  {func(p *safety.Past) { p.Took, p.TookFrom, p.TookTo = true, 4, 7 }, []matter.ID{quick.ID}},
			"closed": {func(p *safety.Past) {
				*p = safety.Past{ClosedFrom: kernel.MustDate("2024-12-24"), ClosedTo: kernel.MustDate("2024-12-24")}
			}, []matter.ID{quick.ID}},
			"early": {func(p *safety.Past) { p.To = kernel.MustDate("2024-12-19") }, nil},
		} {
			f := safety.HazardFilter{Tab: safety.AllTab, Past: month, Limit: 50}
			c.change(&f.Past)
			rows, _, err := w.reads.List(t.Context(), who("chen").Scope(safety.SeeHazards), f, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []matter.ID
			for _, r := range rows {
				got = append(got, r.ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: got %v, want %v", name, got, c.want)
			}
		}
		ages, err := w.reads.Ages(t.Context(), "o1", "b1")
		if err != nil || len(ages) != 1 || ages[kernel.MustDate("2024-12-20")] != 2 {
			t.Errorf("ages %v, %v", ages, err)
		}
		w.afresh()
	})
}

// afresh checks that the migration counts what was there before it as the program counts it since.
func (w *works) afresh() {
	w.t.Helper()
	kept := w.counters()
	raw, err := os.ReadFile("../../platform/db/migrations/" + string(w.db.Engine) + "/00018_past.sql")
	if err != nil {
		w.t.Fatal(err)
	}
	w.exec("UPDATE matter SET topic = '', again = FALSE, took = -1, overran = FALSE", "DELETE FROM counter WHERE key NOT LIKE 'u/%' AND key NOT LIKE 'b/%' AND key NOT LIKE 'o/%'")
	for _, s := range strings.Split(string(raw), ";\n") {
		for _, verb := range []string{"UPDATE", "DELETE", "INSERT"} {
			if strings.HasPrefix(strings.TrimSpace(s), verb) {
				w.exec(s)
			}
		}
	}
	if got := w.counters(); got != kept {
		w.t.Errorf("the migration counts\n%s\nwant\n%s", got, kept)
	}
}

func TestSpreads(t *testing.T) {
	t.Parallel()
	y := safety.History{}.Year(2024)
	for days, n := range map[int]int{0: 1, 3: 2, 5: 1, 40: 2} {
		y.Took[safety.Took{Grade: "B", Days: days}] = n
	}
	y.Took[safety.Took{Grade: "major", Days: 9}] = 1
	got := y.Spreads([]string{"major", "A", "B"})
	if len(got) != 3 || got[0].Grade != "major" || got[0].Median != 9 || got[1].N != 6 || got[1].Median != 3 || got[2].Grade != "" || got[2].N != 7 || got[2].Median != 5 {
		t.Errorf("got %+v", got)
	}
	if want := []int{1, 2, 1, 0, 0, 2}; !slices.Equal(got[1].Spans, want) {
		t.Errorf("spans %v, want %v", got[1].Spans, want)
	}
}

func TestAges(t *testing.T) {
	t.Parallel()
	today := kernel.MustDate("2024-12-20")
	days := map[kernel.Date]int{}
	for i, ago := range []int{0, 3, 4, 7, 8, 15, 16, 30, 31, 400} {
		days[today.Add(-ago)] = 1 << i
	}
	if got, want := safety.Ages(days, today), []int{3, 12, 48, 192, 768}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if (safety.MonthPast{}).Rate() != -1 || (safety.MonthPast{In: 2, Over: 1}).Rate() != 66 {
		t.Error("a share is rounded down, and none where nothing was put right")
	}
}
