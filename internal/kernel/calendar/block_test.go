package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The words of the notices, year by year.
func TestBlocksAsPublished(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	for year, want := range map[int][]string{
		2023: {"newyear 2022-12-31 3", "spring 2023-01-21 7", "qingming 2023-04-05 1", "labour 2023-04-29 5",
			"dragonboat 2023-06-22 3", "midautumn+national 2023-09-29 8"},
		2024: {"newyear 2023-12-30 3", "spring 2024-02-10 8", "qingming 2024-04-04 3", "labour 2024-05-01 5",
			"dragonboat 2024-06-08 3", "midautumn 2024-09-15 3", "national 2024-10-01 7"},
		2025: {"newyear 2025-01-01 1", "spring 2025-01-28 8", "qingming 2025-04-04 3", "labour 2025-05-01 5",
			"dragonboat 2025-05-31 3", "national+midautumn 2025-10-01 8"},
		2026: {"newyear 2026-01-01 3", "spring 2026-02-15 9", "qingming 2026-04-04 3", "labour 2026-05-01 5",
			"dragonboat 2026-06-19 3", "midautumn 2026-09-25 3", "national 2026-10-01 7"},
	} {
		var got []string
		for _, b := range w.Blocks(year) {
			got = append(got, fmt.Sprintf("%s %v %d", strings.Join(b.Festivals, "+"), b.From, b.Days()))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d:\ngot  %v\nwant %v", year, got, want)
		}
	}
}

func TestBlocksOf2026InWords(t *testing.T) {
	t.Parallel()
	want := []string{"01-01~01-03", "02-15~02-23", "04-04~04-06", "05-01~05-05", "06-19~06-21", "09-25~09-27", "10-01~10-07"}
	var got []string
	for _, b := range NewWorkdays(Published()).Blocks(2026) {
		got = append(got, b.From.String()[5:]+"~"+b.To.String()[5:])
		if !b.Long() {
			t.Errorf("%v: got short, want long", b)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestShortAndUnknownBlocks(t *testing.T) {
	t.Parallel()
	w := NewWorkdays(Published())
	if b := w.Blocks(2025)[0]; b.Long() {
		t.Errorf("got %v long, want one day", b)
	}
	if got := w.Blocks(2027); got != nil {
		t.Errorf("got %v for a year without arrangement, want none", got)
	}
}
