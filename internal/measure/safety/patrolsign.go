package safety

import (
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// Sign adds a signature: of one of the two inspectors, for the content as it is now, in an office that is valid on the
// day of the patrol and that the other one has not signed in. With the second one the patrol is signed. An empty office
// means the one that is missing. Of the drawing itself record judges.
func (p Patrol) Sign(s record.Signature, m people.Mandates) (Patrol, error) {
	if err := p.Editable(); err != nil {
		return p, err
	}
	if p.With == "" {
		return p, kernel.Wrong("with", "请先选和你一起检查的代表。")
	}
	if !p.Inspects(s.Person) {
		return p, notSign("只有一起检查的两个人能签。")
	}
	if s.Content != p.Content {
		return p, &kernel.Error{Kind: kernel.Conflict, Field: "sign", Text: "内容已经改过，请看过新的再签。"}
	}
	if p.SignedBy(s.Person) {
		return p, &kernel.Error{Kind: kernel.Conflict, Field: "sign", Text: "这个人已经签过了。"}
	}
	if s.Proof == record.Unproved && p.DeniedBy(s.Person) {
		return p, notSign("他说过这里的签名不是他本人签的。这一次要他用自己的手机进门来签。")
	}
	mandate, err := p.office(s.Person, s.Office, at(m, p.Unit))
	if err != nil {
		return p, err
	}
	s.Office, s.Mandate, s.Owner = mandate.Office, mandate.ID, p.ID.Ref()
	return p.add(s)
}

func (p Patrol) add(s record.Signature) (Patrol, error) {
	to := checklist.Signing
	if len(p.Standing()) > 0 {
		to = checklist.Signed
	}
	run, err := p.Move(to)
	if err != nil {
		return p, err
	}
	p.Run = run
	p.Signatures = append(slices.Clone(p.Signatures), s)
	return p, nil
}

// office is the mandate under which the person signs. Who holds both offices signs in the one that the other inspector
// cannot fill; nobody counts twice.
func (p Patrol) office(who people.ID, want authz.Office, m people.Mandates) (people.Mandate, error) {
	var taken authz.Office
	if s := p.Standing(); len(s) > 0 {
		taken = s[0].Office
	}
	var free people.Mandates
	for _, o := range PatrolOffices() {
		if x, ok := m.Of(who, o, p.On); ok && o != taken && (want == "" || o == want) {
			free = append(free, x)
		}
	}
	if len(free) == 0 {
		return people.Mandate{}, p.cannot(who, want, taken, m)
	}
	i := slices.IndexFunc(free, func(x people.Mandate) bool { return p.leaves(who, x.Office, m) })
	return free[max(i, 0)], nil
}

// leaves tells whether the other inspector can sign in the other office.
func (p Patrol) leaves(who people.ID, o authz.Office, m people.Mandates) bool {
	for _, x := range p.Inspectors() {
		if x == who {
			continue
		}
		if _, ok := m.Of(x, other(o), p.On); ok {
			return true
		}
	}
	return false
}

// cannot says why a person has no office left to sign in: a term that has ended or not begun, the office of the other one,
// or none at all.
func (p Patrol) cannot(who people.ID, want, taken authz.Office, m people.Mandates) error {
	mine, ever := latest(m, func(x people.Mandate) bool {
		return x.Person == who && (want == "" || x.Office == want) && x.Office != taken
	})
	if ever && !mine.Term.Has(p.On) {
		return outOfTerm("sign", mine, p.On)
	}
	if x, ok := m.Of(who, taken, p.On); ok {
		return notSign("%s也是%s，一次巡视要一名职工代表、一名会员代表。请换一位%s来签。", x.Name, OfficeName(taken), OfficeName(other(taken)))
	}
	return notSign("签名的人在 %s 不是这里的职工代表或会员代表。请分工会主席任命，或者换一位代表。", p.On)
}

// Lift takes a denied signature away. Nothing that followed from the patrol stands until it is signed again.
func (p Patrol) Lift(who people.ID) (Patrol, error) {
	p.Signatures = slices.DeleteFunc(slices.Clone(p.Signatures), func(s record.Signature) bool { return s.Person == who })
	to := checklist.Signing
	if len(p.Standing()) == 0 && p.State == checklist.Signing {
		to = checklist.Drafted
	}
	run, err := p.Move(to)
	if err != nil {
		return p, err
	}
	run.SignedAt = 0
	p.Run = run
	return p, nil
}

func notSign(text string, args ...any) error {
	return &kernel.Error{Kind: kernel.Forbidden, Field: "sign", Text: text, Args: args}
}
