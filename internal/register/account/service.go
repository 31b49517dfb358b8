package account

import (
	"context"
	"errors"
	"sync"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

const (
	sessionFor = 30 * 24 * time.Hour
	inviteFor  = 7 * 24 * time.Hour
	cacheFor   = 30 * time.Second
	seenEvery  = time.Hour
)

// Service is the use cases of getting in.
type Service struct {
	db    *db.DB
	store Store
	set   *authz.Set
	tries *tries
	fill  StandIns
	mu    sync.Mutex
	cache map[string]cached
}

// StandIns answers for which offices somebody stands in today because nobody holds them; app knows them.
type StandIns func(ctx context.Context, a authz.Actor) ([]authz.Grant, error)

// FillIn makes grants of a stand-in part of what an actor may do.
func (s *Service) FillIn(f StandIns) { s.fill = f }

type cached struct {
	actor  authz.Actor
	scopes []TokenScope // of a key
	at     kernel.Time
}

func NewService(d *db.DB, s Store, set *authz.Set) *Service {
	return &Service{db: d, store: s, set: set, tries: newTries(), cache: map[string]cached{}}
}

// Who is the actor of a session's token with today's mandates, and the session's name; Nobody for a token that has ended.
func (s *Service) Who(ctx context.Context, token string) (authz.Actor, string, error) {
	key, now := hashToken(token), s.db.Clock.Now()
	if c, ok := s.kept(key, now); ok {
		return c.actor, key, nil
	}
	live, err := s.store.Live(ctx, s.db.Read, key, now.Date())
	if kernel.KindOf(err) == kernel.NotFound {
		return authz.Nobody, "", nil
	}
	if err != nil {
		return authz.Nobody, "", err
	}
	if live.Ends <= now || live.gone(now.Date()) {
		return authz.Nobody, "", nil
	}
	a, err := s.actor(ctx, live)
	if err != nil {
		return authz.Nobody, "", err
	}
	if now.Sub(live.Seen) > seenEvery {
		if err := s.db.InTx(ctx, a, func(tx db.Tx) error { return s.store.Saw(tx, key) }); err != nil {
			return authz.Nobody, "", err
		}
	}
	s.keep(key, cached{actor: a, at: now})
	return a, key, nil
}

// cacheMost bounds the memory of the cache; beyond it everybody is looked up again.
const cacheMost = 20_000

func (s *Service) kept(key string, now kernel.Time) (cached, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.cache[key]
	return c, ok && now >= c.at && now.Sub(c.at) < cacheFor
}

func (s *Service) keep(key string, c cached) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.cache) > cacheMost {
		clear(s.cache)
	}
	s.cache[key] = c
}

// Forget drops what is cached: a mandate, a person or a session has changed.
func (s *Service) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.cache)
}

func (s *Service) actor(ctx context.Context, l Live) (authz.Actor, error) {
	a := authz.Actor{Org: l.Org, Account: l.Account, Person: string(l.Person), Name: l.Name, Branch: string(l.Branch), Grants: l.Grants}
	if l.Member {
		a.Grants = append(a.Grants, authz.Grant{Office: authz.Member, Unit: string(l.Branch), Branch: string(l.Branch)})
	}
	if s.fill == nil {
		return s.set.Resolve(a), nil
	}
	more, err := s.fill(ctx, a)
	a.Grants = append(a.Grants, more...)
	return s.set.Resolve(a), err
}

// As is the actor of a person of the roster, for the demo's story and for tests of what people see.
func (s *Service) As(ctx context.Context, login string) (authz.Actor, error) {
	acc, err := s.store.ByLogin(ctx, s.db.Read, login)
	if err != nil {
		return authz.Nobody, err
	}
	key := hashToken(newToken())
	now := s.db.Clock.Now()
	err = s.db.InTx(ctx, authz.Program(acc.Org), func(tx db.Tx) error {
		return s.store.Begin(tx, acc.ID, acc.Org, Session{Token: key}, now.Add(time.Minute))
	})
	if err != nil {
		return authz.Nobody, err
	}
	live, err := s.store.Live(ctx, s.db.Read, key, now.Date())
	if err != nil {
		return authz.Nobody, err
	}
	err = s.db.InTx(ctx, authz.Program(acc.Org), func(tx db.Tx) error {
		_, err := s.store.End(tx, acc.ID, key)
		return err
	})
	if err != nil {
		return authz.Nobody, err
	}
	return s.actor(ctx, live)
}

