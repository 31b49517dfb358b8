package story

import (
	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// ownDuty is what the branch adds to the catalogue by itself, on the last days of the story: its first round lies ahead.
func (t *teller) ownDuty() error {
	id, err := t.app.Duties.AddOwn(t.ctx, t.actors["chair"], duty.OwnDuty{Unit: t.branch, Name: kernel.Words{Zh: "职工书屋每月添一次新书", En: "New books for the reading room every month"},
		What: kernel.Words{Zh: "按借阅登记和职工意见添书，列出书单。", En: "Add books by what was borrowed and asked for, with a list."}, Measure: catalogue.Culture,
		Rhythm: catalogue.Rhythm{Kind: catalogue.Monthly, BeforeEnd: 0}, Who: []authz.Office{authz.Committee}, Targets: catalogue.Selector{Kind: catalogue.TheBranch}, Adopted: t.last.Add(3)})
	if err != nil {
		return err
	}
	if err := t.set(Example("own-duty"), string(id)); err != nil {
		return err
	}
	return t.app.Duties.OpenNow(t.ctx, t.org)
}

// lookups is what was opened of somebody's sealed data of late, and why.
func (t *teller) lookups(d kernel.Date) error {
	of := people.ID(t.ids["committee"])
	t.clock.set(d.At(8, 40))
	if _, err := t.app.Roster.Reveal(t.ctx, t.actors["chair"], of, people.SecretPhone, "冬季走访，约上门时间"); err != nil {
		return err
	}
	t.clock.set(d.At(8, 50))
	_, err := t.app.Roster.Reveal(t.ctx, t.actors["company-chair"], of, people.SecretID, "办理住院补助，核对证件")
	return err
}
