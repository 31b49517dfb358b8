package story

import (
	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
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
