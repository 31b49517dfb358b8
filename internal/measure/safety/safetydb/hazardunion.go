package safetydb

import (
	"fmt"
	"strings"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// merge puts lists of one order together in one statement. Each part comes sorted from its own index and no row stands in
// two parts, so that both engines merge them as they are read and sort nothing. PostgreSQL wants each part to say its order;
// SQLite finds it by itself.
type merge struct {
	order string
	parts []string
	args  []any
}

func (m *merge) add(s *db.Select) {
	q, args := s.SQL(m.order, 0)
	m.parts = append(m.parts, "SELECT * FROM ("+renumber(q, len(m.args))+") AS x")
	m.args = append(m.args, args...)
}

func (m *merge) sql(limit int) (string, []any) {
	return strings.Join(m.parts, " UNION ALL ") + fmt.Sprintf(" ORDER BY %s LIMIT %d", m.order, limit), m.args
}

// waiting is 等我处理: a row is found under the first key whose turn it is, else under the one besides. Nobody has more than
// a handful of keys; who has none gets a statement that finds nothing.
func waiting(orgID string, keys []string, after db.Key, limit int) (string, []any) {
	return waitingAs(rowText, orgID, keys, after, limit)
}

// countText is enough of a row to count it in its order.
const countText = "SELECT m.order_at, m.id FROM matter m"

func waitingAs(text, orgID string, keys []string, after db.Key, limit int) (string, []any) {
	if len(keys) == 0 {
		keys = []string{"-"}
	}
	m := merge{order: "order_at, id"}
	part := func(col, key string) *db.Select {
		return db.From(text).And("m.org_id = ?", orgID).And(col+" = ?", key).And("m.open").And("m.kind = 'hazard'").After([]string{"m.order_at", "m.id"}, false, after)
	}
	for _, k := range keys {
		m.add(part("m.waits_for", k))
		if alsoKey(k) {
			marks, mine := db.List(keys)
			m.add(part("m.waits_also", k).And("m.waits_also <> ''").And("m.waits_for NOT IN ("+marks+")", mine...))
		}
	}
	return m.sql(limit)
}

// alsoKey tells whether a key can stand in waits_also: a person's, a unit's, the safety department's of the whole company.
func alsoKey(k string) bool {
	return strings.HasPrefix(k, "p/") || strings.HasPrefix(k, "o/") || k == "judge/"
}

// own is what a person without an office sees: what he reported, what he rectifies, what he verifies.
func own(s authz.Scope, f safety.HazardFilter, after db.Key, limit int) (string, []any) {
	f.Past = safety.Past{} // figures are not offered to who sees his own alone
	m := merge{order: "num DESC"}
	for i, col := range []string{"m.reporter", "m.rectifier", "m.verifier"} {
		sel := db.From(rowText).And("m.org_id = ?", s.Org).And("m.kind = 'hazard'").And(col+" = ?", s.ID).And(col + " <> ''")
		for _, earlier := range []string{"m.reporter", "m.rectifier"}[:i] {
			sel.And(earlier+" <> ?", s.ID)
		}
		switch f.Tab {
		case safety.LateTab:
			sel.And("m.open").And("m.late")
		case safety.OpenTab:
			sel.And("m.open")
		}
		narrow(sel, f, false)
		m.add(sel.After([]string{"m.num"}, true, after))
	}
	return m.sql(limit)
}

// renumber moves the parameters of a part behind those of the parts before it.
func renumber(q string, by int) string {
	var b strings.Builder
	for i := 0; i < len(q); i++ {
		b.WriteByte(q[i])
		if q[i] != '$' {
			continue
		}
		n := 0
		for i+1 < len(q) && q[i+1] >= '0' && q[i+1] <= '9' {
			i++
			n = n*10 + int(q[i]-'0')
		}
		fmt.Fprint(&b, n+by)
	}
	return b.String()
}
