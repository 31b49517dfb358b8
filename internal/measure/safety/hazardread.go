package safety

import (
	"context"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Tab is one of the usual questions that the list answers, each with one order and its index.
type Tab string

const (
	OpenTab   Tab = "open"   // 未销号, what is due first on top
	LateTab   Tab = "late"   // 超期
	MineTab   Tab = "mine"   // 等我处理
	AllTab    Tab = "all"    // by number, newest first
	ClosedTab Tab = "closed" // 已销号
)

// HazardFilter narrows a tab.
type HazardFilter struct {
	Tab   Tab
	Unit  org.UnitID // for scopes that see many branches
	Place []org.PlaceID
	Grade string
	State matter.State
	IDs   []matter.ID // what a search has found; nil is no search
	Waits []string    // keys of 待办, for the tab 等我处理
	Limit int
}

// HazardRow is a line of the list.
type HazardRow struct {
	ID        matter.ID
	No        string
	Title     string
	Place     org.PlaceID
	Unit      org.UnitID
	Owner     org.UnitID
	Grade     string
	State     matter.State
	Outcome   matter.Outcome
	Due       kernel.Time
	Late      bool
	Closed    kernel.Time
	Rectifier people.ID
	Rework    int
}

// BoardRow is a branch and how many hazards stand in each state, from counters.
type BoardRow struct {
	Unit  org.UnitID
	Count map[matter.State]int
	Late  int
}

// Tabs is the figures on the tabs.
type Tabs struct{ Open, Late, Mine, Year int }

// Told is a hazard with all that its page shows.
type Told struct {
	Hazard
	Photos  []record.Attachment
	Words   []Word
	Letters []Letter
	History []audit.Entry
	Names   map[people.ID]string
}

// HazardReads answers pages; the scope is part of each query.
type HazardReads interface {
	List(ctx context.Context, s authz.Scope, f HazardFilter, after db.Key) ([]HazardRow, db.Key, error)
	Board(ctx context.Context, s authz.Scope) ([]BoardRow, error)
	Tabs(ctx context.Context, s authz.Scope, waits []string, year int) (Tabs, error)
	Show(ctx context.Context, s authz.Scope, id matter.ID) (Told, error)
	Mine(ctx context.Context, s authz.Scope, p people.ID, limit int) ([]HazardRow, error)
	Similar(ctx context.Context, s authz.Scope, unit org.UnitID, place org.PlaceID, limit int) ([]HazardRow, error)
	Rows(ctx context.Context, s authz.Scope, f HazardFilter, each func(HazardRow) error) error
}
