package dutydb_test

import (
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

func everything(w *world) {
	cat, err := catalogue.Load()
	w.must(err)
	var codes []string
	for _, d := range cat.Duties {
		codes = append(codes, d.Code)
	}
	w.reg.set(catalogue.EachPerson, crowd(12)...)
	w.adopt("2024-01-01", codes...)
	w.open()
}

func TestHomeIsCheap(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		everything(w)
		ctx, tally := db.WithTally(w.t.Context())
		rows, err := w.r.Year(ctx, scope(), "", 2024)
		w.must(err)
		gaps, err := w.r.Missing(ctx, scope(), duty.MissingFilter{Rounds: 4, Names: 3})
		w.must(err)
		due, err := w.r.Due(ctx, scope(), duty.DueFilter{Offices: []authz.Office{authz.GroupLeader}, By: kernel.MustDate("2024-12-22"), Limit: 50})
		w.must(err)
		if tally.N() != 4 {
			w.t.Errorf("got %d statements, want 4:\n%s", tally.N(), tally)
		}
		if len(rows) < 280 || len(gaps) != 4 || len(due) == 0 {
			w.t.Fatalf("got %d rounds, %d gaps, %d due", len(rows), len(gaps), len(due))
		}
		for _, g := range gaps {
			if want := min(3, g.Cover.Missing()); len(g.First) != want || g.Why.Due.IsZero() {
				w.t.Errorf("%s %s: got %v and %+v, want %d names and a derivation", g.Name.Zh, g.Period, g.First, g.Why, want)
			}
		}
		for _, d := range due {
			if d.Due.After(kernel.MustDate("2024-12-22")) || d.Cover.Missing() == 0 {
				w.t.Errorf("%s is not due: %+v", d.Name.Zh, d.RoundRow)
			}
			if d.Measure == catalogue.Safety && d.Form == catalogue.Patrol {
				w.t.Errorf("%s is no group leader's", d.Name.Zh)
			}
		}
	})
}

func TestListsNeitherScanNorSort(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		everything(w)
		r, ctx := dutydb.NewReads(dbtest.Explained(w.t, w.db)), w.t.Context()
		first := w.year(2024)[100]
		for _, s := range []authz.Scope{scope(), {Org: "o1", Reach: authz.Org}} {
			_, err := r.Year(ctx, s, "b1", 2024)
			w.must(err)
			_, err = r.Crossing(ctx, s, "b1", 2024)
			w.must(err)
			_, err = r.Branches(ctx, s, []org.UnitID{"b1", "b2"}, 2024, kernel.MustDate("2024-12-20"))
			w.must(err)
			_, err = r.Duties(ctx, s, "b1")
			w.must(err)
			_, err = r.Round(ctx, s, first.ID)
			w.must(err)
			page, err := r.Rounds(ctx, s, first.Duty, nil, 2)
			w.must(err)
			_, err = r.Rounds(ctx, s, first.Duty, page[len(page)-1].Key(), 2)
			w.must(err)
			_, err = r.Missing(ctx, s, duty.MissingFilter{Unit: "b1", Rounds: 6, Names: 3})
			w.must(err)
			_, err = r.Due(ctx, s, duty.DueFilter{Unit: "b1", By: kernel.MustDate("2024-12-22")})
			w.must(err)
			_, err = r.Slices(ctx, s, first.ID)
			w.must(err)
			_, err = r.Shared(ctx, s, first.ID)
			w.must(err)
			for _, state := range []duty.TargetState{"", duty.Missing, duty.Done, duty.Excused} {
				_, err = r.Targets(ctx, s, duty.TargetFilter{Round: first.ID, State: state, Limit: 5})
				w.must(err)
				_, err = r.Targets(ctx, s, duty.TargetFilter{Round: first.ID, State: state, After: db.Key{"a", "b"}, Limit: 5})
				w.must(err)
			}
		}
		job := dutydb.NewStore(dbtest.Explained(w.t, w.db))
		_, err := job.Unplanned(ctx, "o1", 20270)
		w.must(err)
		_, err = job.Openable(ctx, "o1", kernel.MustDate("2025-02-01"), db.Key{"2024-01-01", "a"}, 10)
		w.must(err)
		_, err = job.Overdue(ctx, "o1", kernel.MustDate("2025-02-01"), 10)
		w.must(err)
		_, err = job.Frozen(ctx, "o1", first.ID)
		w.must(err)
		q, args := dutydb.FitSQL("o1", duty.Wanted{Unit: "b1", Form: catalogue.Patrol, Card: "CT", On: kernel.MustDate("2024-12-20")})
		dbtest.Explain(w.t, w.db, q, args...)
	})
}

