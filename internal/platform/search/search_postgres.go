package search

import (
	"fmt"

	"xiaojia/internal/platform/db"
)

// PostgreSQL finds by a GIN index over a tsvector of the same grams; 'simple' leaves them as they are under any locale.

func putPostgres(tx db.Tx, d Doc, grams string) error {
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO search_doc (org_id, kind, subject_id, unit_id, owner_unit, title, detail, href, ord, grams) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$10, array_to_tsvector(string_to_array($9, ' ')))
ON CONFLICT (org_id, kind, subject_id) DO UPDATE SET unit_id = excluded.unit_id, owner_unit = excluded.owner_unit, title = excluded.title, detail = excluded.detail, href = excluded.href, grams = excluded.grams`,
		tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href, grams, d.ord(chance(1)))
	if err != nil {
		return fmt.Errorf("index %s %s: %w", d.Kind, d.ID, err)
	}
	return nil
}

func dropPostgres(tx db.Tx, kind, id string) error {
	if _, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3`, tx.Org(), kind, id); err != nil {
		return fmt.Errorf("drop %s %s: %w", kind, id, err)
	}
	return nil
}
