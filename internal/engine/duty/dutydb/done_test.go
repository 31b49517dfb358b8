package dutydb_test

import (
	"strings"
	"sync"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
)

// visits opens the New Year visits of five people in two groups.
func visits(w *world) duty.RoundID {
	w.reg.set(catalogue.EachPerson, crowd(5)...)
	w.adopt("2024-12-01", "W9.newyear")
	w.open()
	return w.round("2025-newyear").ID
}

func TestDoneTwiceIsHarmless(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		id := visits(w)
		w.must(w.do(id, "n1", "2024-12-19", person(0), person(1)))
		w.must(w.do(id, "n2", "2024-12-20", person(1), person(2), person(2)))
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 3})
		got, err := w.r.Targets(w.t.Context(), scope(), duty.TargetFilter{Round: id, State: duty.Done, Limit: 10})
		w.must(err)
		if len(got) != 3 || got[1].Proof.ID != "n2" || got[1].DoneOn != kernel.MustDate("2024-12-19") {
			w.t.Errorf("got %+v, want the last proof with the first day", got)
		}
		slices, err := w.r.Slices(w.t.Context(), scope(), id)
		w.must(err)
		if slices["g1"] != (duty.Coverage{Targets: 3, Done: 2}) || slices["g2"] != (duty.Coverage{Targets: 2, Done: 1}) {
			w.t.Errorf("got %+v", slices)
		}
	})
}

func TestManyAtOnceCountEachOther(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.reg.set(catalogue.EachPerson, crowd(20)...)
		w.adopt("2024-12-01", "W9.newyear")
		w.open()
		id := w.round("2025-newyear").ID
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			wg.Go(func() { errs[i] = w.do(id, "n", "2024-12-20", person(i)) })
		}
		wg.Wait()
		for _, err := range errs {
			w.must(err)
		}
		w.cover("2025-newyear", duty.Coverage{Targets: 20, Done: 20})
		if got := w.round("2025-newyear").DoneOn; got != kernel.MustDate("2024-12-20") {
			w.t.Errorf("got done on %v", got)
		}
	})
}

func TestExcuseAndTakeItBack(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		id := visits(w)
		ctx := w.t.Context()
		if got := kind(w.s.Excuse(ctx, member("b1"), id, []record.Ref{person(0)}, "", "出差在外")); got != kernel.Forbidden {
			w.t.Errorf("a member: got %v, want forbidden", got)
		}
		if got := kind(w.s.Excuse(ctx, chair("b2"), id, []record.Ref{person(0)}, "", "出差在外")); got != kernel.NotFound {
			w.t.Errorf("another branch: got %v, want not found", got)
		}
		if got := kind(w.s.Excuse(ctx, chair("b1"), id, []record.Ref{person(0)}, "", " ")); got != kernel.Invalid {
			w.t.Errorf("no reason: got %v, want invalid", got)
		}
		w.must(w.s.Excuse(ctx, chair("b1"), id, []record.Ref{person(0)}, "", "出差在外"))
		if got := kind(w.s.Excuse(ctx, chair("b1"), id, []record.Ref{person(0)}, "", "出差在外")); got != kernel.Conflict {
			w.t.Errorf("twice: got %v, want a conflict", got)
		}
		w.must(w.do(id, "n1", "2024-12-20", person(1), person(2), person(3), person(4)))
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 4, Excused: 1})
		if got := w.round("2025-newyear").DoneOn; got.IsZero() {
			w.t.Error("the round is complete and has no day")
		}
		w.must(w.s.Unexcuse(ctx, chair("b1"), id, []record.Ref{person(0)}, ""))
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 4})
		if got := w.round("2025-newyear").DoneOn; !got.IsZero() {
			w.t.Errorf("got done on %v, want none", got)
		}
		if got := kind(w.s.Excuse(ctx, chair("b1"), id, []record.Ref{person(1)}, "", "已经走访")); got != kernel.Conflict {
			w.t.Errorf("what is done: got %v, want a conflict", got)
		}
	})
}

