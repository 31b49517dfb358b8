package kernel

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct{ got, want Date }{
		{MustDate("2024-02-28").Add(2), MustDate("2024-03-01")},
		{MustDate("2024-01-31").AddMonths(1), MustDate("2024-02-29")},
		{MustDate("2024-12-31").AddMonths(-1), MustDate("2024-11-30")},
		{MustDate("2024-12-20").Monday(), MustDate("2024-12-16")},
		{MustDate("2024-12-22").Monday(), MustDate("2024-12-16")},
		{MustDate("2024-02-10").EndOfMonth(), MustDate("2024-02-29")},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	if n := MustDate("2024-03-01").Sub(MustDate("2024-02-28")); n != 2 {
		t.Errorf("got %d days, want 2", n)
	}
}

func TestDateSurvivesStorage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := MustDate("1900-01-01").Add(rapid.IntRange(0, 80000).Draw(t, "days"))
		v, _ := d.Value()
		var text, stamp Date
		if err := text.Scan(v); err != nil || text != d {
			t.Fatalf("text: got %v %v, want %v", text, err, d)
		}
		if err := stamp.Scan(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)); err != nil || stamp != d {
			t.Fatalf("time: got %v %v, want %v", stamp, err, d)
		}
	})
}

func TestSpan(t *testing.T) {
	s := Span{MustDate("2023-03-01"), MustDate("2026-02-28")}
	for day, want := range map[string]bool{"2023-02-28": false, "2023-03-01": true, "2026-02-28": true, "2026-03-01": false} {
		if got := s.Has(MustDate(day)); got != want {
			t.Errorf("%s: got %v, want %v", day, got, want)
		}
	}
}

func TestReceiptIsForgiving(t *testing.T) {
	r := NewReceipt()
	if len(r) != 19 {
		t.Fatalf("got %q", r)
	}
	if got := CleanReceipt(" " + r[:4] + " " + r[5:9] + r[10:14] + "-" + r[15:] + " "); got != r {
		t.Errorf("got %q, want %q", got, r)
	}
}

func TestInstantKnowsItsDay(t *testing.T) {
	at := MustDate("2024-12-20").At(0, 5)
	if at.Date() != MustDate("2024-12-20") {
		t.Errorf("got %v", at.Date())
	}
	if got := at.Add(-10 * time.Minute).Date(); got != MustDate("2024-12-19") {
		t.Errorf("got %v", got)
	}
}

func TestASequenceNeverGoesBack(t *testing.T) {
	now := MustDate("2024-12-20").At(9, 0)
	first := NewSequence("")
	var all []string
	for i := range 200 {
		all = append(all, first.Next(now.Add(-time.Duration(i)*time.Hour)))
	}
	again := NewSequence(all[len(all)-1]) // after a restart
	for i := range 200 {
		all = append(all, again.Next(now.Add(time.Duration(i-100)*time.Minute)))
	}
	for i := 1; i < len(all); i++ {
		if all[i-1] >= all[i] {
			t.Fatalf("%d: %s does not come before %s", i, all[i-1], all[i])
		}
	}
	if got, want := all[len(all)-1][:10], NewID(now.Add(99 * time.Minute))[:10]; got != want {
		t.Errorf("once the clock is right the id begins with %s, want its time %s", got, want)
	}
}
