package search

import (
	"fmt"
	"strings"

	"xiaojia/internal/platform/db"
)

// PostgreSQL gets the grams as a finished tsvector with positions: its own parser would cut them otherwise, and differently
// from locale to locale.
func putPostgres(tx db.Tx, d Doc) error {
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO search_doc (org_id, kind, subject_id, unit_id, owner_unit, title, detail, href, grams) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,CAST(CAST($9 AS TEXT) AS tsvector))
ON CONFLICT (org_id, kind, subject_id) DO UPDATE SET unit_id = excluded.unit_id, owner_unit = excluded.owner_unit, title = excluded.title, detail = excluded.detail, href = excluded.href, grams = excluded.grams`,
		tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href, tsvector(index(d.Title, d.Detail)))
	return err
}

func deletePostgres(tx db.Tx, kind, id string) error {
	_, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3`, tx.Org(), kind, id)
	return err
}

// tsvector writes each gram with its position; between chains one position stays free.
func tsvector(chains []chain) string {
	var b strings.Builder
	at := 1
	for _, c := range chains {
		for _, g := range c {
			fmt.Fprintf(&b, "'%s':%d ", g, at)
			at++
		}
		at++
	}
	return b.String()
}

// tsquery is an expression of quoted grams. They are letters and digits only, so nothing that was typed can be an operator.
func tsquery(terms []term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = "'" + strings.Join(t.grams, "' <-> '") + "'"
		if t.prefix {
			parts[i] += ":*"
		}
	}
	return strings.Join(parts, " & ")
}
