package people

import (
	"context"
	"fmt"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
)

// Appointment is what an officer says about a new mandate.
type Appointment struct {
	Person ID
	Office authz.Office
	Unit   org.UnitID
	Term   kernel.Span // the last day counts; zero To only for offices without a term
}

// longestTerm is five years: committees and assemblies are elected for three or five (domain.md 0.3, 4.3).
const longestTerm = 5

// Appoint gives an office to somebody else, for who may appoint to it there. Nobody appoints himself.
func (s *Service) Appoint(ctx context.Context, by authz.Actor, a Appointment) (id string, err error) {
	id = kernel.NewID(s.db.Clock.Now())
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return "", err
	}
	office, err := s.office(a.Office)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error { return s.appoint(tx, c, office, id, a) })
	s.changed()
	return id, err
}

// Appointed is told in the transaction that gives somebody an office. One-time links that others made for him before end with
// it: they could open an office that their maker could not give.
type Appointed struct {
	Person ID
	By     ID
}

func (Appointed) EventName() string { return "people.appointed" }

// AppointIn is Appoint in the caller's transaction, for the set-up link, whose actor is the program.
func (s *Service) AppointIn(tx db.Tx, c *org.Chart, a Appointment) error {
	office, err := s.office(a.Office)
	if err != nil {
		return err
	}
	return s.appoint(tx, c, office, kernel.NewID(tx.Now()), a)
}

func (s *Service) office(key authz.Office) (catalogue.Office, error) {
	for _, o := range s.offices {
		if o.Key == string(key) && key != authz.Member {
			return o, nil
		}
	}
	return catalogue.Office{}, kernel.Wrong("office", "请选职务。")
}

func (s *Service) appoint(tx db.Tx, c *org.Chart, office catalogue.Office, id string, a Appointment) error {
	unit, ok := c.Unit(a.Unit)
	if !ok || !unit.Closed.IsZero() || string(unit.Kind) != string(office.Held) {
		return kernel.Wrong("unit", "“%s”不能设在这个单位。", office.Name.Zh)
	}
	if err := mayAppoint(tx.By(), a.Person, a.Office, unit.Branch); err != nil {
		return err
	}
	if err := checkTerm(a.Term, office.Term); err != nil {
		return err
	}
	if err := s.store.Hold(tx, a.Person); err != nil { // two officers at once: the second one sees what the first one gave
		return err
	}
	p, err := s.store.Person(tx.Ctx(), tx, tx.Org(), a.Person)
	if err != nil {
		return err
	}
	if err := eligible(p.Person, office, unit); err != nil {
		return err
	}
	had, err := s.store.MandatesOf(tx.Ctx(), tx, tx.Org(), a.Person)
	if err != nil {
		return err
	}
	if err := s.fits(c, had, a, office, p.Name); err != nil {
		return err
	}
	m := Mandate{ID: id, Person: a.Person, Name: p.Name, Office: a.Office, Unit: a.Unit, Term: a.Term, Appointed: ID(tx.By().Person)}
	if err := s.store.AddMandate(tx, m); err != nil {
		return err
	}
	if err := s.bus.Emit(tx, Appointed{Person: m.Person, By: m.Appointed}); err != nil {
		return err
	}
	return s.tell(tx, m, office, unit)
}

// fits refuses the same office twice at one time, and a pair of offices that reach alike in two places.
func (s *Service) fits(c *org.Chart, had Mandates, a Appointment, office catalogue.Office, name string) error {
	for _, m := range had {
		switch {
		case !overlap(m.Term, a.Term):
		case m.Office == a.Office && m.Unit == a.Unit:
			return kernel.Wrong("from", "“%s”在这段时间里已经是%s了。", name, office.Name.Zh)
		case s.clash(grantAt(c, m.Office, m.Unit), grantAt(c, a.Office, a.Unit)):
			return kernel.Wrong("unit", "“%s”这段时间里在%s已有同样管一处的职务，一个人同时只管一处。请先免去那一处，或者请别人担任。", name, c.Name(m.Unit).Zh)
		}
	}
	return nil
}

func grantAt(c *org.Chart, o authz.Office, at org.UnitID) authz.Grant {
	u, _ := c.Unit(at)
	return authz.Grant{Office: o, Unit: string(u.ID), Branch: string(u.Branch)}
}

// mayAppoint is the rule of decisions.md 12: the permission for this office there, and never for oneself.
func mayAppoint(by authz.Actor, p ID, o authz.Office, branch org.UnitID) error {
	if !MayAppoint(by, o, branch) {
		return kernel.Err(kernel.Forbidden, "这个职务不由你任免。")
	}
	if string(p) == by.Person && !by.System {
		return kernel.Err(kernel.Forbidden, "自己的职务不能由自己任免。")
	}
	return nil
}

func checkTerm(t kernel.Span, term bool) error {
	var wrong kernel.Problems
	switch {
	case t.From.IsZero():
		wrong.Add("from", "请填从哪一天起。")
	case term && t.To.IsZero():
		wrong.Add("to", "这个职务有任期，请填到哪一天为止。")
	case !t.To.IsZero() && t.To.Before(t.From):
		wrong.Add("to", "任期的末一天早于头一天。")
	case term && !t.To.Before(t.From.AddMonths(12*longestTerm)):
		wrong.Add("to", "任期最长 %d 年。", longestTerm)
	}
	return wrong.Err()
}

