package dutydb_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// snapshot is every round and how many targets stand in the table.
func (w *world) snapshot() (rounds map[string]duty.RoundRow, targets int) {
	w.t.Helper()
	rounds = map[string]duty.RoundRow{}
	for _, y := range []int{2024, 2025} {
		for _, r := range w.year(y) {
			rounds[string(r.Duty)+string(r.Period)] = r
		}
	}
	w.must(w.db.Read.QueryRowContext(w.t.Context(), `SELECT count(*) FROM target`).Scan(&targets))
	return rounds, targets
}

func TestOpenTwiceChangesNothing(t *testing.T) {
	each(t, "2024-11-04", func(w *world) {
		w.adopt("2024-11-01", "S8.canteen", "W7.census", "S8.holiday")
		w.open()
		before, n := w.snapshot()
		w.open()
		after, m := w.snapshot()
		if len(before) == 0 || n == 0 || n != m || len(before) != len(after) {
			w.t.Fatalf("got %d rounds and %d targets, then %d and %d", len(before), n, len(after), m)
		}
		for k, r := range before {
			if after[k] != r {
				w.t.Errorf("%s: got %+v, want %+v", k, after[k], r)
			}
		}
		if r := w.round("2024-W45"); r.State != duty.Open || r.Cover.Targets != 1 {
			w.t.Errorf("this week: got %+v, want open with one target", r)
		}
		if r := w.round("2025-W10"); r.State != duty.Planned {
			w.t.Errorf("next year: got %+v, want planned", r)
		}
	})
}

func TestTheClockGoesBackADay(t *testing.T) {
	each(t, "2024-11-04", func(w *world) {
		w.adopt("2024-10-01", "S8.canteen", "S8.living")
		w.open()
		w.on("2024-11-11")
		before, n := w.snapshot()
		w.on("2024-11-10")
		w.on("2024-10-31") // behind the day on which the next year was planned
		w.on("2024-11-11")
		after, m := w.snapshot()
		if n != m || len(before) != len(after) || len(w.late) != len(lateOnes(before)) {
			w.t.Fatalf("got %d rounds, %d targets, %d told late; before %d, %d, %d", len(after), m, len(w.late), len(before), n, len(lateOnes(before)))
		}
		for k, r := range before {
			if after[k] != r {
				w.t.Errorf("%s: got %+v, want %+v", k, after[k], r)
			}
		}
	})
}

func lateOnes(all map[string]duty.RoundRow) (out []duty.RoundRow) {
	for _, r := range all {
		if r.Cell(kernel.MustDate("2024-11-11")) == duty.CellLate {
			out = append(out, r)
		}
	}
	return out
}

func TestTwoServersOpenOnce(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.reg.set(catalogue.EachPerson, crowd(2500)...) // three transactions a round
		w.adopt("2024-12-01", "S8.canteen", "W9.newyear", "W7.census", "S9.check")
		other := w.server()
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				s := w.s
				if i%2 == 1 {
					s = other
				}
				errs[i] = s.Open(w.t.Context())
			})
		}
		wg.Wait()
		for _, err := range errs {
			w.must(err)
		}
		w.open()
		w.cover("2025-newyear", duty.Coverage{Targets: 2500})
		rounds, n := w.snapshot()
		sum := 0
		for _, r := range rounds {
			sum += r.Cover.Targets
		}
		if sum != n {
			w.t.Errorf("got %d targets in the table, %d in the rounds", n, sum)
		}
		slices, err := w.r.Slices(w.t.Context(), scope(), w.round("2025-newyear").ID)
		w.must(err)
		if slices["g1"].Targets != 1250 || slices["g2"].Targets != 1250 {
			w.t.Errorf("got %v, want 1250 in each group", slices)
		}
		told := map[duty.RoundID]int{}
		for _, e := range w.late {
			told[e.Round]++
		}
		for id, n := range told {
			if n != 1 {
				w.t.Errorf("round %s was told late %d times", id, n)
			}
		}
		if len(told) == 0 {
			w.t.Error("nobody was told of the canteen patrols of 6 and 13 December")
		}
	})
}

