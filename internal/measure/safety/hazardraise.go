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

// KeepPhotos notes pictures that the file store has on disk, before a report that will name them. Of an anonymous report
// nobody learns more than the day.
func (h *Hazards) KeepPhotos(ctx context.Context, by authz.Actor, m Mode, p ...record.File) error {
	if m == Anonymous {
		by = authz.Actor{Org: by.Org}
	}
	return h.db.InTx(ctx, by, func(tx db.Tx) error { return h.photos.Save(tx, m == Anonymous, p...) })
}

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
	if r.Unit == "" || Reach(by, SeeHazards).Reach != authz.Org {
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
	if r.Mode == Anonymous {
		id, receipt = matter.ID(kernel.BlindID()), kernel.NewReceipt()
		by = authz.Actor{Org: by.Org}
	}
	r.Run, r.Item = "", ""
	err = h.db.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = h.raise(tx, r, id, receipt)
		return err
	})
	return out, err
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
	out.Matter = matter.Matter{ID: id, Kind: matter.Hazard, Unit: r.Unit, Place: r.Place, Title: r.Title, Grade: r.Grade}
	if r.Title == "" {
		out.Title = "随手拍，见照片"
	}
	if r.Mode == Named || r.Mode == Hidden {
		out.Reporter = people.ID(tx.By().Person)
	}
	blind := r.Mode == Anonymous || r.Mode == Hidden
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
