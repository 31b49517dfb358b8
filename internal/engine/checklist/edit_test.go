package checklist_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
)

const runID = "01JFHXY0000000000000000001"

func draft() checklist.Draft {
	return checklist.Draft{ID: runID, Card: card().ID(), Place: "p1", On: kernel.MustDate("2024-12-20"), With: "li", Answers: allPass()}
}

func begun(t *testing.T) checklist.Run {
	t.Helper()
	r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang", At: 1}, card(), draft())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBeginRefuses(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("a", 64)
	for _, c := range []struct {
		name string
		edit func(*checklist.Draft)
		want string
	}{
		{"no ULID", func(d *checklist.Draft) { d.ID = "7" }, "编号不对"},
		{"small letters", func(d *checklist.Draft) { d.ID = checklist.RunID(strings.ToLower("01JFHXY0000000000000000ABC")) }, "编号不对"},
		{"alone", func(d *checklist.Draft) { d.With = "zhang" }, "两个不同的人"},
		{"an item of another card", func(d *checklist.Draft) { d.Answers[0].Item = "HZ01" }, "HZ01"},
		{"an item twice", func(d *checklist.Draft) { d.Answers[1].Item = "XX01" }, "XX01"},
		{"a verdict that is none", func(d *checklist.Draft) { d.Answers[0].Verdict = "maybe" }, "请选合格"},
		{"a long note", func(d *checklist.Draft) { d.Answers[0].Note = strings.Repeat("字", 1001) }, "备注太长"},
		{"ten photos", func(d *checklist.Draft) { d.Answers[0].Photos = slices.Repeat([]string{hash}, 10) }, "最多 9 张"},
		{"a photo that is none", func(d *checklist.Draft) { d.Answers[0].Photos = []string{"../../etc/passwd"} }, "认不出来"},
		{"a long name", func(d *checklist.Draft) { d.Escort = strings.Repeat("名", 61) }, "太长"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := draft()
			c.edit(&d)
			_, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang"}, card(), d)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a word about %q", err, c.want)
			}
		})
	}
}

func TestEdit(t *testing.T) {
	t.Parallel()
	signed := func(r *checklist.Run) { r.State = checklist.Signed }
	for _, c := range []struct {
		name    string
		stored  func(*checklist.Run)
		edit    func(*checklist.Draft)
		kind    kernel.Kind // of the error, where one is wanted
		err     string
		version int
		state   checklist.State
	}{
		{"the same again", nil, nil, 0, "", 1, checklist.Drafted},
		{"the same again with an old version", nil, func(d *checklist.Draft) { d.Version = 0 }, 0, "", 1, checklist.Drafted},
		{"the same again after both have signed", signed, nil, 0, "", 1, checklist.Signed},
		{"the same with spaces and zeros", nil, func(d *checklist.Draft) { d.Escort, d.Answers[3].Number = "  ", "8.000" }, 0, "", 1, checklist.Drafted},
		{"a newer one", nil, func(d *checklist.Draft) { d.Good = "整洁" }, 0, "", 2, checklist.Drafted},
		{"an edit takes back to the draft", func(r *checklist.Run) { r.State = checklist.Signing }, func(d *checklist.Draft) { d.Answers[0].Note = "重看" }, 0, "", 2, checklist.Drafted},
		{"another phone was faster", func(r *checklist.Run) { r.Version = 4 }, func(d *checklist.Draft) { d.Good = "整洁" }, kernel.Conflict, "另一台手机", 4, checklist.Drafted},
		{"after both have signed", signed, func(d *checklist.Draft) { d.Good = "整洁" }, kernel.Conflict, "已经签完", 1, checklist.Signed},
		{"after it was given up", func(r *checklist.Run) { r.State = checklist.Dropped }, func(d *checklist.Draft) { d.Good = "整洁" }, kernel.Gone, "作废", 1, checklist.Dropped},
		{"another place", nil, func(d *checklist.Draft) { d.Place = "p2" }, kernel.Invalid, "一个地点", 1, checklist.Drafted},
		{"a reported item left empty", func(r *checklist.Run) { r.Answers[0].Matter = "m1" }, func(d *checklist.Draft) { d.Answers = d.Answers[1:] }, kernel.Invalid, "不能留空", 1, checklist.Drafted},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := begun(t)
			if c.stored != nil {
				c.stored(&r)
			}
			d := draft()
			d.Version = 1
			if c.edit != nil {
				c.edit(&d)
			}
			got, err := r.Edit("o1", card(), d)
			if c.err == "" && err != nil || c.err != "" && (err == nil || kernel.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.err)) {
				t.Fatalf("got %v, want kind %d with %q", err, c.kind, c.err)
			}
			if err == nil && (got.Version != c.version || got.State != c.state) {
				t.Errorf("got version %d %s, want %d %s", got.Version, got.State, c.version, c.state)
			}
		})
	}
}

