package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

var day = kernel.MustDate

func TestPublishedAgreesWithTheOracle(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	lines := oracle(t, "workdays_2023_2026.txt")
	if len(lines) != 4 {
		t.Fatalf("got %d years, want 4", len(lines))
	}
	for i, line := range lines {
		year := 2023 + i
		var b strings.Builder
		for d := kernel.NewDate(year, 1, 1); d.Year() == year; d = d.Add(1) {
			if w.Is(d) {
				b.WriteByte('1')
			} else {
				b.WriteByte('0')
			}
		}
		if got := fmt.Sprintf("%d %s", year, b.String()); got != line {
			t.Errorf("got  %s\nwant %s", got, line)
		}
	}
}

func TestWorkedWeekends(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	for year, want := range map[int]string{
		2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
		2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
		2025: "01-26 02-08 04-27 09-28 10-11",
		2026: "01-04 02-14 02-28 05-09 09-20 10-10",
	} {
		var got []string
		for d := kernel.NewDate(year, 1, 1); d.Year() == year; d = d.Add(1) {
			if wd := d.Weekday(); (wd == time.Saturday || wd == time.Sunday) && w.Is(d) {
				got = append(got, d.String()[5:])
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%d: got %s, want %s", year, s, want)
		}
	}
}

// What an administrator enters follows the same form: off on Monday to Friday, work on a weekend.
func TestPublishedIsWellFormed(t *testing.T) {
	t.Parallel()
	for _, a := range Published() {
		if a.Source == "" || len(a.Off) == 0 {
			t.Errorf("%d: no source or no days", a.Year)
		}
		for _, d := range slices.Concat(a.Off, a.Work) {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			if d.Year() != a.Year || weekend != slices.Contains(a.Work, d) {
				t.Errorf("%v does not fit its list", d)
			}
		}
	}
}

func TestAddStepsOverDaysOff(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-12-20", 0, "2024-12-20"}, {"2024-12-21", 0, "2024-12-21"},
		{"2024-12-20", 1, "2024-12-23"}, {"2024-12-21", 1, "2024-12-23"},
		{"2026-02-13", 1, "2026-02-14"}, {"2026-02-13", 2, "2026-02-24"}, {"2026-02-24", -1, "2026-02-14"},
		{"2026-02-10", 5, "2026-02-24"}, {"2026-02-17", -10, "2026-02-03"}, {"2023-09-28", 3, "2023-10-09"},
		{"2027-09-30", 1, "2027-10-04"}, {"", 3, ""},
	} {
		if got := w.Add(day(c.from), c.n); got != day(c.want) {
			t.Errorf("%s %+d: got %v, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddBetweenAndSkippedFitTogether(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	rapid.Check(t, func(t *rapid.T) {
		d := day("2022-06-01").Add(rapid.IntRange(0, 2000).Draw(t, "days"))
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		e := w.Add(d, n)
		if got := w.Between(d, e); got != n {
			t.Fatalf("%v to %v: got %d working days, want %d", d, e, got, n)
		}
		if n == 0 {
			return
		}
		if !w.Is(e) {
			t.Fatalf("%v %+d: got %v, which is off", d, n, e)
		}
		// Every step is a working day or a skipped one.
		if got, want := len(w.Skipped(d, e))+max(n, -n), max(e.Sub(d), d.Sub(e)); got != want {
			t.Fatalf("%v to %v: got %d days, want %d", d, e, got, want)
		}
	})
}

func TestBeforeWorkdaysTellsWhatItSkips(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	at, skipped := BeforeWorkdays(day("2026-02-17"), 3, w)
	want := []kernel.Date{day("2026-02-15"), day("2026-02-16")}
	if at != day("2026-02-12") || !slices.Equal(skipped, want) {
		t.Errorf("got %v %v, want 2026-02-12 %v", at, skipped, want)
	}
	if back := w.Skipped(day("2026-02-17"), at); !slices.Equal(back, want) {
		t.Errorf("the other way: got %v, want %v", back, want)
	}
}

func TestArrangementsOfOtherYears(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	if w.Known(2022) || !w.Known(2023) || !w.Known(2026) || w.Known(2027) {
		t.Error("want 2023 to 2026 known")
	}
	if !w.Is(day("2027-02-09")) || w.Is(day("2027-02-06")) || w.Is(day("2027-02-08")) {
		t.Error("2027: want Monday to Friday but for the days of the law")
	}
	first := Arrangement{Year: 2027, Off: []kernel.Date{day("2027-02-08"), day("2027-02-09")}}
	amended := Arrangement{Year: 2027, Off: []kernel.Date{day("2027-02-08")}, Work: []kernel.Date{day("2027-02-20")}}
	w = NewWorkdays([]Arrangement{first, amended})
	amended.Off[0] = day("2027-03-01")
	if w.Is(day("2027-02-08")) || !w.Is(day("2027-02-09")) || !w.Is(day("2027-02-20")) || !w.Is(day("2027-03-01")) {
		t.Error("want the amended notice as it was given")
	}
}

// Before the notice of a year is out, the days that the law itself gives are off: nothing falls due on them.
func TestStatutoryDaysOfAnUnknownYear(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(nil) // no year is known
	for day, worked := range map[string]bool{"2027-01-01": false, "2027-01-04": true, "2027-02-05": false, "2027-02-08": false, "2027-02-10": true,
		"2027-04-05": false, "2027-05-03": true, "2027-06-09": false, "2027-09-15": false, "2027-10-01": false, "2027-10-04": true} {
		if got := w.Is(kernel.MustDate(day)); got != worked {
			t.Errorf("%s: worked %v, want %v", day, got, worked)
		}
	}
}
