package safety

import "xiaojia/internal/platform/authz"

// What may be done with hazards.
const (
	SeeHazards    authz.Perm = "see-hazards"
	ReportHazard  authz.Perm = "report-hazard"
	ActOnHazard   authz.Perm = "act-on-hazard" // which act is the flow's question
	JudgeHazard   authz.Perm = "judge-hazard"
	AssignHazard  authz.Perm = "assign-hazard"
	AnswerHazard  authz.Perm = "answer-hazard"
	IssueLetter   authz.Perm = "issue-letter"
	ExportHazards authz.Perm = "export-hazards"
)

// HazardRules says which office may do what, and how far.
func HazardRules() []authz.Rule {
	var out []authz.Rule
	give := func(p authz.Perm, r authz.Reach, offices ...authz.Office) {
		for _, o := range offices {
			out = append(out, authz.Rule{Office: o, Perm: p, Reach: r})
		}
	}
	everybody := []authz.Office{authz.Member, authz.GroupLeader, authz.WorkerRep, authz.MemberRep, authz.Committee, authz.Chair, authz.HSE, authz.DeptContact, authz.Contractor, authz.CompanyChair}
	give(SeeHazards, authz.Self, authz.Member, authz.GroupLeader)
	give(SeeHazards, authz.Unit, authz.WorkerRep, authz.MemberRep, authz.Committee, authz.Chair, authz.HSE)
	give(SeeHazards, authz.Owner, authz.DeptContact, authz.Contractor)
	give(SeeHazards, authz.Org, authz.CompanyChair, authz.Auditor)
	give(ReportHazard, authz.Unit, everybody...)
	give(ActOnHazard, authz.Self, authz.Member, authz.GroupLeader, authz.WorkerRep, authz.MemberRep, authz.Committee)
	give(ActOnHazard, authz.Unit, authz.Chair, authz.HSE)
	give(ActOnHazard, authz.Owner, authz.DeptContact, authz.Contractor)
	give(ActOnHazard, authz.Org, authz.CompanyChair)
	give(JudgeHazard, authz.Unit, authz.HSE)
	give(AssignHazard, authz.Unit, authz.Chair)
	give(AnswerHazard, authz.Owner, authz.DeptContact, authz.Contractor)
	give(IssueLetter, authz.Unit, authz.Chair)
	give(ExportHazards, authz.Unit, authz.Chair, authz.Committee, authz.HSE)
	give(ExportHazards, authz.Org, authz.CompanyChair, authz.Auditor)
	return out
}
