package search

import "xiaojia/internal/platform/db"

// Narrow keeps in a list only the records of a kind that the text finds; column is the list's own id column. It is false,
// and the list untouched, where the text holds nothing to search for.
func Narrow(q *db.Select, e db.Engine, org, kind, column, query string) bool {
	words := Words(query)
	if len(words) == 0 {
		return false
	}
	from := "search_gram g JOIN search_doc d ON d.rowid = g.rowid"
	if e == db.Postgres {
		from = "search_doc d"
	}
	if e == db.SQLite {
		lo, hi := stretch(kind)
		q.And(column+" IN (SELECT d.subject_id FROM "+from+" WHERE d.org_id = ? AND d.kind = ? AND g.rowid >= ? AND g.rowid <= ? AND "+match(e)+")", org, kind, lo, hi, matchArg(e, words))
		return true
	}
	q.And(column+" IN (SELECT d.subject_id FROM "+from+" WHERE d.org_id = ? AND d.kind = ? AND "+match(e)+")", org, kind, matchArg(e, words))
	return true
}
