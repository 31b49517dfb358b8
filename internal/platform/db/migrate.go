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
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to this program's version and refuses a schema that is newer than the program. An older
// database is migrated as a copy first.
func (d *DB) Migrate(ctx context.Context) (u Upgrade, err error) {
	if u.From, err = d.Schema(ctx); err != nil {
		return u, err
	}
	if u.To, err = Knows(d.Engine); err != nil {
		return u, err
	}
	if err := newer(u.From, u.To); err != nil {
		return u, err
	}
	if d.Engine == Postgres {
		return d.migratePostgres(ctx, u)
	}
	if u.From > 0 && u.From < u.To {
		if u.Before, err = d.rehearse(ctx, u.From, u.To); err != nil {
			return u, err
		}
	}
	pool, err := sql.Open("sqlite", sqliteDSN(d.file, migrating))
	if err != nil {
		return u, fmt.Errorf("open for migrations: %w", err)
	}
	defer pool.Close() // nothing is open in it any more
	if u.Steps, err = migrate(ctx, pool, goose.DialectSQLite3, d.Engine); err != nil {
		return u, err
	}
	return u, errors.Join(checkParents(ctx, pool, u.Steps), refreshStatistics(ctx, pool))
}

func migrate(ctx context.Context, pool *sql.DB, dialect goose.Dialect, e Engine) (int, error) {
	p, err := steps(pool, dialect, e)
	if err != nil {
		return 0, err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("migrate: %w", err)
	}
	return len(done), nil
}

func steps(pool *sql.DB, dialect goose.Dialect, e Engine) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+string(e))
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	p, err := goose.NewProvider(dialect, pool, dir)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
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
