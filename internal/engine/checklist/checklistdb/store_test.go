package checklistdb_test

import (
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

const (
	first  = checklist.RunID("01JFHXY0000000000000000001")
	second = checklist.RunID("01JFHXY0000000000000000002")
)

var (
	photo   = strings.Repeat("a", 64)
	picture = strings.Repeat("b", 64)
)

func tx(t *testing.T, d *db.DB, fn func(db.Tx) error) {
	t.Helper()
	if err := d.InTx(t.Context(), authz.Actor{Org: "o1", Person: "zhang"}, fn); err != nil {
		t.Fatal(err)
	}
}

func seed(t *testing.T, d *db.DB) {
	t.Helper()
	tx(t, d, func(tx db.Tx) error {
		for _, q := range []string{
			`INSERT INTO unit (org_id, id, kind, name_zh) VALUES ('o1','b1','branch','科一分工会')`,
			`INSERT INTO place (org_id, id, unit_id, kind, name_zh, code) VALUES ('o1','p1','b1','canteen','一食堂','AAAAAA')`,
			`INSERT INTO file (org_id, hash, kind, size, at) VALUES ('o1','` + photo + `','image/jpeg',1,0), ('o1','` + picture + `','image/jpeg',1,0)`,
		} {
			if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
				return err
			}
		}
		return nil
	})
}

func run(id checklist.RunID, on string) checklist.Run {
	return checklist.Run{
		Draft: checklist.Draft{ID: id, Card: checklist.CardID{Code: "CT", Version: "2024.1"}, Place: "p1", Round: "r1", On: kernel.MustDate(on), With: "li",
			Escort: "赵", SiteHead: "钱", Good: "整洁", Version: 1, Answers: []checklist.Answer{
				{Item: "CT01", Verdict: checklist.Pass},
				{Item: "CT02", Note: "等一下", Photos: []string{photo}},
				{Item: "CT07", Verdict: checklist.Pass, Dated: kernel.MustDate("2024-05-01")},
				{Item: "CT14", Verdict: checklist.Fail, Number: "12", Note: "门没关", Photos: []string{picture, photo}, AsHazard: true},
			}},
		Unit: "b1", State: checklist.Drafted, By: "zhang", Content: "c1", Started: 7,
	}
}

func TestRunComesBackAsItWas(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := checklistdb.Store{}
		want := run(first, "2024-12-20")
		tx(t, d, func(tx db.Tx) error { return s.Insert(tx, want) })
		same(t, d, want)

		want.Good, want.Content, want.Version, want.State, want.With, want.Round = "", "c2", 2, checklist.Drafted, "", ""
		want.Answers = []checklist.Answer{want.Answers[0], {Item: "CT14", Verdict: checklist.NA, Photos: []string{photo}}}
		tx(t, d, func(tx db.Tx) error { return s.Save(tx, want) })
		same(t, d, want)

		want.State, want.SignedAt = checklist.Signed, 99
		want.Result = checklist.Result{Items: 2, Passed: 1, NA: 1}
		want.Answers[1].Matter = "m1"
		tx(t, d, func(tx db.Tx) error {
			if err := s.Mark(tx, want); err != nil {
				return err
			}
			return s.Link(tx, first, "CT14", "m1")
		})
		same(t, d, want)
	})
}

func same(t *testing.T, d *db.DB, want checklist.Run) {
	t.Helper()
	s := checklistdb.Store{}
	var locked checklist.Run
	tx(t, d, func(tx db.Tx) (err error) { locked, err = s.Lock(tx, want.ID); return err })
	loaded, err := s.Load(t.Context(), d.Read, "o1", want.ID)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]checklist.Run{"locked": locked, "loaded": loaded} {
		if !slices.EqualFunc(got.Answers, want.Answers, sameAnswer) {
			t.Errorf("%s answers\n got %+v\nwant %+v", name, got.Answers, want.Answers)
		}
		if g, w := text(got), text(want); g != w {
			t.Errorf("%s run\n got %s\nwant %s", name, g, w)
		}
	}
}