func TestKeysetWalksEveryTargetOnce(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.reg.set(catalogue.EachPerson, crowd(23)...)
		w.adopt("2024-12-01", "W9.newyear")
		w.open()
		id := w.round("2025-newyear").ID
		w.must(w.do(id, "n", "2024-12-20", person(3), person(8)))
		for state, want := range map[duty.TargetState]int{"": 23, duty.Missing: 21, duty.Done: 2} {
			seen := map[string]bool{}
			f := duty.TargetFilter{Round: id, State: state, Limit: 5}
			for {
				page, err := w.r.Targets(w.t.Context(), scope(), f)
				w.must(err)
				for _, x := range page {
					seen[x.Subject.ID] = true
				}
				if len(page) < f.Limit {
					break
				}
				f.After = page[len(page)-1].Key(f)
			}
			if len(seen) != want {
				w.t.Errorf("%q: got %d targets, want %d", state, len(seen), want)
			}
		}
	})
}

func TestAnotherBranchSeesNothing(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.adopt("2024-12-01", "S8.canteen")
		w.open()
		other, ctx := authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b2"}, w.t.Context()
		r := w.round("2024-W51")
		rows, err := w.r.Year(ctx, other, "", 2024)
		w.must(err)
		targets, err := w.r.Targets(ctx, other, duty.TargetFilter{Round: r.ID, Limit: 5})
		w.must(err)
		past, err := w.r.Rounds(ctx, other, r.Duty, nil, 5)
		w.must(err)
		if len(rows)+len(targets)+len(past) != 0 {
			w.t.Errorf("got %d rounds, %d targets, %d past ones, want none", len(rows), len(targets), len(past))
		}
		for name, err := range map[string]error{
			"its round":       second(w.r.Round(ctx, other, r.ID)),
			"its duty":        second(w.r.Duty(ctx, other, r.Duty)),
			"the branch":      second(w.r.Year(ctx, other, "b1", 2024)),
			"own rows only":   second(w.r.Year(ctx, authz.Scope{Org: "o1", Reach: authz.Self, ID: "chair"}, "b1", 2024)),
			"another company": second(w.r.Round(ctx, authz.Scope{Org: "o2", Reach: authz.Org}, r.ID)),
		} {
			if kind(err) != kernel.NotFound {
				w.t.Errorf("%s: got %v, want not found", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// A branch compared with others has the figures of its own home page, and nobody compares what he does not see.
func TestBranchesAreAddedUpAsTheirYears(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		everything(w)
		today, org1 := kernel.MustDate("2024-12-20"), authz.Scope{Org: "o1", Reach: authz.Org}
		got, err := dutydb.NewReads(w.db.Read).Branches(w.t.Context(), org1, []org.UnitID{"b1", "b2"}, 2024, today)
		w.must(err)
		var want duty.BranchYear
		for _, t := range duty.Totals(w.year(2024), 2024, today) {
			want.Due, want.Done, want.Cover = want.Due+t.Due, want.Done+t.Done, want.Cover.Plus(t.Cover)
		}
		if g := got["b1"]; g.Due != want.Due || g.Done != want.Done || g.Cover != want.Cover || want.Due == 0 {
			t.Errorf("got %+v, want %+v", g, want)
		}
		none, err := dutydb.NewReads(w.db.Read).Branches(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b2"}, []org.UnitID{"b1"}, 2024, today)
		if w.must(err); len(none) != 0 {
			t.Errorf("another branch sees %v", none)
		}
	})
}
