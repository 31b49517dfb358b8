package search

import (
	"cmp"
	"fmt"
	"slices"

	"xiaojia/internal/platform/db"
)

var docCols = []string{"org_id", "kind", "subject_id", "unit_id", "owner_unit", "title", "detail", "href"}

// PutMany indexes records that are new, some thousand at a time, as Put does one. They lie together, those of a day in their
// order, which costs a third of what it costs to strew them: nothing for records whose order is a secret.
func PutMany(tx db.Tx, docs []Doc) error {
	rows, grams := make([][]any, len(docs)), make([][]any, len(docs))
	first := chance(len(docs))
	for i, d := range docs {
		words, ord := d.Spelled().grams, d.ord(first+int64(i))
		rows[i], grams[i] = []any{tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href, ord}, []any{ord, words}
		if tx.Engine() == db.Postgres {
			rows[i] = append(rows[i], words)
		}
	}
	if tx.Engine() == db.Postgres {
		m := db.Many{Table: "search_doc", Cols: append(slices.Clone(docCols), "ord", "grams"), As: map[string]string{"grams": "array_to_tsvector(string_to_array(?, ' '))"}}
		return indexed(m.Insert(tx, rows), len(docs))
	}
	slices.SortFunc(grams, func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) }) // FTS5 takes them fast in their order alone
	if err := (db.Many{Table: "search_doc", Cols: append(slices.Clone(docCols), "rowid")}).Insert(tx, rows); err != nil {
		return indexed(err, len(docs))
	}
	return indexed(db.Many{Table: "search_gram", Cols: []string{"rowid", "grams"}}.Insert(tx, grams), len(docs))
}

func indexed(err error, n int) error {
	if err != nil {
		return fmt.Errorf("index %d records: %w", n, err)
	}
	return nil
}
