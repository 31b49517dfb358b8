package catalogue

import (
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

func TestCardsAreComplete(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, want := range []struct {
		code, place string
		points      int
		key         int // points with at least one key item
	}{
		{"CT", "canteen", 24, 15}, {"DM", "living", 18, 11}, {"PD", "production", 24, 19}, {"HZ", "chemical", 22, 18},
	} {
		k, ok := c.CardFor(want.place)
		points, key := map[string]bool{}, map[string]bool{}
		for _, i := range k.Items {
			points[i.Point()] = true
			if i.Severity == Key {
				key[i.Point()] = true
			}
		}
		if !ok || k.Code != want.code || k.Version != "2024.1" || len(points) != want.points || len(key) != want.key {
			t.Errorf("%s: got %s %s with %d points, %d key; want %+v", want.place, k.Code, k.Version, len(points), len(key), want)
		}
	}
	if k, ok := c.CardFor("other"); ok {
		t.Errorf("other places: got card %s, want none", k.Code)
	}
}

func TestLimitsOfTheReference(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for code, want := range map[string]string{
		"CT14": "between 0 8 ℃", "CT15": "<= 0 -12 ℃", "CT16": ">= 70 0 ℃", "CT18a": ">= 125 0 g", "CT18b": ">= 48 0 h",
		"DM14": ">= 6 0 m²", "PD15": "<= 0 3 mm", "PD18a": ">= 5 0 m", "PD18b": ">= 10 0 m",
		"HZ11a": ">= 0.5 0 m", "HZ11b": ">= 0.3 0 m", "HZ11c": ">= 0.5 0 m", "HZ11d": ">= 0.5 0 m", "HZ11e": ">= 1 0 m",
		"HZ04": "<= 0 100 %", "HZ12": "own 0 0 ℃",
	} {
		l := item(t, c, code).Limit
		if got := strings.Join([]string{string(l.Op), l.Min.String(), l.Max.String(), l.Unit}, " "); got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func TestWhatNobodyConfirmedIsFlagged(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, code := range strings.Fields("CT08 CT14 CT15 CT16 CT18a CT22 CT23 DM06 DM09 DM14 PD04 PD13 PD15 PD16 PD18a PD19 HZ12") {
		if !item(t, c, code).Unverified {
			t.Errorf("%s: got verified, want unverified", code)
		}
	}
	if d, _ := c.Duty("S2.month"); !d.Unverified {
		t.Errorf("the campaign month's date is not confirmed, got %+v", d.Source)
	}
}

// A paper cites what was in force on its day: the law of 2026 does not stand on a record of 2024.
func TestRulesOnTheirDay(t *testing.T) {
	t.Parallel()
	i := item(t, loaded(t), "HZ02")
	for day, want := range map[string]string{
		"2023-06-30": "《危险化学品安全管理条例》（2013年修订）第二十四条",
		"2024-12-20": "《危险化学品安全管理条例》（2013年修订）第二十四条 | 《危险化学品仓库储存通则》（GB 15603-2022）5.10",
		"2026-05-01": "《中华人民共和国危险化学品安全法》 | 《危险化学品安全管理条例》（2013年修订）第二十四条 | 《危险化学品仓库储存通则》（GB 15603-2022）5.10",
	} {
		var cited []string
		for _, r := range i.RulesOn(kernel.MustDate(day)) {
			cited = append(cited, r.Cite())
		}
		if got := strings.Join(cited, " | "); got != want {
			t.Errorf("%s: got %s, want %s", day, got, want)
		}
	}
}

func TestReplacedTextsAreNotCited(t *testing.T) {
	t.Parallel()
	for _, k := range loaded(t).Cards {
		for _, i := range k.Items {
			for _, r := range i.Rules {
				for _, old := range []string{"15603-1995", "令第60号", "WS 394", "396-2012"} {
					if strings.Contains(r.Cite(), old) {
						t.Errorf("%s cites %s", i.Code, r.Cite())
					}
				}
			}
		}
	}
}

func TestNewestCardWins(t *testing.T) {
	t.Parallel()
	c := &Catalogue{Cards: []Card{{Code: "CT", Version: "2024.9"}, {Code: "CT", Version: "2024.10"}, {Code: "DM", Version: "2025.1"}}}
	for version, want := range map[string]string{"": "2024.10", "2024.9": "2024.9"} {
		if k, ok := c.Card("CT", version); !ok || k.Version != want {
			t.Errorf("version %q: got %q, want %q", version, k.Version, want)
		}
	}
	if k, ok := c.Card("CT", "2023.1"); ok {
		t.Errorf("got %+v, want no such version", k)
	}
}

func item(t *testing.T, c *Catalogue, code string) Item {
	t.Helper()
	k, _ := c.Card(code[:2], "")
	i, ok := find(k.Items, func(i Item) bool { return i.Code == code })
	if !ok {
		t.Fatalf("no item %s", code)
	}
	return i
}
