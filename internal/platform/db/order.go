package db

import (
	"sync"

	"xiaojia/internal/kernel"
)

// orders keeps a sequence of ids for each union and name.
type orders struct {
	mu   sync.Mutex
	kept map[orderKey]*kernel.Sequence
}

type orderKey struct{ org, name string }

// InOrder is a new id that sorts behind every id that this program gave under the name in this union before, even where the
// clock has gone back meanwhile. Newest finds the newest id there is, "" for none; it is asked once in the program's life.
// Several servers on one database are in order as far as their clocks agree.
func (t Tx) InOrder(name string, newest func() (string, error)) (string, error) {
	o, key := t.s.orders, orderKey{t.Org(), name}
	o.mu.Lock()
	seq := o.kept[key]
	o.mu.Unlock()
	if seq == nil {
		last, err := newest()
		if err != nil {
			return "", err
		}
		o.mu.Lock()
		if o.kept == nil {
			o.kept = map[orderKey]*kernel.Sequence{}
		}
		if seq = o.kept[key]; seq == nil { // nobody was quicker
			seq = kernel.NewSequence(last)
			o.kept[key] = seq
		}
		o.mu.Unlock()
	}
	return seq.Next(t.Now()), nil
}
