package safety

import (
	"context"
	"errors"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Signatures is what a patrol needs of signatures; record keeps them. Signing again after a denial takes the denied
// one's place.
type Signatures interface {
	Sign(tx db.Tx, s record.Signature) error
	Signed(tx db.Tx, owner record.Ref) ([]record.Signature, error)
	Drop(tx db.Tx, owner record.Ref) (int, error)
}

// Mandates answers who holds or held an office at a unit, whatever the day.
type Mandates interface {
	HeldAt(ctx context.Context, q db.DBTX, inOrg string, unit org.UnitID, offices ...authz.Office) (people.Mandates, error)
}

// Raiser opens a hazard from a failed item, once a run and item; Hazards is it.
type Raiser interface {
	RaiseFromPatrol(tx db.Tx, r Report) (matter.ID, error)
}

// Patrols is the use cases of patrols.
type Patrols struct{ PatrolParts }

// PatrolParts is what Patrols is put together from.
type PatrolParts struct {
	DB         *db.DB
	Cards      *catalogue.Catalogue
	Runs       checklist.Store
	Memory     checklist.Memory
	Signatures Signatures
	Mandates   Mandates
	Duties     *duty.Service
	Hazards    Raiser
	Place      PlaceOf
	Reads      PatrolReads
	Bus        *outbox.Bus
}

func NewPatrols(p PatrolParts) *Patrols { return &Patrols{p} }

// PatrolSigned says that both representatives have signed.
type PatrolSigned struct {
	Run    checklist.RunID `json:"run"`
	Unit   org.UnitID      `json:"unit"`
	Place  org.PlaceID     `json:"place"`
	Card   string          `json:"card"`
	On     kernel.Date     `json:"on"`
	Failed int             `json:"failed"`
}

func (PatrolSigned) EventName() string { return "safety.patrol_signed" }

// PatrolReopened says that a signature was denied, so the patrol no longer counts.
type PatrolReopened struct {
	Run  checklist.RunID `json:"run"`
	Unit org.UnitID      `json:"unit"`
	Who  people.ID       `json:"who"`
}

func (PatrolReopened) EventName() string { return "safety.patrol_reopened" }

var errNoRun = kernel.Err(kernel.NotFound, "没有这份记录，或者不归你看。")

func me(a authz.Actor) people.ID { return people.ID(a.Person) }

// mayPatrol: a representative of the branch, by a mandate that is valid today.
func mayPatrol(a authz.Actor, unit org.UnitID) error {
	if a.Person != "" && a.May(DoPatrol) && slices.ContainsFunc(PatrolOffices(), func(o authz.Office) bool { return a.HoldsAt(o, string(unit)) }) {
		return nil
	}
	return kernel.Err(kernel.Forbidden, "巡视要由这里的职工代表和会员代表来做，你现在没有这样的任期。请分工会主席登记。")
}

// mine loads a run for one of its two inspectors; for all others it is not there. Whose term ends after the day of the
// patrol may still finish it: what counts is the mandate on that day.
func (p *Patrols) mine(tx db.Tx, id checklist.RunID) (checklist.Run, error) {
	r, err := p.Runs.Lock(tx, id)
	if err != nil {
		return r, err
	}
	if !r.Inspects(me(tx.By())) {
		return r, errNoRun
	}
	return r, nil
}

func (p *Patrols) reps(ctx context.Context, q db.DBTX, inOrg string, unit org.UnitID) (people.Mandates, error) {
	return p.Mandates.HeldAt(ctx, q, inOrg, unit, PatrolOffices()...)
}

// card is the version that the phone asks for, else the newest of the place's kind.
func (p *Patrols) card(id checklist.CardID, place org.Place) (checklist.Card, error) {
	newest, ok := p.Cards.CardFor(place.Kind)
	if !ok {
		return checklist.Card{}, kernel.Err(kernel.Invalid, "%s没有巡视检查表。", place.Name)
	}
	if id.Code != "" && id.Code != newest.Code {
		return checklist.Card{}, kernel.Err(kernel.Invalid, "这张检查表不是%s用的，请重新开始。", place.Name)
	}
	if id.Version == "" {
		return checklist.Card{Card: newest}, nil
	}
	return p.cardOf(checklist.CardID{Code: newest.Code, Version: id.Version})
}

func (p *Patrols) cardOf(id checklist.CardID) (checklist.Card, error) {
	c, ok := p.Cards.Card(id.Code, id.Version)
	if !ok {
		return checklist.Card{}, kernel.Err(kernel.Invalid, "没有版本为 %s 的检查表 %s，请重新开始。", id.Version, id.Code)
	}
	return checklist.Card{Card: c}, nil
}

func subject(id checklist.RunID) audit.Subject {
	return audit.Subject{Kind: checklist.Kind, ID: string(id)}
}

func patrolHref(id checklist.RunID) string { return "/safety/patrols/" + string(id) }

// countState keeps the numbers of the list's tabs.
func countState(tx db.Tx, r checklist.Run, by int) error {
	return db.Count(tx, "patrol", string(r.Unit)+"/"+string(r.State), by)
}

// countMonth keeps how many patrols of an area count in a month, and how many items failed there.
func countMonth(tx db.Tx, r checklist.Run, by int) error {
	key := string(r.Unit) + "/" + r.On.String()[:7] + "/" + r.Card.Code
	return errors.Join(db.Count(tx, "patrol.signed", key, by), db.Count(tx, "patrol.failed", key, by*r.Result.Failed))
}

// mark stores a new state and moves the counters with it.
func (p *Patrols) mark(tx db.Tx, was checklist.State, r checklist.Run) error {
	if err := p.Runs.Mark(tx, r); err != nil {
		return err
	}
	return move(tx, was, r)
}

func move(tx db.Tx, was checklist.State, r checklist.Run) error {
	if was == r.State {
		return nil
	}
	old := r
	old.State = was
	return errors.Join(countState(tx, old, -1), countState(tx, r, 1))
}
