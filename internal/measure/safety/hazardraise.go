package safety

import (
	"context"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Raise reports a hazard. Anonymous reports lose the actor here: neither row nor history knows who or at what minute.
// The answer carries the receipt, once. A place says which branch; without one it is the reporter's own, and only the
// company union reports for another.
func (h *Hazards) Raise(ctx context.Context, by authz.Actor, r Report) (out Hazard, err error) {
	if err := MayReport(by, r.Mode); err != nil {
		return out, err
	}
	if err := r.check(); err != nil {
		return out, err
	}
	if r.Grade != "" && !h.matters.Grade(r.Grade) {
		return out, kernel.Wrong("grade", "请选一个等级。")
	}
	if r.Unit == "" || by.Scope(SeeHazards).Reach != authz.Org {
		r.Unit = org.UnitID(by.Branch)
	}
	if r.Place != "" {
		p, err := h.place(ctx, by.Org, r.Place)
		if err != nil {
			return out, err
		}
		r.Unit = p.Unit
	}
	if r.Unit == "" {
		return out, kernel.Wrong("place", "请选在什么地方，才知道交给哪个分工会。")
	}
	id, receipt := matter.ID(""), ""
	if r.Mode.blind() {
		id = matter.ID(kernel.BlindID()) // stands in addresses; a ULID would tell the millisecond
	}
	if r.Mode == Anonymous {
		receipt, by = newReceipt(r.Once), authz.Actor{Org: by.Org}
	}
	r.Run, r.Item = "", ""
	err = h.db.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = h.raiseOnce(tx, r, id, receipt)
		return err
	})
	return out, err
}

// newReceipt is the same for the same form; a form without a name of its own gets a random one.
func newReceipt(once string) string {
	if once == "" {
		return kernel.NewReceipt()
	}
	return kernel.ReceiptOf(once)
}

// raiseOnce answers a report that was sent before with what it brought about then. Of an anonymous one nothing but the
// seal of its receipt is kept, which says it as well.
func (h *Hazards) raiseOnce(tx db.Tx, r Report, id matter.ID, receipt string) (Hazard, error) {
	if r.Once == "" {
		return h.raise(tx, r, id, receipt)
	}
	if r.Mode == Anonymous {
		_, had, err := h.store.ByReceipt(tx.Ctx(), tx, seal(receipt))
		if err == nil {
			had.Receipt = receipt
			return had, nil
		}
		if kernel.KindOf(err) != kernel.Invalid { // what a wrong receipt answers
			return had, err
		}
		return h.raise(tx, r, id, receipt)
	}
	if id == "" {
		id = matter.ID(kernel.NewID(tx.Now()))
	}
	earlier, err := db.Once(tx, "hazard/"+r.Once, r.Content, string(id))
	if err != nil {
		return Hazard{}, err
	}
	if earlier != "" {
		return h.store.Load(tx.Ctx(), tx, tx.Org(), matter.ID(earlier))
	}
	return h.raise(tx, r, id, receipt)
}

// MayReport tells why an actor may not report under a mode; nil when he may: anybody who belongs here, under his name or
// not; whoever stands before the wall without an account, only anonymously. What a patrol finds comes by RaiseFromPatrol alone.
func MayReport(a authz.Actor, m Mode) error {
	switch {
	case m == FromPatrol:
		return kernel.Wrong("mode", "请选以什么名义报。")
	case m != Anonymous && (a.Person == "" || !a.May(ReportHazard)):
		return kernel.Err(kernel.Forbidden, "你在这里没有会员身份，可以匿名报。")
	}
	return nil
}

func (h *Hazards) raise(tx db.Tx, r Report, id matter.ID, receipt string) (Hazard, error) {
	out := Hazard{Description: r.Description, Spot: r.Spot, Mode: r.Mode, Receipt: receipt, Run: r.Run, Item: r.Item, Basis: r.Basis}
	out.Matter = matter.Matter{ID: id, Kind: matter.Hazard, Unit: r.Unit, Place: r.Place, Title: r.Title, Grade: r.Grade, Topic: r.Item}
	if r.Title == "" {
		out.Title = "随手拍，见照片"
	}
	if r.Mode == Named || r.Mode == Hidden {
		out.Reporter = people.ID(tx.By().Person)
	}
	blind := r.Mode.blind()
	m, err := h.matters.Raise(tx, h.flow, out.Matter, blind)
	if err != nil {
		return out, err
	}
	out.Matter = m
	if err := h.store.Insert(tx, out, seal(receipt)); err != nil {
		return out, err
	}
	if len(r.Photos) > 0 {
		if err := h.photos.Attach(tx, m.ID, "before", r.Photos, blind); err != nil {
			return out, err
		}
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
