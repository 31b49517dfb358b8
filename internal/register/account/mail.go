package account

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// MailKind is what somebody can be mailed about; each can be ended alone.
type MailKind string

const (
	MailDue    MailKind = "due"    // 待办到期
	MailLate   MailKind = "late"   // 超期
	MailResult MailKind = "result" // 我报的隐患有结果
	MailNotice MailKind = "notice" // 全部通知摘要
)

// MailKinds lists them in the order of page and mail.
func MailKinds() []MailKind { return []MailKind{MailDue, MailLate, MailResult, MailNotice} }

// Name is the kind's name on pages and in mails.
func (k MailKind) Name() string {
	return map[MailKind]string{MailDue: "待办到期", MailLate: "已经超期", MailResult: "我报的隐患有结果", MailNotice: "全部通知摘要"}[k]
}

// Mails are sent within these hours of the day and in none outside.
const (
	MailFirst = 7
	MailLast  = 20
)

const (
	confirmFor  = 3 * 24 * time.Hour
	confirmMost = 3 // confirmations a day for one person: nobody is to be flooded from here
	addressMost = 254
)

// Wish is where and when somebody wants mail.
type Wish struct {
	Org, Account string
	Person       people.ID
	Address      string
	Kinds        []MailKind
	Hour         int
	Lang         string
	Confirmed    kernel.Date // by the link that was mailed there
	Asked        kernel.Time // until when the mailed link holds; 0 while it is not sent
	Stop         string      // what the links in his mails carry
	Next         kernel.Time
	Failed       kernel.Date // a mail did not arrive
}

// Wants tells whether a kind is wanted.
func (w Wish) Wants(k MailKind) bool { return slices.Contains(w.Kinds, k) }

// Wishes is the part of the store that keeps them.
type Wishes interface {
	Wish(ctx context.Context, q db.DBTX, org string, p people.ID) (Wish, error)
	PutWish(tx db.Tx, w Wish) error
	DropWish(tx db.Tx, p people.ID) (bool, error)
	// ForgetMail drops a person's wish and all that is known of his mails.
	ForgetMail(tx db.Tx, p people.ID) error
	WishByToken(ctx context.Context, q db.DBTX, token string, now kernel.Time) (Wish, error)
	Confirm(tx db.Tx, token string) (bool, error)
	WishByStop(ctx context.Context, q db.DBTX, stop string) (Wish, error)
	SetKinds(tx db.Tx, p people.ID, was, kinds []MailKind) (bool, error)
	// AskAddress queues a mail with a link; asked is how many this person has had since.
	AskAddress(tx db.Tx, p people.ID) error
	AskedSince(tx db.Tx, p people.ID, since kernel.Time) (int, error)
}

// MyWish is the actor's; NotFound where he wants no mail.
func (s *Service) MyWish(ctx context.Context, by authz.Actor) (Wish, error) {
	return s.store.Wish(ctx, s.db.Read, by.Org, people.ID(by.Person))
}

// WishFor keeps where and when the actor wants mail. A new address counts once its owner has followed the link mailed to it.
func (s *Service) WishFor(ctx context.Context, by authz.Actor, in Wish) error {
	if err := in.check(); err != nil {
		return err
	}
	in.Org, in.Account, in.Person = by.Org, by.Account, people.ID(by.Person)
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		had, err := s.store.Wish(ctx, tx, by.Org, in.Person)
		if err != nil && kernel.KindOf(err) != kernel.NotFound {
			return err
		}
		w := in
		w.Stop, w.Next = had.Stop, NextMail(tx.Now(), in.Hour)
		if w.Stop == "" {
			w.Stop = kernel.BlindID()
		}
		if had.Address == w.Address {
			w.Confirmed = had.Confirmed
		}
		if err := s.store.PutWish(tx, w); err != nil || !w.Confirmed.IsZero() {
			return err
		}
		return s.askAddress(tx, w.Person)
	})
}

