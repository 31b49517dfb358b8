package safety

import (
	"context"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
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
	old, err := h.store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return old, err
	}
	if !matter.Covers(tx.By().Scope(SeeHazards), old.Matter) {
		return old, kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")
	}
	if err := h.special(tx, old, &do); err != nil {
		return old, err
	}
	out := old
	text, args := line(old, do)
	if out.Matter, err = h.matters.Act(tx, h.flow, old.Matter, Roles(tx.By(), old.Matter), do, text, args...); err != nil {
		return old, err
	}
	out.take(do)
	if err := h.store.Save(tx, out); err != nil {
		return old, err
	}
	if len(do.Photos) == 0 {
		return out, nil
	}
	return out, h.photos.Attach(tx, "matter", string(id), slot(do.Act, out.Rework), do.Photos)
}

// special is what the table cannot say: an extension is granted only when asked, a duplicate needs the other one.
func (h *Hazards) special(tx db.Tx, old Hazard, do *matter.Do) error {
	switch do.Act {
	case Extend, DenyExtend:
		if old.AskedUntil.IsZero() {
			return kernel.Err(kernel.Conflict, "没有人申请延期。")
		}
		if do.Act == Extend && do.Until.IsZero() {
			do.Until = old.AskedUntil
		}
	case Merge:
		other, err := h.store.Load(tx.Ctx(), tx, tx.Org(), do.Into)
		if err != nil || !matter.Covers(tx.By().Scope(SeeHazards), other.Matter) || other.ID == old.ID {
			return kernel.Wrong("into", "请选已经报过的那一条。")
		}
	}
	return nil
}

// take copies what an act says about the hazard itself.
func (h *Hazard) take(do matter.Do) {
	switch do.Act {
	case Assign, Transfer:
		h.Measure, h.Doer = do.Measure, do.Doer
		h.AskedUntil, h.AskedWhy = kernel.Date{}, ""
	case AskExtend:
		h.AskedUntil, h.AskedWhy = do.Until, do.Reason
	case Extend, DenyExtend, Return:
		h.AskedUntil, h.AskedWhy = kernel.Date{}, ""
	case Answer:
		h.DoneNote = do.Words
	case Verify:
		h.VerifyNote = do.Words
	case Announce:
		h.AnnouncedOn, h.AnnouncedHow, h.Congress = do.On, do.How, do.Congress
	}
}

// slot keeps the pictures of each round of rework apart.
func slot(a matter.Act, rework int) string {
	s := string(a)
	if a == Answer {
		s = "after"
	}
	if rework > 0 {
		return s + "-" + string(rune('0'+min(rework, 9)))
	}
	return s
}

// line is what the history says of an act.
func line(h Hazard, do matter.Do) (string, []string) {
	switch do.Act {
	case JudgeAct:
		return "定级：%s", []string{gradeWord(do.Grade)}
	case Refuse:
		return "判为不是隐患：%s", []string{do.Reason}
	case Merge:
		return "并入已报的一条", nil
	case Withdraw:
		return "撤回：%s", []string{do.Reason}
	case Assign:
		return "五定交办，措施：%s；完成人：%s", []string{do.Measure, do.Doer}
	case Return:
		return "退回：%s", []string{do.Reason}
	case Transfer:
		return "转交：%s", []string{do.Reason}
	case AskExtend:
		return "申请延期到 %s：%s", []string{do.Until.String(), do.Reason}
	case Extend:
		return "同意延期到 %s", []string{do.Until.String()}
	case DenyExtend:
		return "不同意延期：%s", []string{do.Reason}
	case Answer:
		return "申请验收：%s", []string{do.Words}
	case Verify:
		return "复查合格：%s", []string{do.Words}
	case Fail:
		return "复查不合格，退回整改：%s", []string{do.Reason}
	case Announce:
		return "通报：%s", []string{do.How}
	}
	return "销号", nil
}

func gradeWord(key string) string {
	if key == "major" {
		return "重大"
	}
	return "一般 " + key
}
