package recorddb_test

import (
	"slices"
	"testing"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func TestPresentIsWhoIsInTheBranchToday(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.tx(func(tx db.Tx) error {
			return w.exec(tx, `INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, left_on, at) VALUES ('o1','gone','b1','8','走了','a','a','2024-01-01',1), ('o1','far','b2','9','外人','b','b',NULL,1)`)
		}))
		r := recorddb.NewReads(dbtest.Explained(w.t, w.db))
		all, err := r.Present(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b1"}, "b1")
		w.must(err)
		var got []string
		for _, p := range all {
			got = append(got, p.Name)
		}
		if want := []string{"李国强", "张敏"}; !slices.Equal(got, want) {
			w.t.Errorf("%s: got %v, want %v", w.db.Engine, got, want)
		}
		if _, err := r.Present(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b2"}, "b1"); kernel.KindOf(err) != kernel.NotFound {
			w.t.Errorf("%s: another branch: got %v, want NotFound", w.db.Engine, err)
		}
	})
}

func TestNotesOfAYear(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.tx(func(tx db.Tx) error {
			return w.exec(tx, `INSERT INTO note (org_id, id, unit_id, measure, on_day, title, body, by_person, at) VALUES ('o1','n1','b1','safety','2023-12-31','旧','x','li',1),
				('o1','n2','b1','safety','2024-01-01','新年','x','li',1), ('o1','n3','b1','voice','2024-12-31','年末','x','li',1)`)
		}))
		r := recorddb.NewReads(dbtest.Explained(w.t, w.db))
		for year, want := range map[int][]string{0: {"年末", "新年", "旧"}, 2024: {"年末", "新年"}, 2023: {"旧"}, 2022: nil} {
			rows, err := r.Notes(w.t.Context(), authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b1"}, record.NoteFilter{Year: year, Limit: 10})
			w.must(err)
			var got []string
			for _, n := range rows {
				got = append(got, n.Title)
			}
			if !slices.Equal(got, want) {
				w.t.Errorf("%s: %d: got %v, want %v", w.db.Engine, year, got, want)
			}
		}
	})
}
