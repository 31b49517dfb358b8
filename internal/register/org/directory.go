package org

import (
	"context"
	"fmt"
	"sync"
	"time"

	"xiaojia/internal/platform/db"
)

// chartAge is how old a chart may be: what another server on the same database wrote shows after it.
const chartAge = 30 * time.Second

// Directory keeps the charts in memory. A write in this process forgets the chart at once.
type Directory struct {
	db    *db.DB
	store Store
	mu    sync.Mutex
	kept  map[string]kept
	gen   map[string]int // counts what was forgotten, so that a slow read never brings an old chart back
}

type kept struct {
	chart *Chart
	at    time.Time
}

func NewDirectory(d *db.DB, s Store) *Directory {
	return &Directory{db: d, store: s, kept: map[string]kept{}, gen: map[string]int{}}
}

// Of is the chart of a company union. Inside InTx use Store.Chart on the transaction instead.
func (d *Directory) Of(ctx context.Context, org string) (*Chart, error) {
	d.mu.Lock()
	k, gen := d.kept[org], d.gen[org]
	d.mu.Unlock()
	if k.chart != nil && time.Since(k.at) < chartAge {
		return k.chart, nil
	}
	at := time.Now()
	c, err := d.store.Chart(ctx, d.db.Read, org)
	if err != nil {
		return nil, fmt.Errorf("directory of %s: %w", org, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gen[org] == gen {
		d.kept[org] = kept{c, at}
	}
	return c, nil
}

// Forget drops a chart after a committed write.
func (d *Directory) Forget(org string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.kept, org)
	d.gen[org]++
}

// PlaceByCode finds a place of any company union by the code on the wall, however it was typed.
func (d *Directory) PlaceByCode(ctx context.Context, code string) (org string, p Place, err error) {
	return d.store.PlaceByCode(ctx, d.db.Read, CleanCode(code))
}

// Orgs lists the company unions of the installation, the oldest first.
func (d *Directory) Orgs(ctx context.Context) ([]Org, error) { return d.store.Orgs(ctx, d.db.Read) }