func TestConflictCarriesBoth(t *testing.T) {
	t.Parallel()
	r := begun(t)
	r.Version = 3
	d := draft()
	d.Good, d.Version = "我的", 2
	_, err := r.Edit("o1", card(), d)
	var c *checklist.Changed
	if !errors.As(err, &c) || c.Stored.Version != 3 || c.Yours.Good != "我的" {
		t.Errorf("got %#v, want both", err)
	}
}

func TestEditKeepsTheHazardOfAnItem(t *testing.T) {
	t.Parallel()
	r := begun(t)
	r.Answers[0].Matter = "m1"
	d := draft()
	d.Version, d.Answers[0].Note, d.Answers[1].Matter = 1, "补一句", "made-up"
	got, err := r.Edit("o1", card(), d)
	if err != nil {
		t.Fatal(err)
	}
	if got.Answers[0].Matter != "m1" || got.Answers[1].Matter != "" {
		t.Errorf("got links %q and %q, want m1 and none", got.Answers[0].Matter, got.Answers[1].Matter)
	}
}

// What is hashed does not depend on the order in which a phone sends the answers, nor on the rounds that follow from it; each
// fact in it counts.
func TestContentHash(t *testing.T) {
	t.Parallel()
	want := begun(t).Content
	rapid.Check(t, func(t *rapid.T) {
		d := draft()
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(d.Answers), func(i, j int) { d.Answers[i], d.Answers[j] = d.Answers[j], d.Answers[i] })
		d.Round = rapid.SampledFrom([]string{"", "r1", "r2"}).Draw(t, "round")
		r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang"}, card(), d)
		if err != nil || r.Content != want {
			t.Fatalf("got %s, %v; want %s", r.Content, err, want)
		}
	})
	hash := strings.Repeat("b", 64)
	seen := map[string]string{want: "nothing"}
	for name, edit := range map[string]func(*checklist.Draft){
		"day": func(d *checklist.Draft) { d.On = d.On.Add(-1) }, "partner": func(d *checklist.Draft) { d.With = "wang" },
		"escort": func(d *checklist.Draft) { d.Escort = "赵" }, "site head": func(d *checklist.Draft) { d.SiteHead = "赵" },
		"good": func(d *checklist.Draft) { d.Good = "好" }, "leader": func(d *checklist.Draft) { d.Leader = "li" },
		"what cannot be read": func(d *checklist.Draft) { d.Answers[3].Number = "冷" },
		"version of the card": func(d *checklist.Draft) { d.Card.Version = "2025.1" }, "verdict": func(d *checklist.Draft) { d.Answers[0].Verdict = checklist.NA },
		"number": func(d *checklist.Draft) { d.Answers[3].Number = "7.999" }, "note": func(d *checklist.Draft) { d.Answers[0].Note = "好" },
		"photo": func(d *checklist.Draft) { d.Answers[0].Photos = []string{hash} }, "dated": func(d *checklist.Draft) { d.Answers[5].Dated = d.Answers[5].Dated.Add(1) },
		"tick": func(d *checklist.Draft) { d.Answers[1].Verdict, d.Answers[1].AsHazard = checklist.Fail, true },
	} {
		d := draft()
		edit(&d)
		r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang"}, card(), d)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[r.Content]; ok {
			t.Errorf("changing the %s gives the hash of changing the %s", name, other)
		}
		seen[r.Content] = name
	}
}

func TestMove(t *testing.T) {
	t.Parallel()
	states := []checklist.State{checklist.Drafted, checklist.Signing, checklist.Signed, checklist.Dropped}
	want := map[checklist.State]string{checklist.Drafted: "yyny", checklist.Signing: "yyyy", checklist.Signed: "nynn", checklist.Dropped: "nnnn"}
	for _, from := range states {
		got := ""
		for _, to := range states {
			if _, err := (checklist.Run{State: from}).Move(to); err == nil {
				got += "y"
			} else {
				got += "n"
			}
		}
		if got != want[from] {
			t.Errorf("from %s: %s, want %s", from, got, want[from])
		}
	}
}
