package duty

import (
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
)

func row(id, due string, s RoundState, c Coverage) RoundRow {
	d := kernel.MustDate(due)
	return RoundRow{ID: RoundID(id), Measure: catalogue.Safety, Opens: d.Add(-6), Due: d, Closes: d.Add(7), State: s, Cover: c}
}

func TestHowARoundStands(t *testing.T) {
	t.Parallel()
	today := kernel.MustDate("2024-12-18") // a Wednesday
	for _, c := range []struct {
		name string
		row  RoundRow
		want Cell
	}{
		{"done", row("a", "2024-12-13", Open, Coverage{3, 2, 1}), CellDone},
		{"all excused", row("a", "2024-12-13", Closed, Coverage{3, 0, 3}), CellExcused},
		{"overdue", row("a", "2024-12-17", Open, Coverage{3, 2, 0}), CellLate},
		{"missed for good", row("a", "2024-06-14", Closed, Coverage{1, 0, 0}), CellLate},
		{"due today", row("a", "2024-12-18", Open, Coverage{1, 0, 0}), CellDue},
		{"due on Friday", row("a", "2024-12-20", Open, Coverage{1, 0, 0}), CellDue},
		{"next week", row("a", "2024-12-23", Open, Coverage{1, 0, 0}), CellLater},
		{"planned", row("a", "2025-01-03", Planned, Coverage{}), CellLater},
		{"nobody of its kind", row("a", "2024-12-20", Planned, Coverage{}), CellNone},
		{"closed without anybody", row("a", "2024-05-20", Closed, Coverage{}), CellNone},
		{"done early", row("a", "2024-12-31", Open, Coverage{1, 1, 0}), CellDone},
	} {
		if got := c.row.Cell(today); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestACellIsTheWorstOfItsRounds(t *testing.T) {
	t.Parallel()
	today := kernel.MustDate("2024-12-18")
	done, late := Coverage{1, 1, 0}, Coverage{1, 0, 0}
	b := Ring([]RoundRow{
		row("a", "2024-12-13", Closed, done), row("b", "2024-12-12", Closed, late), // week 50
		row("c", "2024-12-20", Open, late), row("d", "2024-12-19", Open, done), // week 51
		row("e", "2024-12-31", Planned, Coverage{}), // week 1 of 2025
		row("f", "2024-01-01", Closed, done),        // week 1
	}, 2024, today)
	if len(b) != 4 || len(b[0].Weeks) != 52 {
		t.Fatalf("got %d bands of %d weeks, want 4 of 52", len(b), len(b[0].Weeks))
	}
	for n, want := range map[int]Cell{1: CellDone, 2: CellNone, 50: CellLate, 51: CellDue, 52: CellNone} {
		if w := b[0].Weeks[n-1]; w.State != want || w.N != n {
			t.Errorf("week %d: got %v, want %v", n, w, want)
		}
	}
	if got := b[0].Weeks[50].Rounds; len(got) != 2 || b[0].Weeks[50].Monday != kernel.MustDate("2024-12-16") {
		t.Errorf("week 51: got %v from %v", got, b[0].Weeks[50].Monday)
	}
	proof := row("p", "2024-12-20", Open, late)
	proof.Measure = catalogue.Proof
	if got := Ring([]RoundRow{proof}, 2024, today); len(got) != 5 || got[4].Measure != catalogue.Proof {
		t.Errorf("got %d bands, want the proof as the fifth", len(got))
	}
	if got := len(Ring(nil, 2026, today)[0].Weeks); got != 53 {
		t.Errorf("2026: got %d weeks, want 53", got)
	}
}

func TestTotalsAndMonth(t *testing.T) {
	t.Parallel()
	today := kernel.MustDate("2024-12-18")
	rows := []RoundRow{
		row("a", "2024-12-13", Closed, Coverage{10, 8, 1}), row("b", "2024-12-20", Open, Coverage{4, 4, 0}),
		row("c", "2024-12-20", Open, Coverage{2, 0, 0}), row("d", "2025-01-03", Planned, Coverage{}), row("e", "2024-11-01", Closed, Coverage{}),
	}
	got := Totals(rows, 2024, today)[catalogue.Safety]
	if want := (Total{Due: 2, Done: 1, Later: 1, Cover: Coverage{14, 12, 1}, Ahead: Coverage{2, 0, 0}}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	m := Month(rows, 2024, 12)
	if len(m) != 31 || len(m[19].Rounds) != 2 || m[19].On != kernel.MustDate("2024-12-20") {
		t.Errorf("got %d days, %v", len(m), m[19])
	}
}
