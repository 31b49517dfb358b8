package account

import (
	"sync"
	"time"
)

const (
	tryMost    = 8  // wrong passwords for one name or from one address
	tryMinutes = 15 // within so many minutes
)

// tries remembers attempts in memory: a restart forgives, which costs an attacker more than it gives.
type tries struct {
	mu   sync.Mutex
	when map[string][]time.Time
}

func newTries() *tries { return &tries{when: map[string][]time.Time{}} }

// allow notes an attempt for the name and for the address, and tells whether either has had too many.
func (t *tries) allow(login, from string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.when) > 10_000 {
		clear(t.when)
	}
	byName := t.note("n/"+login, now)
	byAddress := t.note("a/"+from, now)
	return byName <= tryMost && byAddress <= 4*tryMost
}

func (t *tries) note(key string, now time.Time) int {
	kept := t.when[key][:0]
	for _, w := range t.when[key] {
		if now.Sub(w) < tryMinutes*time.Minute {
			kept = append(kept, w)
		}
	}
	t.when[key] = append(kept, now)
	return len(t.when[key])
}

func (t *tries) forget(login string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.when, "n/"+login)
}