// A server dies after each transaction in turn, also between those that freeze one large round; another opens again, and all is
// as if nothing had happened.
func TestOpeningBrokenOffAnywhereEndsTheSame(t *testing.T) {
	t.Parallel()
	clock := dbtest.NewClock("2024-12-20")
	named := func(rounds map[string]duty.RoundRow) map[string]duty.RoundRow { // without what is new in each database
		out := map[string]duty.RoundRow{}
		for _, r := range rounds {
			r.ID, r.Duty = "", ""
			out[r.Mechanism+" "+string(r.Period)] = r
		}
		return out
	}
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		var want map[string]duty.RoundRow
		targets, n := 0, 1
		for after := -1; after < n; after++ { // -1: undisturbed, for comparison
			t.Run(fmt.Sprint(after), func(t *testing.T) {
				w := newWorld(t, dbtest.Fresh(t, d, clock), clock)
				w.reg.set(catalogue.EachPerson, crowd(2500)...)
				w.adopt("2024-12-01", "S8.canteen", "W9.newyear", "W7.census", "S9.check")
				if after < 0 {
					ctx, all := db.WithBreak(t.Context(), 1<<30)
					w.must(w.s.Open(ctx))
					rounds, frozen := w.snapshot()
					want, targets, n = named(rounds), frozen, all.N()
					if n < 10 || w.round("2025-newyear").Cover.Targets != 2500 {
						t.Fatalf("%d transactions, %+v: want several for the large round", n, w.round("2025-newyear"))
					}
					return
				}
				ctx, _ := db.WithBreak(t.Context(), after)
				if err := w.s.Open(ctx); !errors.Is(err, db.ErrBroken) {
					t.Fatalf("got %v", err)
				}
				w.must(w.server().Open(t.Context()))
				rounds, have := w.snapshot()
				got := named(rounds)
				if len(got) != len(want) || have != targets || len(w.late) != 2 {
					t.Errorf("got %d rounds with %d targets, %d told late, want %d, %d, 2", len(got), have, len(w.late), len(want), targets)
				}
				for k, r := range got {
					if r != want[k] {
						t.Errorf("%s: got %+v, want %+v", k, r, want[k])
					}
				}
				slices, err := w.r.Slices(t.Context(), scope(), w.round("2025-newyear").ID)
				if w.must(err); slices["g1"].Targets != 1250 || slices["g2"].Targets != 1250 {
					t.Errorf("got %v, want 1250 in each group", slices)
				}
			})
		}
	})
}

func TestLateIsToldOnceAndTheRoundCloses(t *testing.T) {
	each(t, "2024-12-16", func(w *world) {
		w.adopt("2024-12-16", "S8.canteen")
		w.open()
		w.on("2024-12-20")
		if len(w.late) != 0 {
			w.t.Fatalf("got %v on the due day, want none", w.late)
		}
		w.on("2024-12-21")
		w.on("2024-12-22")
		if len(w.late) != 1 || w.late[0].Missing != 1 || w.late[0].Name.Zh != "食堂每周巡视" || w.late[0].Due != kernel.MustDate("2024-12-20") {
			w.t.Fatalf("got %+v, want one of the canteen", w.late)
		}
		w.on("2024-12-29")
		if r := w.round("2024-W51"); r.State != duty.Open {
			w.t.Errorf("on its last day: got %s, want open", r.State)
		}
		w.on("2024-12-30")
		if r := w.round("2024-W51"); r.State != duty.Closed || r.Cell(kernel.MustDate("2024-12-30")) != duty.CellLate {
			w.t.Errorf("got %+v, want closed and late", r)
		}
		if len(w.late) != 2 { // and that of the week after
			w.t.Errorf("got %d told late, want 2", len(w.late))
		}
	})
}

func TestOneRoundBeforeMidAutumnAndNationalDay(t *testing.T) {
	each(t, "2025-09-18", func(w *world) {
		w.adopt("2025-09-01", "S8.holiday")
		w.open()
		var got []string
		for _, r := range w.year(2025) {
			if r.State == duty.Open {
				got = append(got, string(r.Period)+" "+r.Due.String())
			}
		}
		if len(got) != 1 || got[0] != "2025-block-national 2025-09-28" {
			w.t.Errorf("got %v, want one round for both", got)
		}
		v, err := w.r.Round(w.t.Context(), scope(), w.round("2025-block-national").ID)
		w.must(err)
		if f := v.Why.Festivals; len(f) != 2 || f[0] != "national" || f[1] != "midautumn" {
			w.t.Errorf("got %v, want both festivals", f)
		}
	})
}

func TestARoundWaitsForItsFirstPerson(t *testing.T) {
	each(t, "2024-12-18", func(w *world) {
		w.reg.set(catalogue.EachPlace)
		w.adopt("2024-12-16", "S8.canteen")
		w.open()
		if r := w.round("2024-W51"); r.State != duty.Planned || r.Cell(kernel.MustDate("2024-12-18")) != duty.CellNone {
			w.t.Fatalf("got %+v, want planned and nothing owed", r)
		}
		w.reg.set(catalogue.EachPlace, subject(record.KindPlace, "canteen", "b1"), subject(record.KindPlace, "canteen", "b1"))
		w.open()
		w.cover("2024-W51", duty.Coverage{Targets: 1})
	})
}

