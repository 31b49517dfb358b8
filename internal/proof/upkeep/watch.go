package upkeep

import (
	"context"
	"errors"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
)

// Watch tells the administrators of each company union, once a day, that there is no good backup of the last day. who answers
// who they are, in the transaction.
func (k *Keeper) Watch(ctx context.Context, orgs []string, who func(db.Tx) ([]people.ID, error)) error {
	s, err := k.State(ctx)
	if err != nil || !s.Stale(k.DB.Clock.Now()) {
		return err
	}
	for _, o := range orgs {
		err = errors.Join(err, k.DB.InTx(ctx, authz.Program(o), func(tx db.Tx) error {
			list, err := who(tx)
			if err != nil {
				return err
			}
			return notify.SendEach(tx, list, s.old(tx.Today()))
		}))
	}
	return err
}

func (s State) old(today kernel.Date) notify.Notice {
	n := notify.Notice{Once: "backup-old/" + today.String(), Text: "还没有一份好的备份，请到系统页上备份。", Href: "/admin"}
	if s.Backup != nil {
		n.Text, n.Args = "最近一份好的备份是 %s 的，已经超过一天。", []any{s.Backup.At.Date().String()}
	}
	return n
}
