package people

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
)

// Counter counts the people who are here, keyed by branch; UnitCounter those of a department or group, keyed by it.
const (
	Counter     = "person"
	UnitCounter = "person.unit"
)

// shown keeps search and the counters of those who are here in step with a record that was old before; the zero record is
// nobody.
func (s *Service) shown(tx db.Tx, old, r Record) error {
	if err := recount(tx, old, r); err != nil {
		return err
	}
	if r.ID == "" || !r.Left.IsZero() {
		return search.Drop(tx, SearchKind, string(cmp.Or(r.ID, old.ID)))
	}
	return search.Put(tx, SearchDoc(r))
}

// shownMany is shown of records that are all new, with their history; docs are those of who is here.
func shownMany(tx db.Tx, list []Record, docs []search.Doc) error {
	by, past := map[counted]int{}, make([]audit.Past, len(list))
	for i, r := range list {
		for c := range r.counts() {
			by[c]++
		}
		past[i] = audit.Past{At: tx.Now(), Actor: tx.By().Person, Name: tx.By().Name, Act: "person.create", Subject: subject(r.ID), Text: "登记入册：%s", Args: []string{r.Name}}
	}
	if err := move(tx, by); err != nil {
		return err
	}
	if err := search.PutMany(tx, docs); err != nil {
		return err
	}
	return audit.WriteMany(tx, past)
}

// SearchDoc is under which words somebody who is here is found.
func SearchDoc(r Record) search.Doc {
	return search.Doc{Kind: SearchKind, ID: string(r.ID), Unit: string(r.Branch), Owner: string(r.Department),
		Title: r.Name, Names: []string{r.Name}, Detail: strings.TrimSpace(r.No + " " + r.Post), Href: "/people/" + string(r.ID)}
}

// recount moves what differs.
func recount(tx db.Tx, old, r Record) error {
	by := map[counted]int{}
	for c := range old.counts() {
		by[c]--
	}
	for c := range r.counts() {
		by[c]++
	}
	return move(tx, by)
}

// move goes through counters in one order for everybody, so that two officers at once never wait for each other.
func move(tx db.Tx, by map[counted]int) error {
	for _, c := range slices.SortedFunc(maps.Keys(by), func(a, b counted) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key)) }) {
		if err := db.Count(tx, c.name, c.key, by[c]); err != nil {
			return err
		}
	}
	return nil
}

type counted struct{ name, key string }

// counts are the counters in which somebody who is here stands.
func (r Record) counts() map[counted]bool {
	if r.ID == "" || !r.Left.IsZero() {
		return nil
	}
	out := map[counted]bool{{Counter, string(r.Branch)}: true}
	for _, u := range []string{string(r.Department), string(r.Group)} {
		if u != "" {
			out[counted{UnitCounter, u}] = true
		}
	}
	return out
}
