package people

import (
	"context"
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

func fen(m kernel.Money) string { return strconv.FormatInt(int64(m), 10) }

// Create puts somebody on the roster of a branch, for who may edit it.
func (s *Service) Create(ctx context.Context, by authz.Actor, e Entry) (ID, error) {
	e = e.clean()
	e.ID, e.Version, e.Left = ID(kernel.NewID(s.db.Clock.Now())), 0, kernel.Date{}
	if !coversBranch(by.Scope(EditPeople), e.Branch) {
		return "", notYours()
	}
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return "", err
	}
	if err := e.check(c, s.today()); err != nil {
		return "", err
	}
	r, err := s.seal(by.Org, e, Record{})
	if err != nil {
		return "", err
	}
	return e.ID, s.db.InTx(ctx, by, func(tx db.Tx) error { return s.AddIn(tx, r) })
}

// Draft turns a checked entry into the record that AddIn keeps, for the set-up link, which makes a person in its own transaction.
func (s *Service) Draft(orgID string, e Entry) (Record, error) {
	e = e.clean()
	if e.ID == "" {
		e.ID = ID(kernel.NewID(s.db.Clock.Now()))
	}
	var wrong kernel.Problems
	if e.checkSelf(&wrong, s.today()); len(wrong) > 0 {
		return Record{}, wrong
	}
	return s.seal(orgID, e, Record{})
}

// AddIn keeps a new record in the caller's transaction, which has asked for the permission.
func (s *Service) AddIn(tx db.Tx, r Record) error {
	if err := s.store.AddPerson(tx, r); err != nil {
		return err
	}
	if err := s.shown(tx, Record{}, r); err != nil {
		return err
	}
	return audit.Write(tx, "person.create", subject(r.ID), "登记入册：%s", r.Name)
}

func subject(id ID) audit.Subject { return audit.Subject{Kind: "person", ID: string(id)} }

// Update replaces what the form has; e.Version is what the page showed, and Conflict means that somebody was faster.
func (s *Service) Update(ctx context.Context, by authz.Actor, e Entry) error {
	e = e.clean()
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return err
	}
	sealed, err := s.seal(by.Org, e, Record{})
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		old, err := s.editable(tx, e.ID)
		if err != nil {
			return err
		}
		e := e // fn may run twice
		if e.Left = old.Left; !coversBranch(by.Scope(EditPeople), e.Branch) {
			return notYours()
		}
		if err := e.check(c, tx.Today()); err != nil {
			return err
		}
		r := sealed
		r.Left = old.Left
		if e.Phone == "" && !e.DropPhone {
			r.Phone = old.Phone
		}
		if e.Joined.IsZero() { // a form has no field for half a day
			r.JoinedPart = old.JoinedPart
		}
		if e.IDNumber == "" || sealed.IDBlind == old.IDBlind {
			r.IDSealed, r.IDBlind, r.IDMask = old.IDSealed, old.IDBlind, old.IDMask
		}
		if e.Wage == nil {
			r.WageSealed = old.WageSealed
		}
		return s.replace(tx, old, r, "修改：%s")
	})
}

// replace keeps the new state, with search, counters and a line that names the changed fields but no value.
func (s *Service) replace(tx db.Tx, old, r Record, text string) error {
	if err := s.store.ChangePerson(tx, r); err != nil {
		return err
	}
	if err := s.shown(tx, old, r); err != nil {
		return err
	}
	return audit.Write(tx, "person.change", subject(r.ID), text, strings.Join(differing(old, r), "、"))
}

// editable loads somebody whom the actor may edit: unseen is NotFound, seen but barred Forbidden.
func (s *Service) editable(tx db.Tx, id ID) (Record, error) {
	old, err := s.store.Person(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return old, err
	}
	if !covers(tx.By().Scope(EditPeople), old.Person) {
		if !covers(tx.By().Scope(SeePeople), old.Person) {
			return old, Unknown()
		}
		return old, notYours()
	}
	return old, nil
}

// joinedOn is when somebody joined, as far as it is known.
func (r Record) joinedOn() string {
	if r.Joined.IsZero() {
		return r.JoinedPart
	}
	return r.Joined.String()
}

// differing names the fields in which two records differ, in the words of the form.
func differing(a, b Record) []string {
	var out []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"姓名", a.Name == b.Name}, {"工号", a.No == b.No}, {"分工会", a.Branch == b.Branch}, {"部门", a.Department == b.Department}, {"工会小组", a.Group == b.Group},
		{"性别", a.Sex == b.Sex}, {"出生日期", a.Birth == b.Birth}, {"岗位", a.Post == b.Post}, {"用工形式", a.Employment == b.Employment},
		{"入职日期", a.joinedOn() == b.joinedOn()}, {"会员", a.IsMember == b.IsMember}, {"电话", a.Phone == b.Phone}, {"户籍", a.Household == b.Household},
		{"备注", a.Note == b.Note}, {"身份证号", a.IDBlind == b.IDBlind}, {"工资", string(a.WageSealed) == string(b.WageSealed)},
	} {
		if !f.same {
			out = append(out, f.name)
		}
	}
	return out
}
