package people

import (
	"slices"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Offices that authz does not name, because no rule of the platform speaks of them.
const (
	GroupInspector   authz.Office = "group-inspector"
	FoodSup          authz.Office = "food-sup"
	CompanyCommittee authz.Office = "company-committee"
	SiteContact      authz.Office = "site-contact"
)

// appointer says whom the holder of an office may appoint, and how far.
type appointer struct {
	office authz.Office
	reach  authz.Reach
	to     []authz.Office
}

// appointers is apart from what the offices themselves may do (decisions.md 12). The administrator appoints nobody.
func appointers() []appointer {
	return []appointer{
		{authz.Chair, authz.Unit, []authz.Office{authz.WorkerRep, authz.MemberRep, authz.GroupLeader, GroupInspector, FoodSup, authz.Committee,
			authz.DeptContact, authz.Contractor, SiteContact, authz.HSE, authz.Logistics}},
		{authz.CompanyChair, authz.Org, []authz.Office{authz.Chair, authz.CompanyChair, CompanyCommittee, authz.Auditor, authz.Admin,
			authz.DeptContact, authz.Contractor, SiteContact, authz.HSE, authz.Logistics}},
	}
}

// Appointing is the permission to appoint somebody else to an office.
func Appointing(o authz.Office) authz.Perm { return "appoint:" + authz.Perm(o) }

func appointRules() []authz.Rule {
	var out []authz.Rule
	for _, a := range appointers() {
		for _, o := range a.to {
			out = append(out, authz.Rule{Office: a.office, Perm: Appointing(o), Reach: a.reach})
		}
	}
	return out
}

// MayAppoint tells whether the actor may appoint to the office at a unit of the branch; company units have none.
func MayAppoint(by authz.Actor, o authz.Office, branch org.UnitID) bool {
	return coversBranch(by.Scope(Appointing(o)), branch)
}

// Outranks tells whether the actor may appoint to the office, or to the office of somebody who may: only then may he let
// its holder in by a new link, because a link is as good as the mandate.
func Outranks(by authz.Actor, o authz.Office, branch org.UnitID) bool {
	if MayAppoint(by, o, branch) {
		return true
	}
	return slices.ContainsFunc(appointers(), func(a appointer) bool {
		return slices.Contains(a.to, o) && MayAppoint(by, a.office, branch)
	})
}
