// Package outbox carries facts up and sideways: On runs inside the transaction, Later after it, at least once, from a
// row that the transaction wrote. app/reactions.go lists who listens.
package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Event is a fact with a stable name.
type Event interface{ EventName() string }

// Bus knows the listeners; it is filled once, before the first event.
type Bus struct {
	on    map[string][]func(db.Tx, Event) error
	later map[string]func(context.Context, string, []byte) error
}

func NewBus() *Bus {
	return &Bus{on: map[string][]func(db.Tx, Event) error{}, later: map[string]func(context.Context, string, []byte) error{}}
}

// On calls fn in the transaction of the event.
func On[E Event](b *Bus, fn func(db.Tx, E) error) {
	var zero E
	n := zero.EventName()
	b.on[n] = append(b.on[n], func(tx db.Tx, e Event) error { return fn(tx, e.(E)) })
}

// Later calls fn after the commit, again until it succeeds; it must be harmless when run twice. One listener an event.
func Later[E Event](b *Bus, fn func(ctx context.Context, org string, e E) error) {
	var zero E
	b.later[zero.EventName()] = func(ctx context.Context, org string, raw []byte) error {
		var e E
		if err := json.Unmarshal(raw, &e); err != nil {
			return fmt.Errorf("event %s: %w", e.EventName(), err)
		}
		return fn(ctx, org, e)
	}
}

// Emit tells the listeners in the transaction and leaves a row for the one that comes later.
func (b *Bus) Emit(tx db.Tx, e Event) error { return b.emit(tx, e, kernel.NewID(tx.Now()), tx.Now()) }

// EmitBlind is Emit for what a person did who is not named: the row that waits tells the day and no more.
func (b *Bus) EmitBlind(tx db.Tx, e Event) error {
	return b.emit(tx, e, kernel.BlindID(), tx.Today().At(0, 0))
}

func (b *Bus) emit(tx db.Tx, e Event, id string, at kernel.Time) error {
	for _, fn := range b.on[e.EventName()] {
		if err := fn(tx, e); err != nil {
			return fmt.Errorf("on %s: %w", e.EventName(), err)
		}
	}
	if b.later[e.EventName()] == nil {
		return nil
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.EventName(), err)
	}
	_, err = tx.ExecContext(tx.Ctx(), `INSERT INTO outbox (org_id, id, kind, payload, at, next_at) VALUES ($1,$2,$3,$4,$5,$5)`,
		tx.Org(), id, e.EventName(), string(raw), int64(at))
	if err != nil {
		return fmt.Errorf("event %s: %w", e.EventName(), err)
	}
	return nil
}

type row struct {
	org, id, kind, payload string
	tries                  int
}

// relayBatch bounds what one pass of the relay takes.
const relayBatch = 100

// Relay hands out what waits, once; it tells how many rows it took. A failure stays with a later next try and its reason.
func (b *Bus) Relay(ctx context.Context, d *db.DB) (int, error) {
	due, err := waiting(ctx, d)
	if err != nil {
		return 0, err
	}
	for _, r := range due {
		failed := b.hand(ctx, r)
		if err := d.InTx(ctx, authz.Program(r.org), func(tx db.Tx) error { return settle(tx, r, failed) }); err != nil {
			return 0, fmt.Errorf("relay %s: %w", r.id, err)
		}
	}
	return len(due), nil
}

func (b *Bus) hand(ctx context.Context, r row) error {
	fn := b.later[r.kind]
	if fn == nil {
		return fmt.Errorf("nobody listens to %s", r.kind)
	}
	return fn(ctx, r.org, []byte(r.payload))
}

func settle(tx db.Tx, r row, failed error) (err error) {
	if failed == nil {
		_, err = tx.ExecContext(tx.Ctx(), `DELETE FROM outbox WHERE org_id = $1 AND id = $2`, r.org, r.id)
		return err
	}
	wait := time.Minute << min(r.tries, 9) // a minute, two, four … about eight hours
	_, err = tx.ExecContext(tx.Ctx(), `UPDATE outbox SET tries = tries + 1, next_at = $3, error = $4 WHERE org_id = $1 AND id = $2`,
		r.org, r.id, int64(tx.Now().Add(wait)), failed.Error())
	return err
}

func waiting(ctx context.Context, d *db.DB) ([]row, error) {
	rows, err := d.Read.QueryContext(ctx, `SELECT org_id, id, kind, payload, tries FROM outbox WHERE next_at <= $1 ORDER BY next_at, id LIMIT 100`, int64(d.Clock.Now()))
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	defer rows.Close()
	out := make([]row, 0, relayBatch)
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.org, &r.id, &r.kind, &r.payload, &r.tries); err != nil {
			return nil, fmt.Errorf("read outbox: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
