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
	ClosedTab Tab = "closed" // 已销号: solved, and nothing else
)

// Sort is the order of what is open; the other tabs have one order, by number.
type Sort string

const (
	ByDue   Sort = ""      // what is due first on top, before it all that is major
	ByNo    Sort = "no"    // the newest on top
	ByGrade Sort = "grade" // the worst on top, then what is due first
)

// SortOf reads an address; what it does not know is the usual order.
func SortOf(s string) Sort {
	if s := Sort(s); s == ByNo || s == ByGrade {
		return s
	}
	return ByDue
}

// HazardFilter narrows a tab.
//
// Area, grade and standing are tested along the index that gives the tab its order: they have few values, so a page fills
// after some dozens of rows, and at worst the tab of the scope is walked once. The unit that answers has indexes of its own, as
// has one place on the tabs that go by number. What a search has found is looked up by id, without a further page.
type HazardFilter struct {
	Tab      Tab
	Sort     Sort
	Unit     org.UnitID // for scopes that see many branches
	Owner    org.UnitID // matter.NoOwner: not assigned yet
	Place    []org.PlaceID
	Grade    string
	Standing string      // a state, or the outcome of what was closed without being solved
	IDs      []matter.ID // what a search has found; nil is no search
	Waits    []string    // keys of 待办, for the tab 等我处理
	Past     Past
	Limit    int
}

// Numbered tells that a tab goes by number, whatever the order that was asked for.
func (f HazardFilter) Numbered(s authz.Scope) bool {
	if f.Tab == MineTab || f.ByDay(s) {
		return false
	}
	return s.Reach == authz.Self || f.Tab == AllTab || f.Tab == ClosedTab || f.Sort == ByNo
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
	OrderAt   kernel.Time // the deadline, of a major one moved before all others
	Num       int64       // the number as a number
	Raised    kernel.Date
	Late      bool
	Closed    kernel.Time
	Rectifier people.ID
	Rework    int
	Extended  int
	Escalated int
	Into      string // the number of the one that it was merged into
	Asked     bool   // more time is asked for, and the chair has to answer
	Photo     string // hash of a small picture; only Similar gives it
}

// LedgerRow is a line of 台账 on paper: the list's line and what was fixed and done. Who reported it is not in it.
type LedgerRow struct {
	HazardRow
	Measure, Doer string
	FixBy         kernel.Date
	DoneOn        kernel.Date
	VerifiedOn    kernel.Date
	Announced     kernel.Date
	Responsible   string // the rectifier's name
	Verified      string // the verifier's name
}

// BoardRow is a branch, or a unit that answers, and how many hazards stand where, from counters.
type BoardRow struct {
	Unit  org.UnitID
	Count map[string]int // by standing: closed without being solved is apart
	Late  int
}

// Open is how many are still to be done.
func (b BoardRow) Open() (n int) {
	for _, s := range matter.States() {
		if s != matter.Closed {
			n += b.Count[string(s)]
		}
	}
	return n
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
	You     bool   // the reader reported it
	IntoNo  string // the number of the one that it was merged into, empty where the reader does not see that
	Hears   bool   // the reader takes part in the talk with the reporter; else there are no words here
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
	Measure   string
	Before    string // hash of a small picture, empty where there is none
	After     string
}

// NoticeFilter is the days of the announcements, both inclusive; no day is any.
type NoticeFilter struct {
	From, To kernel.Date
	Limit    int
}

// ToDo is one line of 待办: a hazard whose turn is the reader's, or a letter that waits for his unit's answer.
type ToDo struct {
	Kind  string // hazard or letter
	No    string
	Title string
	Grade string
	Do    kernel.Words // what is to be done
	Unit  org.UnitID
	Place org.PlaceID
	Due   kernel.Time
	Order kernel.Time // major ones before all others
	Late  bool
	Href  string
}

// HazardReads answers pages; the scope is part of each query.
type HazardReads interface {
	List(ctx context.Context, s authz.Scope, f HazardFilter, after db.Key) ([]HazardRow, db.Key, error)
	// Board is a row for each branch of the scope, or one for the unit that answers.
	Board(ctx context.Context, s authz.Scope) ([]BoardRow, error)
	// Owners is a row for each unit that answers in a branch, matter.NoOwner for what is not assigned yet.
	Owners(ctx context.Context, inOrg string, branch org.UnitID) ([]BoardRow, error)
	Tabs(ctx context.Context, s authz.Scope, waits []string, year int) (Tabs, error)
	// Show is a hazard for whoever has the scope, or holds the receipt.
	Show(ctx context.Context, s authz.Scope, id matter.ID) (Told, error)
	// Seen is a hazard as the reader may see it: also his own ones beyond the scope; a hidden name is known to its bearer
	// alone, the talk with the reporter to those who take part.
	Seen(ctx context.Context, s HazardSight, id matter.ID) (Told, error)
	Letter(ctx context.Context, s HazardSight, id string) (LetterView, error)
	ToDo(ctx context.Context, s HazardSight) ([]ToDo, error)
	// Waiting is how many ToDo lists.
	Waiting(ctx context.Context, s HazardSight) (int, error)
	// Notices lists what was announced in a branch, the last day first, for all its members.
	Notices(ctx context.Context, inOrg string, branch org.UnitID, f NoticeFilter, after db.Key) ([]Notice, db.Key, error)
	Mine(ctx context.Context, s authz.Scope, p people.ID, limit int) ([]HazardRow, error)
	// Similar is what was reported at a place and is open or not older than 30 days: 已经有人报过.
	Similar(ctx context.Context, s authz.Scope, unit org.UnitID, place org.PlaceID, limit int) ([]HazardRow, error)
	// Rows is the whole list as 台账.
	Rows(ctx context.Context, s authz.Scope, f HazardFilter, each func(LedgerRow) error) error
	// Ages counts what is open by the day of its report, one query along an index of what is open; no unit is all branches.
	Ages(ctx context.Context, inOrg string, unit org.UnitID) (map[kernel.Date]int, error)
	// History is what became of what was raised in the years, from counters, one query; no unit is all branches.
	History(ctx context.Context, inOrg string, unit org.UnitID, years ...int) (History, error)
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

var next = map[matter.State]kernel.Words{matter.Raised: words("定级", "grade it"), matter.Judged: words("五定交办", "assign it"),
	matter.Assigned: words("整改，改好申请验收", "put it right and hand in"), matter.Answered: words("复查", "check it on site"),
	matter.Verified: words("通报", "announce it"), matter.Announced: words("销号", "close it")}
