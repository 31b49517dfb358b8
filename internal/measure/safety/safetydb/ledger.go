package safetydb

import (
	"context"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// Rows fills safety.HazardReads: page by page, three queries each.
func (r HazardReads) Rows(ctx context.Context, s authz.Scope, f safety.HazardFilter, each func(safety.LedgerRow) error) error {
	f.Limit = listMost
	var after db.Key
	for {
		page, next, err := r.List(ctx, s, f, after)
		if err != nil {
			return err
		}
		full, err := r.ledger(ctx, s.Org, page)
		if err != nil {
			return err
		}
		for _, x := range full {
			if err := each(x); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		after = next
	}
}

const ledgerText = `SELECT m.id, m.announced_on, m.verifier, h.measure, h.doer, h.fix_by, h.done_on, h.verified_on
FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id`

// ledger adds to the lines of a page what was fixed and done, and the names.
func (r HazardReads) ledger(ctx context.Context, inOrg string, page []safety.HazardRow) ([]safety.LedgerRow, error) {
	at, ids := map[matter.ID]int{}, make([]matter.ID, len(page))
	out, named := make([]safety.LedgerRow, len(page)), make([]people.ID, 0, 2*len(page))
	for i, x := range page {
		out[i].HazardRow, ids[i], at[x.ID] = x, x.ID, i
		named = append(named, x.Rectifier)
	}
	marks, args := db.List(ids)
	q, args := db.From(ledgerText).And("m.org_id = ?", inOrg).And("m.id IN ("+marks+")", args...).SQL("", 0)
	rows, err := r.Read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	defer rows.Close()
	verifiers := make([]string, len(page))
	for rows.Next() {
		var id matter.ID
		var x safety.LedgerRow
		var verifier string
		if err := rows.Scan(&id, &x.Announced, &verifier, &x.Measure, &x.Doer, &x.FixBy, &x.DoneOn, &x.VerifiedOn); err != nil {
			return nil, fmt.Errorf("ledger: %w", err)
		}
		i := at[id]
		x.HazardRow, verifiers[i] = out[i].HazardRow, verifier
		out[i] = x
		named = append(named, people.ID(verifier))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	names, err := r.Names(ctx, inOrg, named)
	for i := range out {
		out[i].Responsible, out[i].Verified = names[out[i].Rectifier], names[people.ID(verifiers[i])]
	}
	return out, err
}
