package upkeep

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed columns.csv
var columnsText string

// Column says what a column of an export holds. Kind is "time" for microseconds since 1970 that the CSV shows as an instant in
// Shanghai, "no" for what does not leave the program.
type Column struct{ Table, Name, Kind, Zh, En string }

// stays are the tables that do not leave the program, with the reason.
var stays = map[string]string{
	"session": "who is signed in", "invite": "one-time links", "api_token": "keys of programs", "passkey": "keys of devices", "challenge": "what a device is asked to sign", "device": "where somebody has been", "feed": "addresses of calendars",
	"mail": "mails on their way", "mail_told": "what mails have told", "mail_wish": "each person's own address for mail", "installation": "facts about this installation", "job": "the clock of jobs",
	"outbox": "what is on its way", "once": "forms that were sent", "notice": "each person's inbox: it tells who reported what", "search_doc": "the index of the search",
}

var described = sync.OnceValues(func() (map[string]Column, error) {
	rows, err := csv.NewReader(strings.NewReader(columnsText)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	out := map[string]Column{}
	for _, r := range rows[1:] {
		key := r[0] + "." + r[1]
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("columns: %s is described twice", key)
		}
		out[key] = Column{r[0], r[1], r[2], r[3], r[4]}
	}
	return out, nil
})

// Describe is what a column holds; false where nobody has said so.
func Describe(table, name string) (Column, bool) {
	all, err := described()
	if err != nil {
		return Column{}, false
	}
	c, ok := all[table+"."+name]
	if !ok {
		c, ok = all["*."+name]
	}
	c.Table = table
	return c, ok
}

// Described lists every description, those of all tables under *.
func Described() []Column {
	all, err := described()
	if err != nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(all), func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Name, b.Name))
	})
}

// Stays tells whether a table does not leave the program.
func Stays(table string) bool { return stays[table] != "" }
