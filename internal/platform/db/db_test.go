package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
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

// Calls wait until the writer is free and then share commits; the contexts of some end while their statement runs. All are
// finished all the same, the neighbours' rows are there, and the writer goes on.
func TestACancelInMidStatementHarmsNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const calls = 40
		free, held := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			_ = d.InTx(t.Context(), authz.Program("o1"), func(db.Tx) error { close(held); <-free; return nil }) // it writes nothing
		})
		<-held
		errs, runs := make([]error, calls), make([]int, calls)
		var asked sync.WaitGroup
		asked.Add(calls)
		for i := range errs {
			wg.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				asked.Done()
				errs[i] = d.InTx(ctx, authz.Program("o1"), func(tx db.Tx) error {
					runs[i]++
					if i%10 != 5 {
						return put(tx, name(i), i)
					}
					go cancel() // the statement takes much longer than this to start
					_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO series (org_id, name, n)
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 200000) SELECT $1, CAST($2 AS TEXT), count(*) FROM c`, tx.Org(), name(i))
					<-ctx.Done()
					return errors.Join(err, put(tx, name(i)+" after", i))
				})
			})
		}
		asked.Wait()
		close(free)
		wg.Wait()
		again := 0
		for i, err := range errs {
			again += runs[i] - 1
			if err != nil || !have(t, d, name(i)) || i%10 == 5 && !have(t, d, name(i)+" after") {
				t.Errorf("call %d: answered %v, in the database: %v", i, err, have(t, d, name(i)))
			}
		}
		if again > 0 {
			t.Errorf("%d calls had to run again", again)
		}
		if err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return put(tx, "later", 1) }); err != nil || !have(t, d, "later") {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// Who is gone before his turn has nothing written.
func TestACallThatIsGoneIsNotRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := d.InTx(ctx, authz.Program("o1"), func(tx db.Tx) error { return put(tx, "gone", 1) })
		if !errors.Is(err, context.Canceled) || have(t, d, "gone") {
			t.Errorf("got %v, in the database: %v", err, have(t, d, "gone"))
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
	k, err := db.ParseCursor(db.Key{int64(42), "01ABC"}.Cursor(), "ns")
	if err != nil || k[0] != int64(42) || k[1] != "01ABC" {
		t.Errorf("got %v %v", k, err)
	}
	for _, bad := range []string{"x", "W10", "WzFd", "W3siYSI6MX0sMl0", "////",
		db.Key{"abc", "01ABC"}.Cursor(), db.Key{int64(1), int64(2)}.Cursor(), db.Key{int64(1), "a\x00"}.Cursor()} {
		if _, err := db.ParseCursor(bad, "ns"); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("%q: got %v, want invalid", bad, err)
		}
	}
}

func TestADayOfACursorIsADay(t *testing.T) {
	t.Parallel()
	if k, err := db.ParseCursor(db.Key{"2024-12-20", "x"}.Cursor(), "ds"); err != nil || k[0] != "2024-12-20" {
		t.Errorf("got %v %v", k, err)
	}
	if _, err := db.ParseCursor(db.Key{"some day", "x"}.Cursor(), "ds"); kernel.KindOf(err) != kernel.Invalid {
		t.Errorf("got %v, want invalid", err)
	}
}

func TestListsOfAllLengthsAreFewStatements(t *testing.T) {
	t.Parallel()
	texts := map[string]bool{}
	for n := range 65 {
		ids := make([]string, n)
		for i := range ids {
			ids[i] = name(i)
		}
		marks, args := db.List(ids)
		texts[marks] = true
		if n > 0 && (len(args) != strings.Count(marks, "?") || args[n-1] != name(n-1) || args[len(args)-1] != name(n-1)) {
			t.Errorf("%d: %s %v", n, marks, args)
		}
	}
	if len(texts) != 8 { // none, 1, 2, 4 … 64
		t.Errorf("%d statements", len(texts))
	}
}

// A program that ends lets nobody hang and does not break over a late call.
func TestACallAfterTheEndIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return put(tx, "late", 1) }); err == nil {
			t.Error("a call after the end was answered as written")
		}
	})
}

// A full disk is told in words, also where a statement and not the commit meets it.
func TestAFullDiskIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Engine != db.SQLite {
			t.Skip("no limit can be set on this engine")
		}
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			if _, err := tx.ExecContext(tx.Ctx(), "PRAGMA max_page_count = 1"); err != nil { // as low as it may: what is there
				return err
			}
			return put(tx, strings.Repeat("long", 1<<18), 1)
		})
		if kernel.KindOf(err) != kernel.Busy || !strings.Contains(err.Error(), "磁盘满了") {
			t.Errorf("got %v", err)
		}
		if err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), "PRAGMA max_page_count = 1000000")
			return errors.Join(err, put(tx, "short", 1))
		}); err != nil {
			t.Errorf("after room was made: %v", err)
		}
	})
}

// Insertions of many lengths do not pile up prepared statements, and those in use go on working.
func TestStatementsKeptAreBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			for i := range 1300 {
				if _, err := tx.ExecContext(tx.Ctx(), fmt.Sprintf("UPDATE series SET n = %d WHERE name = $1", i), "none"); err != nil {
					return err
				}
			}
			return put(tx, "kept", 1)
		})
		if err != nil || !have(t, d, "kept") {
			t.Fatal(err)
		}
		for i := range 1300 {
			var n int
			if err := d.Read.QueryRowContext(t.Context(), fmt.Sprintf("SELECT %d FROM series WHERE name = $1", i), "kept").Scan(&n); err != nil || n != i {
				t.Fatalf("%d: got %d %v", i, n, err)
			}
		}
	})
}

func FuzzParseCursor(f *testing.F) {
	f.Add(db.Key{int64(1), "a"}.Cursor())
	f.Fuzz(func(t *testing.T, s string) {
		if k, err := db.ParseCursor(s, "ns"); err == nil && k != nil && len(k) != 2 {
			t.Errorf("%q: got %v", s, k)
		}
	})
}

// The files of a database are their owner's alone, also where they were open to others before; after a clean end one file holds all.
func TestFilesAreTheOwnersAloneAndOneAfterTheEnd(t *testing.T) { // alone: the mask is the whole process's
	dir := t.TempDir()
	file := filepath.Join(dir, "xiaojia.db")
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	for _, how := range []string{"new", "open to all"} {
		if how != "new" {
			if err := os.Chmod(file, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		d, err := db.Open(t.Context(), dir, "", dbtest.NewClock("2024-12-20"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		err = d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO installation (name, value) VALUES ($1, 'x')`, how)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM installation`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if err := d.Snapshot(t.Context(), filepath.Join(dir, how+".copy")); err != nil {
			t.Fatal(err)
		}
		modes := func() (out []string) {
			list, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list {
				info, err := e.Info()
				if err != nil {
					t.Fatal(err)
				}
				if out = append(out, e.Name()); info.Mode().Perm() != 0o600 {
					t.Errorf("%s, %s: %s", how, e.Name(), info.Mode())
				}
			}
			return out
		}
		if got := modes(); !slices.Contains(got, "xiaojia.db-wal") {
			t.Errorf("%s: no log beside %v", how, got)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if got := modes(); slices.Contains(got, "xiaojia.db-wal") || slices.Contains(got, "xiaojia.db-shm") {
			t.Errorf("%s: left after the end: %v", how, got)
		}
	}
}
