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
//
// Area, grade and state are tested along the index that gives the tab its order: they have few values, so a page fills after
// some dozens of rows, and at worst the tab of the scope is walked once. One place on the tabs that go by number has an index
// of its own. What a search has found is looked up by id, newest first, without a further page.
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
	Extended  int
	Escalated int
	Asked     bool   // more time is asked for, and the chair has to answer
	Photo     string // hash of a small picture; only Similar gives it
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
	You     bool // the reader reported it
	Hears   bool // the reader takes part in the talk with the reporter; else there are no words here
}

// LetterView is what the paper of a letter shows beside the letter itself.
type LetterView struct {
	Letter
	Hazard     Hazard
	CheckedOn  kernel.Date
	Inspectors []people.ID // both representatives, where a patrol found it
	Photos     []record.Attachment
	VerifiedOn kernel.Date
	Names      map[people.ID]string
}

// Notice is what every member of a branch may read of a hazard that was announced (安全生产法 art. 41). No reporter.
type Notice struct {
	ID        matter.ID
	No        string
	Title     string
	Grade     string
	Place     org.PlaceID
	Owner     org.UnitID
	Raised    kernel.Date
	Closed    kernel.Time
	Announced kernel.Date
	How       string
}

// ToDo is one line of 待办: a hazard whose turn is the reader's, or a letter that waits for his unit's answer.
type ToDo struct {
	Kind  string // hazard or letter
	No    string
	Title string
	Do    kernel.Words // what is to be done
	Unit  org.UnitID
	Place org.PlaceID
	Due   kernel.Time
	Late  bool
	Href  string
}

// HazardReads answers pages; the scope is part of each query.
type HazardReads interface {
	List(ctx context.Context, s authz.Scope, f HazardFilter, after db.Key) ([]HazardRow, db.Key, error)
	Board(ctx context.Context, s authz.Scope) ([]BoardRow, error)
	Tabs(ctx context.Context, s authz.Scope, waits []string, year int) (Tabs, error)
	// Show is a hazard for whoever has the scope, or holds the receipt.
	Show(ctx context.Context, s authz.Scope, id matter.ID) (Told, error)
	// Seen is a hazard as the reader may see it: also his own ones beyond the scope; a hidden name is known to its bearer
	// alone, the talk with the reporter to those who take part.
	Seen(ctx context.Context, s HazardSight, id matter.ID) (Told, error)
	Letter(ctx context.Context, s HazardSight, id string) (LetterView, error)
	ToDo(ctx context.Context, s HazardSight) ([]ToDo, error)
	// Notices lists what was announced in a branch, newest number first, for all its members.
	Notices(ctx context.Context, inOrg string, branch org.UnitID, after db.Key) ([]Notice, db.Key, error)
	Mine(ctx context.Context, s authz.Scope, p people.ID, limit int) ([]HazardRow, error)
	// Similar is what was reported at a place and is open or not older than 30 days: 已经有人报过.
	Similar(ctx context.Context, s authz.Scope, unit org.UnitID, place org.PlaceID, limit int) ([]HazardRow, error)
	Rows(ctx context.Context, s authz.Scope, f HazardFilter, each func(HazardRow) error) error
}

// HazardHref is the page of a hazard.
func HazardHref(id matter.ID) string { return "/safety/hazards/" + string(id) }

// Next is what whoever's turn it is has to do.
func Next(r HazardRow) kernel.Words {
	if r.Asked {
		return words("答复延期申请", "answer the request for more time")
	}
	return next[r.State]
}

var next = map[matter.State]kernel.Words{matter.Raised: words("确认定级", "judge"), matter.Judged: words("五定交办", "assign"),
	matter.Assigned: words("整改并申请验收", "rectify and hand in"), matter.Answered: words("复查", "verify"),
	matter.Verified: words("通报", "announce"), matter.Announced: words("销号", "close")}
