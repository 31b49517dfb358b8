package accountdb

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb/sqlcgen"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func (Store) LiveOf(ctx context.Context, q db.DBTX, orgID, acc string, today kernel.Date) (account.Live, error) {
	r, err := sqlcgen.New(q).AccountLive(ctx, sqlcgen.AccountLiveParams{Org: orgID, Account: acc})
	if err != nil {
		return account.Live{}, found(err, "account")
	}
	l := account.Live{Account: r.AccountID, Org: r.OrgID, Person: people.ID(r.PersonID), Name: r.Name, Branch: org.UnitID(r.BranchID), Member: r.IsMember, Left: r.LeftOn}
	l.Grants, err = grants(ctx, q, l, today)
	return l, err
}

func (Store) Feed(ctx context.Context, q db.DBTX, orgID, acc string) (account.Feed, error) {
	r, err := sqlcgen.New(q).FeedOf(ctx, sqlcgen.FeedOfParams{Org: orgID, Account: acc})
	return account.Feed{Org: orgID, Account: acc, Holidays: r.Holidays, Lang: r.Lang, Made: r.MadeOn, Fetched: r.FetchedOn}, found(err, "calendar")
}

func (Store) FeedByToken(ctx context.Context, q db.DBTX, token string) (account.Feed, error) {
	r, err := sqlcgen.New(q).FeedByToken(ctx, token)
	return account.Feed{Org: r.OrgID, Account: r.AccountID, Holidays: r.Holidays, Lang: r.Lang, Made: r.MadeOn, Fetched: r.FetchedOn, Memory: r.Memory}, found(err, "calendar")
}

func (Store) PutFeed(tx db.Tx, token string, f account.Feed) error {
	err := sqlcgen.New(tx).PutFeed(tx.Ctx(), sqlcgen.PutFeedParams{Org: tx.Org(), Account: f.Account, Token: token, Holidays: f.Holidays, Lang: f.Lang, MadeOn: tx.Today()})
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return nil
}

func (Store) SetHolidays(tx db.Tx, acc string, on bool, lang string) (bool, error) {
	n, err := sqlcgen.New(tx).SetHolidays(tx.Ctx(), sqlcgen.SetHolidaysParams{Holidays: on, Lang: lang, Org: tx.Org(), Account: acc})
	return n == 1, err
}

func (Store) Fetched(tx db.Tx, token string, on kernel.Date, memory string) error {
	return sqlcgen.New(tx).FetchedFeed(tx.Ctx(), sqlcgen.FetchedFeedParams{FetchedOn: on, Memory: memory, Token: token})
}

func (Store) DropFeed(tx db.Tx, acc string) (bool, error) {
	n, err := sqlcgen.New(tx).DeleteFeed(tx.Ctx(), sqlcgen.DeleteFeedParams{Org: tx.Org(), Account: acc})
	return n == 1, err
}
