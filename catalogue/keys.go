package catalogue

import (
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
)

// Clock is a time limit of a matter; the engine runs it over the working days as published.
type Clock struct {
	Key    string       `yaml:"key"` // judge, rectify.A, verify, letter.answer
	Name   kernel.Words `yaml:"name"`
	Amount int          `yaml:"amount"`
	Unit   ClockUnit    `yaml:"unit"`
	Source Source       `yaml:"source"`
}

// ClockUnit is what an amount counts.
type ClockUnit string

const (
	WorkingDays  ClockUnit = "working_days"
	RunningHours ClockUnit = "running_hours" // through nights and days off
	CalendarDays ClockUnit = "days"
	ByPlan       ClockUnit = "plan" // the plan of the rectification sets the day; Amount is 0
)

func (u *ClockUnit) UnmarshalText(b []byte) error {
	return oneOf(u, "clock unit", b, WorkingDays, RunningHours, CalendarDays, ByPlan)
}

// Grade is a hazard's grade: 重大 or 一般 A to D.
type Grade struct {
	Key     string       `yaml:"key"`
	Name    kernel.Words `yaml:"name"`
	Meaning kernel.Words `yaml:"meaning"`
	Clock   string       `yaml:"clock"` // of the rectification
	Source  Source       `yaml:"source"`
}

// Major is one situation that makes a hazard 重大 (应急管理部令第10号); the text is a reminder, the rule decides.
type Major struct {
	Code       string       `yaml:"code"`
	Text       kernel.Words `yaml:"text"`
	Source     Source       `yaml:"source"`
	Unverified bool         `yaml:"unverified"`
}

// Group is a people's group: somebody can be in several.
type Group struct {
	Key  string       `yaml:"key"`
	Name kernel.Words `yaml:"name"`
}

// Office is what a mandate is for. Rights come from offices alone.
type Office struct {
	Key   string       `yaml:"key"`
	Name  kernel.Words `yaml:"name"`
	Held  HeldAt       `yaml:"held"`
	Term  bool         `yaml:"term"`  // elected or appointed for a term, so the mandate needs an end
	Named []string     `yaml:"named"` // words in the names of departments that most likely hold it
}

// HeldAt is the kind of unit in which an office is held.
type HeldAt string

const (
	AtGroup      HeldAt = "group"
	AtBranch     HeldAt = "branch"
	AtCompany    HeldAt = "company"
	AtDepartment HeldAt = "department"
	AtContractor HeldAt = "contractor"
	AtSite       HeldAt = "site"
)

func (h *HeldAt) UnmarshalText(b []byte) error {
	return oneOf(h, "held", b, AtGroup, AtBranch, AtCompany, AtDepartment, AtContractor, AtSite)
}

// PlaceKind is a kind of place with the code of its checklist, empty where there is none.
type PlaceKind struct {
	Key  string       `yaml:"key"`
	Name kernel.Words `yaml:"name"`
	Card string       `yaml:"card"`
}

// oneOf is the one parser of all closed sets.
func oneOf[T ~string](into *T, what string, b []byte, all ...T) error {
	if !slices.Contains(all, T(b)) {
		return fmt.Errorf("%s %q: want one of %v", what, b, all)
	}
	*into = T(b)
	return nil
}
