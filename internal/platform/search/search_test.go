package search_test

import (
	"slices"
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/search"
)

func TestWhatPeopleTypeIsFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		docs := []search.Doc{
			{Kind: "person", ID: "p1", Unit: "b1", Title: "张敏", Names: []string{"张敏"}, Text: []string{"K11001"}},
			{Kind: "person", ID: "p2", Unit: "b1", Title: "王桂芬", Names: []string{"王桂芬"}, Text: []string{"K11002"}},
			{Kind: "person", ID: "p3", Unit: "b1", Title: "单于晓敏", Names: []string{"单于晓敏"}},
			{Kind: "hazard", ID: "h1", Unit: "b1", Owner: "d1", Title: "行车限位失灵，吊钩可冲顶", Detail: "24-0117"},
			{Kind: "hazard", ID: "h2", Unit: "b2", Title: "行车通道堆料", Detail: "24-0118"},
			{Kind: "hazard", ID: "h3", Unit: "b1", Title: "照明坏了", Detail: "24-0072"},
		}
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			for _, x := range slices.Concat(docs, docs[:1]) { // the first one twice: put again changes nothing
				if err := search.Put(tx, x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]authz.Scope{"person": {Org: "o1", Reach: authz.Unit, ID: "b1"}, "hazard": {Org: "o1", Reach: authz.Org}}
		own := map[string]authz.Scope{"hazard": {Org: "o1", Reach: authz.Owner, ID: "d1"}}
		for _, c := range []struct {
			org, query string
			scopes     map[string]authz.Scope
			want       []string
		}{
			{"o1", "张敏", all, []string{"p1"}}, {"o1", "zm", all, []string{"p1"}}, {"o1", "桂芬", all, []string{"p2"}}, {"o1", "ｋ11001", all, []string{"p1"}},
			{"o1", "限位失灵", all, []string{"h1"}}, {"o1", "行车", all, []string{"h1", "h2"}}, {"o1", "24-0118", all, []string{"h2"}},
			{"o1", "zhangmin", all, []string{"p1"}}, {"o1", "zhang min", all, []string{"p1"}}, {"o1", "zhan", all, []string{"p1"}}, {"o1", "guifen", all, []string{"p2"}},
			{"o1", "danyu", all, []string{"p3"}}, {"o1", "chanyuxiaomin", all, []string{"p3"}}, {"o1", "xm", all, []string{"p3"}}, {"o1", "xcxw", all, nil},
			{"o1", "11001", all, []string{"p1"}}, {"o1", "24-72", all, []string{"h3"}}, {"o1", "240072", all, []string{"h3"}}, {"o1", "24-0072", all, []string{"h3"}}, {"o1", "24-11", all, nil},
			{"o1", "行车", own, []string{"h1"}}, {"o1", "张敏", own, nil}, {"o2", "行车", all, nil},
			{"o1", `" OR 1 ' & | ! ( * :`, all, nil}, {"o1", "  ", all, nil},
		} {
			hits, err := search.Find(t.Context(), d, c.org, c.query, c.scopes, 20)
			if err != nil {
				t.Fatalf("%q: %v", c.query, err)
			}
			var got []string
			for _, h := range hits {
				got = append(got, h.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("%q: got %v, want %v", c.query, got, c.want)
			}
		}
	})
}

func TestNamesSortAsInARoster(t *testing.T) {
	t.Parallel()
	names := []string{"张敏", "曾静", "单华", "安宁", "李国强"}
	slices.SortFunc(names, func(a, b string) int { return slices.Compare([]byte(key(a)), []byte(key(b))) })
	if want := []string{"安宁", "李国强", "单华", "曾静", "张敏"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func key(name string) string { k, _ := search.Spell(name); return k }
