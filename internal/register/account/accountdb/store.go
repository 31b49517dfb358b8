// Package accountdb keeps accounts, sessions and links in either engine.
package accountdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb/sqlcgen"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Store fills account.Store.
type Store struct{}

var _ account.Store = Store{}

// found turns "no row" into the one error that pages know.
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return kernel.Err(kernel.NotFound, "没有找到。")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (Store) Live(ctx context.Context, q db.DBTX, token string, today kernel.Date) (account.Live, error) {
	r, err := sqlcgen.New(q).Session(ctx, token)
	if err != nil {
		return account.Live{}, found(err, "session")
	}
	l := account.Live{Account: r.AccountID, Org: r.OrgID, Person: people.ID(r.PersonID), Name: r.Name, Branch: org.UnitID(r.BranchID), Member: r.IsMember,
		Left: r.LeftOn, Seen: kernel.Time(r.SeenAt), Ends: kernel.Time(r.EndsAt)}
	l.Grants, err = Store{}.Held(ctx, q, r.OrgID, l.Person, today)
	return l, err
}

func (Store) Held(ctx context.Context, q db.DBTX, orgID string, p people.ID, today kernel.Date) ([]authz.Grant, error) {
	rows, err := sqlcgen.New(q).Grants(ctx, sqlcgen.GrantsParams{Org: orgID, Person: string(p), Today: today})
	if err != nil {
		return nil, fmt.Errorf("mandates of %s: %w", p, err)
	}
	var out []authz.Grant
	for _, g := range rows {
		branch := g.BranchID
		if g.Kind == string(org.Branch) {
			branch = g.UnitID
		}
		out = append(out, authz.Grant{Office: authz.Office(g.Office), Unit: g.UnitID, Branch: branch})
	}
	return out, nil
}

func (Store) ByLogin(ctx context.Context, q db.DBTX, login string) (account.Account, error) {
	r, err := sqlcgen.New(q).AccountByLogin(ctx, login)
	if errors.Is(err, sql.ErrNoRows) {
		return byPhone(ctx, q, login)
	}
	return account.Account{ID: r.ID, Login: login, Secret: r.Secret, Closed: kernel.Time(r.ClosedAt), Org: r.OrgID, Person: people.ID(r.PersonID)}, found(err, "account")
}

// byPhone finds the account of the only person here who has the phone; two are nobody.
func byPhone(ctx context.Context, q db.DBTX, phone string) (account.Account, error) {
	rows, err := sqlcgen.New(q).AccountsByPhone(ctx, phone)
	if err != nil {
		return account.Account{}, fmt.Errorf("account: %w", err)
	}
	if len(rows) != 1 {
		return account.Account{}, found(sql.ErrNoRows, "account")
	}
	r := rows[0]
	return account.Account{ID: r.ID, Login: r.Login, Secret: r.Secret, Closed: kernel.Time(r.ClosedAt), Org: r.OrgID, Person: people.ID(r.PersonID)}, nil
}

func (Store) OfPerson(ctx context.Context, q db.DBTX, orgID string, p people.ID) (account.Account, error) {
	r, err := sqlcgen.New(q).AccountOfPerson(ctx, sqlcgen.AccountOfPersonParams{Org: orgID, Person: string(p)})
	return account.Account{ID: r.ID, Login: r.Login, Closed: kernel.Time(r.ClosedAt), Org: orgID, Person: p}, found(err, "account of a person")
}

func (Store) Holder(ctx context.Context, q db.DBTX, orgID string, p people.ID) (account.Holder, error) {
	r, err := sqlcgen.New(q).PersonForAccount(ctx, sqlcgen.PersonForAccountParams{Org: orgID, Person: string(p)})
	return account.Holder{Name: r.Name, No: r.No, Phone: r.Phone, Branch: org.UnitID(r.BranchID), Group: org.UnitID(r.GroupID), Left: r.LeftOn}, found(err, "person of an account")
}

// Joined tells which of the persons have an open account; their number is bounded by the caller's page.
func (Store) Joined(ctx context.Context, q db.DBTX, orgID string, ids []people.ID) (map[people.ID]bool, error) {
	marks, args := db.List(ids)
	text, args := db.From("SELECT m.person_id FROM membership m JOIN account a ON a.id = m.account_id AND a.closed_at = 0").
		And("m.org_id = ?", orgID).And("m.person_id IN ("+marks+")", args...).SQL("", 0)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("accounts of persons: %w", err)
	}
	defer rows.Close()
	out := map[people.ID]bool{}
	for rows.Next() {
		var id people.ID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("accounts of persons: %w", err)
		}
		out[id] = true
	}
	return out, rows.Err()
}

