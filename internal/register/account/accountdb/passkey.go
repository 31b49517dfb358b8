package accountdb

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb/sqlcgen"
	"xiaojia/internal/register/people"
)

func (Store) AddPasskey(tx db.Tx, k account.Passkey) error {
	err := sqlcgen.New(tx).InsertPasskey(tx.Ctx(), sqlcgen.InsertPasskeyParams{ID: k.ID, Account: k.Account, Name: k.Name, Site: k.Site, Data: k.Data, AddedOn: k.Added})
	if err != nil {
		return fmt.Errorf("passkey: %w", err)
	}
	return nil
}

func (Store) Passkeys(ctx context.Context, q db.DBTX, acc string) ([]account.Passkey, error) {
	rows, err := sqlcgen.New(q).Passkeys(ctx, acc)
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	out := make([]account.Passkey, len(rows))
	for i, r := range rows {
		out[i] = account.Passkey{ID: r.ID, Account: acc, Name: r.Name, Site: r.Site, Data: r.Data, Added: r.AddedOn, Used: r.UsedOn}
	}
	return out, nil
}

func (Store) Passkey(ctx context.Context, q db.DBTX, id string) (account.Keyed, error) {
	r, err := sqlcgen.New(q).PasskeyByID(ctx, id)
	return account.Keyed{Passkey: account.Passkey{ID: r.ID, Account: r.AccountID, Name: r.Name, Site: r.Site, Data: r.Data, Added: r.AddedOn, Used: r.UsedOn},
		Org: r.OrgID, Person: people.ID(r.PersonID), Who: r.Person, Left: r.LeftOn}, found(err, "passkey")
}

func (Store) UsePasskey(tx db.Tx, id, data string) (bool, error) {
	n, err := sqlcgen.New(tx).UsePasskey(tx.Ctx(), sqlcgen.UsePasskeyParams{Data: data, UsedOn: tx.Today(), ID: id})
	return n == 1, err
}

func (Store) DropPasskey(tx db.Tx, acc, id string) (bool, error) {
	n, err := sqlcgen.New(tx).DeletePasskey(tx.Ctx(), sqlcgen.DeletePasskeyParams{Account: acc, ID: id})
	return n == 1, err
}

func (Store) DropPasskeys(tx db.Tx, acc string) error {
	if err := sqlcgen.New(tx).DeletePasskeys(tx.Ctx(), acc); err != nil {
		return err
	}
	return sqlcgen.New(tx).DeleteDevices(tx.Ctx(), acc)
}

func (Store) Ask(tx db.Tx, hash, acc, data string, ends kernel.Time) error {
	q := sqlcgen.New(tx)
	if err := q.DropEndedChallenges(tx.Ctx(), int64(tx.Now())); err != nil {
		return fmt.Errorf("challenges: %w", err)
	}
	return q.InsertChallenge(tx.Ctx(), sqlcgen.InsertChallengeParams{Hash: hash, Account: acc, Data: data, EndsAt: int64(ends)})
}

// Answered deletes what it gives: of two that bring the same answer at a time, one finds nothing.
func (Store) Answered(tx db.Tx, hash, acc string) (string, error) {
	q := sqlcgen.New(tx)
	data, err := q.Challenge(tx.Ctx(), sqlcgen.ChallengeParams{Hash: hash, Account: acc, Now: int64(tx.Now())})
	if err != nil {
		return "", found(err, "challenge")
	}
	n, err := q.DeleteChallenge(tx.Ctx(), hash)
	if err == nil && n != 1 {
		return "", kernel.Err(kernel.NotFound, "没有找到。")
	}
	return data, err
}

func (Store) Met(tx db.Tx, acc, mark string) (bool, error) {
	q := sqlcgen.New(tx)
	others, err := q.KnowsDevices(tx.Ctx(), acc)
	if err != nil {
		return false, fmt.Errorf("devices: %w", err)
	}
	n, err := q.InsertDevice(tx.Ctx(), sqlcgen.InsertDeviceParams{Account: acc, Mark: mark, OnDay: tx.Today()})
	return n == 1 && others > 0, err
}

func (Store) OfSession(ctx context.Context, q db.DBTX, token string) (account.Account, error) {
	r, err := sqlcgen.New(q).SessionAccount(ctx, token)
	return account.Account{ID: r.AccountID, Org: r.OrgID, Person: people.ID(r.PersonID)}, found(err, "session")
}
