// Package duty keeps the standing duties of a branch and their rounds: what must happen again and again, for whom, and what
// of it is done.
//
// Main nouns: Duty, a row of the catalogue that a branch adopted or an officer's own; Round, one period of a duty with the
// derivation of its days (Why); Target, one person, place or unit that a round must reach; Coverage, done and excused of all.
// It never knows what a target is, matches nothing afterwards by guessing, and never changes who a round was frozen for.
package duty

import (
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// ID names a duty inside one company union.
type ID string

// Duty is what must happen again and again in one branch.
type Duty struct {
	ID         ID
	Unit       org.UnitID
	Code       string // of the catalogue, or made for an officer's own
	Mechanism  string // S8; empty for an officer's own
	Measure    catalogue.Measure
	Name       kernel.Words
	What       kernel.Words
	Rhythm     catalogue.Rhythm
	Who        []authz.Office
	Targets    catalogue.Selector
	Form       catalogue.Form
	Card       string
	Place      org.PlaceID // one place instead of Targets
	Signers    []authz.Office
	Source     string
	Unverified bool // the date is not confirmed: shown as 待核实
	Own        bool
	Adopted    kernel.Date // nothing is owed before it
	Retired    kernel.Date
	Planned    int // how far its rounds are written, see planStamp
	Version    int
}

// Adopt makes a branch's duty of a row of the catalogue.
func Adopt(c catalogue.Duty, id ID, unit org.UnitID, on kernel.Date) Duty {
	return Duty{ID: id, Unit: unit, Code: c.Code, Mechanism: c.Mechanism(), Measure: c.Measure, Name: c.Name, What: c.What, Rhythm: c.Rhythm,
		Who: offices(c.Who), Targets: c.Targets, Form: c.Form, Card: c.Card, Signers: offices(c.Signers), Source: c.Source.Cite(),
		Unverified: c.Unverified, Adopted: on, Version: 1}
}

// DoneBy tells whether one of the offices does this duty.
func (d Duty) DoneBy(held []authz.Office) bool {
	return slices.ContainsFunc(held, func(o authz.Office) bool { return slices.Contains(d.Who, o) })
}

func offices(keys []string) []authz.Office {
	out := make([]authz.Office, len(keys))
	for i, k := range keys {
		out[i] = authz.Office(k)
	}
	return out
}
