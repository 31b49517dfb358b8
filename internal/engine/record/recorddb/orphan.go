package recorddb

import (
	"context"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// Orphans lists photos without a record.
func (Store) Orphans(ctx context.Context, q db.DBTX, org string, since, before kernel.Time) ([]record.File, error) {
	rows, err := sqlcgen.New(q).Orphans(ctx, sqlcgen.OrphansParams{Org: org, Since: int64(since), Before: int64(before)})
	if err != nil {
		return nil, wrap("photos without a record of", org, err)
	}
	out := make([]record.File, len(rows))
	for i, r := range rows {
		out[i] = record.File{Hash: r.Hash, Thumb: r.Thumb}
	}
	return out, nil
}

// DropOrphans deletes those that still are.
func (Store) DropOrphans(tx db.Tx, hashes []string, before kernel.Time) (int, error) {
	q, n := sqlcgen.New(tx), 0
	for _, h := range hashes {
		gone, err := q.DropOrphan(tx.Ctx(), sqlcgen.DropOrphanParams{Org: tx.Org(), Hash: h, Before: int64(before)})
		if err != nil {
			return 0, wrap("drop photo", h, err)
		}
		n += int(gone)
	}
	return n, nil
}

// KnownFile tells whether a row names the hash.
func (Store) KnownFile(ctx context.Context, q db.DBTX, org, hash string) (bool, error) {
	known, err := sqlcgen.New(q).Known(ctx, sqlcgen.KnownParams{Org: org, Hash: hash})
	return known, wrap("photo", hash, err)
}
