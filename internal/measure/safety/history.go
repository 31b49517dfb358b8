package safety

import (
	"cmp"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
)

// History is what became of what was raised, by year.
type History map[int]*YearPast

// YearPast is a year: by month of the report, by grade and days, and what came again.
type YearPast struct {
	Months  [12]MonthPast
	Took    map[Took]int
	Repeats map[Repeat]int
}

// MonthPast is a month: each that was raised is one of in time, too late, not yet, none.
type MonthPast struct{ Raised, In, Over, None int }

// Took is a grade and how many days it took from the report to the hand-in that passed.
type Took struct {
	Grade string
	Days  int
}

// Repeat is an item of a card that failed again at a place.
type Repeat struct {
	Unit  org.UnitID
	Place org.PlaceID
	Topic string
}

// Year is the figures of a year, empty ones where nothing was counted.
func (h History) Year(y int) *YearPast {
	if h[y] == nil {
		h[y] = &YearPast{Took: map[Took]int{}, Repeats: map[Repeat]int{}}
	}
	return h[y]
}

// Not is how many are not put right yet.
func (m MonthPast) Not() int { return max(m.Raised-m.In-m.Over-m.None, 0) }

// Rate is how many of a hundred that were put right were so in time, rounded down; -1 where none was.
func (m MonthPast) Rate() int {
	if m.In+m.Over == 0 {
		return -1
	}
	return m.In * 100 / (m.In + m.Over)
}

// Sum adds up the months.
func (y *YearPast) Sum() (out MonthPast) {
	for _, m := range y.Months {
		out = MonthPast{out.Raised + m.Raised, out.In + m.In, out.Over + m.Over, out.None + m.None}
	}
	return out
}

// Span is a range of days, both inclusive; To is Endless where it has no end.
type Span struct{ From, To int }

// Endless is longer than anything lasts.
const Endless = 99_999

// AgeSpans are how long ago what is open was reported.
func AgeSpans() []Span { return []Span{{0, 3}, {4, 7}, {8, 15}, {16, 30}, {31, Endless}} }

// TookSpans are how long it took to put right.
func TookSpans() []Span { return []Span{{0, 1}, {2, 3}, {4, 7}, {8, 15}, {16, 30}, {31, Endless}} }

// Ages sorts what is open into the spans.
func Ages(days map[kernel.Date]int, today kernel.Date) []int {
	spans := AgeSpans()
	out := make([]int, len(spans))
	for day, n := range days {
		out[spanOf(spans, max(today.Sub(day), 0))] += n
	}
	return out
}

func spanOf(spans []Span, days int) int {
	return slices.IndexFunc(spans, func(s Span) bool { return days >= s.From && days <= s.To })
}

// Spread is how long hazards of a grade took: how many in all, the median in days, and by span.
type Spread struct {
	Grade     string
	N, Median int
	Spans     []int
}

// Spreads are those of the grades that have any, in the order given, others behind; the last one is all grades together, its
// grade empty. Of an even number the median is the lower of the two in the middle: a number of days that occurred.
func (y *YearPast) Spreads(grades []string) []Spread {
	by := map[string]map[int]int{"": {}}
	for t, n := range y.Took {
		if by[t.Grade] == nil {
			by[t.Grade] = map[int]int{}
		}
		by[t.Grade][t.Days] += n
		by[""][t.Days] += n
	}
	order := append(slices.Clone(grades), "-", "")
	var out []Spread
	for _, g := range order {
		if len(by[g]) > 0 {
			out = append(out, spread(g, by[g]))
		}
	}
	return out
}

func spread(grade string, days map[int]int) Spread {
	s := Spread{Grade: grade, Spans: make([]int, len(TookSpans()))}
	var known []int
	for d, n := range days {
		s.N += n
		s.Spans[spanOf(TookSpans(), d)] += n
		known = append(known, d)
	}
	slices.Sort(known)
	seen := 0
	for _, d := range known {
		if seen += days[d]; seen*2 >= s.N {
			s.Median = d
			break
		}
	}
	return s
}

// PlaceRepeats is what came again at a place.
type PlaceRepeats struct {
	Place org.PlaceID
	Unit  org.UnitID
	N     int
	Items []RepeatItem
}

// RepeatItem is one item of it.
type RepeatItem struct {
	Topic string
	N     int
}

// ByPlace sorts what came again by place, the most first.
func (y *YearPast) ByPlace() []PlaceRepeats {
	at := map[org.PlaceID]*PlaceRepeats{}
	for r, n := range y.Repeats {
		if n <= 0 {
			continue
		}
		if at[r.Place] == nil {
			at[r.Place] = &PlaceRepeats{Place: r.Place, Unit: r.Unit}
		}
		at[r.Place].N += n
		at[r.Place].Items = append(at[r.Place].Items, RepeatItem{r.Topic, n})
	}
	out := make([]PlaceRepeats, 0, len(at))
	for _, p := range at {
		slices.SortFunc(p.Items, func(a, b RepeatItem) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Topic, b.Topic)) })
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b PlaceRepeats) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Place, b.Place)) })
	return out
}
