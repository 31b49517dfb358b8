package record

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Orphans lists up to some hundred photos that no record shows, by the last day on which one was stored or taken off a record.
func (s *Service) Orphans(ctx context.Context, org string, since, before kernel.Time) ([]File, error) {
	return s.store.Orphans(ctx, s.db.Read, org, since, before)
}

// DropOrphans forgets those of the photos that still belong to no record, and tells how many they were.
func (s *Service) DropOrphans(ctx context.Context, org string, hashes []string, before kernel.Time) (n int, err error) {
	err = s.db.InTx(ctx, authz.Program(org), func(tx db.Tx) (err error) {
		n, err = s.store.DropOrphans(tx, hashes, before)
		return err
	})
	return n, err
}

// Known tells whether a photo of the union goes by that hash, large or small.
func (s *Service) Known(ctx context.Context, org, hash string) (bool, error) {
	return s.store.KnownFile(ctx, s.db.Read, org, hash)
}