func (w *Wish) check() error {
	var p kernel.Problems
	a, err := mail.ParseAddress(strings.TrimSpace(w.Address))
	if err != nil || a.Name != "" || len(a.Address) > addressMost || strings.ContainsFunc(a.Address, func(r rune) bool { return r <= ' ' || r > '~' }) {
		p.Add("address", "这个邮箱地址不对，写成 name@example.com 这样。")
	} else {
		w.Address = a.Address
	}
	if len(w.Kinds) == 0 || slices.ContainsFunc(w.Kinds, func(k MailKind) bool { return k.Name() == "" }) {
		p.Add("kinds", "请至少勾一样要收的。")
	}
	if w.Hour < MailFirst || w.Hour > MailLast {
		p.Add("hour", "请选 %d 点到 %d 点之间的钟点，夜里不发。", MailFirst, MailLast)
	}
	return p.Err()
}

func (s *Service) askAddress(tx db.Tx, p people.ID) error {
	n, err := s.store.AskedSince(tx, p, tx.Today().At(0, 0))
	if err != nil {
		return err
	}
	if n >= confirmMost {
		return kernel.Wrong("address", "今天已经寄过 %d 次确认信，请明天再试。", confirmMost)
	}
	return s.store.AskAddress(tx, p)
}

// AskAgain mails the link to the actor's address once more.
func (s *Service) AskAgain(ctx context.Context, by authz.Actor) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		w, err := s.store.Wish(ctx, tx, by.Org, people.ID(by.Person))
		if err != nil || !w.Confirmed.IsZero() {
			return err
		}
		return s.askAddress(tx, w.Person)
	})
}

// NoMail ends all mail to the actor and forgets his address.
func (s *Service) NoMail(ctx context.Context, by authz.Actor) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error { _, err := s.store.DropWish(tx, people.ID(by.Person)); return err })
}

// AddressAsked tells whether a mailed link still holds; Gone where not.
func (s *Service) AddressAsked(ctx context.Context, token string) (Wish, error) {
	w, err := s.store.WishByToken(ctx, s.db.Read, hashToken(token), s.db.Clock.Now())
	if kernel.KindOf(err) == kernel.NotFound {
		return w, mailGone()
	}
	return w, err
}

// ConfirmAddress is for who followed the link in his mail and pressed the button: the address is his.
func (s *Service) ConfirmAddress(ctx context.Context, token string) error {
	w, err := s.AddressAsked(ctx, token)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, authz.Actor{Org: w.Org, Person: string(w.Person)}, func(tx db.Tx) error {
		ok, err := s.store.Confirm(tx, hashToken(token))
		if err == nil && !ok {
			return mailGone()
		}
		if err != nil {
			return err
		}
		return audit.Write(tx, "account.mail", audit.Subject{Kind: "person", ID: string(w.Person)}, "确认了自己的邮箱")
	})
}

func mailGone() error { return kernel.Err(kernel.Gone, "这个链接用过了，或者过期了。") }

// StopOf is whose mails a link in one of them is about; Gone for a link that is not ours or whose person wants none any more.
func (s *Service) StopOf(ctx context.Context, stop string) (Wish, error) {
	if !kernel.IsBlindID(stop) {
		return Wish{}, mailGone()
	}
	w, err := s.store.WishByStop(ctx, s.db.Read, stop)
	if kernel.KindOf(err) == kernel.NotFound {
		return w, mailGone()
	}
	return w, err
}

// StopMail ends one kind of mail, or all where kind is none that he has, for who follows a link in his mail. Stopping what has
// stopped changes nothing.
func (s *Service) StopMail(ctx context.Context, stop string, kind MailKind) error {
	w, err := s.StopOf(ctx, stop)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(w.Kinds), func(k MailKind) bool { return k == kind || kind == "" })
	return s.db.InTx(ctx, authz.Actor{Org: w.Org, Person: string(w.Person)}, func(tx db.Tx) error {
		if len(left) == 0 {
			_, err := s.store.DropWish(tx, w.Person)
			return err
		}
		_, err := s.store.SetKinds(tx, w.Person, w.Kinds, left)
		return err
	})
}
