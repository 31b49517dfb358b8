package duty

import (
	"context"

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

// MayName tells whether the actor may read who a round covers. Being in a people's group is of level P2 (domain.md 10.3): those
// names are for who does the duty and for who may see such details; all other subjects everybody may read.
func (d Duty) MayName(a authz.Actor) bool {
	if d.Targets.Kind != catalogue.EachPerson && d.Targets.Kind != catalogue.EachFamily {
		return true
	}
	return record.Within(a.Scope(people.SeeDetails), d.Unit) || d.DoneBy(Held(a, d.Unit))
}

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
	if !v.Of.MayName(a) {
		return record.RoundBrief{}, kernel.Err(kernel.Forbidden, "这一轮的名字只给办这件事的人看")
	}
	out := record.RoundBrief{ID: v.ID, Unit: v.Unit, Name: v.Of.Name, What: v.Of.What, Measure: v.Of.Measure, Form: v.Of.Form,
		Opens: v.Opens, Due: v.Due, Closes: v.Closes, Open: v.State == Open}
	all, err := b.Reads.Targets(ctx, s, TargetFilter{Round: id, Limit: briefMax})
	for _, t := range all {
		out.Targets = append(out.Targets, record.TargetBrief{Ref: t.Subject, Slice: t.Slice, Missing: t.State == Missing, Proof: t.Proof})
	}
	return out, err
}
