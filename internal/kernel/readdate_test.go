package kernel_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

// The browser reads by the same list (web/test.mjs).
func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../web/days.json")
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Today kernel.Date
		Cases [][2]string
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Cases {
		d, err := kernel.ReadDate(c[0], list.Today)
		if d.String() != c[1] || (err != nil) != (c[1] == "" && c[0] != "") {
			t.Errorf("%q: got %q with %v, want %q", c[0], d, err, c[1])
		}
	}
	if d, err := kernel.ReadDate("12月25日", kernel.Date{}); err == nil {
		t.Errorf("without today: got %s, want a refusal", d)
	}
}

func TestEveryDayIsReadBackInEachWriting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := kernel.MustDate("2024-12-20")
		d := today.Add(rapid.IntRange(-40000, 40000).Draw(t, "days"))
		layout := rapid.SampledFrom([]string{"2006-01-02", "2006.1.2", "20060102", "2006年1月2日", "2 Jan 2006", "January 2, 2006"}).Draw(t, "layout")
		text := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Format(layout)
		if got, err := kernel.ReadDate(text, today); err != nil || got != d {
			t.Errorf("%q: got %s with %v, want %s", text, got, err, d)
		}
	})
}
