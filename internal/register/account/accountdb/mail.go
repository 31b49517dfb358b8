package accountdb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb/sqlcgen"
	"xiaojia/internal/register/people"
)

func kinds(s string) []account.MailKind {
	var out []account.MailKind
	for k := range strings.SplitSeq(s, ",") {
		if k := account.MailKind(k); k.Name() != "" {
			out = append(out, k)
		}
	}
	return out
}

func kindText(list []account.MailKind) string {
	var out []string
	for _, k := range list {
		out = append(out, string(k))
	}
	return strings.Join(out, ",")
}

func (Store) Wish(ctx context.Context, q db.DBTX, orgID string, p people.ID) (account.Wish, error) {
	r, err := sqlcgen.New(q).Wish(ctx, sqlcgen.WishParams{Org: orgID, Person: string(p)})
	return account.Wish{Org: orgID, Account: r.AccountID, Person: p, Address: r.Address, Kinds: kinds(r.Kinds), Hour: r.Hour, Lang: r.Lang, Confirmed: r.ConfirmedOn,
		Asked: kernel.Time(r.TokenEnds), Stop: r.Stop, Next: kernel.Time(r.NextAt), Failed: r.FailedOn}, found(err, "mail of a person")
}

func (Store) PutWish(tx db.Tx, w account.Wish) error {
	err := sqlcgen.New(tx).PutWish(tx.Ctx(), sqlcgen.PutWishParams{Org: tx.Org(), Person: string(w.Person), Account: w.Account, Address: w.Address, Kinds: kindText(w.Kinds),
		Hour: w.Hour, Lang: w.Lang, ConfirmedOn: w.Confirmed, Stop: w.Stop, NextAt: int64(w.Next)})
	if err != nil {
		return fmt.Errorf("mail of a person: %w", err)
	}
	return nil
}

func (Store) DropWish(tx db.Tx, p people.ID) (bool, error) {
	n, err := sqlcgen.New(tx).DeleteWish(tx.Ctx(), sqlcgen.DeleteWishParams{Org: tx.Org(), Person: string(p)})
	return n == 1, err
}

func (s Store) ForgetMail(tx db.Tx, p people.ID) error {
	if _, err := s.DropWish(tx, p); err != nil {
		return err
	}
	q := sqlcgen.New(tx)
	if err := q.DeleteMails(tx.Ctx(), sqlcgen.DeleteMailsParams{Org: tx.Org(), Person: string(p)}); err != nil {
		return err
	}
	return q.DeleteTold(tx.Ctx(), sqlcgen.DeleteToldParams{Org: tx.Org(), Person: string(p)})
}

func (Store) WishByToken(ctx context.Context, q db.DBTX, token string, now kernel.Time) (account.Wish, error) {
	r, err := sqlcgen.New(q).WishByToken(ctx, sqlcgen.WishByTokenParams{Token: token, Now: int64(now)})
	return account.Wish{Org: r.OrgID, Person: people.ID(r.PersonID)}, found(err, "mail link")
}

func (Store) Confirm(tx db.Tx, token string) (bool, error) {
	n, err := sqlcgen.New(tx).ConfirmWish(tx.Ctx(), sqlcgen.ConfirmWishParams{ConfirmedOn: tx.Today(), Token: token, Now: int64(tx.Now())})
	return n == 1, err
}

func (Store) WishByStop(ctx context.Context, q db.DBTX, stop string) (account.Wish, error) {
	r, err := sqlcgen.New(q).WishByStop(ctx, stop)
	return account.Wish{Org: r.OrgID, Person: people.ID(r.PersonID), Kinds: kinds(r.Kinds), Lang: r.Lang, Stop: stop}, found(err, "mail link")
}

func (Store) SetKinds(tx db.Tx, p people.ID, was, to []account.MailKind) (bool, error) {
	n, err := sqlcgen.New(tx).SetWishKinds(tx.Ctx(), sqlcgen.SetWishKindsParams{Kinds: kindText(to), Org: tx.Org(), Person: string(p), Was: kindText(was)})
	return n == 1, err
}

func (s Store) AskAddress(tx db.Tx, p people.ID) error {
	_, err := s.AddMail(tx, account.Mail{Person: p, Key: "c" + kernel.NewID(tx.Now()), State: account.MailWaiting, Lines: "[]", At: tx.Now(), Next: tx.Now()})
	return err
}

