package checklist_test

import (
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
)

func words(zh string) kernel.Words { return kernel.Words{Zh: zh} }

// card has one item of each sort: asked every visit, month and year, a figure, a paper with a term and one with its last day.
func card() checklist.Card {
	item := func(code, text string, t catalogue.ItemType, s catalogue.Severity, a catalogue.Ask) catalogue.Item {
		return catalogue.Item{Code: code, Text: words(text), Type: t, Severity: s, Ask: a}
	}
	visit := item("XX01", "通道畅通", catalogue.YesNo, catalogue.Key, catalogue.EveryVisit)
	month := item("XX02", "月度会议", catalogue.YesNo, catalogue.General, catalogue.EveryMonth)
	year := item("XX03", "许可证", catalogue.YesNo, catalogue.Key, catalogue.EveryYear)
	cold := item("XX04", "冷藏温度", catalogue.Count, catalogue.Key, catalogue.EveryVisit)
	cold.Limit, cold.Unverified = catalogue.Limit{Op: catalogue.Between, Min: 0, Max: 8000, Unit: "℃"}, true
	gap := item("XX05", "墙距", catalogue.Count, catalogue.General, catalogue.EveryVisit)
	gap.Limit = catalogue.Limit{Op: catalogue.AtLeast, Min: 300, Unit: "m"}
	health := item("XX06", "健康证", catalogue.Until, catalogue.Key, catalogue.EveryMonth)
	health.ValidMonths = 12
	alarm := item("XX07", "报警器检定", catalogue.Until, catalogue.Key, catalogue.EveryYear)
	own := item("XX08", "当前温度", catalogue.Count, catalogue.General, catalogue.EveryVisit)
	own.Limit = catalogue.Limit{Op: catalogue.OwnMark, Unit: "℃"}
	return checklist.Card{Card: catalogue.Card{Code: "XX", Version: "2024.1", Items: []catalogue.Item{visit, month, year, cold, gap, health, alarm, own}}}
}

func codes(items []checklist.Item) string {
	var out []string
	for _, i := range items {
		out = append(out, strings.TrimPrefix(i.Code, "XX0"))
	}
	return strings.Join(out, "")
}

func TestAsk(t *testing.T) {
	t.Parallel()
	day := kernel.MustDate
	all := func(on, valid string) map[string]checklist.Asked {
		m := map[string]checklist.Asked{}
		for _, i := range card().Items {
			a := checklist.Asked{On: day(on)}
			if i.Type == catalogue.Until {
				a.ValidTo = day(valid)
			}
			m[i.Code] = a
		}
		return m
	}
	for _, c := range []struct {
		name  string
		on    string
		asked map[string]checklist.Asked
		want  string
		facts string
	}{
		{"the first visit asks all", "2024-12-20", nil, "12345678", ""},
		{"a week later in the month", "2024-12-20", all("2024-12-13", "2025-05-01"), "1458", "67"},
		{"the next month asks the monthly ones", "2025-01-03", all("2024-12-27", "2025-05-01"), "123458", "67"},
		{"the next month of the year", "2024-12-02", all("2024-11-29", "2025-05-01"), "12458", "67"},
		{"the same month of another year", "2025-12-02", all("2024-12-29", "2026-05-01"), "123458", "67"},
		{"a paper on its last day is a fact", "2024-12-20", all("2024-12-13", "2024-12-20"), "1458", "67"},
		{"a paper of yesterday is asked again", "2024-12-21", all("2024-12-13", "2024-12-20"), "145678", ""},
		{"a paper never seen follows its rhythm", "2024-12-20", all("2024-12-13", ""), "1458", ""},
		{"a paper never seen, the next month", "2025-01-20", all("2024-12-13", ""), "12345678", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := codes(card().Ask(day(c.on), c.asked)); got != c.want {
				t.Errorf("asked %s, want %s", got, c.want)
			}
			var facts []checklist.Item
			for _, f := range card().Facts(day(c.on), c.asked) {
				facts = append(facts, f.Item)
			}
			if got := codes(facts); got != c.facts {
				t.Errorf("facts %s, want %s", got, c.facts)
			}
		})
	}
}

func TestRecalledKeepsOnlyWhatPassed(t *testing.T) {
	t.Parallel()
	r := checklist.Run{Draft: checklist.Draft{On: kernel.MustDate("2024-12-20"), Answers: []checklist.Answer{
		{Item: "XX01", Verdict: checklist.Pass},
		{Item: "XX02", Note: "还没看"},
		{Item: "XX06", Verdict: checklist.Pass, Dated: kernel.MustDate("2024-02-29")},
		{Item: "XX07", Verdict: checklist.Fail, Dated: kernel.MustDate("2025-06-30"), Note: "少一台"},
	}}}
	items, asked := card().Recalled(r)
	if want := []string{"XX01", "XX06", "XX07"}; !slices.Equal(items, want) {
		t.Fatalf("remembers %v, want %v", items, want)
	}
	for i, want := range []string{"", "2025-02-28", ""} {
		if got := asked[i].ValidTo.String(); got != want || asked[i].On != r.On {
			t.Errorf("%s: valid to %q on %s, want %q", items[i], got, asked[i].On, want)
		}
	}
}
