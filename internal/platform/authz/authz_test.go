package authz

import "testing"

// 安环部 of a branch reaches that branch; a department of the company itself serves every branch; a contact does not.
func TestADepartmentOfTheCompanyServesEveryBranch(t *testing.T) {
	t.Parallel()
	set := NewSet([]Rule{{HSE, "see", Unit}, {DeptContact, "see", Owner}, {DeptContact, "read", Unit}, {Member, "see", Self}})
	for _, c := range []struct {
		g    Grant
		perm Perm
		want Scope
	}{
		{Grant{HSE, "d1", "b1"}, "see", Scope{"o1", Unit, "b1"}},
		{Grant{HSE, "d0", ""}, "see", Scope{"o1", Org, ""}},
		{Grant{DeptContact, "d0", ""}, "see", Scope{"o1", Owner, "d0"}},
		{Grant{DeptContact, "d0", ""}, "read", Scope{"o1", Unit, ""}},
	} {
		a := set.Resolve(Actor{Org: "o1", Person: "p", Grants: []Grant{c.g}})
		if got := a.Scope(c.perm); got != c.want {
			t.Errorf("%+v %s: got %+v, want %+v", c.g, c.perm, got, c.want)
		}
	}
}

// The widest reach counts, whatever the order of the offices.
func TestTheWidestReachCounts(t *testing.T) {
	t.Parallel()
	set := NewSet([]Rule{{Member, "see", Self}, {HSE, "see", Unit}, {Chair, "see", Unit}})
	for _, grants := range [][]Grant{{{Member, "b1", "b1"}, {Chair, "b1", "b1"}, {HSE, "d0", ""}}, {{HSE, "d0", ""}, {Chair, "b1", "b1"}, {Member, "b1", "b1"}}} {
		if got := set.Resolve(Actor{Org: "o1", Person: "p", Grants: grants}).Scope("see"); got.Reach != Org {
			t.Errorf("got %+v, want the whole union", got)
		}
	}
}

func TestOfficesThatReachAlikeInTwoPlacesClash(t *testing.T) {
	t.Parallel()
	set := NewSet([]Rule{{Chair, "x", Unit}, {WorkerRep, "x", Unit}, {DeptContact, "x", Owner}, {CompanyChair, "x", Org}, {CompanyChair, "y", Unit}, {Chair, "y", Unit}})
	for _, c := range []struct {
		a, b Grant
		want bool
	}{
		{Grant{Chair, "b1", "b1"}, Grant{WorkerRep, "b1", "b1"}, false},
		{Grant{Chair, "b1", "b1"}, Grant{WorkerRep, "b2", "b2"}, true},
		{Grant{DeptContact, "d1", "b1"}, Grant{DeptContact, "d2", "b1"}, true},
		{Grant{DeptContact, "d1", "b1"}, Grant{Chair, "b2", "b2"}, false},
		{Grant{CompanyChair, "co", ""}, Grant{Chair, "b1", "b1"}, false},
	} {
		if set.Clash(c.a, c.b) != c.want || set.Clash(c.b, c.a) != c.want {
			t.Errorf("%+v and %+v: want %v", c.a, c.b, c.want)
		}
	}
}
