package db_test

import (
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// SQLite's full text remembers, per connection, how its index lay when somebody last searched there; asked about integrity on
// such a connection after a write elsewhere, it calls a sound database damaged.
func TestASearchedDatabaseIsCalledSound(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t, kernel.WallClock{})
	for i := range 8 {
		var n int
		if err := d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM search_gram WHERE search_gram MATCH 'a'`).Scan(&n); err != nil || n != i {
			t.Fatalf("found %d of %d: %v", n, i, err)
		}
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO search_gram (rowid, grams) VALUES ($1, 'a b')`, i+1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Frozen(t.Context(), func(q db.DBTX) error {
			var said string
			if err := q.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
				t.Errorf("after %d writes: %s (%v)", i+1, said, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
