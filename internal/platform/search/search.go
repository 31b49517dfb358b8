// Package search finds records by pieces of Chinese text: names of two characters, substrings from the middle, pinyin
// initials, and the beginnings of words and numbers. A Doc is what is found of one record, a Hit a line of the answer.
// The grams are computed here, so both engines find the same. It never holds personal data above level P1.
package search

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Doc is one record as search knows it. Unit is the branch whose people may find it, Owner the unit that answers for it.
type Doc struct {
	Kind   string // person, hazard …
	ID     string
	Unit   string
	Owner  string
	Title  string // its pinyin initials find it too
	Detail string
	Href   string
}

// Hit is one record that was found.
type Hit struct {
	Kind, ID, Title, Detail, Href string
}

// Put adds a record or replaces it, in the transaction that changes the record.
func Put(tx db.Tx, d Doc) error {
	put := putSQLite
	if tx.Engine() == db.Postgres {
		put = putPostgres
	}
	if err := put(tx, d); err != nil {
		return fmt.Errorf("index %s %s: %w", d.Kind, d.ID, err)
	}
	return nil
}

// Delete forgets a record.
func Delete(tx db.Tx, kind, id string) error {
	del := deleteSQLite
	if tx.Engine() == db.Postgres {
		del = deletePostgres
	}
	if err := del(tx, kind, id); err != nil {
		return fmt.Errorf("forget %s %s: %w", kind, id, err)
	}
	return nil
}

// maxHits bounds one answer: who has more types another character.
const maxHits = 100

// Find lists the newest records of the kinds that hold every piece of the text, within the scope. No kinds means all.
// A scope over oneself finds nothing, since search knows no persons.
func Find(ctx context.Context, d *db.DB, s authz.Scope, text string, kinds []string, limit int) ([]Hit, error) {
	match, ok := Match(d.Engine, text)
	if !ok || s.Org == "" || s.Reach == authz.Self {
		return nil, nil
	}
	q, newest := selectFor(d.Engine)
	q.And("d.org_id = ?", s.Org).And(match.cond, match.arg)
	switch s.Reach {
	case authz.Unit:
		q.And("d.unit_id = ? AND d.unit_id <> ''", s.ID)
	case authz.Owner:
		q.And("d.owner_unit = ? AND d.owner_unit <> ''", s.ID)
	}
	if len(kinds) > 0 {
		q.And("d.kind IN ("+marks(len(kinds))+")", anys(kinds)...)
	}
	text, args := q.SQL(newest, min(max(limit, 1), maxHits))
	rows, err := d.Read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer rows.Close()
	var out []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Kind, &h.ID, &h.Title, &h.Detail, &h.Href); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

func selectFor(e db.Engine) (q *db.Select, newest string) {
	if e == db.Postgres {
		return db.From("SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_doc d"), "d.subject_id DESC"
	}
	return db.From("SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_gram JOIN search_doc d ON d.rowid = search_gram.rowid"), "search_gram.rowid DESC"
}

// Matching is a condition on the grams of one engine.
type Matching struct {
	cond string
	arg  any
}

// Match turns what a person typed into a condition; false where it holds nothing that can be searched for.
func Match(e db.Engine, text string) (Matching, bool) {
	terms := query(text)
	if len(terms) == 0 {
		return Matching{}, false
	}
	if e == db.Postgres {
		return Matching{"d.grams @@ CAST(CAST(? AS TEXT) AS tsquery)", tsquery(terms)}, true
	}
	return Matching{"search_gram MATCH ?", matchText(terms)}, true
}

// And narrows a list to the records of a kind that match: column is the list's own id column.
func (m Matching) And(q *db.Select, e db.Engine, org, kind, column string) {
	from := "search_gram JOIN search_doc d ON d.rowid = search_gram.rowid"
	if e == db.Postgres {
		from = "search_doc d"
	}
	q.And(column+" IN (SELECT d.subject_id FROM "+from+" WHERE d.org_id = ? AND d.kind = ? AND "+m.cond+")", org, kind, m.arg)
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
