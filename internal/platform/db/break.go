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
	n     atomic.Int64
}

type breakKey struct{}

// WithBreak lets so many transactions run under the returned context and none after them.
func WithBreak(ctx context.Context, after int) (context.Context, *Break) {
	b := &Break{after: int64(after)}
	return context.WithValue(ctx, breakKey{}, b), b
}

// N is how many transactions were asked for.
func (b *Break) N() int { return int(b.n.Load()) }

// broken tells whether the work under a context was broken off.
func broken(ctx context.Context) error {
	if b, ok := ctx.Value(breakKey{}).(*Break); ok && b.n.Add(1) > b.after {
		return ErrBroken
	}
	return nil
}
