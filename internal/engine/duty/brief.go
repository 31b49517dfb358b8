package duty

import (
	"context"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Held is the offices that the actor holds in a branch today.
func Held(a authz.Actor, unit org.UnitID) []authz.Office {
	var out []authz.Office
	for _, g := range a.Grants {
		if unit != "" && g.Branch == string(unit) {
			out = append(out, g.Office)
		}
	}
	return out
}

// Names tells whose names among the subjects of a round somebody may read: all, those of some units, or none.
type Names struct {
	All bool
	Own []org.UnitID
}

// None tells that no name may be read.
func (n Names) None() bool { return !n.All && len(n.Own) == 0 }

// Of tells whether the name of a subject of that unit may be read.
func (n Names) Of(slice org.UnitID) bool { return n.All || slices.Contains(n.Own, slice) }

// Names tells whose names the actor may read. Being in a people's group is of level P2 (domain.md 10.3): those names are for who
// does the duty, a group leader those of his group, and for who may see such details; all other subjects everybody may read.
func (d Duty) Names(a authz.Actor) Names {
	if d.Targets.Kind != catalogue.EachPerson && d.Targets.Kind != catalogue.EachFamily {
		return Names{All: true}
	}
	return d.names(a, d.Unit)
}

func (d Duty) names(a authz.Actor, unit org.UnitID) Names {
	held := Held(a, unit)
	if record.Within(a.Scope(people.SeeDetails), unit) || d.DoneBy(held) && !d.ByGroup(held) {
		return Names{All: true}
	}
	var own []org.UnitID
	for _, g := range a.Grants {
		if g.Branch == string(unit) && d.DoneBy([]authz.Office{g.Office}) {
			own = append(own, org.UnitID(g.Unit))
		}
	}
	return Names{Own: own}
}

// Names tells whose names among the first who are missing the actor may read; it is about persons alone.
func (g Gap) Names(a authz.Actor) Names { return Duty{Who: g.Who}.names(a, g.Unit) }

// Briefs answers record.Rounds.
type Briefs struct{ Reads Reads }

// briefMax bounds the targets that one form offers.
const briefMax = 1000

// Brief shows the round with its targets to somebody who may write about it.
func (b Briefs) Brief(ctx context.Context, a authz.Actor, id RoundID) (record.RoundBrief, error) {
	s := a.Scope(SeeDuties)
	v, err := b.Reads.Round(ctx, s, id)
	if err != nil {
		return record.RoundBrief{}, err
	}
	names := v.Of.Names(a)
	if names.None() {
		return record.RoundBrief{}, kernel.Err(kernel.Forbidden, "这一轮的名字只给办这件事的人看")
	}
	out := record.RoundBrief{ID: v.ID, Unit: v.Unit, Name: v.Of.Name, What: v.Of.What, Measure: v.Of.Measure, Form: v.Of.Form,
		Opens: v.Opens, Due: v.Due, Closes: v.Closes, Open: v.State == Open}
	all, err := b.Reads.Targets(ctx, s, TargetFilter{Round: id, Slices: names.Own, Limit: briefMax})
	for _, t := range all {
		out.Targets = append(out.Targets, record.TargetBrief{Ref: t.Subject, Slice: t.Slice, Missing: t.State == Missing, Proof: t.Proof})
	}
	return out, err
}
