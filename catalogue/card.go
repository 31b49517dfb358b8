package catalogue

import (
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
)

// Card is one version of a checklist for one kind of place. A published version never changes; a correction is a new one.
type Card struct {
	Code    string       `yaml:"code"` // CT, DM, PD, HZ
	Version string       `yaml:"version"`
	Name    kernel.Words `yaml:"name"`
	Place   string       `yaml:"place"`   // kind of place
	Signers []string     `yaml:"signers"` // offices that sign, one person each
	Items   []Item       `yaml:"items"`
}

// Item is one line of a card. Whether an answer passes is judged by the checklist engine.
type Item struct {
	Code        string       `yaml:"code"` // CT01; a suffix a, b … splits one point with several figures
	Text        kernel.Words `yaml:"text"`
	Type        ItemType     `yaml:"type"`
	Limit       Limit        `yaml:"limit"`        // N only
	ValidMonths int          `yaml:"valid_months"` // D only; 0: the date entered is itself the last valid day
	Severity    Severity     `yaml:"severity"`
	Ask         Ask          `yaml:"ask"`
	Rules       []Rule       `yaml:"rules"` // may be empty for our own points
	Mark        Mark         `yaml:"mark"`
	Unverified  bool         `yaml:"unverified"` // limit or rule not confirmed: shown as 待核实
	Doubt       kernel.Words `yaml:"doubt"`      // what exactly is to be verified, where only a part is
	Majors      []string     `yaml:"majors"`     // situations that may make a failure a 重大 hazard
}

// RulesOn lists the rules in force on that day; a day before all of them has none.
func (i Item) RulesOn(day kernel.Date) []Rule {
	var out []Rule
	for _, r := range i.Rules {
		if r.InForce(day) {
			out = append(out, r)
		}
	}
	return out
}

// Point is the code without its suffix: HZ11 for HZ11a.
func (i Item) Point() string { return strings.TrimRight(i.Code, "abcdefgh") }

// ItemType is what is answered besides 合格, 不合格, 不适用.
type ItemType string

const (
	YesNo ItemType = "B"
	Count ItemType = "N" // a figure against Limit
	Until ItemType = "D" // a day: the validity is remembered and not asked again before it ends
)

func (t *ItemType) UnmarshalText(b []byte) error {
	return oneOf(t, "item type", b, YesNo, Count, Until)
}

// Severity says what a failure does.
type Severity string

const (
	Key     Severity = "K" // opens a hazard at once
	General Severity = "G" // opens one only when the inspector ticks it
)

func (s *Severity) UnmarshalText(b []byte) error { return oneOf(s, "severity", b, Key, General) }

// Ask says how often an item is asked at one place.
type Ask string

const (
	EveryVisit Ask = "visit"
	EveryMonth Ask = "month"
	EveryYear  Ask = "year"
)

func (a *Ask) UnmarshalText(b []byte) error {
	return oneOf(a, "ask", b, EveryVisit, EveryMonth, EveryYear)
}

// newer compares versions such as 2024.1 part by part as numbers, so 2024.10 follows 2024.9.
func newer(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, _ := strconv.Atoi(as[i]) // check has made sure that all parts are numbers
		y, _ := strconv.Atoi(bs[i])
		if x != y {
			return x > y
		}
	}
	return len(as) > len(bs)
}
