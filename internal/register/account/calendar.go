package account

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Feed is a person's calendar address. The address itself is known to nobody but the person: only its hash is kept.
type Feed struct {
	Org, Account string
	Holidays     bool   // the days off of the year stand in it too
	Lang         string // zh or en
	Made         kernel.Date
	Fetched      kernel.Date // the last day on which a phone has asked
	Memory       string      // what was sent last, for telling what has changed
}

// Feeds is the part of the store that keeps calendar addresses.
type Feeds interface {
	// LiveOf is the person of an account as Live is that of a session; NotFound for one that is closed.
	LiveOf(ctx context.Context, q db.DBTX, org, account string, today kernel.Date) (Live, error)
	Feed(ctx context.Context, q db.DBTX, org, account string) (Feed, error)
	FeedByToken(ctx context.Context, q db.DBTX, token string) (Feed, error)
	// PutFeed gives a person a new address in place of the one he had.
	PutFeed(tx db.Tx, token string, f Feed) error
	SetHolidays(tx db.Tx, account string, on bool, lang string) (bool, error)
	Fetched(tx db.Tx, token string, on kernel.Date, memory string) error
	DropFeed(tx db.Tx, account string) (bool, error)
}

// Subscribe makes the actor's calendar address and answers its token, which is told this once; an earlier address dies.
func (s *Service) Subscribe(ctx context.Context, by authz.Actor, holidays bool, lang string) (token string, err error) {
	token = kernel.BlindID()
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.PutFeed(tx, hashToken(token), Feed{Account: by.Account, Holidays: holidays, Lang: lang}); err != nil {
			return err
		}
		return audit.Write(tx, "account.calendar", audit.Subject{Kind: "person", ID: by.Person}, "要了一个新的日历地址")
	})
	return token, err
}

// Subscription is the actor's calendar address as far as it is known; none is NotFound.
func (s *Service) Subscription(ctx context.Context, by authz.Actor) (Feed, error) {
	return s.store.Feed(ctx, s.db.Read, by.Org, by.Account)
}

// SetHolidays takes the days off of the year into the actor's calendar, or out of it.
func (s *Service) SetHolidays(ctx context.Context, by authz.Actor, on bool, lang string) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.SetHolidays(tx, by.Account, on, lang)
		if err == nil && !ok {
			return noFeed()
		}
		return err
	})
}

// Unsubscribe ends the actor's calendar address at once.
func (s *Service) Unsubscribe(ctx context.Context, by authz.Actor) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.DropFeed(tx, by.Account)
		if err != nil || !ok {
			return err
		}
		return audit.Write(tx, "account.calendar.end", audit.Subject{Kind: "person", ID: by.Person}, "停用了日历地址")
	})
}

// ByCalendar is whose calendar a token opens, with what he may see today. A token that never was, that was replaced, or whose
// person has left is one answer: NotFound.
func (s *Service) ByCalendar(ctx context.Context, token string) (Feed, authz.Actor, error) {
	if !kernel.IsBlindID(token) {
		return Feed{}, authz.Nobody, noFeed()
	}
	f, err := s.store.FeedByToken(ctx, s.db.Read, hashToken(token))
	if err != nil {
		return f, authz.Nobody, orNoFeed(err)
	}
	a, err := s.Of(ctx, f.Org, f.Account)
	return f, a, orNoFeed(err)
}

// Of is an account's person with today's mandates, without a session; NotFound where he has left or the account is closed.
func (s *Service) Of(ctx context.Context, org, account string) (authz.Actor, error) {
	today := s.db.Clock.Now().Date()
	live, err := s.store.LiveOf(ctx, s.db.Read, org, account, today)
	if err != nil {
		return authz.Nobody, err
	}
	if live.gone(today) {
		return authz.Nobody, noFeed()
	}
	return s.actor(ctx, live)
}

// Fetched keeps that a phone has asked today, and what it was sent; nothing is written where both are known.
func (s *Service) Fetched(ctx context.Context, by authz.Actor, token string, was Feed, memory string) error {
	today := s.db.Clock.Now().Date()
	if was.Fetched == today && was.Memory == memory {
		return nil
	}
	return s.db.InTx(ctx, by, func(tx db.Tx) error { return s.store.Fetched(tx, hashToken(token), today, memory) })
}

func noFeed() error { return kernel.Err(kernel.NotFound, "没有这个日历。") }

func orNoFeed(err error) error {
	if kernel.KindOf(err) == kernel.NotFound {
		return noFeed()
	}
	return err
}
