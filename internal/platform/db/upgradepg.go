package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"
)

// upgradeLock is the advisory lock of who upgrades: of two servers that start together one does it and the other waits.
const upgradeLock = 0x7869616f6a6961

// migratePostgres is Migrate of a PostgreSQL. An older one is copied into a schema beside it, and the steps are tried there.
func (d *DB) migratePostgres(ctx context.Context, u Upgrade) (Upgrade, error) {
	if u.From == u.To {
		return u, nil
	}
	alone, err := d.pool.Conn(ctx)
	if err != nil {
		return u, fmt.Errorf("migrate: %w", err)
	}
	defer alone.Close()
	if _, err := alone.ExecContext(ctx, "SELECT pg_advisory_lock($1)", upgradeLock); err != nil {
		return u, fmt.Errorf("wait for another server's upgrade: %w", err)
	}
	defer func() {
		_, _ = alone.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", upgradeLock)
	}()
	if u.From, err = d.Schema(ctx); err != nil || u.From >= u.To { // the other one has done it
		return u, err
	}
	if u.From > 0 {
		if err := d.rehearsePostgres(ctx, u.From); err != nil {
			return u, fmt.Errorf("the upgrade from schema %d to %d failed on a copy, so the database was left as it was: go on with the program you had, and report this: %w", u.From, u.To, err)
		}
	}
	u.Steps, err = migrate(ctx, d.pool, goose.DialectPostgres, Postgres)
	return u, err
}

// rehearsePostgres builds the old schema beside this one, fills it with what is here, and takes the steps there.
func (d *DB) rehearsePostgres(ctx context.Context, have int64) (err error) {
	name := "rehearsal_" + strings.ToLower(rand.Text())
	trial, drop, err := d.beside(ctx, d.dsn, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	p, err := steps(trial.pool, goose.DialectPostgres, Postgres)
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, have); err != nil {
		return fmt.Errorf("build schema %d: %w", have, err)
	}
	tables, err := trial.Tables(ctx, trial.pool)
	if err != nil {
		return err
	}
	if err := d.copyInto(ctx, name, tables); err != nil {
		return err
	}
	_, err = migrate(ctx, trial.pool, goose.DialectPostgres, Postgres)
	return err
}

// copyInto fills the tables of a schema with the rows of this one, all of one moment.
func (d *DB) copyInto(ctx context.Context, schema string, tables []string) error {
	tx, err := d.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer func() { _ = tx.Rollback() }()    // done already, or of no use
	for i := len(tables) - 1; i >= 0; i-- { // what the steps have put in
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+schema+"."+tables[i]); err != nil {
			return fmt.Errorf("empty %s: %w", tables[i], err)
		}
	}
	for _, t := range tables {
		cols, err := names(tx.QueryContext(ctx, "SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY ordinal_position", schema, t))
		if err != nil {
			return err
		}
		list := strings.Join(cols, ", ")
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+schema+"."+t+" ("+list+") SELECT "+list+" FROM "+t); err != nil {
			return fmt.Errorf("copy %s: %w", t, err)
		}
	}
	return tx.Commit()
}