func sameAnswer(a, b checklist.Answer) bool {
	photos := slices.Equal(a.Photos, b.Photos)
	a.Photos, b.Photos = nil, nil
	return photos && a.Item == b.Item && a.Verdict == b.Verdict && a.Number == b.Number && a.Dated == b.Dated && a.Note == b.Note && a.AsHazard == b.AsHazard && a.Matter == b.Matter
}

func text(r checklist.Run) string {
	return strings.Join([]string{string(r.ID), r.Card.Code, r.Card.Version, string(r.Place), r.Round, r.On.String(), string(r.With), r.Escort, r.SiteHead, r.Good,
		string(rune('0' + r.Version)), string(r.Unit), string(r.State), string(r.By), r.Content, string(rune('0' + r.Result.Items)), string(rune('0' + r.Result.Passed)),
		string(rune('0' + r.Result.NA)), r.Started.In().String(), r.SignedAt.In().String()}, "|")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := checklistdb.Store{}
		by := authz.Actor{Org: "o1", Person: "zhang"}
		tx(t, d, func(tx db.Tx) error { return s.Insert(tx, run(first, "2024-12-20")) })
		kinds := map[string]struct {
			fn   func(db.Tx) error
			want kernel.Kind
		}{
			"the id twice": {func(tx db.Tx) error { return s.Insert(tx, run(first, "2024-12-20")) }, kernel.Busy},
			"a photo not stored": {func(tx db.Tx) error {
				r := run(second, "2024-12-20")
				r.Answers[1].Photos = []string{strings.Repeat("c", 64)}
				return s.Insert(tx, r)
			}, kernel.Invalid},
			"a run that is none":  {func(tx db.Tx) error { _, err := s.Lock(tx, second); return err }, kernel.NotFound},
			"a version skipped":   {func(tx db.Tx) error { r := run(first, "2024-12-20"); r.Version = 3; return s.Save(tx, r) }, kernel.Internal},
			"a link to no answer": {func(tx db.Tx) error { return s.Link(tx, first, "CT99", "m1") }, kernel.Internal},
		}
		for name, c := range kinds {
			if err := d.InTx(t.Context(), by, c.fn); err == nil || kernel.KindOf(err) != c.want {
				t.Errorf("%s: got %v, want kind %d", name, err, c.want)
			}
		}
		if _, err := s.Load(t.Context(), d.Read, "o2", first); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("another company union reads the run: %v", err)
		}
	})
}

func TestMemory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := checklistdb.Store{}
		cat, err := catalogue.Load()
		if err != nil {
			t.Fatal(err)
		}
		k, _ := cat.Card("CT", "")
		remember := func(r checklist.Run) {
			t.Helper()
			items, asked := checklist.Card{Card: k}.Recalled(r)
			tx(t, d, func(tx db.Tx) error { return s.Remember(tx, r.Place, items, asked) })
		}
		is := func(want string) {
			t.Helper()
			asked, err := s.Asked(t.Context(), d.Read, "o1", "p1")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, item := range []string{"CT01", "CT02", "CT07", "CT14"} {
				got = append(got, asked[item].On.String()+">"+asked[item].ValidTo.String())
			}
			if text := strings.Join(got, " "); text != want {
				t.Errorf("remembers %s, want %s", text, want)
			}
		}
		remember(run(second, "2024-12-13"))
		is("2024-12-13> > 2024-12-13>2025-05-01 2024-12-13>")
		remember(run(first, "2024-12-06")) // signed late: the later day stays
		is("2024-12-13> > 2024-12-13>2025-05-01 2024-12-13>")
		late := run(first, "2024-12-20")
		tx(t, d, func(tx db.Tx) error { return s.Insert(tx, late) })
		remember(late)
		is("2024-12-20> > 2024-12-20>2025-05-01 2024-12-20>")
		tx(t, d, func(tx db.Tx) error { return s.Forget(tx, late) })
		is("> > > >")
	})
}
