package db

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// Tx is one use case's view of the database: generated queries run on it, and it knows the only now.
type Tx struct{ s *txState }

type txState struct {
	q      DBTX
	ctx    context.Context
	by     authz.Actor
	now    kernel.Time
	engine Engine
	orders *orders
}

func newTx(ctx context.Context, q DBTX, by authz.Actor, now kernel.Time, e Engine, o *orders) Tx {
	return Tx{&txState{q: q, ctx: ctx, by: by, now: now, engine: e, orders: o}}
}

// Ctx cannot be cancelled: a cancelled statement would roll back everybody's work in a shared transaction.
func (t Tx) Ctx() context.Context { return t.s.ctx }

// Now is the instant of the transaction, the same for all its rows.
func (t Tx) Now() kernel.Time { return t.s.now }

// Today is the day of Now in Shanghai.
func (t Tx) Today() kernel.Date { return t.s.now.Date() }

// By is who acts.
func (t Tx) By() authz.Actor { return t.s.by }

// Org is the company union of the actor; every query carries it.
func (t Tx) Org() string { return t.s.by.Org }

func (t Tx) Engine() Engine { return t.s.engine }

func (t Tx) ExecContext(ctx context.Context, q string, a ...any) (sql.Result, error) {
	count(t.s.ctx, q, a)
	return t.s.q.ExecContext(ctx, q, a...)
}
func (t Tx) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return t.s.q.PrepareContext(ctx, q)
}
func (t Tx) QueryContext(ctx context.Context, q string, a ...any) (*sql.Rows, error) {
	count(t.s.ctx, q, a)
	return t.s.q.QueryContext(ctx, q, a...)
}
func (t Tx) QueryRowContext(ctx context.Context, q string, a ...any) *sql.Row {
	count(t.s.ctx, q, a)
	return t.s.q.QueryRowContext(ctx, q, a...)
}

// keepMost is how many prepared statements a connection keeps. The program has fewer; lists of rows to insert make more.
const keepMost = 600

// conn runs statements on the writer's one connection, each prepared once and kept by its text while it is used.
type conn struct {
	c  *sql.Conn
	st *simplelru.LRU[string, *sql.Stmt]
}

func newConn(c *sql.Conn) *conn {
	st, err := simplelru.NewLRU(keepMost, func(_ string, s *sql.Stmt) {
		_ = s.Close() // waits for rows that are still being read
	})
	if err != nil {
		panic(err) // only a size below one
	}
	return &conn{c: c, st: st}
}

func (c *conn) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	if s, ok := c.st.Get(q); ok {
		return s, nil
	}
	s, err := c.c.PrepareContext(ctx, q)
	if err == nil {
		c.st.Add(q, s)
	}
	return s, err
}

func (c *conn) ExecContext(ctx context.Context, q string, a ...any) (sql.Result, error) {
	s, err := c.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, a...)
}
func (c *conn) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return c.c.PrepareContext(ctx, q)
}
func (c *conn) QueryContext(ctx context.Context, q string, a ...any) (*sql.Rows, error) {
	s, err := c.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, a...)
}
func (c *conn) QueryRowContext(ctx context.Context, q string, a ...any) *sql.Row {
	s, err := c.stmt(ctx, q)
	if err != nil {
		return c.c.QueryRowContext(ctx, q, a...) // carries the same error to Scan
	}
	return s.QueryRowContext(ctx, a...)
}

// Tally keeps the statements that ran under a context; tests hold pages to their budget with it, and ask for their plans.
type Tally struct {
	mu    sync.Mutex
	Texts []string
	Args  [][]any // of each text
}

type tallyKey struct{}

// WithTally counts what runs under the returned context.
func WithTally(ctx context.Context) (context.Context, *Tally) {
	t := &Tally{}
	return context.WithValue(ctx, tallyKey{}, t), t
}

// N is how many statements ran.
func (t *Tally) N() int { t.mu.Lock(); defer t.mu.Unlock(); return len(t.Texts) }

func (t *Tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.Texts, "\n---\n")
}

func count(ctx context.Context, q string, args []any) {
	if t, ok := ctx.Value(tallyKey{}).(*Tally); ok {
		t.mu.Lock()
		t.Texts, t.Args = append(t.Texts, q), append(t.Args, args)
		t.mu.Unlock()
	}
}
