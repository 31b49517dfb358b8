package record

import "xiaojia/internal/platform/authz"

const (
	SeeNotes   authz.Perm = "note.see"
	WriteNotes authz.Perm = "note.write"
)

// writers are the offices that the catalogue names as doing a duty of a branch, the one that answers most first.
var writers = []authz.Office{authz.Chair, authz.Committee, authz.WorkerRep, authz.MemberRep, "food-sup", authz.GroupLeader, "group-inspector", "site-contact", authz.HSE, authz.Logistics}

// Rules: whoever does duties writes about them; everybody of the branch and the company union may read.
func Rules() []authz.Rule {
	var out []authz.Rule
	for _, o := range writers {
		out = append(out, authz.Rule{Office: o, Perm: WriteNotes, Reach: authz.Unit}, authz.Rule{Office: o, Perm: SeeNotes, Reach: authz.Unit})
	}
	for _, o := range []authz.Office{authz.Member, authz.DeptContact} {
		out = append(out, authz.Rule{Office: o, Perm: SeeNotes, Reach: authz.Unit})
	}
	for _, o := range []authz.Office{authz.CompanyChair, "company-committee", authz.Auditor, authz.Admin} {
		out = append(out, authz.Rule{Office: o, Perm: SeeNotes, Reach: authz.Org})
	}
	return out
}
