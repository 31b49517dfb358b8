package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/notify"
)

// Letter is a mail as it is to be written: a digest with its lines, or a confirmation with its link.
type Letter struct {
	Wish    Wish
	Lines   []MailLine
	Confirm string // token of the link
}

// MailerParts is what the mailer is put together from.
type MailerParts struct {
	DB       *db.DB
	Accounts *Service
	Channel  notify.Channel
	Log      *slog.Logger
	Printer  func(i18n.Lang) *i18n.Printer
	Days     func(ctx context.Context, by authz.Actor, l i18n.Lang) ([]ics.Event, error)
	Write    func(ctx context.Context, l Letter) (notify.Message, error)
}

// Mailer sends what people wished for.
//
// A mail is claimed in a transaction before it is sent: its row has the person and the day as key, and what it tells is marked as
// told. So two servers never send the same, and nothing is told twice. A failure that is known is tried again for a day. Where a
// server dies between claim and answer nobody knows whether the mail went out: it is not sent again; its notices wait in the inbox.
type Mailer struct {
	MailerParts
	rest   kernel.Time // until then the other side is left alone
	failed int         // how often it was away, one after the other
}

func NewMailer(p MailerParts) *Mailer { return &Mailer{MailerParts: p} }

// claimFor is how long a mail may be on its way before its server counts as dead.
const claimFor = time.Hour

// Run sends what is due. Where the other side is away nothing is claimed, and it is asked again after a while.
func (m *Mailer) Run(ctx context.Context) error {
	now := m.DB.Clock.Now()
	if now < m.rest {
		return nil
	}
	moving, err := m.Accounts.store.MailsToMove(ctx, m.DB.Read, now)
	if err != nil {
		return err
	}
	var due []Wish
	if !quiet(now) {
		if due, err = m.Accounts.store.DueWishes(ctx, m.DB.Read, now); err != nil {
			return err
		}
	} else {
		moving = slices.DeleteFunc(moving, func(x Mail) bool { return !x.confirms() })
	}
	if len(moving)+len(due) == 0 {
		return nil
	}
	line, err := m.Channel.Open(ctx)
	if err != nil {
		m.rest = now.Add(min(time.Minute<<min(m.failed, 20), 15*time.Minute))
		m.failed++
		return err
	}
	m.failed = 0
	return errors.Join(m.all(ctx, line, moving, due), line.Close())
}

// all sends mail after mail; what goes wrong with one is logged and does not keep the others.
func (m *Mailer) all(ctx context.Context, line notify.Line, moving []Mail, due []Wish) error {
	var all error
	for _, x := range moving {
		all = errors.Join(all, m.move(ctx, line, x))
	}
	for _, w := range due {
		x, err := m.claim(ctx, w)
		if err == nil && x.Key != "" {
			err = m.send(ctx, line, x)
		}
		all = errors.Join(all, err)
	}
	return errors.Join(all, m.DB.InTx(ctx, authz.Program(""), m.Accounts.store.SweepMail))
}

// move takes up a mail that waits for another try, and gives up one whose server died.
func (m *Mailer) move(ctx context.Context, line notify.Line, x Mail) error {
	to := x
	to.State, to.Tries, to.Next = MailSending, x.Tries+1, m.DB.Clock.Now().Add(claimFor)
	if x.State == MailSending {
		to.State, to.Tries = MailUnknown, x.Tries
	}
	mine := false
	err := m.DB.InTx(ctx, authz.Program(x.Org), func(tx db.Tx) (err error) {
		mine, err = m.Accounts.store.MoveMail(tx, x, to, "")
		return err
	})
	if err != nil || !mine || to.State == MailUnknown {
		return err
	}
	return m.send(ctx, line, to)
}

// claim writes the digest of a person whose hour has come; none where nothing is new, or where another server was faster.
func (m *Mailer) claim(ctx context.Context, due Wish) (Mail, error) {
	store := m.Accounts.store
	w, err := store.Wish(ctx, m.DB.Read, due.Org, due.Person)
	if err != nil {
		return Mail{}, ignoreGone(err)
	}
	all, err := m.news(ctx, w)
	if err != nil {
		return Mail{}, err
	}
	var x Mail
	err = m.DB.InTx(ctx, authz.Program(w.Org), func(tx db.Tx) error {
		x = Mail{}
		ok, err := store.TakeWish(tx, w, NextMail(tx.Now(), w.Hour))
		if err != nil || !ok {
			return err
		}
		var asked []string
		for _, n := range all {
			asked = append(asked, n.keys...)
		}
		told, err := store.Told(tx, w.Person, asked)
		if err != nil {
			return err
		}
		lines, keys := fresh(all, w, told, m.Printer(i18n.Lang(w.Lang)))
		if len(lines) == 0 {
			return nil
		}
		raw, err := json.Marshal(lines)
		if err != nil {
			return fmt.Errorf("lines of a mail: %w", err)
		}
		mail := Mail{Org: w.Org, Person: w.Person, Key: tx.Today().String(), State: MailSending, Lines: string(raw), At: tx.Now(), Next: tx.Now().Add(claimFor)}
		if ok, err := store.AddMail(tx, mail); err != nil || !ok { // he has had one today
			return err
		}
		x = mail
		return store.Tell(tx, w.Person, keys)
	})
	return x, err
}

