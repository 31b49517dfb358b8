package safety

import "xiaojia/internal/platform/authz"

// What may be done with patrols.
const (
	SeePatrols     authz.Perm = "see-patrols"
	SeeOpenPatrols authz.Perm = "see-open-patrols" // also those that are not signed yet
	DoPatrol       authz.Perm = "do-patrol"
)

// PatrolRules says which office may do what, and how far. Every member reads the signed patrols of the branch, because
// what representatives found belongs to those they represent; drafts are for those who work with them.
func PatrolRules() []authz.Rule {
	rules := []authz.Rule{
		{Office: authz.Member, Perm: SeePatrols, Reach: authz.Unit},
		{Office: authz.WorkerRep, Perm: DoPatrol, Reach: authz.Unit},
		{Office: authz.MemberRep, Perm: DoPatrol, Reach: authz.Unit},
	}
	for _, o := range []authz.Office{authz.WorkerRep, authz.MemberRep, authz.Chair, authz.Committee, authz.HSE} {
		rules = append(rules, authz.Rule{Office: o, Perm: SeePatrols, Reach: authz.Unit}, authz.Rule{Office: o, Perm: SeeOpenPatrols, Reach: authz.Unit})
	}
	for _, o := range []authz.Office{authz.CompanyChair, authz.Auditor} {
		rules = append(rules, authz.Rule{Office: o, Perm: SeePatrols, Reach: authz.Org}, authz.Rule{Office: o, Perm: SeeOpenPatrols, Reach: authz.Org})
	}
	return rules
}

// PatrolSight is which patrols an actor sees.
type PatrolSight struct {
	Scope      authz.Scope
	SignedOnly bool
}

// SeenPatrols is the sight of an actor.
func SeenPatrols(a authz.Actor) PatrolSight {
	return PatrolSight{Scope: a.Scope(SeePatrols), SignedOnly: !a.May(SeeOpenPatrols)}
}
