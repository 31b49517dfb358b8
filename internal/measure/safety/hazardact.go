package safety

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Act does one act of the loop: may the actor see it, may he do it, has he brought what it needs; then the new state,
// its clock, the history and the pictures in one transaction.
func (h *Hazards) Act(ctx context.Context, by authz.Actor, id matter.ID, do matter.Do) (out Hazard, err error) {
	err = h.db.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = h.act(tx, id, do)
		return err
	})
	return out, err
}

func (h *Hazards) act(tx db.Tx, id matter.ID, do matter.Do) (Hazard, error) {
	if err := h.matters.Lock(tx, id); err != nil {
		return Hazard{}, err
	}
	old, err := h.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return old, err
	}
	if done, err := doneBefore(tx, old, do); done || err != nil {
		return old, err
	}
	if err := MayAct(tx.By(), old.Matter, do.Act); err != nil {
		return old, err
	}
	other, err := h.special(tx, old, &do)
	if err != nil {
		return old, err
	}
	out, said := old, line(old, do, other)
	said.Blind = do.Act == Withdraw && old.Mode == Hidden
	if out.Matter, err = h.matters.Act(tx, h.flow, old.Matter, Roles(tx.By(), old.Matter), do, said); err != nil {
		return old, err
	}
	if err := settle(tx, id, do.Act, old.State, out.State); err != nil {
		return old, err
	}
	out.take(do, tx.Today())
	if err := h.store.Save(tx, out); err != nil {
		return old, err
	}
	if len(do.Photos) == 0 {
		return out, nil
	}
	if do.Act == Answer || do.Act == Verify { // what was put right is proved by a picture of now, not by an old one
		if shown, err := h.photos.Shown(tx, id, do.Photos); err != nil || shown {
			return old, cmp.Or(err, kernel.Wrong("photos", "有张照片这条隐患里已经有了，请去掉它，到现场再拍一张。"))
		}
	}
	return out, h.photos.Attach(tx, id, slot(do.Act, out.Rework), do.Photos, said.Blind)
}

// doneBefore tells that the same call has done its act already, even where that took the hazard out of the actor's sight.
func doneBefore(tx db.Tx, m Hazard, do matter.Do) (bool, error) {
	if do.Once == "" {
		return false, nil
	}
	earlier, err := db.Once(tx, "act/"+do.Once, do.Content, string(m.ID))
	return earlier != "", err
}

// photosMost bounds the pictures of a report.
const photosMost = 9

// AddPhotos lets a reporter who gave his name show more of what he reported, until somebody has graded it.
func (h *Hazards) AddPhotos(ctx context.Context, by authz.Actor, id matter.ID, hashes []string) error {
	return h.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := h.matters.Lock(tx, id); err != nil {
			return err
		}
		m, err := h.store.Load(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		if m.Reporter == "" || string(m.Reporter) != by.Person {
			return errUnseen
		}
		if m.State != matter.Raised {
			return kernel.Err(kernel.Conflict, "已经有人在办了，要补充请写在问答里。")
		}
		if len(hashes) == 0 || len(hashes) > photosMost {
			return kernel.Wrong("photos", "一次最多放 %d 张照片。", photosMost)
		}
		if err := h.photos.Attach(tx, id, "before", hashes, m.Mode.blind()); err != nil {
			return err
		}
		if m.Mode.blind() {
			return audit.WriteBlind(tx, "hazard.photos", matter.Subject(id), "补了照片")
		}
		return audit.Write(tx, "hazard.photos", matter.Subject(id), "补了照片")
	})
}

// special is what the table cannot say: an extension is granted only when asked, a duplicate needs the other one, which it
// gives back, and those who are named must be there.
func (h *Hazards) special(tx db.Tx, old Hazard, do *matter.Do) (other Hazard, err error) {
	switch do.Act {
	case Assign, Transfer, Reappoint:
		return other, h.roster.Fit(tx, old.Unit, do.Owner, do.Rectifier, do.Verifier)
	case AskExtend:
		if !do.Until.IsZero() && !do.Until.After(old.Due.Date()) {
			return other, kernel.Wrong("until", "现在的期限是 %s，请选更晚的日期。", old.Due.Date())
		}
	case Urge: // the turn that waits for an answer would be lost
		if !old.AskedUntil.IsZero() {
			return other, kernel.Err(kernel.Conflict, "有人申请延期还没有答复，请先答复。")
		}
	case Extend, DenyExtend:
		if old.AskedUntil.IsZero() {
			return other, kernel.Err(kernel.Conflict, "没有人申请延期。")
		}
		if do.Act == Extend && do.Until.IsZero() {
			do.Until = old.AskedUntil
		}
	case Merge:
		other, err := h.store.Load(tx.Ctx(), tx, tx.Org(), do.Into)
		if kernel.KindOf(err) == kernel.Internal && err != nil {
			return other, err
		}
		if err != nil || !SeenHazards(tx.By()).Sees(other.Matter) || other.ID == old.ID || !other.Open() {
			return other, kernel.Wrong("into", "请选已经报过、还没有办完的那一条。")
		}
		return other, nil
	}
	return other, nil
}

// take copies what an act says about the hazard itself.
func (h *Hazard) take(do matter.Do, today kernel.Date) {
	if do.Reason != "" {
		h.LastWhy = strings.TrimSpace(do.Reason)
	}
	switch do.Act {
	case Assign, Transfer:
		h.Measure, h.Doer = do.Measure, do.Doer
	case AskExtend:
		h.AskedUntil, h.AskedWhy = do.Until, do.Reason
	case Return:
		h.Measure, h.Doer, h.FixBy = "", "", kernel.Date{}
	case Answer:
		h.DoneNote, h.DoneOn = do.Words, today
	case Fail:
		h.DoneOn = kernel.Date{}
	case Verify:
		h.VerifyNote, h.VerifiedOn = do.Words, today
	case Announce:
		h.AnnouncedHow, h.Congress = do.How, do.Congress
	}
	if slices.Contains([]matter.Act{Assign, Transfer, Extend, DenyExtend, Return, Answer}, do.Act) {
		h.AskedUntil, h.AskedWhy = kernel.Date{}, ""
	}
	if h.State == matter.Assigned {
		h.FixBy = h.Due.Date()
	}
}

// slot keeps the pictures of each round of rework apart.
func slot(a matter.Act, rework int) string {
	s := string(a)
	if a == Answer {
		s = "after"
	}
	if a == Fail { // the check that failed belongs to the attempt before
		rework--
	}
	if rework > 0 {
		return s + "-" + strconv.Itoa(rework)
	}
	return s
}
