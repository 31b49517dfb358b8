package safety

import (
	"cmp"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Patrol is a checklist run that counts only when two different representatives have signed it, one with a valid
// 职工代表 mandate and one with a valid 会员代表 mandate on its day (domain 4.3).
type Patrol struct {
	checklist.Run
	Signatures []record.Signature
}

// PatrolOffices are the two offices that a patrol needs, one person each.
func PatrolOffices() []authz.Office { return []authz.Office{authz.WorkerRep, authz.MemberRep} }

// OfficeName is the name of one of the two offices.
func OfficeName(o authz.Office) kernel.Words {
	if o == authz.MemberRep {
		return words("会员代表", "members' representative")
	}
	return words("职工代表", "workers' representative")
}

// Standing is the signatures that count: not denied, and of the content as it is now.
func (p Patrol) Standing() []record.Signature {
	var out []record.Signature
	for _, s := range p.Signatures {
		if s.Denied.IsZero() && s.Content == p.Content {
			out = append(out, s)
		}
	}
	return out
}

// SignedBy tells whether the person's signature stands.
func (p Patrol) SignedBy(who people.ID) bool {
	return slices.ContainsFunc(p.Standing(), func(s record.Signature) bool { return s.Person == who })
}

// DeniedBy tells whether the person has said 不是我签的 here; an edit does not make that undone. Then only he himself signs.
func (p Patrol) DeniedBy(who people.ID) bool {
	return slices.ContainsFunc(p.Signatures, func(s record.Signature) bool { return s.Person == who && !s.Denied.IsZero() })
}

// Readiness says whether a patrol can be signed at all on a day.
type Readiness struct {
	Workers, Members people.Mandates // valid on the day
	Ended            people.Mandates // the latest of each office that is not valid on the day, where nobody holds it
	Problems         kernel.Problems // what is missing, each at the office that it is about
}

// ReadinessOf looks at the mandates of a branch: one 职工代表 and one 会员代表 who are different persons.
func ReadinessOf(m people.Mandates, unit org.UnitID, on kernel.Date) Readiness {
	m = at(m, unit)
	r := Readiness{Workers: holding(m, authz.WorkerRep, on), Members: holding(m, authz.MemberRep, on)}
	for _, o := range PatrolOffices() {
		if len(holding(m, o, on)) > 0 {
			continue
		}
		if last, ok := latest(m, func(x people.Mandate) bool { return x.Office == o }); ok {
			r.Ended = append(r.Ended, last)
			r.Problems = append(r.Problems, outOfTerm(string(o), last, on))
			continue
		}
		r.Problems.Add(string(o), "这里还没有%s。请分工会主席任命。", OfficeName(o))
	}
	if len(r.Problems) == 0 && !slices.ContainsFunc(r.Workers, func(w people.Mandate) bool { return len(partners(m, w.Person, on)) > 0 }) {
		r.Problems.Add("pair", "现在只有%s一个人，巡视要两个不同的人签。请分工会主席再任命一名代表。", r.Workers[0].Name)
	}
	return r
}

// partners is who can complete the pair with a person on the day, one line a person.
func partners(m people.Mandates, me people.ID, on kernel.Date) people.Mandates {
	var out people.Mandates
	for _, x := range m {
		seen := slices.ContainsFunc(out, func(y people.Mandate) bool { return y.Person == x.Person })
		if x.Person == me || !x.Term.Has(on) || seen {
			continue
		}
		if _, ok := m.Of(me, other(x.Office), on); ok {
			out = append(out, x)
		}
	}
	return out
}

func other(o authz.Office) authz.Office {
	if o == authz.WorkerRep {
		return authz.MemberRep
	}
	return authz.WorkerRep
}

// at keeps the mandates for the two offices of one branch.
func at(m people.Mandates, unit org.UnitID) people.Mandates {
	var out people.Mandates
	for _, x := range m {
		if x.Unit == unit && slices.Contains(PatrolOffices(), x.Office) {
			out = append(out, x)
		}
	}
	return out
}

func holding(m people.Mandates, o authz.Office, on kernel.Date) people.Mandates {
	var out people.Mandates
	for _, x := range m {
		if x.Office == o && x.Term.Has(on) {
			out = append(out, x)
		}
	}
	return out
}

func latest(m people.Mandates, is func(people.Mandate) bool) (people.Mandate, bool) {
	var found people.Mandates
	for _, x := range m {
		if is(x) {
			found = append(found, x)
		}
	}
	if len(found) == 0 {
		return people.Mandate{}, false
	}
	return slices.MaxFunc(found, func(a, b people.Mandate) int {
		return cmp.Or(a.Term.From.Compare(b.Term.From), cmp.Compare(b.ID, a.ID))
	}), true
}

// outOfTerm says whose mandate is not valid on the day, since when, and who can repair it.
func outOfTerm(field string, m people.Mandate, on kernel.Date) *kernel.Error {
	e := &kernel.Error{Kind: kernel.Forbidden, Field: field, Text: "%s的%s任期到 %s 为止，%s 不能签。请分工会主席登记新的任期。",
		Args: []any{m.Name, OfficeName(m.Office), m.Term.To.String(), on}}
	if on.Before(m.Term.From) {
		e.Text = "%s的%s任期从 %s 开始，%s 还不能签。请分工会主席核对任期。"
		e.Args[2] = m.Term.From.String()
	}
	return e
}
