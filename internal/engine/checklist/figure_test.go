package checklist_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/people"
)

// The page reads a figure as it is typed, the server when it is sent: both go by the same list.
func TestReadFigure(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../web/figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Units map[string][]string
		Cases [][3]string
	}
	if err := json.Unmarshal(raw, &list); err != nil || len(list.Cases) == 0 {
		t.Fatal(err, len(list.Cases))
	}
	for unit, words := range list.Units {
		if got := checklist.UnitWords(unit); !slices.Equal(got, words) {
			t.Errorf("%s is written %v, the list says %v", unit, got, words)
		}
	}
	for _, c := range list.Cases {
		item := catalogue.Item{Type: catalogue.Count, Limit: catalogue.Limit{Unit: c[0]}}
		got := ""
		if n, ok := checklist.ReadFigure(item, c[1]); ok {
			got = n.String()
		}
		if got != c[2] {
			t.Errorf("%q in %s: got %q, want %q", c[1], c[0], got, c[2])
		}
	}
}

// A draft takes whatever was typed: a figure and a day speak for themselves, what cannot be read is kept.
func TestADraftKeepsAndJudgesWhatWasTyped(t *testing.T) {
	t.Parallel()
	type answer = checklist.Answer
	day := kernel.MustDate
	for _, c := range []struct {
		name  string
		typed answer
		want  answer
	}{
		{"too warm", answer{Number: "12 ℃"}, answer{Number: "12", Verdict: checklist.Fail}},
		{"too warm and ticked as good", answer{Number: "12", Verdict: checklist.Pass}, answer{Number: "12", Verdict: checklist.Fail}},
		{"cold enough", answer{Number: "４度"}, answer{Number: "4", Verdict: checklist.Pass}},
		{"cold enough and broken", answer{Number: "4", Verdict: checklist.Fail, Note: "门关不严"}, answer{Number: "4", Verdict: checklist.Fail, Note: "门关不严"}},
		{"does not apply", answer{Number: "12", Verdict: checklist.NA}, answer{Number: "12", Verdict: checklist.NA}},
		{"in words", answer{Number: "七十五"}, answer{Typed: "七十五"}},
		{"in words, then as a figure", answer{Number: "5", Typed: "七十五"}, answer{Number: "5", Verdict: checklist.Pass}},
		{"in words and ticked", answer{Number: "七十五", Verdict: checklist.Pass}, answer{Typed: "七十五", Verdict: checklist.Pass}},
	} {
		c.typed.Item, c.want.Item = "XX04", "XX04"
		d := draft()
		d.Answers = []answer{c.typed}
		r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang", At: 1}, card(), d)
		if err != nil || len(r.Answers) != 1 {
			t.Fatalf("%s: %v, %d answers", c.name, err, len(r.Answers))
		}
		if got := r.Answers[0]; got.Number != c.want.Number || got.Typed != c.want.Typed || got.Verdict != c.want.Verdict || got.Note != c.want.Note {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
	d := draft()
	d.Answers = []answer{{Item: "XX08", Number: "22"}, {Item: "XX07", Dated: day("2024-12-19")}, {Item: "XX06", Typed: "去年冬天"}}
	r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang", At: 1}, card(), d)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, a := range r.Answers {
		got += a.Item + ":" + string(a.Verdict) + a.Typed + " "
	}
	if want := "XX06:去年冬天 XX07:fail XX08: "; got != want {
		t.Errorf("got %q, want %q: own marks are the inspectors' to judge, an expired paper is not", got, want)
	}
}

func TestWhoLeads(t *testing.T) {
	t.Parallel()
	for named, want := range map[people.ID]people.ID{"": "zhang", "li": "li", "zhang": "zhang", "wang": "zhang"} {
		d := draft()
		d.Leader = named
		r, err := checklist.Begin(checklist.Origin{Org: "o1", Unit: "b1", By: "zhang", At: 1}, card(), d)
		if err != nil || r.Leader != want {
			t.Errorf("named %q: got %q, %v; want %q", named, r.Leader, err, want)
		}
	}
}