func (Store) AskedSince(tx db.Tx, p people.ID, since kernel.Time) (int, error) {
	n, err := sqlcgen.New(tx).MailsSince(tx.Ctx(), sqlcgen.MailsSinceParams{Org: tx.Org(), Person: string(p), Since: int64(since)})
	return int(n), err
}

func (Store) DueWishes(ctx context.Context, q db.DBTX, now kernel.Time) ([]account.Wish, error) {
	rows, err := sqlcgen.New(q).DueWishes(ctx, int64(now))
	if err != nil {
		return nil, fmt.Errorf("mails due: %w", err)
	}
	out := make([]account.Wish, len(rows))
	for i, r := range rows {
		out[i] = account.Wish{Org: r.OrgID, Person: people.ID(r.PersonID)}
	}
	return out, nil
}

func (Store) TakeWish(tx db.Tx, w account.Wish, next kernel.Time) (bool, error) {
	n, err := sqlcgen.New(tx).TakeWish(tx.Ctx(), sqlcgen.TakeWishParams{NextAt: int64(next), Org: tx.Org(), Person: string(w.Person), Was: int64(w.Next)})
	return n == 1, err
}

func (Store) Told(tx db.Tx, p people.ID, keys []string) (map[string]bool, error) {
	out := map[string]bool{}
	marks, of := db.List(keys)
	text, args := db.From("SELECT key FROM mail_told").And("org_id = ?", tx.Org()).And("person_id = ?", string(p)).And("key IN ("+marks+")", of...).SQL("", 0)
	return out, each(tx.Ctx(), tx, text, args, func(scan func(...any) error) error {
		var k string
		err := scan(&k)
		out[k] = true
		return err
	})
}

func (Store) Tell(tx db.Tx, p people.ID, keys []string) error {
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{tx.Org(), string(p), k, tx.Today()}
	}
	return db.Many{Table: "mail_told", Cols: []string{"org_id", "person_id", "key", "on_day"}}.Insert(tx, rows)
}

func (Store) AddMail(tx db.Tx, m account.Mail) (bool, error) {
	n, err := sqlcgen.New(tx).InsertMail(tx.Ctx(), sqlcgen.InsertMailParams{Org: tx.Org(), Person: string(m.Person), Key: m.Key, State: string(m.State), Lines: m.Lines, At: int64(m.At), NextAt: int64(m.Next)})
	return n == 1, err
}

func (Store) MailsToMove(ctx context.Context, q db.DBTX, now kernel.Time) ([]account.Mail, error) {
	rows, err := sqlcgen.New(q).MailsToMove(ctx, int64(now))
	if err != nil {
		return nil, fmt.Errorf("mails: %w", err)
	}
	out := make([]account.Mail, len(rows))
	for i, r := range rows {
		out[i] = account.Mail{Org: r.OrgID, Person: people.ID(r.PersonID), Key: r.Key, State: account.MailState(r.State), Lines: r.Lines, Tries: r.Tries, At: kernel.Time(r.At), Next: kernel.Time(r.NextAt)}
	}
	return out, nil
}

func (Store) MoveMail(tx db.Tx, was, to account.Mail, why string) (bool, error) {
	n, err := sqlcgen.New(tx).MoveMail(tx.Ctx(), sqlcgen.MoveMailParams{State: string(to.State), Tries: to.Tries, NextAt: int64(to.Next), Error: why,
		Org: tx.Org(), Person: string(was.Person), Key: was.Key, Was: string(was.State), WasTries: was.Tries})
	return n == 1, err
}

func (Store) SetToken(tx db.Tx, p people.ID, token string, ends kernel.Time) (bool, error) {
	n, err := sqlcgen.New(tx).SetWishToken(tx.Ctx(), sqlcgen.SetWishTokenParams{Token: token, TokenEnds: int64(ends), Org: tx.Org(), Person: string(p)})
	return n == 1, err
}

func (Store) WishFailed(tx db.Tx, p people.ID, on kernel.Date) error {
	return sqlcgen.New(tx).WishFailed(tx.Ctx(), sqlcgen.WishFailedParams{FailedOn: on, Org: tx.Org(), Person: string(p)})
}

// What was told is remembered longer than anything stays news; of mails themselves a month is kept.
const (
	toldDays = 400
	mailKept = 30 * 24 * time.Hour
)

func (Store) SweepMail(tx db.Tx) error {
	q := sqlcgen.New(tx)
	if err := q.ForgetTold(tx.Ctx(), tx.Today().Add(-toldDays)); err != nil {
		return err
	}
	return q.ForgetMails(tx.Ctx(), int64(tx.Now().Add(-mailKept)))
}
