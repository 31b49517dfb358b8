package db

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Scratch is an empty, migrated schema beside that of a PostgreSQL whose address is dsn; drop removes it with what is in it.
// The role needs the right to make schemas in its database.
func (d *DB) Scratch(ctx context.Context, dsn string) (*DB, func() error, error) {
	out, drop, err := d.beside(ctx, dsn, "proof_"+strings.ToLower(rand.Text()))
	if err != nil {
		return nil, nil, err
	}
	if _, err := out.Migrate(ctx); err != nil {
		return nil, nil, errors.Join(err, drop())
	}
	return out, drop, nil
}

// beside is an empty schema of the name.
func (d *DB) beside(ctx context.Context, dsn, name string) (*DB, func() error, error) {
	if _, err := d.pool.ExecContext(ctx, "CREATE SCHEMA "+name); err != nil {
		return nil, nil, fmt.Errorf("make a scratch schema (the role needs CREATE on its database): %w", err)
	}
	gone := func() error {
		_, err := d.pool.ExecContext(context.WithoutCancel(ctx), "DROP SCHEMA "+name+" CASCADE")
		return err
	}
	out, err := openPostgres(ctx, within(dsn, name), d.Clock)
	if err != nil {
		return nil, nil, errors.Join(err, gone())
	}
	return out, func() error { return errors.Join(out.Close(), gone()) }, nil
}

// within is an address whose unqualified names are those of a schema.
func within(dsn, schema string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" {
		return dsn + " search_path=" + schema
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// DropTables removes every table of a PostgreSQL schema that a restore has filled in vain.
func (d *DB) DropTables(ctx context.Context) error {
	all, err := d.Tables(ctx, d.Read)
	for _, t := range append(all, "goose_db_version") {
		if _, e := d.pool.ExecContext(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS "+t+" CASCADE"); e != nil {
			err = errors.Join(err, fmt.Errorf("drop %s: %w", t, e))
		}
	}
	return err
}
