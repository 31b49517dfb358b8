package search

import (
	"fmt"

	"xiaojia/internal/platform/db"
)

// SQLite finds by FTS5 over the grams; its table has no tenant, so a document row with the same rowid stands beside it.

func putSQLite(tx db.Tx, d Doc, grams string) error {
	var id int64
	err := tx.QueryRowContext(tx.Ctx(), `INSERT INTO search_doc (rowid, org_id, kind, subject_id, unit_id, owner_unit, title, detail, href) VALUES ($9,$1,$2,$3,$4,$5,$6,$7,$8)
ON CONFLICT (org_id, kind, subject_id) DO UPDATE SET unit_id = excluded.unit_id, owner_unit = excluded.owner_unit, title = excluded.title, detail = excluded.detail, href = excluded.href RETURNING rowid`,
		tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href, d.ord(chance(1))).Scan(&id)
	if err != nil {
		return fmt.Errorf("index %s %s: %w", d.Kind, d.ID, err)
	}
	if _, err := tx.ExecContext(tx.Ctx(), `INSERT OR REPLACE INTO search_gram (rowid, grams) VALUES ($1, $2)`, id, grams); err != nil {
		return fmt.Errorf("index %s %s: %w", d.Kind, d.ID, err)
	}
	return nil
}

func dropSQLite(tx db.Tx, kind, id string) error {
	if _, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_gram WHERE rowid IN (SELECT rowid FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3)`, tx.Org(), kind, id); err != nil {
		return fmt.Errorf("drop %s %s: %w", kind, id, err)
	}
	if _, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3`, tx.Org(), kind, id); err != nil {
		return fmt.Errorf("drop %s %s: %w", kind, id, err)
	}
	return nil
}