func (Store) Empty(ctx context.Context, q db.DBTX) (bool, error) {
	n, err := sqlcgen.New(q).HasAccounts(ctx)
	return n == 0, err
}

func (Store) Create(tx db.Tx, a account.Account) error {
	q := sqlcgen.New(tx)
	if err := q.InsertAccount(tx.Ctx(), sqlcgen.InsertAccountParams{ID: a.ID, Login: a.Login, Secret: a.Secret, At: int64(tx.Now())}); err != nil {
		return fmt.Errorf("create account: %w", err)
	}
	if err := q.InsertMembership(tx.Ctx(), sqlcgen.InsertMembershipParams{Org: a.Org, Account: a.ID, Person: string(a.Person)}); err != nil {
		return fmt.Errorf("create membership: %w", err)
	}
	return nil
}

func (Store) SetSecret(tx db.Tx, id, secret string) error {
	return sqlcgen.New(tx).SetSecret(tx.Ctx(), sqlcgen.SetSecretParams{Secret: secret, ID: id})
}

func (Store) Close(tx db.Tx, id string) error {
	return sqlcgen.New(tx).CloseAccount(tx.Ctx(), sqlcgen.CloseAccountParams{At: int64(tx.Now()), ID: id})
}

func (Store) Begin(tx db.Tx, acc, orgID string, s account.Session, ends kernel.Time) error {
	return sqlcgen.New(tx).InsertSession(tx.Ctx(), sqlcgen.InsertSessionParams{Token: s.Token, Account: acc, Org: orgID, Device: s.Device, At: int64(hour(tx.Now())), EndsAt: int64(hour(ends))})
}

func (Store) Saw(tx db.Tx, token string) error {
	return sqlcgen.New(tx).Seen(tx.Ctx(), sqlcgen.SeenParams{At: int64(hour(tx.Now())), Token: token})
}

// hour is all that is kept of when somebody was here: with the minute, a session could be laid beside an anonymous report.
func hour(t kernel.Time) kernel.Time {
	const h = kernel.Time(time.Hour / time.Microsecond)
	return t - t%h
}

func (Store) Devices(ctx context.Context, q db.DBTX, acc string, now kernel.Time) ([]account.Session, error) {
	rows, err := sqlcgen.New(q).Sessions(ctx, sqlcgen.SessionsParams{Account: acc, Now: int64(now)})
	if err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	out := make([]account.Session, len(rows))
	for i, r := range rows {
		out[i] = account.Session{Token: r.Token, Device: r.Device, At: kernel.Time(r.At), Seen: kernel.Time(r.SeenAt)}
	}
	return out, nil
}

func (Store) End(tx db.Tx, acc, token string) (bool, error) {
	n, err := sqlcgen.New(tx).EndSession(tx.Ctx(), sqlcgen.EndSessionParams{Account: acc, Token: token})
	return n == 1, err
}

func (Store) EndAll(tx db.Tx, acc string) error { return sqlcgen.New(tx).EndSessions(tx.Ctx(), acc) }

func (Store) Sweep(tx db.Tx) error {
	return sqlcgen.New(tx).DropEndedSessions(tx.Ctx(), int64(tx.Now()))
}

func (Store) Invite(ctx context.Context, q db.DBTX, token string) (account.Invite, error) {
	r, err := sqlcgen.New(q).Invite(ctx, token)
	return account.Invite{Org: r.OrgID, Person: people.ID(r.PersonID), Purpose: account.Purpose(r.Purpose), Ends: kernel.Time(r.EndsAt), Used: kernel.Time(r.UsedAt)}, found(err, "invite")
}

func (Store) AddInvite(tx db.Tx, token string, i account.Invite) error {
	return sqlcgen.New(tx).InsertInvite(tx.Ctx(), sqlcgen.InsertInviteParams{Token: token, Org: i.Org, Person: string(i.Person), Purpose: string(i.Purpose),
		ByPerson: tx.By().Person, At: int64(tx.Now()), EndsAt: int64(i.Ends)})
}

func (Store) UseInvite(tx db.Tx, token string) (bool, error) {
	n, err := sqlcgen.New(tx).UseInvite(tx.Ctx(), sqlcgen.UseInviteParams{At: int64(hour(tx.Now())), Now: int64(tx.Now()), Token: token})
	return n == 1, err
}

func (Store) VoidInvites(tx db.Tx, p, but people.ID) error {
	return sqlcgen.New(tx).VoidInvites(tx.Ctx(), sqlcgen.VoidInvitesParams{At: int64(hour(tx.Now())), Org: tx.Org(), Person: string(p), But: string(but)})
}
