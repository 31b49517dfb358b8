package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// shareMax and shareFor bound what one commit carries (decision 14).
const (
	shareMax = 64
	shareFor = 5 * time.Millisecond
)

type call struct {
	ctx  context.Context
	by   authz.Actor
	fn   func(Tx) error
	err  error
	done chan struct{}
}

// writer owns the one connection that writes. It takes whoever waits: no timer, no savepoint.
type writer struct {
	calls chan *call
	conn  *conn
	clock kernel.Clock
	pool  *sql.DB
	ended chan struct{}

	orders orders
	single atomic.Bool // each call has a commit of its own

	gate   sync.RWMutex // held by those who hand in a call, so that nobody hands one in after the end
	closed bool
}

func newWriter(ctx context.Context, pool *sql.DB, clock kernel.Clock) (*writer, error) {
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("writer's connection: %w", err)
	}
	w := &writer{calls: make(chan *call, 256), conn: newConn(c), clock: clock, ended: make(chan struct{})}
	go w.loop()
	return w, nil
}

// CommitAlone gives each transaction a commit of its own, so that what sharing brings can be measured. SQLite only.
func (d *DB) CommitAlone() {
	if d.writer != nil {
		d.writer.single.Store(true)
	}
}

func (w *writer) close() {
	w.gate.Lock()
	if !w.closed {
		w.closed = true
		close(w.calls)
	}
	w.gate.Unlock()
	<-w.ended
}

// inTx waits for its turn; once queued it waits for the end, because "cancelled" must never mean "maybe written".
func (w *writer) inTx(ctx context.Context, by authz.Actor, fn func(Tx) error) error {
	c := &call{ctx: ctx, by: by, fn: fn, done: make(chan struct{})}
	if err := w.hand(ctx, c); err != nil {
		return err
	}
	<-c.done
	return c.err
}

func (w *writer) hand(ctx context.Context, c *call) error {
	w.gate.RLock()
	defer w.gate.RUnlock()
	if w.closed {
		return kernel.Err(kernel.Busy, "程序正在关闭，刚才的没有存上。请过一会儿再试。")
	}
	select {
	case w.calls <- c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) loop() {
	defer close(w.ended)
	for c := range w.calls {
		batch := w.share(c)
		for _, k := range batch {
			close(k.done)
		}
	}
}

// last closes the connection, when the loop has ended. As the last of the file it takes the log in, which one that may only read
// does not.
func (w *writer) last() error {
	if w.pool == nil {
		return nil
	}
	w.conn.st.Purge() // a statement that is not closed keeps the file open
	err := errors.Join(w.conn.c.Close(), w.pool.Close())
	w.pool = nil
	return err
}

// share runs a call and those that wait behind it in one transaction. On any error it undoes all and runs each alone,
// so that one bad call harms nobody else.
func (w *writer) share(first *call) []*call {
	batch, start := []*call{first}, time.Now()
	err := w.do("BEGIN IMMEDIATE")
	for i := 0; err == nil && i < len(batch); i++ {
		if batch[i].err = batch[i].ctx.Err(); batch[i].err == nil { // gone before its turn: not run
			err = w.run(batch[i])
		}
		if i+1 == len(batch) && len(batch) < shareMax && !w.single.Load() && time.Since(start) < shareFor {
			select {
			case next, open := <-w.calls:
				if open {
					batch = append(batch, next)
				}
			default:
			}
		}
	}
	if err == nil {
		err = w.do("COMMIT")
	}
	if err == nil {
		return batch
	}
	_ = w.do("ROLLBACK") // SQLite may have rolled back by itself; then this one says so and nothing is lost
	for _, k := range batch {
		if k.err == nil {
			k.err = w.alone(k)
		}
	}
	return batch
}

func (w *writer) alone(k *call) (err error) {
	if err = w.do("BEGIN IMMEDIATE"); err != nil {
		return unavailable(err)
	}
	if err = w.run(k); err == nil {
		err = w.do("COMMIT")
	}
	if err != nil {
		_ = w.do("ROLLBACK") // the same as in share
	}
	return unavailable(err)
}

// run calls fn under a context without cancellation.
func (w *writer) run(k *call) error {
	return safely(k.fn, newTx(context.WithoutCancel(k.ctx), w.conn, k.by, w.clock.Now(), SQLite, &w.orders))
}

// safely turns a panic into that call's error.
func safely(fn func(Tx) error, tx Tx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in transaction: %v\n%s", r, debug.Stack())
		}
	}()
	return fn(tx)
}

func (w *writer) do(q string) error {
	_, err := w.conn.ExecContext(context.Background(), q)
	return err
}
