package duty

import (
	"slices"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/platform/authz"
)

func TestADutyLacksWhatItsBranchHasNot(t *testing.T) {
	t.Parallel()
	has := Has{Place: func(k string) bool { return k == "canteen" }, Group: true, Office: func(o authz.Office) bool { return o == authz.WorkerRep }}
	of := func(k catalogue.TargetKind, values ...string) Duty {
		return Duty{Targets: catalogue.Selector{Kind: k, Values: values}, Who: []authz.Office{authz.WorkerRep, authz.MemberRep}}
	}
	for _, c := range []struct {
		name string
		duty Duty
		want bool
	}{
		{"a kind that is there", of(catalogue.EachPlace, "canteen"), false},
		{"one of two kinds is there", of(catalogue.EachPlace, "chemical", "canteen"), false},
		{"no place of the kind", of(catalogue.EachPlace, "chemical"), true},
		{"one place of its own", Duty{Place: "room", Targets: catalogue.Selector{Kind: catalogue.EachPlace}}, false},
		{"groups", of(catalogue.EachGroup), false},
		{"no site", of(catalogue.EachSite), true},
		{"people who may come to be labelled", of(catalogue.EachPerson, "hardship"), false},
		{"the branch", of(catalogue.TheBranch), false},
	} {
		if got := c.duty.Lacks(has).Targets; got != c.want {
			t.Errorf("%s: got lack %v, want %v", c.name, got, c.want)
		}
	}
	reps := []authz.Office{authz.WorkerRep, authz.MemberRep}
	for _, c := range []struct {
		name string
		duty Duty
		want []authz.Office
	}{
		{"one of several is enough", Duty{Who: reps, Form: catalogue.Note}, nil},
		{"nobody of several", Duty{Who: []authz.Office{authz.MemberRep, authz.Committee}, Form: catalogue.Note}, []authz.Office{authz.MemberRep, authz.Committee}},
		{"a patrol wants both signatures", Duty{Who: reps, Signers: reps, Form: catalogue.Patrol}, []authz.Office{authz.MemberRep}},
	} {
		if got := c.duty.Lacks(has).Vacant; !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
