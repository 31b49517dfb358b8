package calendar

import (
	"testing"

	"xiaojia/internal/kernel"
)

// The published days of 2023 to 2028. The new moon of 2027-02-06 falls at 23:56 Beijing time: some libraries put 春节 on the 7th.
func TestFestivalsAsPublished(t *testing.T) {
	t.Parallel()
	keys := []string{"laba", "springeve", "spring", "lantern", "dragonboat", "midautumn", "chongyang"}
	for year, want := range map[int][]string{
		2023: {"2022-12-30", "2023-01-21", "2023-01-22", "2023-02-05", "2023-06-22", "2023-09-29", "2023-10-23"},
		2024: {"2024-01-18", "2024-02-09", "2024-02-10", "2024-02-24", "2024-06-10", "2024-09-17", "2024-10-11"},
		2025: {"2025-01-07", "2025-01-28", "2025-01-29", "2025-02-12", "2025-05-31", "2025-10-06", "2025-10-29"},
		2026: {"2026-01-26", "2026-02-16", "2026-02-17", "2026-03-03", "2026-06-19", "2026-09-25", "2026-10-18"},
		2027: {"2027-01-15", "2027-02-05", "2027-02-06", "2027-02-20", "2027-06-09", "2027-09-15", "2027-10-08"},
		2028: {"2028-01-04", "2028-01-25", "2028-01-26", "2028-02-09", "2028-05-28", "2028-10-03", "2028-10-26"},
	} {
		for i, key := range keys {
			if got, ok := FestivalDay(key, year); !ok || got.String() != want[i] {
				t.Errorf("%s %d: got %v %v, want %s", key, year, got, ok, want[i])
			}
		}
	}
}

func TestFestivalsOfTheSun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key  string
		year int
		want string
	}{
		{"qingming", 2024, "2024-04-04"}, {"qingming", 2025, "2025-04-04"}, {"qingming", 2026, "2026-04-05"},
		{"qingming", 2027, "2027-04-05"}, {"qingming", 2028, "2028-04-04"},
		{"dongzhi", 2024, "2024-12-21"}, {"dongzhi", 2023, "2023-12-22"},
		{"newyear", 2026, "2026-01-01"}, {"women", 2026, "2026-03-08"}, {"labour", 2026, "2026-05-01"},
		{"youth", 2026, "2026-05-04"}, {"army", 2026, "2026-08-01"}, {"national", 2026, "2026-10-01"},
	} {
		if got, ok := FestivalDay(c.key, c.year); !ok || got.String() != c.want {
			t.Errorf("%s %d: got %v %v, want %s", c.key, c.year, got, ok, c.want)
		}
	}
}

func TestFestivalsAreNamedOnceAndCovered(t *testing.T) {
	t.Parallel()
	seen, seven := map[string]bool{}, 0
	for _, f := range Festivals() {
		if seen[f.Key] || f.Name.Zh == "" || f.Name.En == "" {
			t.Errorf("%q: twice or without a name: %+v", f.Key, f.Name)
		}
		seen[f.Key] = true
		if f.Statutory {
			seven++
		}
		for year := FirstYear + 1; year <= LastYear; year++ {
			if d, ok := f.Day(year); !ok || d.Year() != year && (f.Key != "laba" || d.Year() != year-1) {
				t.Errorf("%s %d: got %v %v", f.Key, year, d, ok)
			}
		}
	}
	if len(seen) != 15 || seven != 7 {
		t.Errorf("got %d festivals with %d statutory, want 15 with 7", len(seen), seven)
	}
}

func TestFestivalsOutsideTheTable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key  string
		year int
	}{{"spring", 1899}, {"newyear", 2101}, {"laba", 1900}, {"christmas", 2026}} {
		if d, ok := FestivalDay(c.key, c.year); ok || !d.IsZero() {
			t.Errorf("%s %d: got %v %v, want none", c.key, c.year, d, ok)
		}
	}
	if d, ok := (Festival{}).Day(2026); ok {
		t.Errorf("empty festival: got %v, want none", d)
	}
}

func TestSolarTerms(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-02-04": "立春", "2026-04-05": "清明", "2026-07-07": "小暑", "2025-12-21": "冬至", "2024-06-21": "夏至",
		"2024-01-06": "小寒", "2026-04-06": "", "2101-01-05": "", "": "",
	} {
		if got, ok := TermOn(kernel.MustDate(day)); got.Zh != want || ok != (want != "") {
			t.Errorf("%q: got %q %v, want %q", day, got.Zh, ok, want)
		}
	}
	i, ok := TermIndex("xiaoshu")
	if got := SolarTerm(2026, i); !ok || got.String() != "2026-07-07" {
		t.Errorf("got %v %v, want 2026-07-07", got, ok)
	}
	if _, ok := TermIndex("小暑"); ok {
		t.Error("got a term for an unknown key")
	}
	for _, c := range [][2]int{{1899, 0}, {2101, 0}, {2026, -1}, {2026, 24}} {
		if got := SolarTerm(c[0], c[1]); !got.IsZero() {
			t.Errorf("%v: got %v, want none", c, got)
		}
	}
}
