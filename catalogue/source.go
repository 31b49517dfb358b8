package catalogue

import "xiaojia/internal/kernel"

// Rule names the text that something rests on: title, number, article. Readers are shown these, never an address.
type Rule struct {
	Title   string      `yaml:"title" json:"title"`
	No      string      `yaml:"no" json:"no,omitempty"`           // 文号 or edition
	Article string      `yaml:"article" json:"article,omitempty"` // 条款
	Since   kernel.Date `yaml:"since" json:"since,omitzero"`      // in force from; empty: before all days of the program
}

// InForce tells whether the rule binds on that day. A paper of 2024 must not cite a law of 2026.
func (r Rule) InForce(on kernel.Date) bool { return !on.Before(r.Since) }

// Cite is the rule as it stands on a form: title, number and article in one line.
func (r Rule) Cite() string {
	s := r.Title
	if r.No != "" {
		s += "（" + r.No + "）"
	}
	return s + r.Article
}

// Source is a rule with the evidence for it. A design decision of ours (mark D) may have no title.
type Source struct {
	Rule `yaml:",inline"`
	Mark Mark `yaml:"mark" json:"mark"`
}

// Mark says how well a fact is known.
type Mark string

const (
	Confirmed   Mark = "C" // read in the text of the rule or an official page
	Practice    Mark = "P" // practice of one place, shipped as an example
	Unconfirmed Mark = "U" // no source found: shown as 待核实
	Design      Mark = "D" // our own proposal, free to change
)

func (m *Mark) UnmarshalText(b []byte) error {
	return oneOf(m, "mark", b, Confirmed, Practice, Unconfirmed, Design)
}