func (m *Mailer) news(ctx context.Context, w Wish) ([]news, error) {
	by, err := m.Accounts.Of(ctx, w.Org, w.Account)
	if err != nil {
		return nil, ignoreGone(err)
	}
	today := m.DB.Clock.Now().Date()
	var out []news
	if w.Wants(MailDue) || w.Wants(MailLate) {
		list, err := m.Days(ctx, by, i18n.Lang(w.Lang))
		if err != nil {
			return nil, err
		}
		out = deadlines(list, today)
	}
	if w.Wants(MailResult) || w.Wants(MailNotice) {
		list, _, err := notify.Inbox(ctx, m.DB.Read, w.Org, string(w.Person), notify.Filter{Unread: true})
		if err != nil {
			return nil, err
		}
		out = append(out, notices(list, w, today)...)
	}
	return out, nil
}

// send hands a claimed mail over and writes down what came of it.
func (m *Mailer) send(ctx context.Context, line notify.Line, x Mail) error {
	msg, err := m.letter(ctx, x)
	if err == nil {
		err = line.Send(ctx, msg)
	}
	if err != nil {
		m.Log.Warn("mail", "kind", map[bool]string{true: "confirmation", false: "digest"}[x.confirms()], "tries", x.Tries, "err", err)
	}
	return m.settle(ctx, x, err)
}

func (m *Mailer) settle(ctx context.Context, x Mail, failed error) error {
	return m.DB.InTx(context.WithoutCancel(ctx), authz.Program(x.Org), func(tx db.Tx) error {
		to, why := x, ""
		to.State = MailSent
		if failed != nil {
			at, again := retryAt(x.At, tx.Now(), x.Tries)
			to.State, to.Next, why = MailWaiting, at, failed.Error()
			if !again || errors.Is(failed, notify.ErrRefused) {
				to.State = MailFailed
			}
		}
		if _, err := m.Accounts.store.MoveMail(tx, x, to, why); err != nil || to.State == MailWaiting || errors.Is(failed, errUnwanted) {
			return err
		}
		on := kernel.Date{}
		if to.State == MailFailed {
			on = tx.Today()
		}
		return m.Accounts.store.WishFailed(tx, x.Person, on)
	})
}

// errUnwanted ends a mail whose person wants none any more, or not at this address.
var errUnwanted = errors.New("not wanted any more")

func (m *Mailer) letter(ctx context.Context, x Mail) (notify.Message, error) {
	w, err := m.Accounts.store.Wish(ctx, m.DB.Read, x.Org, x.Person)
	if kernel.KindOf(err) == kernel.NotFound || err == nil && x.confirms() != w.Confirmed.IsZero() {
		return notify.Message{}, errors.Join(notify.ErrRefused, errUnwanted)
	}
	if err != nil {
		return notify.Message{}, err
	}
	l := Letter{Wish: w}
	if x.confirms() {
		l.Confirm = newToken()
		err := m.DB.InTx(ctx, authz.Program(x.Org), func(tx db.Tx) error {
			_, err := m.Accounts.store.SetToken(tx, x.Person, hashToken(l.Confirm), tx.Now().Add(confirmFor))
			return err
		})
		if err != nil {
			return notify.Message{}, err
		}
	} else if err := json.Unmarshal([]byte(x.Lines), &l.Lines); err != nil {
		return notify.Message{}, errors.Join(notify.ErrRefused, err)
	}
	msg, err := m.Write(ctx, l)
	msg.To, msg.ID = w.Address, hashToken(x.Org + "/" + string(x.Person) + "/" + x.Key)[:32]
	return msg, err
}

// ignoreGone drops that somebody has left meanwhile.
func ignoreGone(err error) error {
	if kernel.KindOf(err) == kernel.NotFound {
		return nil
	}
	return err
}
