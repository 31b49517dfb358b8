package safety

import (
	"slices"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// What may be done with hazards.
const (
	SeeHazards    authz.Perm = "see-hazards"
	ReportHazard  authz.Perm = "report-hazard"
	ActOnHazard   authz.Perm = "act-on-hazard" // which act is the flow's question
	JudgeHazard   authz.Perm = "judge-hazard"
	AssignHazard  authz.Perm = "assign-hazard"
	AnswerHazard  authz.Perm = "answer-hazard"
	OverseeHazard authz.Perm = "oversee-hazard" // the company union, where the branch is late or a hazard is major
	IssueLetter   authz.Perm = "issue-letter"   // which of the two kinds is MayIssue's question
	ExportHazards authz.Perm = "export-hazards"
	SeeOverview   authz.Perm = "see-overview"
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
	give(OverseeHazard, authz.Org, authz.CompanyChair)
	give(IssueLetter, authz.Unit, authz.Chair, authz.HSE)
	give(SeeOverview, authz.Unit, authz.WorkerRep, authz.MemberRep, authz.Committee, authz.Chair, authz.HSE)
	give(SeeOverview, authz.Org, authz.CompanyChair, authz.Auditor)
	give(ExportHazards, authz.Unit, authz.Chair, authz.Committee, authz.HSE)
	give(ExportHazards, authz.Org, authz.CompanyChair, authz.Auditor)
	return out
}

// HazardSight is what an actor sees of hazards: where his offices reach, what he has to do with himself, whose turn is his,
// and where he may read the talk with a reporter.
type HazardSight struct {
	Scope  authz.Scope
	Person people.ID
	Waits  []string
	Talks  []authz.Scope
	Above  bool // oversees the branches: what escalated and stays undone is his to press for
}

// SeenHazards is the sight of an actor.
func SeenHazards(a authz.Actor) HazardSight {
	return HazardSight{Scope: a.Scope(SeeHazards), Person: people.ID(a.Person), Waits: matter.WaitsFor(a),
		Talks: []authz.Scope{a.Scope(JudgeHazard), a.Scope(AssignHazard), a.Scope(OverseeHazard)}, Above: a.May(OverseeHazard)}
}

// Sees tells whether a hazard is in sight; whoever reported, rectifies or verifies it sees it, whatever his offices are.
func (s HazardSight) Sees(m matter.Matter) bool {
	return matter.Covers(s.Scope, m) || matter.Covers(authz.Scope{Reach: authz.Self, ID: string(s.Person)}, m)
}

// Hears tells whether the talk with the reporter may be read: by the reporter and by those who may ask him.
func (s HazardSight) Hears(m matter.Matter) bool {
	return s.Person != "" && s.Person == m.Reporter || s.Decides(m)
}

// Decides tells whether somebody judges, assigns or oversees a hazard.
func (s HazardSight) Decides(m matter.Matter) bool {
	return slices.ContainsFunc(s.Talks, func(t authz.Scope) bool { return t.Org != "" && matter.Covers(t, m) })
}
