package safety

import (
	"context"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Mode is under which name a hazard was reported.
type Mode string

const (
	Named      Mode = "named"
	Hidden     Mode = "hidden"    // the name is kept and shown to nobody but the reporter
	Anonymous  Mode = "anonymous" // no name is kept; a receipt lets the reporter follow and answer
	FromPatrol Mode = "patrol"    // both representatives signed it
)

// blind tells whether nobody may learn who reported and at what minute.
func (m Mode) blind() bool { return m == Anonymous || m == Hidden }

// Hazard is a matter with what only safety knows of it.
type Hazard struct {
	matter.Matter
	Description  string
	Spot         string // where exactly, in words
	Mode         Mode
	Receipt      string // what the reporter writes down; told once, when an anonymous hazard is raised
	Run          string
	Item         string
	Basis        string // the clause that it breaks
	Measure      string // 整改措施
	Doer         string // 完成人
	DoneNote     string
	VerifyNote   string
	AskedUntil   kernel.Date // an extension that waits for an answer
	AskedWhy     string
	AnnouncedHow string
	Congress     bool
	FixBy        kernel.Date // 完成时间: until when it is to be put right
	DoneOn       kernel.Date // handed in, the last time
	VerifiedOn   kernel.Date
	LastWhy      string // the reason of the last act that had one, for its notice
}

// Report is what somebody brings who saw a hazard. Photo first; the words may follow.
type Report struct {
	Unit        org.UnitID
	Place       org.PlaceID
	Title       string
	Description string
	Spot        string
	Mode        Mode
	Photos      []string // hashes of pictures that are stored already
	Run, Item   string   // where a patrol found it
	Basis       string
	Grade       string // a proposal; the safety department decides
	Once        string // names the form as it was sent: sending it again reports nothing new
	Content     string // fingerprint of what was sent under Once, where another content is a Conflict
}

// titleMax fits a line of the list.
const titleMax = 60

// check is what a report must have: a place or a picture or a word, so that somebody can go and look.
func (r *Report) check() error {
	var p kernel.Problems
	r.Title = strings.TrimSpace(r.Title)
	if r.Title == "" {
		r.Title = firstLine(r.Description)
	}
	if r.Title == "" && len(r.Photos) == 0 {
		p.Add("photos", "拍一张照片，或者写一句话，别人才找得到。")
	}
	if utf8.RuneCountInString(r.Title) > titleMax {
		p.Add("title", "一句话就行，最多 %d 个字；细节写在下面。", titleMax)
	}
	if utf8.RuneCountInString(r.Description) > 1000 {
		p.Add("description", "太长了，最多 %d 个字。", 1000)
	}
	switch r.Mode {
	case Named, Hidden, Anonymous, FromPatrol:
	default:
		p.Add("mode", "请选以什么名义报。")
	}
	return p.Err()
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if i := strings.IndexAny(s, "。；;"); i > 0 {
		s = s[:i]
	}
	r := []rune(s)
	if len(r) > titleMax {
		r = r[:titleMax]
	}
	return string(r)
}

// HazardStore keeps what only a hazard has. It keeps a receipt only as its seal, and never gives one back.
type HazardStore interface {
	Insert(tx db.Tx, h Hazard, seal string) error
	Save(tx db.Tx, h Hazard) error
	Load(ctx context.Context, q db.DBTX, org string, id matter.ID) (Hazard, error)
	ByReceipt(ctx context.Context, q db.DBTX, seal string) (orgID string, h Hazard, err error)
	ByItem(ctx context.Context, q db.DBTX, org, run, item string) (matter.ID, error)
	Say(tx db.Tx, id matter.ID, w Word) error
	// Said tells that the reporter said the same earlier today.
	Said(tx db.Tx, id matter.ID, text string) (bool, error)
}

// Pictures ties stored pictures to a hazard.
type Pictures interface {
	// Attach puts pictures behind those that stand in a slot of the hazard. Blind keeps only the day and nobody's name.
	Attach(tx db.Tx, id matter.ID, slot string, hashes []string, blind bool) error
	// Shown tells whether one of the pictures stands in the hazard already, whatever the slot.
	Shown(tx db.Tx, id matter.ID, hashes []string) (bool, error)
}

// Roster knows whether those who are named may answer: an open unit of the branch or the company, people who are still there.
// An empty name is not asked.
type Roster interface {
	Fit(tx db.Tx, branch, owner org.UnitID, rectifier, verifier people.ID) error
}

// PlaceOf answers which branch a place belongs to.
type PlaceOf func(ctx context.Context, org string, id org.PlaceID) (org.Place, error)

// Hazards is the use cases of the loop.
type Hazards struct {
	db      *db.DB
	matters *matter.Service
	store   HazardStore
	photos  Pictures
	roster  Roster
	place   PlaceOf
	bus     *outbox.Bus
	flow    matter.Flow
}

// Parts is what Hazards is put together from.
type Parts struct {
	DB      *db.DB
	Matters *matter.Service
	Store   HazardStore
	Photos  Pictures
	Roster  Roster
	Place   PlaceOf
	Bus     *outbox.Bus
}

func NewHazards(p Parts) *Hazards {
	return &Hazards{db: p.DB, matters: p.Matters, store: p.Store, photos: p.Photos, roster: p.Roster, place: p.Place, bus: p.Bus, flow: HazardFlow()}
}

// Flow is the table that pages and goldens read.
func (h *Hazards) Flow() matter.Flow { return h.flow }