// Knock is a try to sign in. From is the address it came from, empty where addresses are not counted.
type Knock struct{ Login, Password, From, Device string }

// loginMost is longer than any 工号 or phone; what is longer is no name and is not kept.
const loginMost = 64

// Login lets in who knows the password of an account, by 工号 or phone. A wrong name and a wrong password are one answer.
func (s *Service) Login(ctx context.Context, k Knock) (token string, err error) {
	login := cleanLogin(k.Login)
	if len(login) > loginMost || len(k.Password) > passwordMost {
		return "", wrongPassword()
	}
	acc, err := s.store.ByLogin(ctx, s.db.Read, login)
	known := err == nil && acc.Closed.IsZero()
	if err != nil && kernel.KindOf(err) != kernel.NotFound {
		return "", err
	}
	name, from := "n/"+login, "a/"+k.From
	if known {
		name = "i/" + acc.ID // 工号 and phone are one account
	}
	if !s.tries.begin(name, tryMost, time.Now()) || k.From != "" && !s.tries.begin(from, fromMost, time.Now()) {
		return "", kernel.Wrong("password", "试的次数太多了，请过 %d 分钟再试。忘了密码，请找小组长或主席要一个新链接。", tryMinutes)
	}
	secret := someSecret           // as slow as for a name that exists
	if known && acc.Secret != "" { // who has none yet is answered as slowly
		secret = acc.Secret
	}
	if !rightSecret(secret, k.Password) || !known {
		return "", wrongPassword()
	}
	s.tries.forget(name)
	s.tries.right(from)
	return s.begin(ctx, acc, k.Device)
}

func wrongPassword() error {
	return kernel.Wrong("password", "工号（手机号）或密码不对。")
}

// someSecret is a hash of nothing that anybody knows.
var someSecret = hashSecret(newToken())

// Door lets in without a password; only a demo folder has the route.
func (s *Service) Door(ctx context.Context, login, device string) (string, error) {
	acc, err := s.store.ByLogin(ctx, s.db.Read, login)
	if err != nil {
		return "", err
	}
	return s.begin(ctx, acc, device)
}

func (s *Service) begin(ctx context.Context, acc Account, device string) (string, error) {
	token := newToken()
	by := authz.Actor{Org: acc.Org, Person: string(acc.Person)}
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.Sweep(tx); err != nil {
			return err
		}
		return s.store.Begin(tx, acc.ID, acc.Org, Session{Token: hashToken(token), Device: device, At: tx.Now()}, tx.Now().Add(sessionFor))
	})
	return token, err
}

// Devices lists where the actor is signed in.
func (s *Service) Devices(ctx context.Context, by authz.Actor) ([]Session, error) {
	return s.store.Devices(ctx, s.db.Read, by.Account, s.db.Clock.Now())
}

// End signs one of the actor's own devices out.
func (s *Service) End(ctx context.Context, by authz.Actor, session string) error {
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.End(tx, by.Account, session)
		if err == nil && !ok {
			return kernel.Err(kernel.NotFound, "这台设备已经退出了。")
		}
		return err
	})
	s.Forget()
	return err
}

// CloseFor shuts the account of somebody who has left, with all its devices.
func (s *Service) CloseFor(tx db.Tx, p people.ID) error {
	acc, err := s.store.OfPerson(tx.Ctx(), tx, tx.Org(), p)
	if kernel.KindOf(err) == kernel.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	_, feed := s.store.DropFeed(tx, acc.ID)
	if err := errors.Join(feed, s.store.EndAll(tx, acc.ID), s.store.EndTokens(tx, acc.ID), s.store.VoidInvites(tx, p, ""), s.store.DropPasskeys(tx, acc.ID), s.store.ForgetMail(tx, p)); err != nil {
		return err
	}
	if err := s.store.Close(tx, acc.ID); err != nil {
		return err
	}
	return audit.Write(tx, "account.close", audit.Subject{Kind: "person", ID: string(p)}, "账号已关")
}
