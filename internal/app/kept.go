package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// keptRounds remembers the year of a branch, which home, the year and every measure's page ask for, while nothing is written.
type keptRounds struct {
	duty.Reads
	version func(org string) uint64
	years   *db.Memo[yearAsked, []duty.RoundRow]
}

type yearAsked struct {
	scope authz.Scope
	unit  org.UnitID
	year  int
}

func keepRounds(r duty.Reads, version func(org string) uint64) keptRounds {
	return keptRounds{Reads: r, version: version, years: &db.Memo[yearAsked, []duty.RoundRow]{}}
}

// Year fills duty.Reads; the rows are shared, nobody changes them.
func (k keptRounds) Year(ctx context.Context, s authz.Scope, unit org.UnitID, year int) ([]duty.RoundRow, error) {
	return k.years.Get(k.version(s.Org), yearAsked{s, unit, year}, func() ([]duty.RoundRow, error) { return k.Reads.Year(ctx, s, unit, year) })
}

// keptHazards remembers the figures of boards and tabs, which come from counters and are the same for all who see the same.
type keptHazards struct {
	safety.HazardReads
	version func(org string) uint64
	clock   kernel.Clock
	boards  *db.Memo[authz.Scope, []safety.BoardRow]
	tabs    *db.Memo[tabsAsked, safety.Tabs]
	lists   *db.Memo[string, listed]
	todos   *db.Memo[string, []safety.ToDo]
}

// listed is a page of a list.
type listed struct {
	rows []safety.HazardRow
	next db.Key
}

// keptMost is up to how long a page of a list is remembered; exports and papers ask for longer ones, once.
const keptMost = 50

type tabsAsked struct {
	scope authz.Scope
	waits string
	year  int
}

func keepHazards(r safety.HazardReads, d *db.DB) keptHazards {
	return keptHazards{HazardReads: r, version: d.Version, clock: d.Clock, boards: &db.Memo[authz.Scope, []safety.BoardRow]{}, tabs: &db.Memo[tabsAsked, safety.Tabs]{}, lists: &db.Memo[string, listed]{}, todos: &db.Memo[string, []safety.ToDo]{}}
}

// Board fills safety.HazardReads; who sorts the rows gets his own.
func (k keptHazards) Board(ctx context.Context, s authz.Scope) ([]safety.BoardRow, error) {
	rows, err := k.boards.Get(k.version(s.Org), s, func() ([]safety.BoardRow, error) { return k.HazardReads.Board(ctx, s) })
	return slices.Clone(rows), err
}

// List fills safety.HazardReads. What a list answers hangs on scope, filter and key alone, and on time only as far as the tick
// writes it down.
func (k keptHazards) List(ctx context.Context, s authz.Scope, f safety.HazardFilter, after db.Key) ([]safety.HazardRow, db.Key, error) {
	if f.Limit > keptMost {
		return k.HazardReads.List(ctx, s, f, after)
	}
	p, err := k.lists.Get(k.version(s.Org), fmt.Sprintf("%+v %+v %v", s, f, after), func() (listed, error) {
		rows, next, err := k.HazardReads.List(ctx, s, f, after)
		return listed{rows, next}, err
	})
	return slices.Clone(p.rows), p.next, err
}

// ToDo fills safety.HazardReads: home, 待办 and the calendar of one person ask for the same. A letter is late from an hour on,
// without anybody writing.
func (k keptHazards) ToDo(ctx context.Context, s safety.HazardSight) ([]safety.ToDo, error) {
	rows, err := k.todos.Get(k.version(s.Scope.Org), fmt.Sprintf("%d %+v", k.clock.Now().Truncate(time.Hour), s), func() ([]safety.ToDo, error) { return k.HazardReads.ToDo(ctx, s) })
	return slices.Clone(rows), err
}

// Tabs fills safety.HazardReads.
func (k keptHazards) Tabs(ctx context.Context, s authz.Scope, waits []string, year int) (safety.Tabs, error) {
	return k.tabs.Get(k.version(s.Org), tabsAsked{s, strings.Join(waits, " "), year}, func() (safety.Tabs, error) { return k.HazardReads.Tabs(ctx, s, waits, year) })
}
