package safety

import (
	"context"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
)

// Receive signs for a letter in the name of its unit; an empty name is the signer's own.
func (s *Letters) Receive(ctx context.Context, by authz.Actor, id, name string) error {
	return s.change(ctx, by, id, func(tx db.Tx, l *Letter) error {
		if !l.RecvOn.IsZero() {
			return kernel.Err(kernel.Conflict, "%s 已经签收过了。", l.No)
		}
		if err := l.sign(by, name, tx.Today()); err != nil {
			return err
		}
		return s.wrote(tx, *l, "receive", "签收 %s", l.No)
	})
}

// sign notes who took the letter, as he writes his name.
func (l *Letter) sign(by authz.Actor, name string, on kernel.Date) error {
	if name = strings.TrimSpace(name); name == "" {
		name = by.Name
	}
	if utf8.RuneCountInString(name) > prefixMax {
		return kernel.Wrong("received", "名字最多 %d 个字。", prefixMax)
	}
	l.Received, l.RecvOn = name, on
	return nil
}

// Reply sends the answer slip back; who answers has received, under the name of received or his own.
func (s *Letters) Reply(ctx context.Context, by authz.Actor, id, received, text string) error {
	return s.change(ctx, by, id, func(tx db.Tx, l *Letter) error {
		if !l.RepliedOn.IsZero() {
			return kernel.Err(kernel.Conflict, "%s 已经回复过了。", l.No)
		}
		switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
		case n == 0:
			return kernel.Wrong("reply", "请写整改意见与措施。")
		case n > adviceMax:
			return kernel.Wrong("reply", "太长了，最多 %d 个字。", adviceMax)
		}
		if l.RecvOn.IsZero() {
			if err := l.sign(by, received, tx.Today()); err != nil {
				return err
			}
		}
		if err := notify.Settle(tx, letterAwaits(l.ID)); err != nil {
			return err
		}
		l.Reply, l.RepliedOn, l.RepliedBy = strings.TrimSpace(text), tx.Today(), people.ID(by.Person)
		return s.wrote(tx, *l, "reply", "答复 %s", l.No)
	})
}

func (s *Letters) change(ctx context.Context, by authz.Actor, id string, do func(db.Tx, *Letter) error) error {
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		l, hz, err := s.load(tx, id)
		if err != nil {
			return err
		}
		if err := MayReceive(by, l, hz.Matter); err != nil {
			return err
		}
		if err := do(tx, &l); err != nil {
			return err
		}
		return s.save(tx, &l)
	})
}
