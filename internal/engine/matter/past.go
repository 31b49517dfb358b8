package matter

import (
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// RepeatDays is within how many days the same topic at the same place counts as having come again.
const RepeatDays = 90

// WholeOrg stands in the counters of the past for all branches together.
const WholeOrg = "*"

// daysMost is the longest time that a counter tells from others.
const daysMost = 400

// handOver notes when it was handed in, and whether in time; a failed check takes it back.
func (m *Matter) handOver(to State, now kernel.Time) {
	switch to {
	case Answered:
		m.Handed, m.Overran = now.Date(), m.Due.Before(now)
	case Raised, Judged, Assigned:
		m.Handed, m.Overran = kernel.Date{}, false
	}
}

// Took is from the report to the hand-in that stands, in days; -1 where it is not handed in.
func (m Matter) Took() int {
	if m.Handed.IsZero() {
		return -1
	}
	return max(m.Handed.Sub(m.Raised), 0)
}

// Righted tells whether it was put right and somebody else has seen it.
func (m Matter) Righted() bool {
	return slices.Contains([]State{Verified, Announced, Closed}, m.State) && !m.none() && !m.Handed.IsZero()
}

// none tells whether it ended as none, a second one or taken back: it counts neither as done nor as to be done.
func (m Matter) none() bool { return m.State == Closed && m.Outcome != Solved && m.Outcome != "" }

// past is the counters of what became of what was raised in a month (docs/adr/0010): y/ raised, x/ ended as none, f/ put right
// by grade and days, in time or not, for the branch and for all of them, r/ come again, by year, place and topic.
func (m Matter) past() []string {
	month := m.Raised.String()[:7]
	out := []string{fmt.Sprintf("y/%s/%s", m.Unit, month)}
	if m.none() {
		return append(out, fmt.Sprintf("x/%s/%s", m.Unit, month))
	}
	if m.Again {
		out = append(out, fmt.Sprintf("r/%s/%d/%s/%s", m.Unit, m.Raised.Year(), m.Place, m.Topic))
	}
	if m.Righted() {
		how, grade := "in", m.Grade
		if m.Overran {
			how = "over"
		}
		if grade == "" {
			grade = "-"
		}
		for _, unit := range []string{string(m.Unit), WholeOrg} {
			out = append(out, fmt.Sprintf("f/%s/%s/%s/%d/%s", unit, month, grade, min(m.Took(), daysMost), how))
		}
	}
	return out
}

// again tells whether the same came up at the same place not long ago.
func (s *Service) again(tx db.Tx, m Matter) (bool, error) {
	if m.Topic == "" || m.Place == "" {
		return false, nil
	}
	last, err := s.store.LastOf(tx, m)
	return !last.IsZero() && m.Raised.Sub(last) <= RepeatDays, err
}
