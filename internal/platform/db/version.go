package db

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// versions counts what each company union has written since the start. What is derived from its rows and kept in memory is
// good as long as the number stands.
type versions struct{ of sync.Map }

func (v *versions) at(org string) *atomic.Uint64 {
	if n, ok := v.of.Load(org); ok {
		return n.(*atomic.Uint64)
	}
	n, _ := v.of.LoadOrStore(org, new(atomic.Uint64))
	return n.(*atomic.Uint64)
}

func (v *versions) wrote(org string) { v.at(org).Add(1) }

// KeepNothing lets the version change each time it is asked for, so that what keeping brings can be measured.
func (d *DB) KeepNothing() { d.forget.Store(true) }

// strangers is how long what another server on the same PostgreSQL, or a command on the same folder, has written may stay unseen.
const strangers = 5 * time.Second

// foreign is the last answer to whether another process has written into the SQLite file.
type foreign struct {
	mu      sync.Mutex
	asked   time.Time
	version uint64
}

// Version changes with every write of a company union; where others may write too, also by itself: on PostgreSQL every few
// seconds, on SQLite when the file has changed.
func (d *DB) Version(org string) uint64 {
	if d.forget.Load() {
		d.versions.wrote(org)
	}
	n := d.versions.at(org).Load()
	if d.Engine == Postgres {
		return n + uint64(time.Now().UnixNano()/int64(strangers))<<32
	}
	return n + d.strange.look(d)<<32
}

func (f *foreign) look(d *DB) uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.asked) < strangers {
		return f.version
	}
	f.asked = time.Now()
	var v uint64
	if err := d.watch.QueryRowContext(context.Background(), "PRAGMA data_version").Scan(&v); err != nil {
		f.version++ // unknown: better derived anew
		return f.version
	}
	f.version = v
	return v
}
