package safety

import (
	"context"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
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

// Hazard is a matter with what only safety knows of it.
type Hazard struct {
	matter.Matter
	Description  string
	Spot         string // where exactly, in words
	Mode         Mode
	Receipt      string
	Run          string
	Item         string
	Basis        string // the clause that it breaks
	Measure      string // 整改措施
	Doer         string // 完成人
	DoneNote     string
	VerifyNote   string
	AskedUntil   kernel.Date // an extension that waits for an answer
	AskedWhy     string
	AnnouncedOn  kernel.Date
	AnnouncedHow string
	Congress     bool
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

// HazardStore keeps what only a hazard has.
type HazardStore interface {
	Insert(tx db.Tx, h Hazard) error
	Save(tx db.Tx, h Hazard) error
	Load(ctx context.Context, q db.DBTX, org string, id matter.ID) (Hazard, error)
	ByReceipt(ctx context.Context, q db.DBTX, receipt string) (orgID string, h Hazard, err error)
	ByItem(ctx context.Context, q db.DBTX, org, run, item string) (matter.ID, error)
	Say(tx db.Tx, id matter.ID, w Word) error
}

// Pictures ties stored pictures to a record in the caller's transaction.
type Pictures interface {
	Attach(tx db.Tx, kind, id, slot string, hashes []string) error
}

// PlaceOf answers which branch a place belongs to.
type PlaceOf func(ctx context.Context, org string, id org.PlaceID) (org.Place, error)

// Hazards is the use cases of the loop.
type Hazards struct {
	db      *db.DB
	matters *matter.Service
	store   HazardStore
	photos  Pictures
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
	Place   PlaceOf
	Bus     *outbox.Bus
}

func NewHazards(p Parts) *Hazards {
	return &Hazards{db: p.DB, matters: p.Matters, store: p.Store, photos: p.Photos, place: p.Place, bus: p.Bus, flow: HazardFlow()}
}

// Flow is the table that pages and goldens read.
func (h *Hazards) Flow() matter.Flow { return h.flow }

// Raise reports a hazard. Anonymous reports lose the actor here: neither row nor history knows who or at what minute.
// The answer carries the receipt, once.
func (h *Hazards) Raise(ctx context.Context, by authz.Actor, r Report) (out Hazard, err error) {
	if err := r.check(); err != nil {
		return out, err
	}
	if r.Unit == "" {
		r.Unit = org.UnitID(by.Branch)
	}
	if r.Place != "" {
		p, err := h.place(ctx, by.Org, r.Place)
		if err != nil {
			return out, err
		}
		r.Unit = p.Unit
	}
	id, receipt := matter.ID(""), ""
	if r.Mode == Anonymous {
		id, receipt = matter.ID(kernel.BlindID()), kernel.NewReceipt()
		by = authz.Actor{Org: by.Org}
	}
	err = h.db.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = h.raise(tx, r, id, receipt)
		return err
	})
	return out, err
}

func (h *Hazards) raise(tx db.Tx, r Report, id matter.ID, receipt string) (Hazard, error) {
	out := Hazard{Description: r.Description, Spot: r.Spot, Mode: r.Mode, Receipt: receipt, Run: r.Run, Item: r.Item, Basis: r.Basis}
	out.Matter = matter.Matter{ID: id, Kind: matter.Hazard, Unit: r.Unit, Place: r.Place, Title: r.Title, Grade: r.Grade}
	if r.Title == "" {
		out.Title = "随手拍，见照片"
	}
	if r.Mode == Named || r.Mode == Hidden {
		out.Reporter = people.ID(tx.By().Person)
	}
	m, err := h.matters.Raise(tx, h.flow, out.Matter, r.Mode == Anonymous)
	if err != nil {
		return out, err
	}
	out.Matter = m
	if err := h.store.Insert(tx, out); err != nil {
		return out, err
	}
	if err := h.photos.Attach(tx, "matter", string(m.ID), "before", r.Photos); err != nil {
		return out, err
	}
	return out, wroteRaise(tx, out)
}

// wroteRaise keeps a name out of the history where the reporter asked for it.
func wroteRaise(tx db.Tx, h Hazard) error {
	s := matter.Subject(h.ID)
	switch h.Mode {
	case Anonymous:
		return audit.WriteBlind(tx, "hazard.raise", s, "匿名上报")
	case Hidden:
		return audit.WriteBlind(tx, "hazard.raise", s, "隐名上报")
	case FromPatrol:
		return audit.Write(tx, "hazard.raise", s, "巡视带出本隐患：%s", h.Item)
	}
	return audit.Write(tx, "hazard.raise", s, "上报")
}

// RaiseFromPatrol is called in the transaction of the second signature, or by 现在就报. One hazard a run and item: the
// second call answers with the first one's id.
func (h *Hazards) RaiseFromPatrol(tx db.Tx, r Report) (matter.ID, error) {
	id, err := h.store.ByItem(tx.Ctx(), tx, tx.Org(), r.Run, r.Item)
	if err != nil || id != "" {
		return id, err
	}
	r.Mode = FromPatrol
	r.Title = firstLine(r.Title)
	out, err := h.raise(tx, r, "", "")
	return out.ID, err
}
