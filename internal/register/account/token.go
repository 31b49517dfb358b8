package account

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// TokenScope is what a key may be used for; it never widens what its person may do.
type TokenScope string

const (
	ReadHazards  TokenScope = "hazards:read"
	WriteHazards TokenScope = "hazards:write"
	ReadPeople   TokenScope = "people:read"
	ReadDuties   TokenScope = "duties:read"
)

// TokenScopes lists them in the order in which they are offered.
func TokenScopes() []TokenScope {
	return []TokenScope{ReadHazards, WriteHazards, ReadPeople, ReadDuties}
}

// Token is a key by which a program of the person comes in.
type Token struct {
	Hash   string // SHA-256 of the key
	Name   string
	Scopes []TokenScope
	At     kernel.Time
	Seen   kernel.Time // by the hour; zero: never used
	Ends   kernel.Date // its last day
}

// Tokens is the part of the store that keeps keys.
type Tokens interface {
	AddToken(tx db.Tx, account string, t Token) error
	// Bearer is the person of a key, as Live gives that of a session, with what the key is for.
	Bearer(ctx context.Context, q db.DBTX, hash string, today kernel.Date) (Live, Token, error)
	Tokens(ctx context.Context, q db.DBTX, account string) ([]Token, error)
	SawToken(tx db.Tx, hash string) error
	EndToken(tx db.Tx, account, hash string) (bool, error)
	EndTokens(tx db.Tx, account string) error
	DropEnded(tx db.Tx, account string) error
}

// TokenWish is what somebody asks a new key for.
type TokenWish struct {
	Name   string
	Scopes []TokenScope
	Days   int // that it lasts, today included
}

const (
	tokenMost = 20  // keys of one account
	tokenDays = 366 // that a key may last
	nameMost  = 40
)

// keyMark begins every key, so that one which was left lying about is recognised.
const keyMark = "xj_"

// NewToken makes a key for the actor's own programs and tells it, once.
func (s *Service) NewToken(ctx context.Context, by authz.Actor, w TokenWish) (string, error) {
	return s.newToken(ctx, by, by, w, func(tx db.Tx, t Token) error {
		return audit.Write(tx, "token.new", audit.Subject{Kind: "person", ID: by.Person}, "做了一把接口钥匙“%s”", t.Name)
	})
}

// TokenFor makes a key for whoever signs in with the login, from the machine itself: the history says so, and he is told.
func (s *Service) TokenFor(ctx context.Context, login string, w TokenWish) (string, error) {
	who, err := s.As(ctx, cleanLogin(login))
	if err != nil {
		return "", err
	}
	return s.newToken(ctx, authz.Program(who.Org), who, w, func(tx db.Tx, t Token) error {
		if who.Person == "" {
			return audit.Write(tx, "token.new", audit.Subject{Kind: "account", ID: who.Account}, "在服务器上做了一把接口钥匙“%s”", t.Name)
		}
		return errors.Join(
			audit.Write(tx, "token.new", audit.Subject{Kind: "person", ID: who.Person}, "在服务器上做了一把接口钥匙“%s”", t.Name),
			notify.Send(tx, notify.Notice{Person: who.Person, Once: "account.token." + t.Hash, Href: "/me/tokens",
				Text: "有人在服务器上用你的名义做了一把接口钥匙“%s”，用到%s。不是你要的，请马上停用它。", Args: []any{t.Name, t.Ends.String()}}))
	})
}

func (s *Service) newToken(ctx context.Context, by, owner authz.Actor, w TokenWish, told func(db.Tx, Token) error) (string, error) {
	if err := w.check(); err != nil {
		return "", err
	}
	key := keyMark + newToken()
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.DropEnded(tx, owner.Account); err != nil {
			return err
		}
		had, err := s.store.Tokens(tx.Ctx(), tx, owner.Account)
		if err != nil {
			return err
		}
		if len(had) >= tokenMost {
			return kernel.Wrong("name", "已经有 %d 把钥匙了，先停用不用的。", len(had))
		}
		t := Token{Hash: hashToken(key), Name: strings.TrimSpace(w.Name), Scopes: w.Scopes, Ends: tx.Today().Add(w.Days - 1)}
		if err := s.store.AddToken(tx, owner.Account, t); err != nil {
			return err
		}
		return told(tx, t)
	})
	return key, err
}

func (w TokenWish) check() error {
	var p kernel.Problems
	if n := utf8.RuneCountInString(strings.TrimSpace(w.Name)); n == 0 || n > nameMost {
		p.Add("name", "写上给哪个程序用，最多 %d 个字。", nameMost)
	}
	if len(w.Scopes) == 0 || slices.ContainsFunc(w.Scopes, func(x TokenScope) bool { return !slices.Contains(TokenScopes(), x) }) {
		p.Add("scopes", "请选这把钥匙能做什么。")
	}
	if w.Days < 1 || w.Days > tokenDays {
		p.Add("days", "最长 %d 天。", tokenDays)
	}
	return p.Err()
}

// Bearer is the actor of a key with today's mandates, what the key is for, and its hash; Nobody for one that has ended.
func (s *Service) Bearer(ctx context.Context, key string) (authz.Actor, []TokenScope, string, error) {
	if !strings.HasPrefix(key, keyMark) {
		return authz.Nobody, nil, "", nil
	}
	hash, now := hashToken(key), s.db.Clock.Now()
	if c, ok := s.kept(hash, now); ok && now.Date() == c.at.Date() {
		return c.actor, c.scopes, hash, nil
	}
	live, t, err := s.store.Bearer(ctx, s.db.Read, hash, now.Date())
	if kernel.KindOf(err) == kernel.NotFound || err == nil && (t.Ends.Before(now.Date()) || live.gone(now.Date())) {
		return authz.Nobody, nil, "", nil
	}
	if err != nil {
		return authz.Nobody, nil, "", err
	}
	a, err := s.actor(ctx, live)
	if err != nil {
		return authz.Nobody, nil, "", err
	}
	if now.Sub(t.Seen) > seenEvery {
		if err := s.db.InTx(ctx, a, func(tx db.Tx) error { return s.store.SawToken(tx, hash) }); err != nil {
			return authz.Nobody, nil, "", err
		}
	}
	s.keep(hash, cached{actor: a, scopes: t.Scopes, at: now})
	return a, t.Scopes, hash, nil
}

// MyTokens lists the actor's keys.
func (s *Service) MyTokens(ctx context.Context, by authz.Actor) ([]Token, error) {
	return s.store.Tokens(ctx, s.db.Read, by.Account)
}

// EndToken ends one of the actor's keys at once.
func (s *Service) EndToken(ctx context.Context, by authz.Actor, hash string) error {
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.EndToken(tx, by.Account, hash)
		if err != nil {
			return err
		}
		if !ok {
			return kernel.Err(kernel.NotFound, "这把钥匙已经停用了。")
		}
		return audit.Write(tx, "token.end", audit.Subject{Kind: "person", ID: by.Person}, "停用了一把接口钥匙")
	})
	s.Forget()
	return err
}
