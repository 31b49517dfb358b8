package account

import (
	"sync"
	"time"
)

const (
	tryMost    = 8  // wrong passwords for one account
	fromMost   = 32 // wrong ones from one address: a whole office may stand behind it
	tryMinutes = 15 // within so many minutes
)

// tries remembers wrong passwords in memory: a restart forgives, which costs an attacker more than it gives.
type tries struct {
	mu   sync.Mutex
	when map[string][]time.Time
}

func newTries() *tries { return &tries{when: map[string][]time.Time{}} }

// triesMost bounds the memory.
const triesMost = 10_000

// begin counts an attempt as wrong until it is known to be right, so that many at once do not slip through, and tells
// whether there may be another one.
func (t *tries) begin(key string, most int, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.when) > triesMost {
		clear(t.when)
	}
	kept := t.when[key][:0]
	for _, w := range t.when[key] {
		if now.Sub(w) < tryMinutes*time.Minute {
			kept = append(kept, w)
		}
	}
	if len(kept) >= most {
		t.when[key] = kept
		return false
	}
	t.when[key] = append(kept, now)
	return true
}

// right takes back what begin counted.
func (t *tries) right(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.when[key]); n > 0 {
		t.when[key] = t.when[key][:n-1]
	}
}

// forget clears the count of a key.
func (t *tries) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.when, key)
}