func TestWhatARoundRefuses(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		id := visits(w)
		w.adopt("2024-12-01", "S8.canteen")
		w.open()
		for name, got := range map[string]error{
			"somebody who is not on the list": w.do(id, "n", "2024-12-20", person(9)),
			"a day before it opened":          w.do(id, "n", "2024-12-01", person(0)),
			"a planned round":                 w.do(w.round("2025-W20").ID, "n", "2024-12-20", person(0)),
		} {
			if kind(got) != kernel.Invalid {
				w.t.Errorf("%s: got %v, want invalid", name, got)
			}
		}
		if got := w.do("none", "n", "2024-12-20", person(0)); kind(got) != kernel.NotFound {
			w.t.Errorf("no such round: got %v, want not found", got)
		}
		err := w.db.InTx(w.t.Context(), chair("b2"), func(tx db.Tx) error {
			return w.s.Done(tx, record.Completion{Round: id, Unit: "b2", Subjects: []record.Ref{person(0)}, On: tx.Today()})
		})
		if kind(err) != kernel.NotFound {
			w.t.Errorf("another branch's record: got %v, want not found", err)
		}
		w.cover("2025-newyear", duty.Coverage{Targets: 5})
		w.on("2024-12-30")
		canteen := record.Ref{Kind: record.KindPlace, ID: "canteen"}
		if got := w.do(w.round("2024-W51").ID, "n", "2024-12-29", canteen); kind(got) != kernel.Gone {
			w.t.Errorf("a closed round: got %v, want gone", got)
		}
		w.must(w.s.Excuse(w.t.Context(), chair("b1"), w.round("2024-W51").ID, []record.Ref{canteen}, "", "食堂停业装修"))
		w.cover("2024-W51", duty.Coverage{Targets: 1, Excused: 1})
	})
}

// fit names the periods of the rounds that a patrol of the canteen does, the earliest due first.
func fit(w *world, card, on string) string {
	w.t.Helper()
	var ids []duty.RoundID
	w.must(w.db.InTx(w.t.Context(), chair("b1"), func(tx db.Tx) (err error) {
		ids, err = w.s.Fit(tx.Ctx(), tx, tx.Org(), duty.Wanted{Unit: "b1", Form: catalogue.Patrol, Card: card,
			Subject: record.Ref{Kind: record.KindPlace, ID: "canteen"}, On: kernel.MustDate(on)})
		return err
	}))
	out := make([]string, len(ids))
	for i, id := range ids {
		v, err := w.r.Round(w.t.Context(), scope(), id)
		w.must(err)
		out[i] = string(v.Period)
	}
	return strings.Join(out, " ")
}

// One patrol does every round that asks its card at its place on its day; a denial opens each of them again, and what another
// record did stays done.
func TestOnePatrolDoesManyRounds(t *testing.T) {
	each(t, "2024-12-16", func(w *world) {
		w.adopt("2024-12-09", "S8.canteen", "S8.holiday", "V3.check")
		w.open()
		canteen := record.Ref{Kind: record.KindPlace, ID: "canteen"}
		if got, want := fit(w, "CT", "2024-12-16"), "2024-W50 2024-W51"; got != want {
			w.t.Errorf("on Monday: got %s, want %s, the late one first", got, want)
		}
		w.must(w.do(w.round("2024-W50").ID, "n1", "2024-12-16", canteen))
		w.on("2024-12-18")
		if got, want := fit(w, "CT", "2024-12-18"), "2024-W51 2025-block-newyear"; got != want { // the card of the latter is that of the place
			w.t.Errorf("on Wednesday: got %s, want %s", got, want)
		}
		if got, want := fit(w, "HZ", "2024-12-18"), "2025-block-newyear"; got != want {
			w.t.Errorf("by another card: got %s, want %s", got, want)
		}
		if got := fit(w, "CT", "2024-12-08"); got != "" {
			w.t.Errorf("on a day of no window: got %s, want none", got)
		}
		proof := record.Ref{Kind: "note", ID: "n2"}
		for _, period := range []string{"2024-W51", "2025-block-newyear"} {
			w.must(w.do(w.round(period).ID, "n2", "2024-12-18", canteen))
		}
		shared, err := w.r.Shared(w.t.Context(), scope(), w.round("2024-W51").ID)
		w.must(err)
		if shared["n2"] != 2 || len(shared) != 1 {
			w.t.Errorf("got %v, want n2 in two rounds", shared)
		}
		holiday := w.round("2025-block-newyear").Cover
		w.must(w.db.InTx(w.t.Context(), chair("b1"), func(tx db.Tx) error { return w.s.Reopen(tx, proof) }))
		w.cover("2024-W50", duty.Coverage{Targets: 1, Done: 1})
		w.cover("2024-W51", duty.Coverage{Targets: 1})
		if got := w.round("2025-block-newyear").Cover; got != holiday.Plus(duty.Coverage{Done: -1}) || !w.round("2024-W51").DoneOn.IsZero() {
			w.t.Errorf("after the denial: %+v of %+v before", got, holiday)
		}
		if got, want := fit(w, "CT", "2024-12-18"), "2024-W51 2025-block-newyear"; got != want {
			w.t.Errorf("after the denial: got %s, want %s", got, want)
		}
	})
}

