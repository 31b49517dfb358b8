package accountdb_test

import (
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/account/accountdb"
)

// What is asked at the door, by phones that fetch calendars, and by the job of the mail goes by an index, however many there are.
func TestNothingIsScanned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q, ctx, s := dbtest.Explained(t, d), t.Context(), accountdb.Store{}
		today, now := kernel.MustDate("2024-12-20"), d.Clock.Now()
		missing := func(what string, err error) {
			t.Helper()
			if kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s: %v, want nothing found", what, err)
			}
		}
		_, err := s.Passkey(ctx, q, "k")
		missing("passkey", err)
		_, err = s.OfSession(ctx, q, "t")
		missing("session", err)
		_, err = s.LiveOf(ctx, q, "o1", "a1", today)
		missing("account", err)
		_, err = s.Feed(ctx, q, "o1", "a1")
		missing("calendar", err)
		_, err = s.FeedByToken(ctx, q, "t")
		missing("calendar by its token", err)
		_, err = s.Wish(ctx, q, "o1", "p1")
		missing("mail", err)
		_, err = s.WishByToken(ctx, q, "t", now)
		missing("mail by its link", err)
		_, err = s.WishByStop(ctx, q, "t")
		missing("mail by its end", err)
		if _, err := s.Passkeys(ctx, q, "a1"); err != nil {
			t.Error(err)
		}
		if _, err := s.DueWishes(ctx, q, now); err != nil {
			t.Error(err)
		}
		if _, err := s.MailsToMove(ctx, q, now); err != nil {
			t.Error(err)
		}
		err = d.InTx(ctx, authz.Program("o1"), func(tx db.Tx) error {
			if told, err := s.Told(tx, "p1", []string{"a", "b", "c"}); err != nil || len(told) != 0 {
				t.Errorf("told %v %v", told, err)
			}
			return s.SweepMail(tx)
		})
		if err != nil {
			t.Error(err)
		}
		dbtest.Explain(t, d, "SELECT key FROM mail_told WHERE on_day < $1", today)
		dbtest.Explain(t, d, "SELECT key FROM mail WHERE at < $1", int64(now))
	})
}
