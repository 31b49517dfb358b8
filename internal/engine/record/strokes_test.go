package record

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

func TestStrokes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, path string
		good       bool
	}{
		{"a name", "M10 20L30 40L80 25M90,20 C95 25 100 30 110 20 Q120 10 130 30", true},
		{"numbers joined by a minus", "M10-5L30-40.5", true},
		{"empty", "", false},
		{"blanks", "   ", false},
		{"a dot", "M100 100", false},
		{"a dot that shook", "M100 100L101 101L100.5 100", false},
		{"no M first", "L10 10L50 50", false},
		{"relative commands", "m10 10l50 50", false},
		{"an arc", "M10 10A5 5 0 0 1 50 50", false},
		{"half a pair", "M10 10L50", false},
		{"half a curve", "M10 10C20 20 30 30", false},
		{"an exponent", "M10 10L5e3 50", false},
		{"two points in a number", "M10 10L5.1.2 50", false},
		{"markup", `M10 10L50 50"/><script>alert(1)</script>`, false},
		{"a word", "M10 10LInf 50", false},
		{"far outside", "M10 10L99999 50", false},
		{"too much", "M0 0" + strings.Repeat("L10 20", 11000), false},
	} {
		err := CheckStrokes(c.path)
		if (err == nil) != c.good || err != nil && kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("%s: got %v, want good %v", c.name, err, c.good)
		}
	}
}

func TestADrawnNameIsTaken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		path := "M0 0L40 0"
		for range rapid.IntRange(0, 60).Draw(t, "segments") {
			n := map[string]int{"M": 2, "L": 2, "Q": 4, "C": 6}
			c := rapid.SampledFrom([]string{"M", "L", "Q", "C"}).Draw(t, "command")
			path += c
			for range n[c] {
				path += fmt.Sprintf("%.1f ", float64(rapid.IntRange(-5000, 5000).Draw(t, "v"))/10)
			}
		}
		if err := CheckStrokes(path); err != nil {
			t.Fatalf("%s: got %v, want it taken", path, err)
		}
	})
}

func FuzzStrokes(f *testing.F) {
	f.Add("M10 20L30 40C1 2 3 4 5 6")
	f.Fuzz(func(t *testing.T, s string) {
		if CheckStrokes(s) == nil && strings.Trim(s, "MLCQ0123456789.,- ") != "" {
			t.Errorf("%q was taken", s)
		}
	})
}

func TestDenyWithinTwoDays(t *testing.T) {
	t.Parallel()
	signed := kernel.MustDate("2024-12-20").At(10, 0)
	for _, c := range []struct {
		day  string
		hour int
		old  kernel.Time
		want kernel.Kind
	}{
		{"2024-12-20", 11, 0, -1}, {"2024-12-22", 10, 0, -1}, {"2024-12-22", 11, 0, kernel.Gone}, {"2024-12-21", 9, signed, kernel.Conflict},
	} {
		now := kernel.MustDate(c.day).At(c.hour, 0)
		got, err := Signature{At: signed, Denied: c.old}.Deny(now)
		if k := kernel.KindOf(err); err != nil && k != c.want || err == nil && (c.want != -1 || got.Denied != now) {
			t.Errorf("%s %d:00: got %v %v, want %v", c.day, c.hour, got.Denied, err, c.want)
		}
	}
}
