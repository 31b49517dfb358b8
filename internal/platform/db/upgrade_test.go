package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// older is a database as the program before this one left it, changed by what the test says.
func older(t *testing.T, more string) string {
	t.Helper()
	dir := t.TempDir()
	d := reopened(t, dir)
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	newest, err := db.Knows(db.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("sqlite", filepath.Join(dir, "xiaojia.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	_, err = pool.Exec(`DELETE FROM goose_db_version WHERE version_id = $1; INSERT INTO setting (org_id, name, value) VALUES ('o1', 'kept', 'yes'); `+more, newest)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func reopened(t *testing.T, dir string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dir, "", kernel.WallClock{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() }) // some tests have closed it
	return d
}

func TestAnUpgradeKeepsACopyFromBefore(t *testing.T) {
	t.Parallel()
	dir := older(t, ``)
	if err := os.WriteFile(filepath.Join(dir, "before-3.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := reopened(t, dir)
	u, err := d.Migrate(t.Context())
	if err != nil || u.Steps != 1 || u.From >= u.To {
		t.Fatalf("got %+v, %v", u, err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "before-*"))
	if err != nil || len(kept) != 1 || kept[0] != u.Before {
		t.Errorf("got %v (%v), want the newest alone: %s", kept, err, u.Before)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "rehearsal*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if u, err := d.Migrate(t.Context()); err != nil || u.Steps != 0 || u.Before != "" {
		t.Errorf("a second time: got %+v, %v", u, err)
	}
}

// On PostgreSQL the steps are tried on a copy in a schema beside; of two servers that start together one takes them.
func TestAnUpgradeOfPostgresIsTriedOnACopy(t *testing.T) {
	t.Parallel()
	if os.Getenv(dbtest.PostgresEnv) == "" {
		t.Skip("no PostgreSQL")
	}
	newest, err := db.Knows(db.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	for name, undo := range map[string]string{"takes": `ALTER TABLE search_doc DROP COLUMN ord`, "fails": `ALTER TABLE series RENAME COLUMN n TO other`} {
		t.Run(name, func(t *testing.T) {
			dsn := dbtest.PostgresAddress(t)
			pool, err := sql.Open("pgx", dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			for _, q := range []string{`INSERT INTO setting (org_id, name, value) VALUES ('o1', 'kept', 'yes')`, fmt.Sprintf(`DELETE FROM goose_db_version WHERE version_id = %d`, newest), undo} {
				if _, err := pool.Exec(q); err != nil {
					t.Fatal(err)
				}
			}
			var steps atomic.Int64
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					d, err := db.Open(t.Context(), "", dsn, kernel.WallClock{})
					if err != nil {
						t.Error(err)
						return
					}
					defer d.Close()
					u, err := d.Migrate(t.Context())
					steps.Add(int64(u.Steps))
					if name == "fails" && (err == nil || !strings.Contains(err.Error(), "the database was left as it was")) || name == "takes" && err != nil {
						t.Errorf("got %+v, %v", u, err)
					}
				})
			}
			wg.Wait()
			var have, left int
			var kept string
			err = errors.Join(pool.QueryRow(`SELECT max(version_id) FROM goose_db_version`).Scan(&have),
				pool.QueryRow(`SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rehearsal%'`).Scan(&left),
				pool.QueryRow(`SELECT value FROM setting WHERE name = 'kept'`).Scan(&kept))
			want, taken := int(newest), int64(1)
			if name == "fails" {
				want, taken = int(newest)-1, 0
			}
			if err != nil || have != want || left != 0 || kept != "yes" || steps.Load() != taken {
				t.Errorf("schema %d, want %d; %d steps, want %d; %d copies left; %q (%v)", have, want, steps.Load(), taken, left, kept, err)
			}
		})
	}
}

// The table of the last step is there already, so the step fails: on the copy, and nowhere else.
func TestAFailedUpgradeLeavesTheFolderAsItWas(t *testing.T) {
	t.Parallel()
	dir := older(t, `CREATE TABLE search_doc_new (x)`)
	d := reopened(t, dir)
	have, err := d.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Migrate(t.Context())
	if err == nil || !strings.Contains(err.Error(), "the folder was left as it was: go on with the program you had") {
		t.Fatalf("got %v", err)
	}
	if now, err := d.Schema(t.Context()); err != nil || now != have {
		t.Errorf("got schema %d, %v, want %d", now, err, have)
	}
	list, err := os.ReadDir(dir)
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), "xiaojia.db") {
			t.Errorf("left behind: %s (%v)", e.Name(), err)
		}
	}
}

func TestANewerFolderIsRefused(t *testing.T) {
	t.Parallel()
	dir := older(t, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	_, err := reopened(t, dir).Migrate(t.Context())
	if err == nil || !strings.Contains(err.Error(), "this folder was written by a newer 小家") {
		t.Errorf("got %v", err)
	}
}

func TestASnapshotIsWholeAndNeverOverwrites(t *testing.T) {
	t.Parallel()
	dir := older(t, ``)
	d, file := reopened(t, dir), filepath.Join(t.TempDir(), "copy.db")
	if err := d.Snapshot(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var v string
	if err := pool.QueryRow(`SELECT value FROM setting WHERE name = 'kept'`).Scan(&v); err != nil || v != "yes" {
		t.Errorf("got %q, %v", v, err)
	}
	if err := d.Snapshot(t.Context(), file); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("a second snapshot into the same file: got %v", err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("the first is gone: %v", err)
	}
}
