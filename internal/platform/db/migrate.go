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

// Migrate brings the schema up to this program's version and refuses a schema that is newer than the program.
func (d *DB) Migrate(ctx context.Context) (applied int, err error) {
	p, err := d.goose()
	if err != nil {
		return 0, err
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
	return len(done), d.refreshStatistics(ctx)
}

// goose runs on the writer's pool on SQLite; the writer goroutine holds its only connection, so it gets one of its own.
func (d *DB) goose() (*goose.Provider, error) {
	dialect, pool := goose.DialectPostgres, d.pool
	if d.Engine == SQLite {
		dialect, pool = goose.DialectSQLite3, d.writer.pool
		pool.SetMaxOpenConns(2)
	}
	dir, err := fs.Sub(migrations, "migrations/"+string(d.Engine))
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return goose.NewProvider(dialect, pool, dir)
}

// refreshStatistics empties sqlite_stat4: with it modernc compiles prepared statements anew at every execution.
func (d *DB) refreshStatistics(ctx context.Context) error {
	if d.Engine != SQLite {
		return nil
	}
	var name string
	err := d.writer.pool.QueryRowContext(ctx, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat4'").Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for sqlite_stat4: %w", err)
	}
	if _, err := d.writer.pool.ExecContext(ctx, "DELETE FROM sqlite_stat4"); err != nil {
		return fmt.Errorf("empty sqlite_stat4: %w", err)
	}
	return nil
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
