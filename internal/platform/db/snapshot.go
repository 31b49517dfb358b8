package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Frozen runs fn over one state of the database, whatever is written meanwhile. It only reads. On SQLite it has a connection of
// its own: the full text keeps the shape of its index from the last search on a connection, and an integrity check there would
// call a sound database damaged; and long reading takes no connection from people's pages.
func (d *DB) Frozen(ctx context.Context, fn func(q DBTX) error) error {
	if d.Engine == Postgres {
		return frozen(ctx, d.pool, sql.LevelRepeatableRead, fn)
	}
	own, err := sql.Open("sqlite", sqliteDSN(d.file, reading))
	if err != nil {
		return fmt.Errorf("open to read: %w", err)
	}
	return errors.Join(frozen(ctx, own, sql.LevelDefault, fn), own.Close())
}

func frozen(ctx context.Context, pool *sql.DB, level sql.IsolationLevel, fn func(q DBTX) error) error {
	tx, err := pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: level})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return fn(tx)
}

// Snapshot writes the SQLite database, as it stands now, into a new file; writers go on meanwhile.
func (d *DB) Snapshot(ctx context.Context, file string) error {
	return snapshot(ctx, d.file, file)
}

func snapshot(ctx context.Context, from, to string) error {
	fresh, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // an empty file may be written into, and keeps its mode
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("snapshot: %s is there already", to)
	}
	if err = errors.Join(err, fresh.Close()); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	pool, err := sql.Open("sqlite", sqliteDSN(from, copying))
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	defer pool.Close() // nothing is open in it any more
	if _, err := pool.ExecContext(ctx, `VACUUM INTO $1`, to); err != nil {
		return fmt.Errorf("snapshot: %w", errors.Join(err, removed(to)))
	}
	return nil
}

// Tables lists the tables of the schema, parents before children; not those of the engine, of goose and of the full text.
func (d *DB) Tables(ctx context.Context, q DBTX) ([]string, error) {
	if d.Engine == SQLite {
		return names(q.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_gram%' AND name <> 'goose_db_version' ORDER BY name`))
	}
	all, err := names(q.QueryContext(ctx, `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'goose_db_version' ORDER BY table_name`))
	if err != nil {
		return nil, err
	}
	pairs, err := names(q.QueryContext(ctx, `SELECT c.relname || ' ' || p.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`))
	return parentsFirst(all, pairs), err
}

func names(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, fmt.Errorf("tables: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("tables: %w", err)
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// parentsFirst orders tables so that each stands behind those that it refers to; pairs are "child parent".
func parentsFirst(all, pairs []string) []string {
	parents := map[string][]string{}
	for _, p := range pairs {
		var child, parent string
		if n, _ := fmt.Sscan(p, &child, &parent); n == 2 {
			parents[child] = append(parents[child], parent)
		}
	}
	var out []string
	seen := map[string]bool{}
	var visit func(string)
	visit = func(t string) {
		if seen[t] {
			return
		}
		seen[t] = true
		for _, p := range parents[t] {
			visit(p)
		}
		out = append(out, t)
	}
	for _, t := range all {
		visit(t)
	}
	return out
}

// CopyOut hands every table of a PostgreSQL as CSV to each, all of one state; list gets the same state to ask more of it.
func (d *DB) CopyOut(ctx context.Context, each func(table string, write func(io.Writer) error) error, list func(q DBTX) error) error {
	c, err := d.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("copy out: %w", err)
	}
	defer c.Close()
	tx, err := c.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("copy out: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	tables, err := d.Tables(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		cols, err := copied(ctx, tx, t)
		if err != nil {
			return err
		}
		err = each(t, func(w io.Writer) error {
			return raw(c, func(p *pgx.Conn) error {
				_, err := p.PgConn().CopyTo(ctx, w, "COPY "+t+" ("+cols+") TO STDOUT (FORMAT csv, ENCODING 'UTF8')")
				return err
			})
		})
		if err != nil {
			return fmt.Errorf("copy %s: %w", t, err)
		}
	}
	return list(tx)
}

// CopyIn fills an empty PostgreSQL of this program's schema, all or nothing; next gives table after table in the order of
// CopyOut and io.EOF at the end. after runs in the same transaction.
func (d *DB) CopyIn(ctx context.Context, next func() (table string, r io.Reader, err error), after func(q DBTX) error) error {
	c, err := d.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("copy in: %w", err)
	}
	defer c.Close()
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("copy in: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	for {
		t, r, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		cols, err := copied(ctx, tx, t)
		if err != nil {
			return err
		}
		err = raw(c, func(p *pgx.Conn) error {
			_, err := p.PgConn().CopyFrom(ctx, r, "COPY "+t+" ("+cols+") FROM STDIN (FORMAT csv, ENCODING 'UTF8')")
			return err
		})
		if err != nil {
			return fmt.Errorf("copy %s: %w", t, err)
		}
	}
	if err := after(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// copied are the columns of a table by name: tables of one schema may have been made by different steps. A table that is not
// there has none.
func copied(ctx context.Context, q DBTX, table string) (string, error) {
	var cols sql.NullString
	err := q.QueryRowContext(ctx, `SELECT string_agg(quote_ident(column_name), ',' ORDER BY column_name COLLATE "C") FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER'`, table).Scan(&cols)
	if err != nil {
		return "", fmt.Errorf("columns of %s: %w", table, err)
	}
	if !cols.Valid {
		return "", fmt.Errorf("there is no table %s", table)
	}
	return cols.String, nil
}

// raw reaches the connection under database/sql, inside its transaction.
func raw(c *sql.Conn, fn func(*pgx.Conn) error) error {
	return c.Raw(func(x any) error {
		p, ok := x.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("no pgx connection but %T", x)
		}
		return fn(p.Conn())
	})
}
