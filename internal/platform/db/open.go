package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// oldestSQLite is the first release without the WAL-reset corruption.
const oldestSQLite = "3.51.3"

// Open opens a PostgreSQL when url is given, else the SQLite file xiaojia.db in dir. It does not migrate.
func Open(ctx context.Context, dir, dsn string, clock kernel.Clock) (*DB, error) {
	if dsn != "" {
		return openPostgres(ctx, dsn, clock)
	}
	return openSQLite(ctx, filepath.Join(dir, "xiaojia.db"), clock)
}

// What a connection is for decides its pragmas.
type use int

const (
	reading use = iota
	watching
	writing
	copying   // whatever the size of the database, memory stays small
	migrating // foreign keys are off while tables are rebuilt, and checked afterwards
)

// pragmas are per connection, so they stand in the address; a pool may open a new one at any time.
func sqliteDSN(file string, u use) string {
	q := url.Values{}
	for _, p := range []string{"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)"} {
		q.Add("_pragma", p)
	}
	temp := "temp_store(MEMORY)"
	if u == copying {
		temp = "temp_store(FILE)"
	}
	q.Add("_pragma", temp)
	switch u {
	case reading:
		q.Add("_pragma", "query_only(1)")
		q.Add("_pragma", "cache_size(-16384)")
	case watching:
		q.Add("_pragma", "query_only(1)")
	case copying:
		q.Add("_pragma", "cache_size(-8192)")
	default:
		q.Add("_txlock", "immediate")
		q.Add("_pragma", "wal_autocheckpoint(8000)")
		q.Add("_pragma", "cache_size(-32768)")
	}
	if u != migrating {
		q.Add("_pragma", "foreign_keys(1)")
	}
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + q.Encode()
}

// private makes the file, or takes it from others' eyes; SQLite gives what it writes beside it the same mode.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open %s: %w", file, err)
	}
	info, err := f.Stat()
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		for _, of := range []string{"", "-wal", "-shm"} {
			if e := os.Chmod(file+of, 0o600); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}
	return errors.Join(err, f.Close())
}

func openSQLite(ctx context.Context, file string, clock kernel.Clock) (*DB, error) {
	if err := private(file); err != nil {
		return nil, err
	}
	w, err := sql.Open("sqlite", sqliteDSN(file, writing))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	w.SetMaxOpenConns(1)
	var version string
	if err := w.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file, err), w.Close())
	}
	if olderThan(version, oldestSQLite) {
		return nil, errors.Join(fmt.Errorf("SQLite %s can damage a database, %s or newer is needed", version, oldestSQLite), w.Close())
	}
	r, err := sql.Open("sqlite", sqliteDSN(file, reading))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file, err), w.Close())
	}
	r.SetMaxOpenConns(max(2, runtime.NumCPU()))
	r.SetMaxIdleConns(max(2, runtime.NumCPU()))
	watch, err := sql.Open("sqlite", sqliteDSN(file, watching))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file, err), w.Close(), r.Close())
	}
	watch.SetMaxOpenConns(1)
	d := &DB{Engine: SQLite, Clock: clock, pool: r, watch: watch, file: file, Read: &Reader{pool: r, keep: true}}
	if d.writer, err = newWriter(ctx, w, clock); err != nil {
		return nil, errors.Join(err, r.Close(), w.Close(), watch.Close())
	}
	d.writer.pool = w
	return d, nil
}

func openPostgres(ctx context.Context, dsn string, clock kernel.Clock) (*DB, error) {
	p, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	p.SetMaxOpenConns(4 * runtime.NumCPU())
	p.SetMaxIdleConns(2 * runtime.NumCPU())
	if err := p.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach database: %w", err), p.Close())
	}
	return &DB{Engine: Postgres, Clock: clock, pool: p, dsn: dsn, Read: &Reader{pool: p}}, nil
}

// postgresTries is how often a transaction that lost a deadlock or a serialisation race is run again.
const postgresTries = 4

func (d *DB) inPostgres(ctx context.Context, by authz.Actor, fn func(Tx) error) error {
	err := ctx.Err() // gone before its turn: not run
	if err != nil {
		return err
	}
	for range postgresTries {
		if err = d.oncePostgres(ctx, by, fn); !lostRace(err) {
			return unavailable(err)
		}
	}
	return unavailable(err)
}

func (d *DB) oncePostgres(ctx context.Context, by authz.Actor, fn func(Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	tx, err := d.pool.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := safely(fn, newTx(ctx, tx, by, d.Clock.Now(), Postgres, &d.orders)); err != nil {
		return err
	}
	return tx.Commit()
}

func olderThan(have, want string) bool {
	var a, b [3]int
	_, _ = fmt.Sscanf(strings.TrimSpace(have), "%d.%d.%d", &a[0], &a[1], &a[2]) // an unreadable version counts as 0.0.0
	_, _ = fmt.Sscanf(want, "%d.%d.%d", &b[0], &b[1], &b[2])
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
