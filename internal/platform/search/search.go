package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Doc is a record as search knows it. Text is only what may be seen by everybody who may see the record.
type Doc struct {
	Kind   string
	ID     string
	Unit   string // the branch
	Owner  string // the unit that must answer, where there is one
	Title  string
	Detail string
	Href   string
	Names  []string    // what it is called: found by pinyin too
	Text   []string    // further words under which it is found
	Codes  []string    // such as S8: found as they are, because the figure in one means nothing
	On     kernel.Date // its day: the newest of a kind is found first

	grams string // of Spelled
}

// Spelled is the document with its words made, so that whoever writes it does not make them while others wait.
func (d Doc) Spelled() Doc {
	if d.grams == "" {
		d.grams = strings.Join(Grams(d.Names, append([]string{d.Title, d.Detail}, d.Text...), d.Codes...), " ")
	}
	return d
}

// Hit is a record that was found.
type Hit struct{ Kind, ID, Title, Detail, Href string }

// Put indexes a record anew in the caller's transaction.
func Put(tx db.Tx, d Doc) error {
	d = d.Spelled()
	if tx.Engine() == db.Postgres {
		return putPostgres(tx, d, d.grams)
	}
	return putSQLite(tx, d, d.grams)
}

// Drop takes a record out of the index.
func Drop(tx db.Tx, kind, id string) error {
	if tx.Engine() == db.Postgres {
		return dropPostgres(tx, kind, id)
	}
	return dropSQLite(tx, kind, id)
}

// Find answers what an actor's scopes let him see, of each kind so many, the newest first; scopes names for each kind where he
// may look. Kinds are asked one by one: much of one leaves room for another.
func Find(ctx context.Context, d *db.DB, org, query string, scopes map[string]authz.Scope, limit int) ([]Hit, error) {
	words := Words(query)
	if len(words) == 0 || len(scopes) == 0 {
		return nil, nil
	}
	var out []Hit
	for _, kind := range slices.Sorted(maps.Keys(scopes)) {
		hits, err := findKind(ctx, d, org, kind, scopes[kind], words, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, hits...)
	}
	return out, nil
}

func findKind(ctx context.Context, d *db.DB, org, kind string, s authz.Scope, words []string, limit int) ([]Hit, error) {
	sel := db.From(text(d.Engine)).And(match(d.Engine), matchArg(d.Engine, words))
	order := "d.ord DESC"
	if d.Engine == db.SQLite {
		from, to := stretch(kind)
		sel.And("g.rowid >= ?", from).And("g.rowid <= ?", to)
		order = "g.rowid DESC"
	}
	sel.And("d.org_id = ?", org).And("d.kind = ?", kind)
	if !within(sel, s) {
		return nil, nil
	}
	q, a := sel.SQL(order, limit)
	rows, err := d.Read.QueryContext(ctx, q, a...)
	if err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	defer rows.Close()
	var out []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Kind, &h.ID, &h.Title, &h.Detail, &h.Href); err != nil {
			return nil, fmt.Errorf("find: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// within adds the scope as a condition; with a reach that search cannot check nothing is found.
func within(sel *db.Select, s authz.Scope) bool {
	switch s.Reach {
	case authz.Org:
		return s.Org != ""
	case authz.Unit:
		sel.And("d.unit_id = ?", s.ID)
		return true
	case authz.Owner:
		sel.And("d.owner_unit = ?", s.ID)
		return true
	}
	return false
}

func text(e db.Engine) string {
	if e == db.Postgres {
		return "SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_doc d"
	}
	return "SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_gram g CROSS JOIN search_doc d ON d.rowid = g.rowid"
}

func match(e db.Engine) string {
	if e == db.Postgres {
		return "d.grams @@ CAST(? AS tsquery)"
	}
	return "search_gram MATCH ?"
}

// matchArg quotes every word, so that nothing that a person types is an operator.
func matchArg(e db.Engine, words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if e == db.Postgres {
			quoted[i] = "'" + strings.ReplaceAll(strings.ReplaceAll(w, `\`, `\\`), "'", "''") + "'"
		} else {
			quoted[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"`
		}
	}
	if e == db.Postgres {
		return strings.Join(quoted, " & ")
	}
	return strings.Join(quoted, " AND ")
}
