// Package db opens the embedded SQLite or a PostgreSQL behind one seam: reads through Reader, writes through InTx.
// One writer goroutine serves SQLite and lets waiting calls share a commit; an acknowledged write is on disk.
// It knows no table.
package db

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// Engine names the database behind the seam.
type Engine string

const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DBTX is what generated queries run on; sqlc declares the same shape in each package.
type DBTX interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// DB is an open database with its clock.
type DB struct {
	Engine Engine
	Clock  kernel.Clock
	Read   *Reader // for queries outside a transaction
	pool   *sql.DB
	writer *writer // SQLite only
	file   string  // SQLite only
	dsn    string  // PostgreSQL only

	orders   orders // PostgreSQL only; the writer has its own
	versions versions
	forget   atomic.Bool
	watch    *sql.DB // SQLite only: one connection that sees whether another process has written
	strange  foreign
}

// Reader runs reads on the pool with prepared statements kept by their text.
type Reader struct {
	pool  *sql.DB
	cache sync.Map // query text → *sql.Stmt; only on SQLite, pgx keeps its own
	kept  atomic.Int32
	keep  bool
}

func (r *Reader) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	if s, ok := r.cache.Load(q); ok {
		return s.(*sql.Stmt), nil
	}
	if r.kept.Load() >= keepMost {
		return nil, errFull
	}
	s, err := r.pool.PrepareContext(context.WithoutCancel(ctx), q)
	if err != nil {
		return nil, err
	}
	if old, taken := r.cache.LoadOrStore(q, s); taken {
		_ = s.Close() // somebody else prepared the same text a moment earlier
		return old.(*sql.Stmt), nil
	}
	r.kept.Add(1)
	return s, nil
}

// errFull says that enough statements are kept; another runs unprepared.
var errFull = errors.New("enough statements are kept")

func (r *Reader) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	count(ctx, q, args)
	if r.keep {
		if s, err := r.stmt(ctx, q); err == nil {
			return s.QueryContext(ctx, args...)
		}
	}
	return r.pool.QueryContext(ctx, q, args...)
}

func (r *Reader) QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row {
	count(ctx, q, args)
	if r.keep {
		if s, err := r.stmt(ctx, q); err == nil {
			return s.QueryRowContext(ctx, args...)
		}
	}
	return r.pool.QueryRowContext(ctx, q, args...)
}

func (r *Reader) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return r.pool.PrepareContext(ctx, q)
}

// ExecContext exists for generated code; on SQLite the reader's connections refuse writes (query_only).
func (r *Reader) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	count(ctx, q, args)
	return r.pool.ExecContext(ctx, q, args...)
}

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.pool.PingContext(ctx) }

// Close waits for the writer and closes all connections. An SQLite file is whole by itself afterwards: the writer goes last and
// takes in what stands in the log beside it.
func (d *DB) Close() error {
	if d.writer == nil {
		return d.pool.Close()
	}
	d.writer.close()
	return errors.Join(d.watch.Close(), d.pool.Close(), d.writer.last())
}

// InTx runs fn in one transaction and returns after it is on disk, or with an error and nothing written.
//
// On SQLite fn may run twice (a failed neighbour in a shared commit makes all of them run again alone), so it has
// no effect outside the transaction and hands results out by assignment. Inside: no network, files, hashing,
// rendering, no other connection, no second InTx; long work is cut into chunks.
func (d *DB) InTx(ctx context.Context, by authz.Actor, fn func(Tx) error) error {
	err := broken(ctx)
	if err != nil {
		return err
	}
	if d.writer != nil {
		err = d.writer.inTx(ctx, by, fn)
	} else {
		err = d.inPostgres(ctx, by, fn)
	}
	if err == nil {
		d.versions.wrote(by.Org)
	}
	return err
}