// eligible wants somebody who is here; for an office of the branch or a group one of that branch; and for a 会员代表 a
// member, because members elect him from among themselves (domain.md 4.3).
func eligible(p Person, o catalogue.Office, unit org.Unit) error {
	switch {
	case !p.Left.IsZero():
		return kernel.Wrong("person", "“%s”已经离开，不能任职。", p.Name)
	case (o.Held == catalogue.AtBranch || o.Held == catalogue.AtGroup) && p.Branch != unit.Branch:
		return kernel.Wrong("person", "“%s”不是这个分工会的人。", p.Name)
	case o.Key == string(authz.MemberRep) && !p.IsMember:
		return kernel.Wrong("person", "“%s”不是会员，不能当会员代表。", p.Name)
	}
	return nil
}

func overlap(a, b kernel.Span) bool {
	return (a.To.IsZero() || !a.To.Before(b.From)) && (b.To.IsZero() || !b.To.Before(a.From))
}

// tell writes the audit line and the notice to the person.
func (s *Service) tell(tx db.Tx, m Mandate, o catalogue.Office, unit org.Unit) error {
	err := notify.Send(tx, notify.Notice{Person: string(m.Person), Once: "mandate." + m.ID, Text: "你从 %s 起担任%s（%s）。",
		Args: []any{m.Term.From.String(), o.Name.Zh, unit.Name.Zh}, Href: "/people/" + string(m.Person)})
	if err != nil {
		return err
	}
	if m.Term.To.IsZero() {
		return audit.Write(tx, "mandate.appoint", subject(m.Person), "任命为%s（%s），从 %s 起", o.Name.Zh, unit.Name.Zh, m.Term.From.String())
	}
	return audit.Write(tx, "mandate.appoint", subject(m.Person), "任命为%s（%s），%s 至 %s", o.Name.Zh, unit.Name.Zh, m.Term.From.String(), m.Term.To.String())
}

// EndMandate ends a mandate on its last day, for who may appoint to it. Version is what the page showed.
func (s *Service) EndMandate(ctx context.Context, by authz.Actor, id string, version int, last kernel.Date, why string) error {
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		m, err := s.store.Mandate(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		unit, ok := c.Unit(m.Unit)
		if !ok {
			return fmt.Errorf("mandate %s at unknown unit %s", id, m.Unit)
		}
		if err := mayAppoint(by, m.Person, m.Office, unit.Branch); err != nil {
			return err
		}
		if err := checkEnd(m, last, why); err != nil {
			return err
		}
		m.Term.To, m.Version = last, version
		if err := s.store.EndMandate(tx, m, why); err != nil {
			return err
		}
		office, err := s.office(m.Office)
		if err != nil {
			return err
		}
		err = notify.Send(tx, notify.Notice{Person: string(m.Person), Once: "mandate.end." + m.ID, Text: "你担任的%s（%s）到 %s 为止。",
			Args: []any{office.Name.Zh, unit.Name.Zh, last.String()}, Href: "/people/" + string(m.Person)})
		if err != nil {
			return err
		}
		return audit.Write(tx, "mandate.end", subject(m.Person), "免去%s（%s），末一天 %s：%s", office.Name.Zh, unit.Name.Zh, last.String(), why)
	})
	s.changed()
	return err
}

// checkEnd names everything that is wrong with an end at once.
func checkEnd(m Mandate, last kernel.Date, why string) error {
	var wrong kernel.Problems
	switch {
	case last.IsZero():
		wrong.Add("on", "请填最后一天，这一天还算在内。")
	case !m.Term.Has(last) && m.Term.To.IsZero():
		wrong.Add("on", "最后一天不能早于任期的头一天 %s。", m.Term.From.String())
	case !m.Term.Has(last):
		wrong.Add("on", "最后一天要在任期之内：%s 至 %s。", m.Term.From.String(), m.Term.To.String())
	}
	if why == "" {
		wrong.Add("why", "请写明原因。")
	}
	return wrong.Err()
}

// Mandates lists who holds an office on the day, of the branches that the actor may see.
func (s *Service) Mandates(ctx context.Context, by authz.Actor, on kernel.Date) (Mandates, error) {
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	all, err := s.store.MandatesOn(ctx, s.db.Read, by.Org, on)
	if err != nil {
		return nil, err
	}
	scope := by.Scope(SeeMandates)
	var out Mandates
	for _, m := range all {
		if u, _ := c.Unit(m.Unit); coversBranch(scope, u.Branch) {
			out = append(out, m)
		}
	}
	return out, nil
}

// MandatesOfMany lists what the persons of one page hold today.
func (s *Service) MandatesOfMany(ctx context.Context, by authz.Actor, ids []ID) (Mandates, error) {
	if !by.May(SeePeople) {
		return nil, nil
	}
	return s.store.MandatesOfMany(ctx, s.db.Read, by.Org, ids, s.today())
}