func TestADenialIsSeenInAClosedRoundToo(t *testing.T) {
	each(t, "2024-12-18", func(w *world) {
		w.adopt("2024-12-09", "S8.canteen")
		w.open()
		canteen, proof := record.Ref{Kind: record.KindPlace, ID: "canteen"}, record.Ref{Kind: "note", ID: "n1"}
		w.must(w.do(w.round("2024-W51").ID, proof.ID, "2024-12-18", canteen))
		w.on("2024-12-30")
		w.open()
		if got := w.round("2024-W51").State; got != duty.Closed {
			w.t.Fatalf("got %s, want the round closed", got)
		}
		w.must(w.db.InTx(w.t.Context(), chair("b1"), func(tx db.Tx) error { return w.s.Reopen(tx, proof) }))
		w.cover("2024-W51", duty.Coverage{Targets: 1})
		w.must(w.s.Excuse(w.t.Context(), chair("b1"), w.round("2024-W51").ID, []record.Ref{canteen}, "食堂", "签名被否认，下周补查"))
		w.cover("2024-W51", duty.Coverage{Targets: 1, Excused: 1})
	})
}

// A note does a target of its round in one transaction; its correction moves what it did.
func TestANoteDoesItsRoundAndIsCorrected(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		id := visits(w)
		notes := record.New(w.db, recorddb.Store{}, w.s, outbox.NewBus())
		n := record.NewNote{Unit: "b1", Measure: catalogue.Warmth, On: kernel.MustDate("2024-12-19"), Title: "元旦慰问", Body: "上门慰问两户", Round: id,
			Subjects: []record.Ref{person(0), person(1)}}
		first, err := notes.Write(w.t.Context(), chair("b1"), n)
		w.must(err)
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 2})
		n.Replaces, n.Body, n.Subjects = first, "上门慰问一户，另一户不在家", []record.Ref{person(1)}
		second, err := notes.Write(w.t.Context(), chair("b1"), n)
		w.must(err)
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 1})
		n.On = kernel.MustDate("2024-12-01")
		n.Replaces = second
		if _, err := notes.Write(w.t.Context(), chair("b1"), n); kind(err) != kernel.Invalid {
			w.t.Errorf("a day before the round: got %v, want invalid", err)
		}
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 1})
		w.on("2025-01-09") // closed
		n.On, n.Body = kernel.MustDate("2024-12-19"), "上门慰问一户"
		third, err := notes.Write(w.t.Context(), chair("b1"), n)
		w.must(err)
		w.cover("2025-newyear", duty.Coverage{Targets: 5, Done: 1})
		got, err := w.r.Targets(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Org}, duty.TargetFilter{Round: id, State: duty.Done, Limit: 5})
		w.must(err)
		if len(got) != 1 || got[0].Proof.ID != string(third) {
			w.t.Errorf("got %+v, want the last version as proof", got)
		}
	})
}
