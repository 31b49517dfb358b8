package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func put(tx db.Tx, name string, n int) error {
	_, err := tx.ExecContext(tx.Ctx(), "INSERT INTO series (org_id, name, n) VALUES ($1, $2, $3)", tx.Org(), name, n)
	return err
}

func have(t *testing.T, d *db.DB, name string) bool {
	t.Helper()
	var n int
	err := d.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM series WHERE name = $1", name).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n == 1
}

func TestOneBadCallHarmsNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		var wg sync.WaitGroup
		errs := make([]error, 90)
		for i := range errs {
			wg.Go(func() {
				errs[i] = d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
					if err := put(tx, name(i), i); err != nil {
						return err
					}
					switch i % 9 {
					case 3:
						return boom
					case 6:
						panic("in the middle")
					}
					return nil
				})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if got := have(t, d, name(i)); got != (err == nil) {
				t.Errorf("call %d: in database %v, answered %v", i, got, err)
			}
			if bad := i%9 == 3 || i%9 == 6; bad != (err != nil) {
				t.Errorf("call %d: error %v", i, err)
			}
		}
	})
}

func name(i int) string { return string(rune('a'+i%26)) + string(rune('a'+i/26)) }

func TestACancelledCallNeitherWritesNorHarms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.InTx(ctx, authz.Program("o1"), func(tx db.Tx) error {
			if err := put(tx, "first", 1); err != nil {
				return err
			}
			cancel() // in mid-transaction: the work is finished all the same
			return put(tx, "second", 2)
		})
		if err != nil || !have(t, d, "first") || !have(t, d, "second") {
			t.Errorf("got %v, want both rows", err)
		}
	})
}

func TestConstraintsAreKnownByCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		twice := func(tx db.Tx) error { return errors.Join(put(tx, "x", 1), put(tx, "x", 2)) }
		if err := d.InTx(t.Context(), authz.Program("o1"), twice); !db.IsDuplicate(err) {
			t.Errorf("got %v, want a duplicate", err)
		}
	})
}

func TestCursorsRefuseWhatWasMadeUp(t *testing.T) {
	t.Parallel()
	k, err := db.ParseCursor(db.Key{int64(42), "01ABC"}.Cursor(), db.Number, db.Text)
	if err != nil || k[0] != int64(42) || k[1] != "01ABC" {
		t.Errorf("got %v %v", k, err)
	}
	for _, bad := range []string{"x", "W10", "WzFd", "W3siYSI6MX0sMl0", "////", db.Key{"abc", "01ABC"}.Cursor(), db.Key{int64(1), int64(2)}.Cursor(), db.Key{int64(1), "a\x00b"}.Cursor()} {
		if _, err := db.ParseCursor(bad, db.Number, db.Text); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("%q: got %v, want invalid", bad, err)
		}
	}
	if _, err := db.ParseCursor(db.Key{"2024-12-20"}.Cursor(), db.Day); err != nil {
		t.Errorf("a day: got %v", err)
	}
	for _, bad := range []string{"", "yesterday", "2024-13-01"} {
		if _, err := db.ParseCursor(db.Key{bad}.Cursor(), db.Day); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("the day %q: got %v, want invalid", bad, err)
		}
	}
}

func FuzzParseCursor(f *testing.F) {
	f.Add(db.Key{int64(1), "a"}.Cursor())
	f.Fuzz(func(t *testing.T, s string) {
		if k, err := db.ParseCursor(s, db.Number, db.Text); err == nil && k != nil && len(k) != 2 {
			t.Errorf("%q: got %v", s, k)
		}
	})
}
