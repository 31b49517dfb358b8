package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to this program's version and refuses a schema that is newer than the program.
func (d *DB) Migrate(ctx context.Context) (applied int, err error) {
	pool, dialect := d.pool, goose.DialectPostgres
	if d.Engine == SQLite {
		dialect = goose.DialectSQLite3
		if pool, err = sql.Open("sqlite", sqliteDSN(d.file, migrating)); err != nil {
			return 0, fmt.Errorf("open for migrations: %w", err)
		}
		defer pool.Close() // nothing is open in it any more
	}
	done, err := migrate(ctx, pool, dialect, d.Engine)
	if err != nil || d.Engine == Postgres {
		return done, err
	}
	return done, errors.Join(checkParents(ctx, pool, done), refreshStatistics(ctx, pool))
}

func migrate(ctx context.Context, pool *sql.DB, dialect goose.Dialect, e Engine) (int, error) {
	dir, err := fs.Sub(migrations, "migrations/"+string(e))
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	var opts []goose.ProviderOption
	if e == Postgres { // of two servers that start together, one migrates and the other waits
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return 0, fmt.Errorf("migrations: %w", err)
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, pool, dir, opts...)
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if have > want {
		return 0, fmt.Errorf("the data folder has schema %d, this program knows only %d: use the newer program", have, want)
	}
	done, err := p.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("migrate: %w", err)
	}
	return len(done), nil
}

// checkParents looks for rows without a parent after tables were rebuilt.
func checkParents(ctx context.Context, pool *sql.DB, applied int) error {
	if applied == 0 {
		return nil
	}
	var table, parent string
	var rowid, fk sql.NullInt64
	err := pool.QueryRowContext(ctx, "PRAGMA foreign_key_check").Scan(&table, &rowid, &parent, &fk)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("check foreign keys: %w", err)
	}
	return fmt.Errorf("after migrating, %s has a row without its %s", table, parent)
}

// SchemaFingerprint tells whether two programs have the same migrations of an engine.
func SchemaFingerprint(e Engine) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations, "migrations/"+string(e), func(p string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		b, err := migrations.ReadFile(p)
		h.Write([]byte(p))
		h.Write(b)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read migrations: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
