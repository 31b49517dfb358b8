package safety

import (
	"context"
	"strconv"

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
	if err := MayAct(tx.By(), old.Matter, do.Act); err != nil {
		return old, err
	}
	if err := h.special(tx, old, &do); err != nil {
		return old, err
	}
	out, said := old, line(do)
	said.Blind = do.Act == Withdraw && old.Mode == Hidden
	if out.Matter, err = h.matters.Act(tx, h.flow, old.Matter, Roles(tx.By(), old.Matter), do, said); err != nil {
		return old, err
	}
	if err := settle(tx, id, do.Act, old.State, out.State); err != nil {
		return old, err
	}
	out.take(do)
	if err := h.store.Save(tx, out); err != nil {
		return old, err
	}
	if len(do.Photos) == 0 {
		return out, nil
	}
	return out, h.photos.Attach(tx, id, slot(do.Act, out.Rework), do.Photos, said.Blind)
}

// special is what the table cannot say: an extension is granted only when asked, a duplicate needs the other one, and those
// who are named must be there.
func (h *Hazards) special(tx db.Tx, old Hazard, do *matter.Do) error {
	switch do.Act {
	case Assign, Transfer, Reappoint:
		return h.roster.Fit(tx, old.Unit, do.Owner, do.Rectifier, do.Verifier)
	case AskExtend:
		if !do.Until.IsZero() && !do.Until.After(old.Due.Date()) {
			return kernel.Wrong("until", "现在的期限是 %s，请选更晚的日期。", old.Due.Date())
		}
	case Extend, DenyExtend:
		if old.AskedUntil.IsZero() {
			return kernel.Err(kernel.Conflict, "没有人申请延期。")
		}
		if do.Act == Extend && do.Until.IsZero() {
			do.Until = old.AskedUntil
		}
	case Merge:
		other, err := h.store.Load(tx.Ctx(), tx, tx.Org(), do.Into)
		if kernel.KindOf(err) == kernel.Internal && err != nil {
			return err
		}
		if err != nil || !SeenHazards(tx.By()).Sees(other.Matter) || other.ID == old.ID || !other.Open() {
			return kernel.Wrong("into", "请选已经报过、还没有办完的那一条。")
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
		h.AskedUntil, h.AskedWhy = kernel.Date{}, ""
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
		return s + "-" + strconv.Itoa(rework)
	}
	return s
}

// line is what the history says of an act.
func line(do matter.Do) matter.Line {
	l := func(text string, args ...string) matter.Line { return matter.Line{Text: text, Args: args} }
	switch do.Act {
	case JudgeAct:
		if do.Grade == "major" {
			return l("定级：重大")
		}
		return l("定级：一般 %s", do.Grade)
	case Refuse:
		return l("判为不是隐患：%s", do.Reason)
	case Merge:
		return l("并入已报的一条")
	case Withdraw:
		return l("撤回：%s", do.Reason)
	case Assign:
		return l("五定交办，措施：%s；完成人：%s", do.Measure, do.Doer)
	case Return:
		return l("退回：%s", do.Reason)
	case Transfer:
		return l("转交：%s", do.Reason)
	case AskExtend:
		return l("申请延期到 %s：%s", do.Until.String(), do.Reason)
	case Extend:
		return l("同意延期到 %s", do.Until.String())
	case DenyExtend:
		return l("不同意延期：%s", do.Reason)
	case Answer:
		return l("申请验收：%s", do.Words)
	case Reappoint:
		return l("换验收人：%s", do.Reason)
	case Verify:
		return l("复查合格：%s", do.Words)
	case Fail:
		return l("复查不合格，退回整改：%s", do.Reason)
	case Announce:
		return l("通报：%s", do.How)
	}
	return l("销号")
}
