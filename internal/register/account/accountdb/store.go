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
	l.Grants, err = grants(ctx, q, l, today)
	return l, err
}

// grants are the mandates that somebody holds on a day.
func grants(ctx context.Context, q db.DBTX, l account.Live, today kernel.Date) ([]authz.Grant, error) {
	rows, err := sqlcgen.New(q).Grants(ctx, sqlcgen.GrantsParams{Org: l.Org, Person: string(l.Person), Today: today})
	if err != nil {
		return nil, fmt.Errorf("mandates of %s: %w", l.Person, err)
	}
	out := make([]authz.Grant, len(rows))
	for i, g := range rows {
		out[i] = grant(g.Office, g.UnitID, g.BranchID, g.Kind)
	}
	return out, nil
}

// grant is a mandate as a right: a branch belongs to itself.
func grant(office, unit, branch, kind string) authz.Grant {
	if kind == string(org.Branch) {
		branch = unit
	}
	return authz.Grant{Office: authz.Office(office), Unit: unit, Branch: branch}
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
	out := map[people.ID]bool{}
	text, args := among("SELECT m.person_id FROM membership m JOIN account a ON a.id = m.account_id AND a.closed_at = 0", "m.org_id = ?", orgID, "m.person_id", ids).SQL("", 0)
	return out, each(ctx, q, text, args, func(scan func(...any) error) error {
		var id people.ID
		err := scan(&id)
		out[id] = true
		return err
	})
}

// Guests are the persons of one sheet with their accounts and what they hold on the day.
func (Store) Guests(ctx context.Context, q db.DBTX, orgID string, ids []people.ID, today kernel.Date) (map[people.ID]account.Guest, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	out := map[people.ID]account.Guest{}
	text, args := among("SELECT p.id, p.name, p.no, p.phone, p.branch_id, coalesce(p.group_id, ''), p.left_on, EXISTS (SELECT 1 FROM membership m WHERE m.org_id = p.org_id AND m.person_id = p.id) FROM person p",
		"p.org_id = ?", orgID, "p.id", ids).SQL("", 0)
	err := each(ctx, q, text, args, func(scan func(...any) error) error {
		var id people.ID
		var g account.Guest
		if err := scan(&id, &g.Name, &g.No, &g.Phone, &g.Branch, &g.Group, &g.Left, &g.Account); err != nil {
			return err
		}
		out[id] = g
		return nil
	})
	if err != nil {
		return nil, err
	}
	text, args = among("SELECT d.person_id, d.office, d.unit_id, u.branch_id, u.kind FROM mandate d JOIN unit u ON u.org_id = d.org_id AND u.id = d.unit_id",
		"d.org_id = ?", orgID, "d.person_id", ids).And("d.from_on <= ? AND (d.to_on IS NULL OR d.to_on >= ?)", today, today).SQL("", 0)
	return out, each(ctx, q, text, args, func(scan func(...any) error) error {
		var id people.ID
		var office, unit, branch, kind string
		if err := scan(&id, &office, &unit, &branch, &kind); err != nil {
			return err
		}
		g := out[id]
		g.Held = append(g.Held, grant(office, unit, branch, kind))
		out[id] = g
		return nil
	})
}

// among is a list of persons; their number is bounded by the caller's page.
func among(from, inOrg, orgID, column string, ids []people.ID) *db.Select {
	marks, args := db.List(ids)
	return db.From(from).And(inOrg, orgID).And(column+" IN ("+marks+")", args...)
}

func each(ctx context.Context, q db.DBTX, text string, args []any, row func(scan func(...any) error) error) error {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("accounts of persons: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return fmt.Errorf("accounts of persons: %w", err)
		}
	}
	return rows.Err()
}

// Secret is the hash of an open account's password.
func (Store) Secret(ctx context.Context, q db.DBTX, id string) (string, error) {
	s, err := sqlcgen.New(q).Secret(ctx, id)
	return s, found(err, "secret")
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
func hour(t kernel.Time) kernel.Time { return t.Truncate(time.Hour) }

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

func (Store) EndOthers(tx db.Tx, acc, but string) error {
	return sqlcgen.New(tx).EndOtherSessions(tx.Ctx(), sqlcgen.EndOtherSessionsParams{Account: acc, But: but})
}

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
