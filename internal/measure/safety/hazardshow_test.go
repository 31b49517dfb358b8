package safety_test

import (
	"context"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func TestAPageIsFewQueries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, names := described(t, d)
		s := safety.SeenHazards(who("an"))
		budget := func(what string, most int, fn func(context.Context) error) {
			t.Helper()
			ctx, tally := db.WithTally(t.Context())
			if err := fn(ctx); err != nil || tally.N() > most || tally.N() == 0 {
				t.Errorf("%s: %d queries, want at most %d; %v", what, tally.N(), most, err)
			}
		}
		budget("list with tabs", 4, func(ctx context.Context) error {
			_, _, err := w.reads.List(ctx, s.Scope, safety.HazardFilter{Tab: safety.MineTab, Waits: s.Waits, Limit: 30}, nil)
			if err == nil {
				_, err = w.reads.Tabs(ctx, s.Scope, s.Waits, 2024)
			}
			return err
		})
		budget("show", 6, func(ctx context.Context) error { // names come from memory here
			_, err := w.reads.Seen(ctx, s, sortedKeys(names)[0])
			return err
		})
	})
}

// A hidden name is known to its bearer alone; a member reads what was announced, without any name.
func TestNamesAndNotices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, names := described(t, d)
		for id, n := range names {
			for _, by := range []string{"tao", "an", "chen", "yan"} {
				v, err := w.reads.Seen(t.Context(), sightOf(who(by)), id)
				if n != "2" || err != nil {
					continue
				}
				if knows := v.Reporter == "tao"; knows != (by == "tao") || v.You != (by == "tao") || v.Hears == (by == "yan") {
					t.Errorf("%s: reporter %q, you %v, hears %v", by, v.Reporter, v.You, v.Hears)
				}
				for _, e := range v.History {
					if e.Actor == "tao" {
						t.Errorf("the history names the hidden reporter: %+v", e)
					}
				}
				for _, p := range v.Photos {
					if p.By == "tao" {
						t.Errorf("a picture names the hidden reporter: %+v", p)
					}
				}
			}
		}
		list, next, err := w.reads.Notices(t.Context(), "o1", "b1", safety.NoticeFilter{Limit: 5}, nil)
		if err != nil || next != nil || len(list) != 1 || list[0].No != "24-0005" || list[0].How != "班前会" || list[0].Announced.String() != "2024-12-20" {
			t.Errorf("got %+v, %v", list, err)
		}
	})
}

func TestSomebodyReportedItBefore(t *testing.T) {
	clock := dbtest.NewClock("2024-10-08")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-10-08")
		w := newWorks(t, d)
		old := w.raise("wu", safety.Named, "p1", "早就解决的")
		w.to(old.ID, matter.Closed)
		w.raise("wu", safety.Named, "p1", "早就报了没解决的")
		clock.SetDay("2024-12-20")
		done := w.raise("wu", safety.Named, "p1", "刚解决的")
		w.to(done.ID, matter.Closed)
		no := w.raise("wu", safety.Named, "p1", "撤回的")
		w.act("wu", no.ID, brought(safety.Withdraw))
		w.raise("wu", safety.Named, "p2", "别处的")
		rows, err := w.reads.Similar(t.Context(), safety.SeenHazards(who("tao")).Scope, "b1", "p1", 3)
		var got []string
		for _, r := range rows {
			got = append(got, r.Title)
		}
		if err != nil || strings.Join(got, " ") != "刚解决的 早就报了没解决的" || rows[0].Photo != picture("a") {
			t.Errorf("got %v, %v", rows, err)
		}
		if rows, err := w.reads.Similar(t.Context(), safety.SeenHazards(who("ke")).Scope, "b2", "p1", 3); err != nil || len(rows) != 0 {
			t.Errorf("another branch: got %v, %v", rows, err)
		}
	})
}
