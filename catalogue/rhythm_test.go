package catalogue

import (
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

func TestRhythmRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		r     Rhythm
		field string // empty: sound
	}{
		{"friday", Rhythm{Kind: Weekly, Weekday: 5}, ""},
		{"no weekday", Rhythm{Kind: Weekly}, "weekday"},
		{"eighth day", Rhythm{Kind: Weekly, Weekday: 8}, "weekday"},
		{"weekday of a month", Rhythm{Kind: Monthly, Weekday: 1}, "weekday"},
		{"month", Rhythm{Kind: Monthly, BeforeEnd: 3}, ""},
		{"quarter", Rhythm{Kind: Quarterly, BeforeEnd: 10, Lead: 20}, ""},
		{"before the quarter's start", Rhythm{Kind: Quarterly, BeforeEnd: 28}, "before_end"},
		{"half-years", Rhythm{Kind: InMonths, Months: []int{6, 12}, Lead: 60}, ""},
		{"months out of order", Rhythm{Kind: InMonths, Months: []int{12, 6}}, "months"},
		{"no months", Rhythm{Kind: InMonths}, "months"},
		{"window", Rhythm{Kind: Yearly, Month: 1, Day: 10, EndMonth: 3, EndDay: 31}, ""},
		{"leap day", Rhythm{Kind: Yearly, Month: 2, Day: 29, EndMonth: 3, EndDay: 31}, "month"},
		{"no end", Rhythm{Kind: Season, Month: 6, Day: 1}, "end_month"},
		{"window of a week", Rhythm{Kind: Weekly, Weekday: 1, Month: 1}, "month"},
		{"festival", Rhythm{Kind: BeforeFestival, Festivals: []string{"spring"}, Workdays: 3, Lead: 21}, ""},
		{"on the day", Rhythm{Kind: BeforeFestival, Festivals: []string{"women"}, Lead: 7}, ""},
		{"unknown festival", Rhythm{Kind: BeforeFestival, Festivals: []string{"easter"}, Lead: 7}, "festivals"},
		{"twice", Rhythm{Kind: BeforeFestival, Festivals: []string{"spring", "spring"}, Lead: 7}, "festivals"},
		{"never opens", Rhythm{Kind: BeforeFestival, Festivals: []string{"spring"}}, "lead"},
		{"block", Rhythm{Kind: BeforeBlock, Workdays: 3, Lead: 10}, ""},
		{"block without days", Rhythm{Kind: BeforeBlock, Lead: 10}, "workdays"},
		{"no kind", Rhythm{}, "kind"},
		{"foreign kind", Rhythm{Kind: "hourly"}, "kind"},
	} {
		err := c.r.Validate()
		var p kernel.Problems
		got := ""
		if errors.As(err, &p) {
			got = p[0].Field
		}
		if got != c.field || len(p) > 1 {
			t.Errorf("%s: got %v, want a problem at %q", c.name, err, c.field)
		}
	}
}

func TestRhythmParser(t *testing.T) {
	t.Parallel()
	for _, k := range RhythmKinds() {
		if got, err := ParseRhythmKind(string(k)); err != nil || got != k {
			t.Errorf("got %q %v, want %q", got, err, k)
		}
	}
	if k, err := ParseRhythmKind("daily"); err == nil {
		t.Errorf("got %q, want a refusal", k)
	}
}

func TestShapes(t *testing.T) {
	t.Parallel()
	for kind, want := range map[RhythmKind]Shape{
		Weekly: ByWeek, Monthly: ByMonth, InMonths: ByMonth, Quarterly: ByQuarter,
		Yearly: ByWindow, Season: ByWindow, BeforeFestival: ByHoliday, BeforeBlock: ByHoliday,
	} {
		if got := (Rhythm{Kind: kind}).Shape(); got != want {
			t.Errorf("%s: got %s, want %s", kind, got, want)
		}
	}
}

func TestWinterCrossesTheYear(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for code, want := range map[string]bool{"W6.winter": true, "W6.summer": false, "V1.survey": false} {
		if d, _ := c.Duty(code); d.Rhythm.Crosses() != want {
			t.Errorf("%s: got %v, want %v", code, d.Rhythm.Crosses(), want)
		}
	}
}

// An officer's own rhythm is stored as JSON; what ships must survive that too.
func TestRhythmSurvivesJSON(t *testing.T) {
	t.Parallel()
	for _, d := range loaded(t).Duties {
		b, err := json.Marshal(d.Rhythm)
		if err != nil {
			t.Fatal(err)
		}
		var back Rhythm
		if err := json.Unmarshal(b, &back); err != nil || back.Validate() != nil || back.Kind != d.Rhythm.Kind {
			t.Errorf("%s: got %+v %v from %s", d.Code, back, err, b)
		}
	}
}

func TestNumberRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := Number(rapid.Int64Range(-1e12, 1e12).Draw(t, "n"))
		if got, err := ParseNumber(n.String()); err != nil || got != n {
			t.Fatalf("got %v %v, want %v", got, err, n)
		}
	})
}

func TestNumberAsTyped(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Number{"0.3": 300, "−12": -12000, " 8 ": 8000, "-0.5": -500, "70.25": 70250, "1.": 1000} {
		if got, err := ParseNumber(s); err != nil || got != want {
			t.Errorf("%q: got %d %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "-", ".5", "1e3", "0.1234", "1,5", "八", "1.2.3", "--1", "1-2"} {
		if got, err := ParseNumber(s); err == nil {
			t.Errorf("%q: got %v, want a refusal", s, got)
		}
	}
}
