package story

import (
	"fmt"
	"slices"
	"time"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
)

// bulkHazard is a hazard with who had to do with it.
type bulkHazard struct {
	safety.Hazard
	side     *side
	words    string // what was found
	reporter known  // whoever the row names
	hand     known
	seer     known
	steps    [8]kernel.Time // when it came into each state, by its place in matter.States
}

// reach is how far the i-th hazard has come that was reported so many days ago: what is older than a month is settled but
// for a few that are stuck, of the last month two of three are under way.
func reach(i, age int) (matter.State, matter.Outcome) {
	states := matter.States()
	c := chance(1000, "reach", i)
	switch {
	case age > 30 && c < 4:
		return states[c], ""
	case age <= 30 && c < 660:
		return states[min(5, max(0, age-c%5)/3)], ""
	case c%25 == 24:
		return matter.Closed, matter.NotOne
	}
	return matter.Closed, matter.Solved
}

// bulkGrades are in proportion: most are small.
var bulkGrades = []string{"A", "B", "B", "C", "C", "C", "C", "D", "D", "D"}

// bulkModes are under which name people report.
var bulkModes = []safety.Mode{safety.Named, safety.Named, safety.Named, safety.FromPatrol, safety.FromPatrol, safety.FromPatrol, safety.Hidden, safety.Anonymous}

func (b *bulk) hazard(i int, on kernel.Date) (bulkHazard, error) {
	s := b.side(i)
	x := s.spots[chance(len(s.spots), "spot", i)]
	h := bulkHazard{side: s, words: x.words}
	h.Mode = bulkModes[chance(len(bulkModes), "mode", i)]
	h.Spot, h.Description = fmt.Sprintf("%d 号柱", 1+chance(60, "pillar", i)), x.words+"，请安排处理。"
	h.Matter = matter.Matter{Kind: matter.Hazard, Unit: s.branch, Place: x.at, Title: x.words + synthetic, Raised: on, Version: 1}
	h.State, h.Outcome = reach(i, b.today.Sub(on))
	h.walk(b.now, i)
	h.ID = matter.ID(kernel.NewID(h.steps[0]))
	if h.Mode == safety.Hidden || h.Mode == safety.Anonymous {
		h.ID = matter.ID(kernel.BlindID())
	}
	if h.Mode != safety.Anonymous && h.Mode != safety.FromPatrol {
		h.reporter = s.crowd[chance(len(s.crowd), "reporter", i)]
		h.Reporter = h.reporter.id
	}
	h.named(x, i)
	return h, b.clock(&h)
}

// walk sets when it came into each state, and what it is by then.
func (h *bulkHazard) walk(now kernel.Time, i int) {
	at := h.Raised.At(8+chance(9, "hour", i), chance(60, "minute", i))
	if h.blind() {
		at = h.Raised.At(0, 0)
	}
	last := slices.Index(matter.States(), h.State)
	pause := time.Duration(2+chance(46, "step", i)) * time.Hour
	if h.Open() && last > 0 && now.Sub(h.Raised.At(0, 0)) < 31*24*time.Hour { // its last step is a few days old at most
		pause = max(0, now.Sub(at)-time.Duration(chance(72, "rest", i))*time.Hour) / time.Duration(last)
	}
	for k := range last + 1 {
		h.steps[k] = min(at.Add(time.Duration(k)*pause), now)
	}
	h.Version = last + 1
	if h.Outcome == matter.NotOne {
		h.Version, h.steps[6] = 2, h.steps[1]
	}
	if h.State == matter.Closed {
		h.ClosedAt = h.steps[6]
	}
}

func (h *bulkHazard) blind() bool { return h.Mode == safety.Hidden || h.Mode == safety.Anonymous }

// reached tells whether it came so far on the straight way.
func (h *bulkHazard) reached(s matter.State) bool {
	if h.Outcome == matter.NotOne {
		return s == matter.Raised
	}
	for _, x := range matter.States() {
		if x == s || x == h.State {
			return x == s
		}
	}
	return false
}

// named fills in what each step fixes.
func (h *bulkHazard) named(x spotAt, i int) {
	if h.Outcome == matter.NotOne {
		h.LastWhy = noHazard
	}
	if h.reached(matter.Judged) {
		if h.Grade = bulkGrades[chance(len(bulkGrades), "grade", i)]; i%500 == 499 {
			h.Grade = "major"
		}
	}
	if h.reached(matter.Assigned) {
		h.Owner = x.owner
		if h.hand = h.side.hands[x.owner]; h.hand.id == "" {
			h.hand = h.side.seers[0]
		}
		h.seer = h.side.seers[chance(len(h.side.seers), "seer", i)]
		h.Rectifier, h.Verifier = h.hand.id, h.seer.id
		if h.Measure, h.Doer = measures[x.scene], "当班班组"; h.Measure == "" {
			h.Measure = "按标准整改，举一反三检查同类地方。"
		}
	}
	if h.reached(matter.Answered) {
		h.DoneOn, h.DoneNote = h.steps[3].Date(), "已按措施整改，现场试过两次，正常。"
	}
	if h.reached(matter.Verified) {
		h.VerifiedOn, h.VerifyNote = h.steps[4].Date(), "到现场看过，合格。"
	}
	if h.reached(matter.Announced) {
		h.Announced, h.AnnouncedHow = h.steps[5].Date(), "班前会和公示栏"
	}
}

// clock sets what is due, and what the tick would have found by now.
func (b *bulk) clock(h *bulkHazard) error {
	if h.Grade == "major" {
		h.Escalated = matter.Company
	}
	if h.reached(matter.Assigned) {
		fix, _, err := b.fixing(h)
		if err != nil {
			return err
		}
		h.FixBy = fix.Date()
	}
	if h.reached(matter.Answered) {
		h.Handed, h.Overran = h.DoneOn, h.DoneOn.After(h.FixBy)
	}
	if !h.Open() {
		return nil
	}
	if err := b.due(h); err != nil {
		return err
	}
	if !h.Due.Before(b.now) {
		return nil
	}
	h.LateAt, h.Escalated = min(h.Due.Add(time.Hour), b.now), max(h.Escalated, matter.Branch)
	if b.days.Between(h.LateAt.Date(), b.today) >= b.wait {
		h.Escalated = matter.Company
	}
	return nil
}

// due is the clock of the state that it is in.
func (b *bulk) due(h *bulkHazard) (err error) {
	key := map[matter.State]string{matter.Raised: "judge", matter.Judged: "assign", matter.Answered: "verify", matter.Verified: "announce", matter.Announced: "close"}[h.State]
	if key == "" {
		h.Due, h.DueWhy, err = b.fixing(h)
	} else {
		h.Due, h.DueWhy, err = b.clocks.Due(key, h.steps[h.Version-1], b.days)
	}
	return err
}

// fixing is until when it is to be put right, from the assignment on.
func (b *bulk) fixing(h *bulkHazard) (kernel.Time, matter.Why, error) {
	from := h.steps[2]
	if h.Grade == "major" {
		return from.Date().Add(8).At(23, 59), matter.Why{Text: "治理方案定的日期"}, nil
	}
	key, _ := b.clocks.OfGrade(h.Grade)
	return b.clocks.Due(key, from, b.days)
}
