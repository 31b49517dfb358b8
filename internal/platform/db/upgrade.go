package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

// Upgrade is what Migrate did.
type Upgrade struct {
	From, To int64
	Steps    int
	Before   string // file of the database from before; empty where nothing was there or nothing changed
}

// Knows is the version of the newest schema that this program knows.
func Knows(e Engine) (int64, error) {
	list, err := fs.ReadDir(migrations, "migrations/"+string(e))
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	var newest int64
	for _, f := range list {
		number, _, _ := strings.Cut(f.Name(), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", f.Name(), err)
		}
		newest = max(newest, n)
	}
	return newest, nil
}

// Schema is the version of the database's schema, 0 where it has none.
func (d *DB) Schema(ctx context.Context) (int64, error) { return schemaOf(ctx, d.pool, d.Engine) }

func schemaOf(ctx context.Context, pool *sql.DB, e Engine) (int64, error) {
	q := `SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'`
	if e == Postgres {
		q = `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'goose_db_version'`
	}
	var there int
	if err := pool.QueryRowContext(ctx, q).Scan(&there); err != nil || there == 0 {
		return 0, err
	}
	var v sql.NullInt64
	err := pool.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&v)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return v.Int64, nil
}

// newer refuses a database that a later program has written.
func newer(have, knows int64) error {
	if have > knows {
		return fmt.Errorf("this folder was written by a newer 小家 (schema %d, this program knows %d): use the newer program", have, knows)
	}
	return nil
}

// rehearse migrates a copy of an older SQLite database first. Where that fails the database stays as it is; where it succeeds
// the copy from before is kept beside it as before-VERSION.db, the newest only.
func (d *DB) rehearse(ctx context.Context, have, to int64) (before string, err error) {
	dir := filepath.Dir(d.file)
	before = filepath.Join(dir, fmt.Sprintf("before-%d.db", have))
	part, trial := before+".part", filepath.Join(dir, "rehearsal.db")
	defer dropDatabase(trial)
	for _, f := range []string{part, trial} {
		dropDatabase(f)
	}
	err = snapshot(ctx, d.file, part)
	if err == nil {
		err = copyFile(part, trial)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("no copy could be made before the upgrade, nothing was changed; is there room for two more copies of xiaojia.db? %w", err), removed(part))
	}
	if err := try(ctx, trial); err != nil {
		return "", errors.Join(fmt.Errorf("the upgrade from schema %d to %d failed on a copy, so the folder was left as it was: go on with the program you had, and report this: %w", have, to, err), removed(part))
	}
	if err := os.Rename(part, before); err != nil {
		return "", fmt.Errorf("keep the copy from before the upgrade: %w", err)
	}
	return before, dropOlder(dir, before)
}

// try brings a copy to this program's schema and looks whether it is whole.
func try(ctx context.Context, file string) error {
	pool, err := sql.Open("sqlite", sqliteDSN(file, migrating))
	if err != nil {
		return err
	}
	defer pool.Close() // nothing is open in it any more
	done, err := migrate(ctx, pool, goose.DialectSQLite3, SQLite)
	if err != nil {
		return err
	}
	if err := checkParents(ctx, pool, done); err != nil {
		return err
	}
	var said string
	if err := pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil || said != "ok" {
		return errors.Join(fmt.Errorf("quick check: %s", said), err)
	}
	return nil
}

func dropOlder(dir, keep string) error {
	old, err := filepath.Glob(filepath.Join(dir, "before-*.db"))
	for _, f := range old {
		if f != keep {
			err = errors.Join(err, os.Remove(f))
		}
	}
	return err
}

// dropDatabase removes a database with its log; what is not there is no error.
func dropDatabase(file string) {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(file + end)
	}
}

func removed(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
