package search

import (
	"strings"

	"xiaojia/internal/platform/db"
)

// FTS5 keeps its rows apart from the document and knows them by rowid only, so this engine writes two tables where
// PostgreSQL has a tsvector column.
func putSQLite(tx db.Tx, d Doc) error {
	var rowid int64
	err := tx.QueryRowContext(tx.Ctx(), `INSERT INTO search_doc (org_id, kind, subject_id, unit_id, owner_unit, title, detail, href) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
ON CONFLICT (org_id, kind, subject_id) DO UPDATE SET unit_id = excluded.unit_id, owner_unit = excluded.owner_unit, title = excluded.title, detail = excluded.detail, href = excluded.href
RETURNING rowid`, tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href).Scan(&rowid)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(tx.Ctx(), `INSERT OR REPLACE INTO search_gram (rowid, grams) VALUES ($1, $2)`, rowid, gramText(index(d.Title, d.Detail)))
	return err
}

func deleteSQLite(tx db.Tx, kind, id string) error {
	if _, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_gram WHERE rowid = (SELECT rowid FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3)`, tx.Org(), kind, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(tx.Ctx(), `DELETE FROM search_doc WHERE org_id = $1 AND kind = $2 AND subject_id = $3`, tx.Org(), kind, id)
	return err
}

// divider is a letter that no text brings: it keeps a phrase from running over the end of a chain.
const divider = " ǁ "

func gramText(chains []chain) string {
	parts := make([]string, len(chains))
	for i, c := range chains {
		parts[i] = strings.Join(c, " ")
	}
	return strings.Join(parts, divider)
}

// matchText is an FTS5 expression. Grams are letters and digits only, so nothing that was typed can be an operator; the
// quotes make words such as "or" plain.
func matchText(terms []term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = `"` + strings.Join(t.grams, " ") + `"`
		if t.prefix {
			parts[i] += "*"
		}
	}
	return strings.Join(parts, " AND ")
}
