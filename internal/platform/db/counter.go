package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
)

// slots spreads a hot counter on PostgreSQL, where writers run side by side (decision 15).
const slots = 8

// Count moves a counter inside the transaction that changes what it counts.
func Count(tx Tx, name, key string, by int) error {
	if by == 0 {
		return nil
	}
	slot := 0
	if tx.Engine() == Postgres {
		slot = rand.IntN(slots)
	}
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO counter (org_id, name, key, slot, n) VALUES ($1,$2,$3,$4,$5)
ON CONFLICT (org_id, name, key, slot) DO UPDATE SET n = counter.n + excluded.n`, tx.Org(), name, key, slot, by)
	if err != nil {
		return fmt.Errorf("count %s %s: %w", name, key, err)
	}
	return nil
}

// Counts reads the counters of a name whose key starts with the prefix.
func Counts(ctx context.Context, q DBTX, org, name, prefix string) (map[string]int, error) {
	return CountsOf(ctx, q, org, name, prefix)
}

// CountsOf reads the counters of a name whose keys start with one of the prefixes, in one query; no prefix may begin another.
func CountsOf(ctx context.Context, q DBTX, org, name string, prefixes ...string) (map[string]int, error) {
	args, parts := []any{org, name}, make([]string, len(prefixes))
	for i, p := range prefixes {
		args = append(args, p, p+"\U0010FFFF")
		parts[i] = "SELECT key, sum(n) FROM counter WHERE org_id = $1 AND name = $2 AND key >= " + Mark(len(args)-1) + " AND key < " + Mark(len(args)) + " GROUP BY key"
	}
	rows, err := q.QueryContext(ctx, strings.Join(parts, " UNION ALL "), args...)
	if err != nil {
		return nil, fmt.Errorf("counts of %s: %w", name, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var k string
		var n int
		if err := rows.Scan(&k, &n); err != nil {
			return nil, fmt.Errorf("counts of %s: %w", name, err)
		}
		out[k] = n
	}
	return out, rows.Err()
}

// Next is the next number of a series, without gaps among committed transactions.
func Next(tx Tx, series string) (int, error) {
	var n int
	err := tx.QueryRowContext(tx.Ctx(), `INSERT INTO series (org_id, name, n) VALUES ($1,$2,1)
ON CONFLICT (org_id, name) DO UPDATE SET n = series.n + 1 RETURNING n`, tx.Org(), series).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("next of %s: %w", series, err)
	}
	return n, nil
}
