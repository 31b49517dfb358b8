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
