package account

import (
	"context"
	"errors"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Founding is what the first chair says on the set-up page of an empty installation.
type Founding struct {
	Company  kernel.Words
	Branch   kernel.Words
	Name     string
	No       string // 工号, by which he signs in
	Phone    string
	Password string
	Until    kernel.Date // last day of his term
}

// Founder sets an empty installation up: it needs units and people, which no other use case of accounts does.
type Founder struct {
	acc    *Service
	units  *org.Service
	roster *people.Service
}

func NewFounder(acc *Service, units *org.Service, roster *people.Service) *Founder {
	return &Founder{acc, units, roster}
}

// SetUp makes the company union, its first branch and the branch's chair, and signs him in. The link works once, and only
// while nobody has an account (decisions.md 12: the set-up link appoints the first chair).
func (f *Founder) SetUp(ctx context.Context, token string, in Founding, device string) (session string, err error) {
	i, _, err := f.acc.Look(ctx, token)
	if err != nil {
		return "", err
	}
	if i.Purpose != Setup {
		return "", kernel.Err(kernel.NotFound, "没有这一页。")
	}
	if err := f.check(in); err != nil {
		return "", err
	}
	by := authz.Program(org.NewOrgID())
	rec, err := f.roster.Draft(by.Org, people.Entry{Person: people.Person{Name: in.Name, No: in.No, Phone: in.Phone, IsMember: true}})
	if err != nil {
		return "", err
	}
	acc := Account{ID: kernel.NewID(f.acc.db.Clock.Now()), Login: cleanLogin(rec.No), Secret: hashSecret(in.Password), Org: by.Org, Person: rec.ID}
	if err := f.acc.db.InTx(ctx, by, func(tx db.Tx) error { return f.found(tx, token, in, rec, acc) }); err != nil {
		return "", err
	}
	f.units.Directory().Forget(by.Org)
	return f.acc.begin(ctx, acc, device)
}

func (f *Founder) check(in Founding) error {
	var wrong kernel.Problems
	if in.Company.Zh == "" {
		wrong.Add("company", "请填公司工会的名称。")
	}
	if in.Branch.Zh == "" {
		wrong.Add("branch", "请填分工会的名称。")
	}
	if today := f.acc.db.Clock.Now().Date(); in.Until.Before(today) || !in.Until.Before(today.AddMonths(60)) {
		wrong.Add("until", "请填主席任期的末一天，最长五年。")
	}
	var weak *kernel.Error
	if errors.As(checkPassword(in.Password, Holder{Name: in.Name, No: in.No, Phone: in.Phone}), &weak) {
		wrong = append(wrong, weak)
	}
	return wrong.Err()
}

func (f *Founder) found(tx db.Tx, token string, in Founding, rec people.Record, acc Account) error {
	if ok, err := f.acc.store.UseInvite(tx, hashToken(token)); err != nil {
		return err
	} else if !ok {
		return linkUsed()
	}
	if empty, err := f.acc.store.Empty(tx.Ctx(), tx); err != nil {
		return err
	} else if !empty {
		return linkUsed()
	}
	root, err := f.units.Found(tx, in.Company)
	if err != nil {
		return err
	}
	chart := org.NewChart(tx.Org(), []org.Unit{root}, nil)
	branch, err := f.units.AddUnitIn(tx, chart, org.NewUnit{Kind: org.Branch, Parent: root.ID, Name: in.Branch})
	if err != nil {
		return err
	}
	rec.Branch = branch.ID
	if err := f.roster.AddIn(tx, rec); err != nil {
		return err
	}
	chair := people.Appointment{Person: rec.ID, Office: authz.Chair, Unit: branch.ID, Term: kernel.Span{From: tx.Today(), To: in.Until}}
	if err := f.roster.AppointIn(tx, chart.With(branch), chair); err != nil {
		return err
	}
	return f.acc.store.Create(tx, acc)
}
