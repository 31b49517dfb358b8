package accountdb

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb/sqlcgen"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func (Store) AddToken(tx db.Tx, acc string, t account.Token) error {
	names := make([]string, len(t.Scopes))
	for i, s := range t.Scopes {
		names[i] = string(s)
	}
	err := sqlcgen.New(tx).InsertToken(tx.Ctx(), sqlcgen.InsertTokenParams{Token: t.Hash, Account: acc, Org: tx.Org(), Name: t.Name, Scopes: strings.Join(names, " "), At: int64(tx.Now()), EndsOn: t.Ends})
	if err != nil {
		return fmt.Errorf("add token: %w", err)
	}
	return nil
}

func scopes(s string) []account.TokenScope {
	var out []account.TokenScope
	for _, f := range strings.Fields(s) {
		out = append(out, account.TokenScope(f))
	}
	return out
}

func (Store) Bearer(ctx context.Context, q db.DBTX, hash string, today kernel.Date) (account.Live, account.Token, error) {
	r, err := sqlcgen.New(q).BearerOf(ctx, hash)
	if err != nil {
		return account.Live{}, account.Token{}, found(err, "token")
	}
	t := account.Token{Hash: hash, Scopes: scopes(r.Scopes), Seen: kernel.Time(r.SeenAt), Ends: r.EndsOn}
	l := account.Live{Account: r.AccountID, Org: r.OrgID, Person: people.ID(r.PersonID), Name: r.Name, Branch: org.UnitID(r.BranchID), Member: r.IsMember, Left: r.LeftOn}
	l.Grants, err = grants(ctx, q, l, today)
	return l, t, err
}

func (Store) Tokens(ctx context.Context, q db.DBTX, acc string) ([]account.Token, error) {
	rows, err := sqlcgen.New(q).Tokens(ctx, acc)
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	out := make([]account.Token, len(rows))
	for i, r := range rows {
		out[i] = account.Token{Hash: r.Token, Name: r.Name, Scopes: scopes(r.Scopes), At: kernel.Time(r.At), Seen: kernel.Time(r.SeenAt), Ends: r.EndsOn}
	}
	return out, nil
}

func (Store) SawToken(tx db.Tx, hash string) error {
	return sqlcgen.New(tx).SawToken(tx.Ctx(), sqlcgen.SawTokenParams{At: int64(hour(tx.Now())), Token: hash})
}

func (Store) EndToken(tx db.Tx, acc, hash string) (bool, error) {
	n, err := sqlcgen.New(tx).EndToken(tx.Ctx(), sqlcgen.EndTokenParams{Account: acc, Token: hash})
	return n == 1, err
}

func (Store) EndTokens(tx db.Tx, acc string) error { return sqlcgen.New(tx).EndTokens(tx.Ctx(), acc) }

func (Store) DropEnded(tx db.Tx, acc string) error {
	return sqlcgen.New(tx).DropEndedTokens(tx.Ctx(), sqlcgen.DropEndedTokensParams{Account: acc, Today: tx.Today()})
}
