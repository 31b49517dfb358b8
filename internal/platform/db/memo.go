package db

import (
	"cmp"
	"sync"
)

// memoMost bounds what one Memo remembers where nobody says otherwise; beyond it all is found anew.
const memoMost = 256

// Memo remembers what was derived from a union's rows as long as the union's Version stands. What it gives is shared: nobody
// changes it. A Memo is ready as it is and serves many.
type Memo[K comparable, V any] struct {
	Most int // how many keys it remembers; 0: some hundred
	mu   sync.Mutex
	kept map[K]memoed[V]
}

type memoed[V any] struct {
	version uint64
	value   V
}

// Get answers what find has found for the key at this version, and asks it once a version; two may ask at the same time.
func (m *Memo[K, V]) Get(version uint64, key K, find func() (V, error)) (V, error) {
	m.mu.Lock()
	had, ok := m.kept[key]
	m.mu.Unlock()
	if ok && had.version == version {
		return had.value, nil
	}
	v, err := find()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= cmp.Or(m.Most, memoMost) {
		m.kept = map[K]memoed[V]{}
	}
	m.kept[key] = memoed[V]{version, v}
	return v, nil
}
