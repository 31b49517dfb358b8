package account

import (
	"context"
	"time"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// NewMark is what a browser keeps to be known again.
func NewMark() string { return newToken() }

// Met keeps that the person of a session has been on a device, and tells him once where it is not one of those that he has
// been on. His first device goes without saying.
func (s *Service) Met(ctx context.Context, token, mark string) error {
	acc, err := s.store.OfSession(ctx, s.db.Read, hashToken(token))
	if err != nil {
		return err
	}
	by := authz.Actor{Org: acc.Org, Account: acc.ID, Person: string(acc.Person)}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		isNew, err := s.store.Met(tx, acc.ID, hashToken(mark))
		if err != nil || !isNew {
			return err
		}
		return notify.Send(tx, notify.Notice{Person: by.Person, Once: "account.device." + hashToken(mark), At: tx.Now().Truncate(time.Hour), Href: "/me",
			Text: "你的账号在一台没见过的设备上登录了。不是你，请马上让它退出，并改密码。"})
	})
}

// EndOthers signs the actor out everywhere but on this device.
func (s *Service) EndOthers(ctx context.Context, by authz.Actor, session string) error {
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.EndOthers(tx, by.Account, session); err != nil {
			return err
		}
		return audit.Write(tx, "account.others", audit.Subject{Kind: "person", ID: by.Person}, "让其他设备全部退出")
	})
	s.Forget()
	return err
}
