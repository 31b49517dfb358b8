package dutydb_test

import (
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db/dbtest"
)

// What a place wants now, for the page behind the code on its wall.
func TestAPlaceKnowsItsOpenRounds(t *testing.T) {
	each(t, "2024-12-20", func(w *world) {
		w.adopt("2024-12-01", "S8.canteen", "V3.check")
		w.open()
		r, place := dutydb.NewReads(dbtest.Explained(w.t, w.db)), record.Ref{Kind: record.KindPlace, ID: "canteen"}
		rows, err := r.At(w.t.Context(), scope(), place)
		w.must(err)
		if len(rows) < 2 || rows[0].State != duty.Missing {
			w.t.Fatalf("%s: got %+v, want both duties open", w.db.Engine, rows)
		}
		for i := range rows[1:] {
			if rows[i+1].Due.Before(rows[i].Due) {
				w.t.Errorf("out of order: %+v", rows)
			}
		}
		first := rows[0].Round
		w.must(w.do(first, "N1", "2024-12-20", place))
		rows, err = r.At(w.t.Context(), scope(), place)
		w.must(err)
		if last := rows[len(rows)-1]; last.Round != first || last.State != duty.Done || last.DoneOn.IsZero() {
			w.t.Errorf("%s: the done one stands at %+v, want it last", w.db.Engine, rows)
		}
		if rows, err := r.At(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b2"}, place); err != nil || len(rows) != 0 {
			w.t.Errorf("another branch sees %v %v", rows, err)
		}
	})
}
