package people

import (
	"slices"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// What a person may do with the roster. Whom he may appoint stands in appoint.go.
const (
	SeePeople    authz.Perm = "people.see"         // name, staff number, department, group, post (levels P0 and P1)
	SeeDetails   authz.Perm = "people.see-details" // birth, masked phone, household, labels (level P2)
	EditPeople   authz.Perm = "people.edit"
	ImportPeople authz.Perm = "people.import"
	RevealSealed authz.Perm = "people.reveal"
	SeeReveals   authz.Perm = "people.see-reveals"  // who opened what is sealed, and why
	SeeMandates  authz.Perm = "people.see-mandates" // who may do what by virtue of which mandate
)

// Rules gives each office its part. The administrator keeps the machine and sees no member's secrets (mission.md).
func Rules() []authz.Rule {
	unit := func(p authz.Perm, offices ...authz.Office) (out []authz.Rule) {
		for _, o := range offices {
			out = append(out, authz.Rule{Office: o, Perm: p, Reach: authz.Unit})
		}
		return out
	}
	whole := func(p authz.Perm, offices ...authz.Office) (out []authz.Rule) {
		for _, o := range offices {
			out = append(out, authz.Rule{Office: o, Perm: p, Reach: authz.Org})
		}
		return out
	}
	own := []authz.Rule{
		{Office: authz.DeptContact, Perm: SeePeople, Reach: authz.Owner},
		{Office: authz.GroupLeader, Perm: SeeDetails, Reach: authz.Owner},
	}
	return slices.Concat(own,
		unit(SeePeople, authz.Member, authz.GroupLeader, authz.WorkerRep, authz.MemberRep, authz.Committee, authz.Chair, authz.HSE),
		whole(SeePeople, authz.Auditor, authz.CompanyChair, authz.Admin),
		unit(SeeDetails, authz.Chair), whole(SeeDetails, authz.CompanyChair),
		unit(EditPeople, authz.Chair), whole(EditPeople, authz.CompanyChair),
		unit(ImportPeople, authz.Chair), whole(ImportPeople, authz.CompanyChair),
		unit(RevealSealed, authz.Chair), whole(RevealSealed, authz.CompanyChair),
		unit(SeeReveals, authz.Chair), whole(SeeReveals, authz.CompanyChair, authz.Auditor),
		unit(SeeMandates, authz.Member, authz.GroupLeader, authz.WorkerRep, authz.MemberRep, authz.Committee, authz.Chair, authz.HSE),
		whole(SeeMandates, authz.Auditor, authz.CompanyChair, authz.Admin),
		appointRules())
}

// covers tells whether a scope reaches a person.
func covers(s authz.Scope, p Person) bool {
	switch {
	case s.Org == "":
		return false
	case s.Reach == authz.Org:
		return true
	case s.ID == "":
		return false
	case s.Reach == authz.Unit:
		return s.ID == string(p.Branch)
	case s.Reach == authz.Owner:
		return s.ID == string(p.Group) || s.ID == string(p.Department)
	}
	return s.ID == string(p.ID)
}

// coversBranch tells whether a scope reaches all of a branch; what is the company's own belongs to none.
func coversBranch(s authz.Scope, branch org.UnitID) bool {
	return s.Org != "" && (s.Reach == authz.Org || s.Reach == authz.Unit && branch != "" && s.ID == string(branch))
}
