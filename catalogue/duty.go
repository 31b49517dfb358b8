package catalogue

import (
	"strings"

	"xiaojia/internal/kernel"
)

// Measure is one of the four measures (四举措) or the proof of them.
type Measure string

const (
	Safety  Measure = "safety"
	Warmth  Measure = "warmth"
	Voice   Measure = "voice"
	Culture Measure = "culture"
	Proof   Measure = "proof"
)

func (m *Measure) UnmarshalText(b []byte) error {
	return oneOf(m, "measure", b, Safety, Warmth, Voice, Culture, Proof)
}

// MeasureInfo is a measure with its name, its motto and its standing mechanisms.
type MeasureInfo struct {
	Key        Measure      `yaml:"key"`
	Name       kernel.Words `yaml:"name"`
	Motto      kernel.Words `yaml:"motto"`
	Mechanisms []Mechanism  `yaml:"mechanisms"`
}

// Mechanism is one standing mechanism (常态化机制) of a measure, such as S8.
type Mechanism struct {
	Code string       `yaml:"code"`
	Name kernel.Words `yaml:"name"`
}

// Duty is what must happen again and again: when, for whom, by whom, with which form.
type Duty struct {
	Code       string       `yaml:"code"` // stable, mechanism and name: S8.canteen
	Measure    Measure      `yaml:"-"`
	Name       kernel.Words `yaml:"name"`
	What       kernel.Words `yaml:"what"` // what is to be done and when it counts as done
	Rhythm     Rhythm       `yaml:"rhythm"`
	Who        []string     `yaml:"who"` // offices that do it
	Targets    Selector     `yaml:"targets"`
	Form       Form         `yaml:"form"`
	Card       string       `yaml:"card"`    // empty with form patrol: the card of the place's kind
	Signers    []string     `yaml:"signers"` // offices that sign, one person each
	Source     Source       `yaml:"source"`
	Unverified bool         `yaml:"unverified"` // the date is not confirmed: shown as 待核实
}

// Mechanism is the row of the mission that the duty belongs to: S8 for S8.canteen.
func (d Duty) Mechanism() string {
	code, _, _ := strings.Cut(d.Code, ".")
	return code
}

// Form is the form that does a target of the duty.
type Form string

const (
	Patrol Form = "patrol" // a checklist run that two representatives sign
	Note   Form = "note"   // 记一笔: day, words, photos, people present, signature
)

func (f *Form) UnmarshalText(b []byte) error { return oneOf(f, "form", b, Patrol, Note) }

// Selector says whom or what a round covers; the engine freezes it into targets.
type Selector struct {
	Kind   TargetKind `yaml:"kind" json:"kind"`
	Values []string   `yaml:"values" json:"values,omitempty"`
}

// TargetKind is what one target of a round is.
type TargetKind string

const (
	TheBranch   TargetKind = "branch"       // the branch as a whole, one target
	EachPlace   TargetKind = "place_kind"   // every place of the kinds in Values
	EachGroup   TargetKind = "group"        // every union group of the branch
	EachPerson  TargetKind = "people_group" // everybody in one of the people's groups in Values
	EachSite    TargetKind = "site"         // every out-of-town site
	EachFamily  TargetKind = "household"    // every household of somebody in the people's groups in Values
	EveryMember TargetKind = "member"       // every member of the branch
)

func (k *TargetKind) UnmarshalText(b []byte) error {
	return oneOf(k, "target kind", b, TheBranch, EachPlace, EachGroup, EachPerson, EachSite, EachFamily, EveryMember)
}
