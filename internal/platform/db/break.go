package db

import (
	"context"
	"errors"
	"sync/atomic"
)

// ErrBroken is what every transaction under WithBreak answers once it is broken off.
var ErrBroken = errors.New("broken off")

// Break counts transactions; tests break long work off with it, as the death of its server would, and look what it leaves.
type Break struct {
	after int64
	then  func() // nil: it is broken off
	n     atomic.Int64
}

type breakKey struct{}

// WithBreak lets so many transactions run under the returned context and none after them.
func WithBreak(ctx context.Context, after int) (context.Context, *Break) {
	b := &Break{after: int64(after)}
	return context.WithValue(ctx, breakKey{}, b), b
}

// WithPause runs then in front of the transaction that follows after so many, and goes on: what another server does while this
// one thinks that it still holds its lease.
func WithPause(ctx context.Context, after int, then func()) context.Context {
	return context.WithValue(ctx, breakKey{}, &Break{after: int64(after), then: then})
}

// N is how many transactions were asked for.
func (b *Break) N() int { return int(b.n.Load()) }

// broken tells whether the work under a context was broken off.
func broken(ctx context.Context) error {
	b, ok := ctx.Value(breakKey{}).(*Break)
	if !ok {
		return nil
	}
	switch n := b.n.Add(1); {
	case n > b.after && b.then == nil:
		return ErrBroken
	case n == b.after+1:
		b.then()
	}
	return nil
}
