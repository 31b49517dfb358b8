package account

import (
	"context"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// MailState is a closed set: waiting → sending → sent, failed or waiting again; sending whose server died → unknown.
type MailState string

const (
	MailWaiting MailState = "waiting"
	MailSending MailState = "sending"
	MailSent    MailState = "sent"
	MailFailed  MailState = "failed"
	MailUnknown MailState = "unknown"
)

// Mail is one mail on its way. Key is the day of a digest, or begins with c for a confirmation.
type Mail struct {
	Org    string
	Person people.ID
	Key    string
	State  MailState
	Lines  string
	Tries  int
	At     kernel.Time
	Next   kernel.Time
}

func (m Mail) confirms() bool { return strings.HasPrefix(m.Key, "c") }

// Mails is the part of the store that keeps what is sent.
type Mails interface {
	DueWishes(ctx context.Context, q db.DBTX, now kernel.Time) ([]Wish, error) // org and person alone
	// TakeWish moves a person's next digest on; false where somebody else has done so.
	TakeWish(tx db.Tx, w Wish, next kernel.Time) (bool, error)
	Told(tx db.Tx, p people.ID, keys []string) (map[string]bool, error)
	Tell(tx db.Tx, p people.ID, keys []string) error
	// AddMail is false where the person has a mail of the key.
	AddMail(tx db.Tx, m Mail) (bool, error)
	MailsToMove(ctx context.Context, q db.DBTX, now kernel.Time) ([]Mail, error)
	// MoveMail is false where the mail is not as it was.
	MoveMail(tx db.Tx, was, to Mail, why string) (bool, error)
	SetToken(tx db.Tx, p people.ID, token string, ends kernel.Time) (bool, error)
	// WishFailed keeps the day on which a mail did not arrive; no day: the last one did.
	WishFailed(tx db.Tx, p people.ID, on kernel.Date) error
	SweepMail(tx db.Tx) error
}
