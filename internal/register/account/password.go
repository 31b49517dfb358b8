package account

import (
	"context"
	"fmt"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
)

// NewPassword is what somebody says who changes his own password.
type NewPassword struct {
	Old, New string
	Session  string // this device's, which stays
	Others   bool   // the other devices are signed out
}

// ChangePassword sets the actor's own password for who knows the old one. He is told, so that somebody else's doing is seen.
func (s *Service) ChangePassword(ctx context.Context, by authz.Actor, in NewPassword) error {
	h, err := s.store.Holder(ctx, s.db.Read, by.Org, people.ID(by.Person))
	if err != nil {
		return err
	}
	if err := s.knows(ctx, by.Account, in.Old); err != nil {
		return err
	}
	if in.New == in.Old {
		return kernel.Wrong("password", "新密码和旧的一样，请换一个。")
	}
	if err := checkPassword(in.New, h); err != nil {
		return err
	}
	secret := hashSecret(in.New)
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.SetSecret(tx, by.Account, secret); err != nil {
			return err
		}
		if in.Others {
			if err := s.store.EndOthers(tx, by.Account, in.Session); err != nil {
				return err
			}
		}
		if err := notify.Send(tx, notify.Notice{Person: by.Person, Once: fmt.Sprintf("account.password.%d", tx.Now()), Href: "/me",
			Text: "你的密码换过了。不是你换的，请马上告诉分工会主席。"}); err != nil {
			return err
		}
		return audit.Write(tx, "account.password", audit.Subject{Kind: "person", ID: by.Person}, "换了自己的密码")
	})
	s.Forget()
	return err
}

// knows asks for the present password; who guesses at a device that was left open is stopped as at the door.
func (s *Service) knows(ctx context.Context, account, password string) error {
	if len(password) > passwordMost {
		return kernel.Wrong("old", "现在的密码不对。")
	}
	key := "i/" + account
	if !s.tries.begin(key, tryMost, time.Now()) {
		return kernel.Wrong("old", "试的次数太多了，请过 %d 分钟再试。忘了密码，请找小组长或主席要一个新链接。", tryMinutes)
	}
	secret, err := s.store.Secret(ctx, s.db.Read, account)
	if err != nil {
		return err
	}
	if !rightSecret(secret, password) {
		return kernel.Wrong("old", "现在的密码不对。")
	}
	s.tries.forget(key)
	return nil
}
