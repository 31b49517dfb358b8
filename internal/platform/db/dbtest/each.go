// Package dbtest gives each test a migrated database of its own, on both engines.
package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// PostgresEnv names the address of the server that `make test` starts; databases are made inside it.
const PostgresEnv = "XIAOJIA_TEST_POSTGRES"

// Clock is a clock that a test sets.
type Clock struct {
	mu sync.Mutex
	at kernel.Time
}

// NewClock stands at 9:00 of the day.
func NewClock(day string) *Clock { return &Clock{at: kernel.MustDate(day).At(9, 0)} }

func (c *Clock) Now() kernel.Time   { c.mu.Lock(); defer c.mu.Unlock(); return c.at }
func (c *Clock) Set(at kernel.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.at = at }
func (c *Clock) SetDay(day string)  { c.Set(kernel.MustDate(day).At(9, 0)) }

// Each runs a test on SQLite and on PostgreSQL. In CI a missing PostgreSQL is a failure.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	EachAt(t, NewClock("2024-12-20"), fn)
}

// EachAt is Each with a clock that the test owns; the engines run one after the other, because they share it.
func EachAt(t *testing.T, clock kernel.Clock, fn func(t *testing.T, d *db.DB)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t, clock)) })
	if os.Getenv(PostgresEnv) == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not set: start PostgreSQL with tools/postgres.sh", PostgresEnv)
		}
		return
	}
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t, clock)) })
}

var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "xiaojia-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	d, err := db.Open(ctx, dir, "", kernel.WallClock{})
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(ctx); err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "xiaojia.db"))
})

// SQLite is a fresh migrated file in the test's folder.
func SQLite(t testing.TB, clock kernel.Clock) *db.DB {
	t.Helper()
	raw, err := template()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "xiaojia.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return opened(t, dir, "", clock)
}

// Postgres is a fresh copy of the migrated template database.
func Postgres(t testing.TB, clock kernel.Clock) *db.DB {
	t.Helper()
	return opened(t, "", PostgresAddress(t), clock)
}

// Fresh is another new database on the engine of d.
func Fresh(t testing.TB, d *db.DB, clock kernel.Clock) *db.DB {
	t.Helper()
	if d.Engine == db.Postgres {
		return Postgres(t, clock)
	}
	return SQLite(t, clock)
}

// PostgresAddress is the address of a fresh copy, for who opens it by himself.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	name, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return copied(t, name)
}

// PostgresCopy is the address of a copy of a database that nobody has open.
func PostgresCopy(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return copied(t, strings.TrimPrefix(u.Path, "/"))
}

func copied(t testing.TB, name string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(t.Name() + t.TempDir()))
	mine := "t_" + hex.EncodeToString(sum[:10])
	admin, err := sql.Open("pgx", os.Getenv(PostgresEnv))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if _, err := admin.Exec(fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s`, mine, name)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dropPostgres(t, mine) })
	return withDatabase(mine)
}

func dropPostgres(t testing.TB, name string) {
	admin, err := sql.Open("pgx", os.Getenv(PostgresEnv))
	if err != nil {
		t.Error(err)
		return
	}
	defer admin.Close()
	if _, err := admin.Exec(fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name)); err != nil {
		t.Error(err)
	}
}

func opened(t testing.TB, dir, dsn string, clock kernel.Clock) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), dir, dsn, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() }) // the test is over
	return d
}

func withDatabase(name string) string {
	u, err := url.Parse(os.Getenv(PostgresEnv))
	if err != nil {
		return ""
	}
	u.Path = "/" + name
	return u.String()
}

// templateLock is the advisory lock under which one test binary makes the template that all copy.
const templateLock = 20240210

var postgresTemplate = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	fingerprint, err := db.SchemaFingerprint(db.Postgres)
	if err != nil {
		return "", err
	}
	name := "tpl_" + fingerprint
	admin, err := sql.Open("pgx", os.Getenv(PostgresEnv))
	if err != nil {
		return "", err
	}
	defer admin.Close()
	c, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return "", err
	}
	var n int
	if err := c.QueryRowContext(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n); err != nil || n > 0 {
		return name, err
	}
	if _, err := c.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+"_new WITH (FORCE)"); err != nil {
		return "", err
	}
	if _, err := c.ExecContext(ctx, "CREATE DATABASE "+name+"_new"); err != nil {
		return "", err
	}
	d, err := db.Open(ctx, "", withDatabase(name+"_new"), kernel.WallClock{})
	if err != nil {
		return "", err
	}
	if _, err := d.Migrate(ctx); err != nil {
		return "", err
	}
	if err := d.Close(); err != nil {
		return "", err
	}
	_, err = c.ExecContext(ctx, "ALTER DATABASE "+name+"_new RENAME TO "+name)
	return name, err
})
