package db

import (
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

// strangers is how long what another server on the same PostgreSQL has written may stay unseen.
const strangers = 5 * time.Second

// Version changes with every write of a company union; on PostgreSQL, where others may write too, also by itself.
func (d *DB) Version(org string) uint64 {
	n := d.versions.at(org).Load()
	if d.Engine == Postgres {
		n += uint64(time.Now().UnixNano()/int64(strangers)) << 32
	}
	return n
}
