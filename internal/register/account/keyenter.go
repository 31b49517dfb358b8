package account

import (
	"context"
	"encoding/base64"
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
)

// AskPasskey begins to let in whoever has a passkey for this site: what the browser is to be asked, as JSON.
func (s *Service) AskPasskey(ctx context.Context, at Site) (any, error) {
	w, err := at.party()
	if err != nil {
		return nil, err
	}
	ask, session, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return ask, s.ask(ctx, authz.Program(""), session)
}

// KeyKnock is a try to get in by a passkey: what the browser answered. From is as in Knock.
type KeyKnock struct {
	At           Site
	Answer       []byte
	From, Device string
}

// EnterByPasskey lets in who has signed what he was asked. Whatever is wrong is one answer, and counted as a wrong password is.
func (s *Service) EnterByPasskey(ctx context.Context, k KeyKnock) (token string, err error) {
	w, err := k.At.party()
	if err != nil {
		return "", err
	}
	got, err := protocol.ParseCredentialRequestResponseBytes(k.Answer)
	if err != nil {
		return "", noPasskey(err)
	}
	key, from := "k/"+base64.RawURLEncoding.EncodeToString(got.RawID), "a/"+k.From
	if !s.tries.begin(key, tryMost, time.Now()) || k.From != "" && !s.tries.begin(from, fromMost, time.Now()) {
		return "", kernel.Err(kernel.Busy, "试的次数太多了，请过 %d 分钟再试。", tryMinutes)
	}
	session, err := s.asked(ctx, authz.Program(""), got.Response.CollectedClientData.Challenge)
	if err != nil {
		return "", err
	}
	who, c, err := s.signed(ctx, w, session, got)
	if err != nil {
		return "", err
	}
	s.tries.forget(key)
	s.tries.right(from)
	if err := s.used(ctx, who, c); err != nil {
		return "", err
	}
	return s.begin(ctx, Account{ID: who.Account, Org: who.Org, Person: who.Person}, k.Device)
}

// signed checks a browser's answer against the passkey that it names.
func (s *Service) signed(ctx context.Context, w *webauthn.WebAuthn, session webauthn.SessionData, got *protocol.ParsedCredentialAssertionData) (who Keyed, c *webauthn.Credential, err error) {
	var broken error
	find := func(id, _ []byte) (webauthn.User, error) {
		who, err = s.store.Passkey(ctx, s.db.Read, base64.RawURLEncoding.EncodeToString(id))
		if err != nil && kernel.KindOf(err) != kernel.NotFound {
			broken = err
		}
		if err != nil {
			return nil, err
		}
		had, err := who.credential()
		// A key that is synced between devices later says so from then on, and the library would refuse it for ever.
		had.Flags.BackupEligible = got.Response.AuthenticatorData.Flags.HasBackupEligible()
		return holder{id: who.Account, keys: []webauthn.Credential{had}}, err
	}
	c, err = w.ValidateDiscoverableLogin(find, session, got)
	switch today := s.db.Clock.Now().Date(); {
	case broken != nil:
		return who, nil, broken
	case err != nil:
		return who, nil, noPasskey(err)
	case !who.Left.IsZero() && who.Left.Before(today):
		return who, nil, noPasskey(errors.New("has left"))
	}
	return who, c, nil
}

// used keeps the count of the key and the day. A count that went back may mean a copy: history and person are told.
func (s *Service) used(ctx context.Context, who Keyed, c *webauthn.Credential) error {
	cloned := c.Authenticator.CloneWarning
	c.Authenticator.CloneWarning = false // told once, below
	if err := who.hold(c); err != nil {
		return err
	}
	by := authz.Actor{Org: who.Org, Account: who.Account, Person: string(who.Person), Name: who.Who}
	return s.db.InTx(ctx, by, func(tx db.Tx) error {
		ok, err := s.store.UsePasskey(tx, who.ID, who.Data)
		if err == nil && !ok {
			return noPasskey(errors.New("was removed a moment ago"))
		}
		if err != nil || !cloned {
			return err
		}
		return errors.Join(audit.Write(tx, "account.passkey.clone", audit.Subject{Kind: "person", ID: by.Person}, "通行密钥的次数对不上，可能被复制过"),
			notify.Send(tx, notify.Notice{Person: by.Person, Once: "account.clone." + who.ID + "." + tx.Today().String(), At: tx.Now().Truncate(time.Hour), Href: "/me/passkeys",
				Text: "你的一把通行密钥次数对不上，可能被复制过。请删掉它，重新加一把。"}))
	})
}
