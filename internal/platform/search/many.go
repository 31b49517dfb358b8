package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"xiaojia/internal/platform/db"
)

var docCols = []string{"org_id", "kind", "subject_id", "unit_id", "owner_unit", "title", "detail", "href"}

// PutMany indexes records that are new, some thousand at a time, as Put does one.
func PutMany(tx db.Tx, docs []Doc) error {
	rows, grams := make([][]any, len(docs)), make([][]any, len(docs))
	ids := rowids(len(docs))
	for i, d := range docs {
		words := strings.Join(Grams(d.Names, append([]string{d.Title, d.Detail}, d.Text...)), " ")
		rows[i] = []any{tx.Org(), d.Kind, d.ID, d.Unit, d.Owner, d.Title, d.Detail, d.Href}
		if tx.Engine() == db.Postgres {
			rows[i] = append(rows[i], words)
		} else {
			rows[i], grams[i] = append(rows[i], ids[i]), []any{ids[i], words}
		}
	}
	if tx.Engine() == db.Postgres {
		m := db.Many{Table: "search_doc", Cols: append(slices.Clone(docCols), "grams"), As: map[string]string{"grams": "array_to_tsvector(string_to_array(?, ' '))"}}
		return indexed(m.Insert(tx, rows), len(docs))
	}
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

// rowids are random, as in putSQLite, and rise: FTS5 writes its index out whenever one is below the one before.
func rowids(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = rand.Int64()
	}
	slices.Sort(out)
	return out
}
