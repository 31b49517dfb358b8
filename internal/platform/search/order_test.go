package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/search"
)

func put(t *testing.T, d *db.DB, many bool, docs ...search.Doc) {
	t.Helper()
	err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		if many {
			return search.PutMany(tx, docs)
		}
		for _, x := range docs {
			if err := search.Put(tx, x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, d *db.DB, query string, limit int, scopes map[string]authz.Scope) string {
	t.Helper()
	hits, err := search.Find(t.Context(), d, "o1", query, scopes, limit)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, " ")
}

var everywhere = authz.Scope{Org: "o1", Reach: authz.Org}

// Many notes leave room for hazards, and of each kind the newest come first, whichever was written first.
func TestOfEachKindTheNewest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day := kernel.MustDate("2024-01-01")
		var notes []search.Doc
		for i := range 300 {
			notes = append(notes, search.Doc{Kind: "note", ID: fmt.Sprintf("n%03d", i), Unit: fmt.Sprintf("b%d", i%2), Title: "安全学习", On: day.Add(i * 7 % 300)})
		}
		put(t, d, true, notes[:250]...)
		put(t, d, false, notes[250:]...)
		put(t, d, false, search.Doc{Kind: "hazard", ID: "old", Title: "安全出口锁着", On: day}, search.Doc{Kind: "hazard", ID: "new", Title: "安全帽没戴", On: day.Add(1)})
		put(t, d, false, search.Doc{Kind: "hut", ID: "same letter", Title: "安全屋", On: day.Add(9)})
		put(t, d, false, notes[0]) // again changes nothing
		slices.SortFunc(notes, func(a, b search.Doc) int { return b.On.Compare(a.On) })
		newest := func(n int, in string) string {
			var out []string
			for _, x := range notes {
				if len(out) < n && (in == "" || x.Unit == in) {
					out = append(out, x.ID)
				}
			}
			return strings.Join(out, " ")
		}
		both := map[string]authz.Scope{"note": everywhere, "hazard": everywhere}
		for _, c := range []struct {
			query  string
			scopes map[string]authz.Scope
			want   string
		}{
			{"安全", both, "new old " + newest(3, "")},
			{"安全", map[string]authz.Scope{"note": {Org: "o1", Reach: authz.Unit, ID: "b1"}}, newest(3, "b1")},
			{"安全帽", both, "new"},
			{"安全", map[string]authz.Scope{"note": {Org: "o1", Reach: authz.Self, ID: "b1"}, "hazard": {}}, ""},
		} {
			if got := find(t, d, c.query, 3, c.scopes); got != c.want {
				t.Errorf("%s: got %s, want %s", c.query, got, c.want)
			}
		}
	})
}

// What was in the index before documents lay by their days is found as before, the newest first.
func TestAnIndexFromBeforeIsPutInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, true, search.Doc{Kind: "note", ID: "n1", Unit: "b1", Title: "安全学习 S8", Names: []string{"张敏"}}, search.Doc{Kind: "note", ID: "n3", Unit: "b1", Title: "安全检查"},
			search.Doc{Kind: "note", ID: "n2", Unit: "b1", Title: "安全帽", Detail: "24-0117"}, search.Doc{Kind: "person", ID: "p1", Unit: "b1", Title: "安全", Names: []string{"安全"}})
		put(t, d, false, search.Doc{Kind: "note", ID: "gone", Unit: "b1", Title: "安全"}, search.Doc{Kind: "note", ID: "n3", Unit: "b1", Title: "安全演习"})
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			if err := search.Drop(tx, "note", "gone"); err != nil {
				return err
			}
			all := []string{`INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`, `INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','b1','b1','branch','科一')`,
				`INSERT INTO note (org_id, id, unit_id, measure, on_day, title, body, by_person, at) VALUES ('o1','n1','b1','safety','2024-03-01','','','p',1), ('o1','n2','b1','safety','2024-03-02','','','p',1), ('o1','n3','b1','safety','2024-03-03','','','p',1)`,
				`DELETE FROM goose_db_version WHERE version_id = 21`}
			if tx.Engine() == db.Postgres {
				all = append(all, `ALTER TABLE search_doc DROP COLUMN ord`)
			}
			for _, q := range all {
				if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		both := map[string]authz.Scope{"note": everywhere, "person": everywhere}
		for query, want := range map[string]string{"安全": "n3 n2 n1 p1", "zm": "n1", "s8": "n1", "24-117": "n2", "240117": "n2", "检查": "", "演习": "n3", "anquan": "p1"} {
			if got := find(t, d, query, 8, both); got != want {
				t.Errorf("%s: got %q, want %q", query, got, want)
			}
		}
		put(t, d, false, search.Doc{Kind: "note", ID: "n4", Unit: "b1", Title: "安全", On: kernel.MustDate("2024-03-02")}) // and what is written now has its place among them
		if got := find(t, d, "安全", 2, both); got != "n3 n2 p1" && got != "n3 n4 p1" {
			t.Errorf("got %q, want n3 and one of the day before it", got)
		}
	})
}

func TestCodesAreFoundAsTheyAre(t *testing.T) {
	t.Parallel()
	words := search.Grams(nil, []string{"2024年11月"}, "S8", "2024-W08")
	for word, want := range map[string]bool{"s8": true, "w08": true, "8": false, "08": false, "11": true, "2024": true} {
		if got := slices.Contains(words, word); got != want {
			t.Errorf("%s: got %t, want %t in %v", word, got, want, words)
		}
	}
}
