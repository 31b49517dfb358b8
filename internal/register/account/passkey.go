package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
)

// Passkey is the public half of a key pair whose other half never leaves a person's device.
type Passkey struct {
	ID          string // of the credential, base64url
	Account     string
	Name        string // the device in words, kept in Chinese
	Site        string // the host name that the browser has bound it to
	Data        string // the credential as JSON
	Added, Used kernel.Date
}

// Keyed is a passkey with whom it lets in.
type Keyed struct {
	Passkey
	Org    string
	Person people.ID
	Who    string
	Left   kernel.Date
}

// Passkeys is the part of the store that keeps passkeys, the challenges that browsers are to sign, and known devices.
type Passkeys interface {
	AddPasskey(tx db.Tx, k Passkey) error
	Passkeys(ctx context.Context, q db.DBTX, account string) ([]Passkey, error)
	Passkey(ctx context.Context, q db.DBTX, id string) (Keyed, error)
	UsePasskey(tx db.Tx, id, data string) (bool, error)
	DropPasskey(tx db.Tx, account, id string) (bool, error)
	// DropPasskeys forgets all passkeys and devices of an account.
	DropPasskeys(tx db.Tx, account string) error
	Ask(tx db.Tx, hash, account, data string, ends kernel.Time) error
	// Answered gives what was asked under a hash, once; NotFound for what was not, is over, or was asked of another account.
	Answered(tx db.Tx, hash, account string) (data string, err error)
	// Met keeps that an account has been on a device; isNew tells that it was on others before, and never on this one.
	Met(tx db.Tx, account, mark string) (isNew bool, err error)
	OfSession(ctx context.Context, q db.DBTX, token string) (Account, error)
}

const (
	challengeFor = 5 * time.Minute
	passkeysMost = 10
)

// holder is an account as the library wants it. The handle is the account's id: random, and told to the person's device alone.
type holder struct {
	id, login, name string
	keys            []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h holder) WebAuthnName() string                       { return h.login }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// MyPasskeys lists the actor's passkeys.
func (s *Service) MyPasskeys(ctx context.Context, by authz.Actor) ([]Passkey, error) {
	return s.store.Passkeys(ctx, s.db.Read, by.Account)
}

// OfferPasskey begins to add a passkey for the actor: what the browser is to be asked, as JSON.
func (s *Service) OfferPasskey(ctx context.Context, by authz.Actor, at Site) (any, error) {
	w, err := at.party()
	if err != nil {
		return nil, err
	}
	me, err := s.holder(ctx, by)
	if err != nil {
		return nil, err
	}
	if len(me.keys) >= passkeysMost {
		return nil, kernel.Err(kernel.Conflict, "最多 %d 把通行密钥，请先删掉不用的。", passkeysMost)
	}
	ask, session, err := w.BeginRegistration(me, webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired),
		webauthn.WithExclusions(webauthn.Credentials(me.keys).CredentialDescriptors()))
	if err != nil {
		return nil, fmt.Errorf("offer passkey: %w", err)
	}
	return ask, s.ask(ctx, by, session)
}

func (s *Service) holder(ctx context.Context, by authz.Actor) (holder, error) {
	h, err := s.store.Holder(ctx, s.db.Read, by.Org, people.ID(by.Person))
	if err != nil {
		return holder{}, err
	}
	list, err := s.store.Passkeys(ctx, s.db.Read, by.Account)
	me := holder{id: by.Account, login: h.No, name: h.Name}
	for _, k := range list {
		c, e := k.credential()
		err = errors.Join(err, e)
		me.keys = append(me.keys, c)
	}
	return me, err
}

func (s *Service) ask(ctx context.Context, by authz.Actor, session *webauthn.SessionData) error {
	raw, err := json.Marshal(session)
	if err != nil {
		return fmt.Errorf("challenge: %w", err)
	}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		return s.store.Ask(tx, hashToken(session.Challenge), by.Account, string(raw), tx.Now().Add(challengeFor))
	})
}

// asked takes back what a browser was asked: each challenge counts once, whatever comes of it.
func (s *Service) asked(ctx context.Context, by authz.Actor, challenge string) (session webauthn.SessionData, err error) {
	var raw string
	err = s.db.InTx(ctx, by, func(tx db.Tx) (err error) {
		raw, err = s.store.Answered(tx, hashToken(challenge), by.Account)
		return err
	})
	if kernel.KindOf(err) == kernel.NotFound {
		return session, kernel.Err(kernel.Conflict, "等得太久了，请再试一次。")
	}
	if err != nil {
		return session, err
	}
	return session, json.Unmarshal([]byte(raw), &session)
}

// AddPasskey keeps the passkey that a browser has made for the actor, and tells him of it. It ends no session.
func (s *Service) AddPasskey(ctx context.Context, by authz.Actor, at Site, device string, answer []byte) error {
	w, err := at.party()
	if err != nil {
		return err
	}
	got, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return noPasskey(err)
	}
	session, err := s.asked(ctx, by, got.Response.CollectedClientData.Challenge)
	if err != nil {
		return err
	}
	me, err := s.holder(ctx, by)
	if err != nil {
		return err
	}
	c, err := w.CreateCredential(me, session, got)
	if err != nil {
		return noPasskey(err)
	}
	k := Passkey{Account: by.Account, Name: device, Site: at.Host}
	if err := k.hold(c); err != nil {
		return err
	}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		k.Added = tx.Today()
		if err := s.store.AddPasskey(tx, k); err != nil {
			return err
		}
		return errors.Join(notify.Send(tx, notify.Notice{Person: by.Person, Once: "account.passkey." + k.ID, At: tx.Now().Truncate(time.Hour), Href: "/me/passkeys",
			Text: "你的账号加了一把通行密钥。不是你加的，请马上删掉它，并改密码。"}),
			audit.Write(tx, "account.passkey", audit.Subject{Kind: "person", ID: by.Person}, "加了一把通行密钥"))
	})
	if db.IsDuplicate(err) {
		return kernel.Err(kernel.Conflict, "这台设备已经有通行密钥了。")
	}
	return err
}

// DropPasskey ends one of the actor's passkeys.
func (s *Service) DropPasskey(ctx context.Context, by authz.Actor, id string) error {
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.DropPasskey(tx, by.Account, id)
		if err == nil && !ok {
			return kernel.Err(kernel.NotFound, "这把通行密钥已经删掉了。")
		}
		if err != nil {
			return err
		}
		return audit.Write(tx, "account.passkey.end", audit.Subject{Kind: "person", ID: by.Person}, "删了一把通行密钥")
	})
}

func (k Passkey) credential() (webauthn.Credential, error) {
	var c webauthn.Credential
	if err := json.Unmarshal([]byte(k.Data), &c); err != nil {
		return c, fmt.Errorf("passkey %s: %w", k.ID, err)
	}
	return c, nil
}

// hold takes a credential over, without what the device said about its make.
func (k *Passkey) hold(c *webauthn.Credential) error {
	c.Attestation = webauthn.CredentialAttestation{}
	raw, err := json.Marshal(c)
	k.ID, k.Data = base64.RawURLEncoding.EncodeToString(c.ID), string(raw)
	return err
}

// noPasskey is the answer to a browser's answer that does not hold; why is for the log alone.
func noPasskey(why error) error {
	return errors.Join(kernel.Err(kernel.Invalid, "这把通行密钥没有通过，请再试一次，或者用密码。"), why)
}
