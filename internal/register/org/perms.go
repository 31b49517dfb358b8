package org

import "xiaojia/internal/platform/authz"

// What a person may do with units and places.
const (
	ManageUnits  authz.Perm = "org.manage-units"
	ManagePlaces authz.Perm = "org.manage-places"
	SeePlaces    authz.Perm = "org.see-places"
)

// Rules gives each office its part: a chair orders his branch, the company union and the administrator order all.
func Rules() []authz.Rule {
	return []authz.Rule{
		{Office: authz.Chair, Perm: ManageUnits, Reach: authz.Unit},
		{Office: authz.CompanyChair, Perm: ManageUnits, Reach: authz.Org},
		{Office: authz.Admin, Perm: ManageUnits, Reach: authz.Org},
		{Office: authz.Chair, Perm: ManagePlaces, Reach: authz.Unit},
		{Office: authz.CompanyChair, Perm: ManagePlaces, Reach: authz.Org},
		{Office: authz.Admin, Perm: ManagePlaces, Reach: authz.Org},
		{Office: authz.Member, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.GroupLeader, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.WorkerRep, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.MemberRep, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.Committee, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.Chair, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.DeptContact, Perm: SeePlaces, Reach: authz.Owner},
		{Office: authz.Contractor, Perm: SeePlaces, Reach: authz.Owner},
		{Office: authz.HSE, Perm: SeePlaces, Reach: authz.Unit},
		{Office: authz.CompanyChair, Perm: SeePlaces, Reach: authz.Org},
		{Office: authz.Auditor, Perm: SeePlaces, Reach: authz.Org},
		{Office: authz.Admin, Perm: SeePlaces, Reach: authz.Org},
	}
}

// covers tells whether a scope reaches what belongs to a branch; company-level things belong to none.
func covers(s authz.Scope, branch UnitID) bool {
	return s.Reach == authz.Org && s.Org != "" || s.Reach == authz.Unit && branch != "" && s.ID == string(branch)
}

// SeesPlace tells whether a scope of SeePlaces reaches a place; an owner sees what its unit answers for.
func SeesPlace(s authz.Scope, p Place) bool {
	return covers(s, p.Unit) || s.Reach == authz.Owner && s.ID != "" && s.ID == string(p.Owner)
}
