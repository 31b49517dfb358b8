package duty

import "xiaojia/internal/platform/authz"

const (
	SeeDuties     authz.Perm = "duty.see"
	ManageDuties  authz.Perm = "duty.manage"
	ExcuseTargets authz.Perm = "duty.excuse"
)

// Rules: everybody of a branch sees its year, the company union sees all; the chair answers for duties and excuses.
func Rules() []authz.Rule {
	var out []authz.Rule
	for _, o := range []authz.Office{authz.Member, authz.GroupLeader, "group-inspector", authz.WorkerRep, authz.MemberRep, "food-sup", authz.Committee, authz.Chair,
		authz.HSE, authz.Logistics, authz.DeptContact, "site-contact"} {
		out = append(out, authz.Rule{Office: o, Perm: SeeDuties, Reach: authz.Unit})
	}
	for _, o := range []authz.Office{authz.CompanyChair, "company-committee", authz.Auditor, authz.Admin} {
		out = append(out, authz.Rule{Office: o, Perm: SeeDuties, Reach: authz.Org})
	}
	return append(out, authz.Rule{Office: authz.Chair, Perm: ManageDuties, Reach: authz.Unit},
		authz.Rule{Office: authz.Chair, Perm: ExcuseTargets, Reach: authz.Unit})
}
