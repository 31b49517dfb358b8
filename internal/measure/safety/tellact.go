package safety

import (
	"context"
	"errors"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func one(p people.ID) []people.ID { return []people.ID{p} }

// ofAct is who learns of an act. An anonymous reporter has no inbox; he follows by his receipt.
func (l letterbox) ofAct(a matter.Act) error {
	h := l.hz
	switch a {
	case "raise":
		return l.until(matter.Raised).judge("%s 新上报：%s，请定级。", "%s 新上报：%s。还没有人担任安环部门，请你定级。")
	case Withdraw:
		return l.judge("%s 已由上报人撤回：%s，不用定级了。", "%s 已由上报人撤回：%s，不用定级了。")
	case JudgeAct:
		return l.judged()
	case Return:
		return l.until(matter.Judged).to(authz.Chair, h.Unit, "%s 被退回：%s，请重新交办。")
	case AskExtend:
		return l.while(awaitsExtension, !h.AskedUntil.IsZero()).to(authz.Chair, h.Unit, "%s 申请延期：%s，请答复。")
	case Assign, Transfer, Extend, DenyExtend, Fail:
		return l.until(matter.Assigned).toWork(a)
	case Answer, Reappoint:
		return l.until(matter.Answered).tell(one(h.Verifier), "%s 等你复查：%s。")
	case Urge:
		return l.until(h.State).urged()
	case Regrade:
		return l.until(h.State).regraded()
	case Verify:
		return errors.Join(l.until(matter.Verified).to(authz.Chair, h.Unit, "%s 复查合格：%s，请通报。"), l.news("你报的 %s 已经整改好，复查合格：%s。"))
	case Announce:
		return l.news("你报的 %s 已经通报：%s。")
	case CloseHazard:
		return l.news("你报的 %s 已经销号：%s。")
	case Refuse:
		return l.news("你报的 %s 判为不是隐患：%s，理由写在里面。")
	case Merge:
		return l.news("你报的 %s 和先前报的是同一件，已并入：%s。")
	}
	return nil
}

// toWork tells those who rectify, person and unit, what they have to do now, and by when.
func (l letterbox) toWork(a matter.Act) error {
	switch a {
	case Extend:
		return errors.Join(l.tell(one(l.hz.Rectifier), "%s 同意延期：%s。"), l.owner(l.hz.Owner, "%s 同意延期：%s。"))
	case DenyExtend:
		return l.because("%s 不同意延期：%s，请按原来的期限办。理由：%s")
	case Fail:
		return l.failed()
	}
	return errors.Join(l.tell(one(l.hz.Rectifier), "%s 交给你整改：%s。"), l.tell(one(l.hz.Verifier), "%s 由你复查：%s，整改好了会再通知你。"),
		l.owner(l.hz.Owner, "%s 交给你单位整改：%s。"))
}

// judged: a major one goes straight up (domain 4.5).
func (l letterbox) judged() error {
	chair := l.until(matter.Judged)
	if l.hz.Grade != "major" {
		return chair.to(authz.Chair, l.hz.Unit, "%s 已定级：%s，请五定交办。")
	}
	return errors.Join(chair.to(authz.Chair, l.hz.Unit, "%s 定为重大隐患：%s，请马上交办。"),
		l.while(awaitsEnd, l.hz.Open()).to(authz.CompanyChair, "", "%s 定为重大隐患：%s。"))
}

// because tells those who work on it a sentence that ends with the reason of the act.
func (l letterbox) because(text string) error {
	who, err := l.workers()
	if err != nil {
		return err
	}
	return l.send(who, text, l.hz.No, l.title(), l.hz.LastWhy)
}

// workers are the rectifier and the contacts of his unit.
func (l letterbox) workers() ([]people.ID, error) {
	who := one(l.hz.Rectifier)
	for _, o := range []authz.Office{authz.DeptContact, authz.Contractor} {
		more, err := l.t.Holders(l.tx, o, l.hz.Owner)
		if err != nil || l.hz.Owner == "" {
			return who, err
		}
		who = append(who, more...)
	}
	return who, nil
}

// urged: the company union presses those whose turn it is and the branch's chair.
func (l letterbox) urged() error {
	who, err := l.workers()
	if err != nil {
		return err
	}
	chair, err := l.t.Holders(l.tx, authz.Chair, l.hz.Unit)
	if err != nil {
		return err
	}
	judges, _, err := l.judges()
	if l.hz.State != matter.Raised {
		judges = l.worker()
	}
	who = append(append(who, chair...), judges...)
	return errors.Join(err, l.send(who, "%s 公司工会督办：%s。要求：%s", l.hz.No, l.title(), l.hz.LastWhy))
}

// failed: what was not put right twice is the chair's business, after the third time the company union's too.
func (l letterbox) failed() error {
	err := l.because("%s 复查不合格：%s，请再整改。问题：%s")
	if l.hz.Rework >= 2 {
		err = errors.Join(err, l.times(authz.Chair, l.hz.Unit))
	}
	if l.hz.Rework >= 3 {
		err = errors.Join(err, l.times(authz.CompanyChair, ""))
	}
	return err
}

func (l letterbox) times(o authz.Office, u org.UnitID) error {
	who, err := l.t.Holders(l.tx, o, u)
	if err != nil {
		return err
	}
	return l.send(who, "%s 复查 %d 次不合格：%s，请过问。", l.hz.No, l.hz.Rework, l.title())
}

// regraded goes to those whose time has changed; what became major goes up at once.
func (l letterbox) regraded() error {
	err := l.to(authz.Chair, l.hz.Unit, "%s 改了等级：%s，期限重新算，理由写在里面。")
	if l.hz.State == matter.Assigned {
		who, e := l.workers()
		err = errors.Join(err, e, l.tell(who, "%s 改了等级：%s，期限重新算，理由写在里面。"))
	}
	if l.hz.Grade == "major" {
		err = errors.Join(err, l.to(authz.CompanyChair, "", "%s 定为重大隐患：%s。"))
	}
	return err
}

// Overdue is for outbox.Later: the branch's chair and the rectifier at once, the company union after the clock "escalate",
// of a major hazard at once too.
func (t *Teller) Overdue(ctx context.Context, inOrg string, e matter.Overdue) error {
	if e.Kind != matter.Hazard {
		return nil
	}
	return t.DB.InTx(ctx, authz.Program(inOrg), func(tx db.Tx) error {
		hz, err := t.Hazards.Load(tx.Ctx(), tx, tx.Org(), e.ID)
		if err != nil || !hz.Late() || hz.Version != e.Version {
			return err // done meanwhile: nothing to remind of
		}
		l := letterbox{t: t, tx: tx, hz: hz, once: fmt.Sprintf("hazard.late%d/%s/%d", e.Level, e.ID, e.Version)}.until(hz.State)
		if e.Level == matter.Company {
			return l.to(authz.CompanyChair, "", "%s 超期多日未办：%s，请督办。")
		}
		err = errors.Join(l.to(authz.Chair, hz.Unit, "%s 到期未办：%s。"), l.tell(l.worker(), "%s 到期未办：%s，请尽快。"))
		if hz.Escalated == matter.Company {
			err = errors.Join(err, l.to(authz.CompanyChair, "", "%s 到期未办：%s。"))
		}
		return err
	})
}

// worker is whose turn it is, where that is a person.
func (l letterbox) worker() []people.ID {
	switch l.hz.State {
	case matter.Assigned:
		return one(l.hz.Rectifier)
	case matter.Answered:
		return one(l.hz.Verifier)
	}
	return nil
}

// Letter is for outbox.Later: a letter goes to the contacts of its unit, what they do comes back to who issued it.
func (t *Teller) Letter(ctx context.Context, inOrg string, e LetterChanged) error {
	return t.DB.InTx(ctx, authz.Program(inOrg), func(tx db.Tx) error {
		v, err := t.Letters.Load(tx.Ctx(), tx, tx.Org(), e.ID)
		if err != nil {
			return err
		}
		hz, err := t.Hazards.Load(tx.Ctx(), tx, tx.Org(), v.Matter)
		if err != nil {
			return err
		}
		hz.No = v.No // the sentences name the letter
		l := letterbox{t: t, tx: tx, hz: hz, once: "letter." + e.Act + "/" + e.ID, href: LetterHref(v), but: e.By}
		switch e.Act {
		case "void":
			return l.owner(v.To, "%s 已作废：%s，不用再办。")
		case "reply": // it says what will be done; when the hazard moves on, that has been done
			return l.until(hz.State).tell(one(v.Issued), "%s 已回复：%s。")
		}
		l.about, l.stale = letterAwaits(v.ID), !v.Waits()
		if e.Act == "issue" {
			return l.owner(v.To, "收到 %s：%s，请签收并回复。")
		}
		return l.tell(one(v.Issued), "%s 已签收：%s。")
	})
}

// Spoke is for outbox.Later: a question goes to the reporter where he has an inbox, his word to those who judge and assign.
func (t *Teller) Spoke(ctx context.Context, inOrg string, e Spoke) error {
	return t.DB.InTx(ctx, authz.Program(inOrg), func(tx db.Tx) error {
		hz, err := t.Hazards.Load(tx.Ctx(), tx, tx.Org(), e.ID)
		if err != nil {
			return err
		}
		l := letterbox{t: t, tx: tx, hz: hz, once: fmt.Sprintf("hazard.word/%s/%d", e.ID, e.N)}
		if !e.FromReporter {
			return l.while(awaitsReporter, hz.Open()).tell(one(hz.Reporter), "关于你报的 %s 有人问你：%s。")
		}
		if hz.Mode.blind() {
			l.at = tx.Today().At(0, 0)
		}
		l = l.until(hz.State)
		who, standIn, err := l.judges()
		if err != nil {
			return err
		}
		err = l.tell(who, "%s 的上报人有补充：%s。")
		if hz.State == matter.Raised || standIn {
			return err
		}
		return errors.Join(err, l.to(authz.Chair, hz.Unit, "%s 的上报人有补充：%s。"))
	})
}