func TestJoinersAreShownAndNotSmuggledIn(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.reg.set(catalogue.EachPerson, crowd(3)...)
		w.adopt("2024-12-01", "W9.newyear")
		w.open()
		w.reg.set(catalogue.EachPerson, crowd(5)...)
		w.open()
		w.cover("2025-newyear", duty.Coverage{Targets: 3})
		v, err := w.r.Round(w.t.Context(), scope(), w.round("2025-newyear").ID)
		w.must(err)
		got, err := w.s.Joiners(w.t.Context(), "o1", v)
		w.must(err)
		if len(got) != 2 || got[0].Ref != person(3) || got[1].Ref != person(4) {
			w.t.Errorf("got %v, want the two who joined", got)
		}
	})
}

func TestQuietDaysCostNothing(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.adopt("2024-12-16", "S8.canteen", "W7.census")
		w.open()
		w.reg.n = 0
		ctx, tally := db.WithTally(w.t.Context())
		w.must(w.s.Open(ctx))
		if tally.N() > 6 || w.reg.n != 0 {
			w.t.Errorf("got %d statements and %d look-ups, want at most 6 and 0:\n%s", tally.N(), w.reg.n, tally)
		}
	})
}

func TestRetireAndAdoptAgain(t *testing.T) {
	each(t, "2024-12-16", func(w *world) {
		w.adopt("2024-12-01", "S8.canteen")
		w.open()
		id := w.round("2024-W51").Duty
		if got := kind(w.s.Retire(w.t.Context(), chair("b2"), id, kernel.MustDate("2024-12-20"))); got != kernel.Forbidden {
			w.t.Errorf("another branch's chair: got %v, want forbidden", got)
		}
		w.must(w.s.Retire(w.t.Context(), chair("b1"), id, kernel.MustDate("2024-12-20")))
		w.open()
		if got := w.year(2025); len(got) != 0 {
			w.t.Errorf("got %d rounds after the end, want none", len(got))
		}
		w.adopt("2024-12-18", "S8.canteen")
		w.open()
		if got := len(w.year(2025)); got != 52 {
			w.t.Errorf("got %d rounds of 2025, want 52 again", got)
		}
		if got := kind(w.s.Adopt(w.t.Context(), member("b1"), "b1", []string{"S8.canteen"}, kernel.MustDate("2024-12-18"))); got != kernel.Forbidden {
			w.t.Errorf("a member: got %v, want forbidden", got)
		}
	})
}

func TestAnOfficersOwnDuty(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		own := duty.OwnDuty{Unit: "b1", Name: kernel.Words{Zh: "浴室水温检查"}, Measure: catalogue.Voice, Rhythm: catalogue.Rhythm{Kind: catalogue.Weekly, Weekday: 5},
			Who: []authz.Office{authz.Committee}, Place: "bath"}
		_, err := w.s.AddOwn(w.t.Context(), chair("b1"), own)
		w.must(err)
		w.open()
		w.cover("2024-W51", duty.Coverage{Targets: 1})
		all, err := w.r.Duties(w.t.Context(), scope(), "b1")
		w.must(err)
		if len(all) != 1 || !all[0].Own || all[0].Form != catalogue.Note || all[0].Adopted != kernel.MustDate("2024-12-20") {
			w.t.Errorf("got %+v, want one own duty done by note from today", all)
		}
		own.Name, own.Rhythm.Weekday, own.Who, own.Place = kernel.Words{}, 9, nil, ""
		_, err = w.s.AddOwn(w.t.Context(), chair("b1"), own)
		if p, ok := err.(kernel.Problems); !ok || len(p) != 4 {
			w.t.Errorf("got %v, want four problems", err)
		}
	})
}

// An opening that broke off in the middle leaves targets under a planned round; they go with it when the plan changes.
func TestAHalfOpenedRoundGoesWithThePlan(t *testing.T) {
	each(t, "2024-11-04", func(w *world) {
		w.adopt("2024-11-01", "S8.canteen")
		w.open()
		half := w.round("2024-W50")
		var owner duty.ID
		w.must(w.db.InTx(w.t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO target (org_id, round_id, kind, subject_id, slice, state) SELECT org_id, $1, kind, subject_id, slice, state FROM target LIMIT 1`, string(half.ID))
			owner = half.Duty
			return err
		}))
		w.must(w.s.Retire(w.t.Context(), chair("b1"), owner, kernel.MustDate("2024-11-04")))
		if got := len(w.year(2025)); got != 0 {
			w.t.Errorf("got %d rounds after the end, want none", got)
		}
		w.adopt("2024-11-04", "S8.canteen")
		w.open()
		if r := w.round("2024-W50"); r.State != duty.Planned || r.Cover.Targets != 0 {
			w.t.Errorf("got %+v, want planned anew", r)
		}
	})
}
