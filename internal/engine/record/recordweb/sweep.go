package recordweb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"xiaojia/internal/kernel"
)

// A photo that no record shows for sweepAfter days goes: one of a form that was refused or never sent, one that was replaced.
// The days leave time to a form that lies open. Sweeping looks back sweepBack days, so a server that stood still misses none.
const (
	sweepAfter = 3
	sweepBack  = 60
)

// Sweep removes photos that no record shows, and what broken uploads have left.
func (ph *Photos) Sweep(ctx context.Context) error {
	orgs, err := ph.store.Orgs()
	if err != nil {
		return fmt.Errorf("sweep photos: %w", err)
	}
	var failed []error
	for _, o := range orgs { // one union's trouble does not stop the others
		if err := ph.sweep(ctx, o); err != nil {
			failed = append(failed, fmt.Errorf("sweep photos of %s: %w", o, err))
		}
	}
	return errors.Join(failed...)
}

func (ph *Photos) sweep(ctx context.Context, org string) error {
	if err := ph.store.DropIncoming(org, time.Now().Add(-24*time.Hour)); err != nil {
		return err
	}
	left, err := ph.store.SetAside(org)
	if err != nil {
		return err
	}
	if err := ph.settle(ctx, org, left); err != nil {
		return err
	}
	today := ph.db.Clock.Now().Date()
	since, before := today.Add(-sweepBack).At(0, 0), today.Add(-sweepAfter).At(0, 0)
	for {
		n, err := ph.sweepSome(ctx, org, since, before)
		if err != nil || n == 0 {
			return err
		}
	}
}

// sweepSome drops one page of orphans and tells how many it dropped.
func (ph *Photos) sweepSome(ctx context.Context, org string, since, before kernel.Time) (int, error) {
	rows, err := ph.records.Orphans(ctx, org, since, before)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	var names, hashes []string
	for _, r := range rows {
		names = append(names, r.Hash)
		hashes = append(hashes, r.Hash)
		if r.Thumb != "" {
			hashes = append(hashes, r.Thumb)
		}
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	for _, h := range hashes {
		if err := ph.store.Aside(org, h); err != nil {
			return 0, err
		}
	}
	n, err := ph.records.DropOrphans(ctx, org, names, before)
	return n, errors.Join(err, ph.settle(ctx, org, hashes))
}

// settle drops what stands aside, but for what a record names after all.
func (ph *Photos) settle(ctx context.Context, org string, hashes []string) error {
	for _, h := range hashes {
		known, err := ph.records.Known(ctx, org, h)
		if err != nil {
			return err
		}
		if known {
			err = ph.store.Back(org, h)
		} else {
			err = ph.store.Drop(org, h)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
