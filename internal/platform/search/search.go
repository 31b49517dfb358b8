package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

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
	Names  []string // what it is called: found by pinyin too
	Text   []string // further words under which it is found

	grams string // of Spelled
}

// Spelled is the document with its words made, so that whoever writes it does not make them while others wait.
func (d Doc) Spelled() Doc {
	if d.grams == "" {
		d.grams = strings.Join(Grams(d.Names, append([]string{d.Title, d.Detail}, d.Text...)), " ")
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

// findMost bounds an answer; who gets more adds a word.
const findMost = 50

// Find answers what an actor's scopes let him see; scopes names for each kind where he may look.
func Find(ctx context.Context, d *db.DB, org, query string, scopes map[string]authz.Scope, limit int) ([]Hit, error) {
	words := Words(query)
	if len(words) == 0 || len(scopes) == 0 {
		return nil, nil
	}
	sel := db.From(text(d.Engine))
	sel.And(match(d.Engine), matchArg(d.Engine, words)).And("d.org_id = ?", org)
	var conds []string
	var args []any
	for _, kind := range slices.Sorted(maps.Keys(scopes)) { // in one order: one text
		c, a := within(kind, scopes[kind])
		if c != "" {
			conds, args = append(conds, c), append(args, a...)
		}
	}
	if len(conds) == 0 {
		return nil, nil
	}
	sel.And("("+strings.Join(conds, " OR ")+")", args...)
	q, a := sel.SQL("", min(limit, findMost))
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

// within is the scope of one kind as a condition; a reach that search cannot check finds nothing.
func within(kind string, s authz.Scope) (string, []any) {
	switch s.Reach {
	case authz.Org:
		if s.Org == "" {
			return "", nil
		}
		return "d.kind = ?", []any{kind}
	case authz.Unit:
		return "(d.kind = ? AND d.unit_id = ?)", []any{kind, s.ID}
	case authz.Owner:
		return "(d.kind = ? AND d.owner_unit = ?)", []any{kind, s.ID}
	}
	return "", nil
}

func text(e db.Engine) string {
	if e == db.Postgres {
		return "SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_doc d"
	}
	return "SELECT d.kind, d.subject_id, d.title, d.detail, d.href FROM search_gram g JOIN search_doc d ON d.rowid = g.rowid"
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
