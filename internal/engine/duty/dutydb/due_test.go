package dutydb_test

import (
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

func TestDueOfAGroupEndsWithTheGroup(t *testing.T) {
	each(t, "2025-10-28", func(w *world) {
		w.adopt("2025-10-01", "S5.annual")
		w.open()
		round := w.round("2025").ID
		w.must(w.do(round, "N1", "2025-10-28", record.Ref{Kind: record.KindUnit, ID: "g1"}))
		r := dutydb.NewReads(dbtest.Explained(w.t, w.db))
		for _, c := range []struct {
			group   string
			offices []authz.Office
			want    int
		}{
			{"g1", []authz.Office{authz.Member, authz.GroupLeader}, 0},
			{"g2", []authz.Office{authz.Member, authz.GroupLeader}, 1},
			{"g1", []authz.Office{authz.GroupLeader, authz.Committee}, 1}, // the committee answers for all groups
			{"", []authz.Office{authz.GroupLeader}, 1},
			{"g2", []authz.Office{authz.Member}, 0},
		} {
			rows, err := r.Due(w.t.Context(), scope(), duty.DueFilter{Offices: c.offices, Group: org.UnitID(c.group), By: kernel.MustDate("2025-11-04")})
			w.must(err)
			if len(rows) != c.want {
				w.t.Errorf("%s: %s as %v: got %d rounds, want %d", w.db.Engine, c.group, c.offices, len(rows), c.want)
			}
		}
	})
}

// A calendar shows what opens later too: planned rounds of one's offices, none that is open or was due before.
func TestPlannedRoundsAreForWhoWillDoThem(t *testing.T) {
	each(t, "2024-11-04", func(w *world) {
		w.adopt("2024-11-01", "S8.canteen")
		w.open()
		r := dutydb.NewReads(dbtest.Explained(w.t, w.db))
		for _, c := range []struct {
			office   authz.Office
			from, by string
			some     bool
		}{
			{authz.WorkerRep, "2024-11-04", "2024-12-31", true},
			{authz.Member, "2024-11-04", "2024-12-31", false},
			{authz.WorkerRep, "2024-11-04", "2024-11-04", false},
			{authz.WorkerRep, "2031-01-01", "2031-12-31", false},
		} {
			f := duty.DueFilter{Offices: []authz.Office{c.office}, Group: "g1", Planned: kernel.MustDate(c.from), By: kernel.MustDate(c.by)}
			rows, err := r.Due(w.t.Context(), scope(), f)
			w.must(err)
			if (len(rows) > 0) != c.some {
				w.t.Errorf("%s: %s from %s to %s: %d rounds, want some %v", w.db.Engine, c.office, c.from, c.by, len(rows), c.some)
			}
			for _, x := range rows {
				if x.State != duty.Planned || x.Due.Before(f.Planned) || x.Due.After(f.By) {
					w.t.Errorf("%s: got %s, %s, due %s", w.db.Engine, x.Period, x.State, x.Due)
				}
			}
		}
	})
}
