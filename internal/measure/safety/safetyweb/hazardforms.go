package safetyweb

import (
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// offered is the acts that the reader may do now. An answer about more time is offered only where somebody has asked.
func offered(f matter.Flow, hz safety.Hazard, roles []matter.Role) []matter.Step {
	return slices.DeleteFunc(f.Can(hz.Matter, roles), func(s matter.Step) bool {
		if s.Act == safety.Extend || s.Act == safety.DenyExtend {
			return hz.AskedUntil.IsZero()
		}
		return s.Act == safety.Urge && !hz.AskedUntil.IsZero()
	})
}

// turn is the act that waits for the reader, empty where it is another one's turn: what he may do besides is no duty.
func turn(f matter.Flow, hz safety.Hazard, roles []matter.Role, steps []matter.Step) matter.Act {
	whose := []matter.Role{f.Waits[hz.State]}
	if hz.State == matter.Assigned {
		whose = append(whose, matter.Owner)
	}
	for _, s := range steps {
		mine := func(r matter.Role) bool { return slices.Contains(roles, r) && slices.Contains(s.Who, r) }
		if s.Act == safety.Extend || slices.ContainsFunc(whose, mine) {
			return s.Act
		}
	}
	if hz.Escalated >= matter.Company && (hz.Late() || hz.Rework >= matter.Stubborn) && slices.ContainsFunc(steps, func(s matter.Step) bool { return s.Act == safety.Urge }) {
		return safety.Urge
	}
	return ""
}

// in is the page for one act's form: what was typed there, or what it starts from.
func (p hazardPage) in(a matter.Act) hazardPage {
	f := p.Page.Form
	if a != p.Failed {
		f = p.begin(a)
	}
	p.Page = p.Page.In(string(a), f)
	return p
}

// begin is what an act's form starts from, where one answer is likely.
func (p hazardPage) begin(a matter.Act) *web.Form {
	switch a {
	case safety.Assign:
		if pl, ok := p.Chart.Place(p.Place); ok {
			return web.NewForm("owner", string(pl.Owner))
		}
	case safety.Extend:
		return web.NewForm("until", p.AskedUntil.String())
	case safety.Transfer: // who takes over starts from what was fixed
		return web.NewForm("owner", string(p.Owner), "rectifier", string(p.Rectifier), "verifier", string(p.Verifier), "measure", p.Measure, "doer", p.Doer)
	case safety.Announce:
		return web.NewForm("on", p.C.Today().String())
	}
	return web.NewForm()
}

// actDraft is under which name a device keeps what is typed for an act.
func actDraft(p *ui.Page, id matter.ID, a matter.Act) string {
	return p.DraftKey("hazard-"+string(a), string(id))
}

// doneWords says what an act has brought about, and whose turn it is now.
func doneWords(hz safety.Hazard, a matter.Act) (string, []any) {
	switch a {
	case safety.Extend:
		return "同意了，新的期限是 %s。", []any{hz.Due.Date()}
	case safety.JudgeAct, safety.Assign, safety.Answer, safety.Verify, safety.Return:
		return doneText[a], []any{matter.StateName(hz.State)}
	}
	return doneText[a], nil
}

var doneText = map[matter.Act]string{
	safety.JudgeAct:    "等级定好了，现在是“%s”，已经通知分工会主席。",
	safety.Regrade:     "等级改好了，期限重新算过，已经通知在办的人。",
	safety.Refuse:      "记下了：不是隐患。",
	safety.Merge:       "并入好了，请在那一条上接着办。",
	safety.Withdraw:    "撤回了。",
	safety.Assign:      "交办好了，现在是“%s”，已经通知整改的人和验收的人。",
	safety.Answer:      "交上去了，现在是“%s”，已经通知验收人。",
	safety.Verify:      "复查合格，现在是“%s”，已经通知分工会主席。",
	safety.Fail:        "退回整改了，已经通知整改的人。",
	safety.Announce:    "通报记下了，可以销号了。",
	safety.CloseHazard: "销号了。",
	safety.AskExtend:   "申请交上去了，等分工会主席答复；没有同意之前，期限不变。",
	safety.DenyExtend:  "没有同意，期限不变，已经通知申请的人。",
	safety.Return:      "退回了，现在是“%s”，已经通知分工会主席。",
	safety.Transfer:    "转交好了，已经通知接手的人。",
	safety.Reappoint:   "验收人换好了，已经通知他。",
	safety.Urge:        "督办记下了，已经通知该办的人和分工会主席。",
}

// attempt is which try a picture's slot belongs to: after is the first, after-1 the second.
func attempt(slot string) int {
	_, n, _ := strings.Cut(slot, "-")
	i, _ := strconv.Atoi(n)
	return i + 1
}
