package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

// Each line of the file sums all days of a year as lunar-typescript gives them, so no Node is needed here.
func TestEveryDayAgreesWithTheOracle(t *testing.T) {
	t.Parallel()
	lines := oracle(t, "lunar_sha256.txt")
	if len(lines) != LastYear-FirstYear+1 {
		t.Fatalf("got %d years, want %d", len(lines), LastYear-FirstYear+1)
	}
	for i, line := range lines {
		year := FirstYear + i
		sum := sha256.New()
		for d := kernel.NewDate(year, 1, 1); d.Year() == year; d = d.Add(1) {
			sum.Write([]byte(oracleLine(d)))
		}
		got := fmt.Sprintf("%d %s", year, hex.EncodeToString(sum.Sum(nil))[:16])
		if got != line {
			t.Errorf("got %s, want %s", got, line)
		}
	}
}

// oracleLine writes a day as tools/lunargen does.
func oracleLine(d kernel.Date) string {
	index := -1
	if name, ok := TermOn(d); ok {
		for i, t := range Terms() {
			if t.Name == name {
				index = i
			}
		}
	}
	l := ToLunar(d)
	if l == (Lunar{}) {
		return fmt.Sprintf("%v none %d\n", d, index)
	}
	leap := 0
	if l.Leap {
		leap = 1
	}
	year := strings.TrimSuffix(l.YearName(), "年")
	return fmt.Sprintf("%v %d %d %d %d %s %s %d\n", d, l.Year, l.Month, l.Day, leap, year, l.DayName(), index)
}

func oracle(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

func TestEveryDayReturns(t *testing.T) {
	t.Parallel()
	last := ToLunar(kernel.MustDate("1900-12-31"))
	for d := kernel.MustDate("1901-01-01"); d.Year() <= 2100; d = d.Add(1) {
		l := ToLunar(d)
		if back, ok := FromLunar(l.Year, l.Month, l.Day, l.Leap); !ok || back != d {
			t.Fatalf("%v is %+v: got %v %v back", d, l, back, ok)
		}
		if l.Day != last.Day+1 && (l.Day != 1 || last.Day < 29) {
			t.Fatalf("%v: %+v does not follow %+v", d, l, last)
		}
		last = l
	}
}

func TestEdgesOfTheTable(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]Lunar{
		"1900-01-30": {}, "1900-01-31": {1900, 1, 1, false},
		"2101-01-28": {2100, 12, 29, false}, "2101-01-29": {}, "2102-01-01": {}, "1899-12-31": {}, "": {},
	} {
		if got := ToLunar(kernel.MustDate(day)); got != want {
			t.Errorf("%q: got %+v, want %+v", day, got, want)
		}
	}
	for _, l := range []Lunar{
		{1899, 12, 1, false}, {2101, 1, 1, false}, {2025, 13, 1, false}, {2025, 0, 1, false}, {2025, 1, 0, false},
		{2025, 1, 31, false}, {2025, 12, 30, false}, {2025, 5, 1, true}, {2026, 6, 1, true},
	} {
		if d, ok := FromLunar(l.Year, l.Month, l.Day, l.Leap); ok || !d.IsZero() {
			t.Errorf("%+v: got %v %v, want none", l, d, ok)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for day, want := range map[string][2]string{
		"2024-12-20": {"十一月二十", "甲辰年"},
		"2024-02-10": {"正月初一", "甲辰年"},
		"2024-02-09": {"十二月三十", "癸卯年"},
		"2025-07-25": {"闰六月初一", "乙巳年"},
		"2025-08-22": {"闰六月廿九", "乙巳年"},
		"2028-06-23": {"闰五月初一", "戊申年"},
		"2026-01-28": {"十二月初十", "乙巳年"},
		"1899-01-01": {"", ""},
	} {
		l := ToLunar(kernel.MustDate(day))
		if got := [2]string{l.String(), l.YearName()}; got != want {
			t.Errorf("%s: got %v, want %v", day, got, want)
		}
	}
}
