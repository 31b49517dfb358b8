package safety

import (
	"slices"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// Acts of a hazard (domain: 安全生产法 art. 41 for 通报 and 职代会; the five fixed things as enterprises practise them).
const (
	JudgeAct    matter.Act = "judge"
	Regrade     matter.Act = "regrade" // the grade was wrong; until somebody has handed in
	Urge        matter.Act = "urge"    // 督办: the company union presses for it; nothing else changes
	Refuse      matter.Act = "refuse"
	Merge       matter.Act = "merge"
	Withdraw    matter.Act = "withdraw"
	Assign      matter.Act = "assign"
	Return      matter.Act = "return"
	Transfer    matter.Act = "transfer"
	AskExtend   matter.Act = "ask-extend"
	Extend      matter.Act = "extend"
	DenyExtend  matter.Act = "deny-extend"
	Answer      matter.Act = "answer"
	Reappoint   matter.Act = "reappoint" // another 验收人: the named one is away or belongs to the unit that rectified
	Verify      matter.Act = "verify"
	Fail        matter.Act = "fail"
	Announce    matter.Act = "announce"
	CloseHazard matter.Act = "close"
)

func words(zh, en string) kernel.Words { return kernel.Words{Zh: zh, En: en} }

// HazardFlow is the whole loop as one table.
//
//	上报 raised → 定级 judged → 五定交办 assigned → 整改, 申请验收 answered → 复查 verified → 通报 announced → 销号 closed
//	                   ↑ 退回 return ┘   ↑ 不合格 fail ┘
func HazardFlow() matter.Flow {
	s := func(from ...matter.State) []matter.State { return from }
	r := func(roles ...matter.Role) []matter.Role { return roles }
	n := func(e ...matter.Evidence) []matter.Evidence { return e }
	return matter.Flow{
		Kind: matter.Hazard,
		Waits: map[matter.State]matter.Role{matter.Raised: matter.Judge, matter.Judged: matter.Chair, matter.Assigned: matter.Rectifier,
			matter.Answered: matter.Verifier, matter.Verified: matter.Chair, matter.Announced: matter.Chair},
		Steps: []matter.Step{
			{Act: JudgeAct, Name: words("定级", "Grade it"), From: s(matter.Raised), To: matter.Judged, Who: r(matter.Judge, matter.StandIn), Needs: n(matter.Grade), Clock: "assign"},
			{Act: Regrade, Name: words("改等级", "Change the grade"), From: s(matter.Judged, matter.Assigned), Who: r(matter.Judge, matter.StandIn), Needs: n(matter.Grade, matter.Plan, matter.Reason), Clock: "anew"},
			{Act: Assign, Name: words("五定交办", "Assign it"), From: s(matter.Judged), To: matter.Assigned, Who: r(matter.Chair), Needs: n(matter.FiveFixed, matter.Plan), Clock: "rectify"},
			{Act: Answer, Name: words("申请验收", "Hand in"), From: s(matter.Assigned), To: matter.Answered, Who: r(matter.Rectifier, matter.Owner), Needs: n(matter.Words, matter.Photo), Clock: "verify"},
			{Act: Verify, Name: words("复查合格", "Pass the check"), From: s(matter.Answered), To: matter.Verified, Who: r(matter.Verifier), Bar: r(matter.Rectifier, matter.Owner), Needs: n(matter.Words, matter.Photo), Clock: "announce"},
			{Act: Fail, Name: words("复查不合格", "Fail the check"), From: s(matter.Answered), To: matter.Assigned, Who: r(matter.Verifier), Bar: r(matter.Rectifier, matter.Owner), Needs: n(matter.Reason), Clock: "rectify.again"},
			{Act: Announce, Name: words("通报", "Announce it"), From: s(matter.Verified), To: matter.Announced, Who: r(matter.Chair), Needs: n(matter.How, matter.Congress), Clock: "close"},
			{Act: CloseHazard, Name: words("销号", "Close it"), From: s(matter.Announced), To: matter.Closed, Who: r(matter.Chair, matter.Above), Bar: r(matter.Rectifier), Outcome: matter.Solved},
			{Act: AskExtend, Name: words("申请延期", "Ask for more time"), From: s(matter.Assigned), Who: r(matter.Rectifier, matter.Owner), Needs: n(matter.Until, matter.Reason), Turn: matter.Chair},
			{Act: Extend, Name: words("同意延期", "Grant more time"), From: s(matter.Assigned), Who: r(matter.Chair), Needs: n(matter.Until), Clock: "granted"},
			{Act: DenyExtend, Name: words("不同意延期", "Refuse more time"), From: s(matter.Assigned), Who: r(matter.Chair), Needs: n(matter.Reason)},
			{Act: Return, Name: words("退回（不归我管）", "Return it (not ours)"), From: s(matter.Assigned), To: matter.Judged, Who: r(matter.Rectifier, matter.Owner), Needs: n(matter.Reason), Clock: "assign"},
			{Act: Transfer, Name: words("转交", "Transfer it"), From: s(matter.Assigned), To: matter.Assigned, Who: r(matter.Chair), Needs: n(matter.FiveFixed, matter.Plan, matter.Reason), Clock: "rectify"},
			{Act: Reappoint, Name: words("换验收人", "Name another verifier"), From: s(matter.Answered), Who: r(matter.Chair), Needs: n(matter.Examiner, matter.Reason)},
			{Act: Urge, Name: words("督办", "Press for it"), From: s(matter.Raised, matter.Judged, matter.Assigned, matter.Answered, matter.Verified, matter.Announced), Who: r(matter.Above), Needs: n(matter.Reason)},
			{Act: Merge, Name: words("并入已报的", "Merge it"), From: s(matter.Raised, matter.Judged), To: matter.Closed, Who: r(matter.Judge, matter.StandIn, matter.Chair), Needs: n(matter.Other), Outcome: matter.Duplicate},
			{Act: Refuse, Name: words("不是隐患", "Not a hazard"), From: s(matter.Raised), To: matter.Closed, Who: r(matter.Judge, matter.StandIn), Needs: n(matter.Reason), Outcome: matter.NotOne},
			{Act: Withdraw, Name: words("撤回", "Withdraw it"), From: s(matter.Raised), To: matter.Closed, Who: r(matter.Reporter), Needs: n(matter.Reason), Outcome: matter.Withdrawn},
		},
	}
}

// Roles is what an actor is to a hazard today. One person may be several things at once; a bar wins over a right. The
// company union's chair stands in for the branch's where a hazard is major or has been late for too long.
func Roles(a authz.Actor, m matter.Matter) []matter.Role {
	var out []matter.Role
	me := people.ID(a.Person)
	add := func(is bool, r matter.Role) {
		if is {
			out = append(out, r)
		}
	}
	add(me != "" && me == m.Reporter, matter.Reporter)
	add(me != "" && me == m.Rectifier, matter.Rectifier)
	add(me != "" && me == m.Verifier, matter.Verifier)
	above := holds(a.Scope(OverseeHazard), m)
	add(holds(a.Scope(JudgeHazard), m), matter.Judge)
	add(a.HoldsAt(authz.StandIn, string(m.Unit)), matter.StandIn)
	add(holds(a.Scope(AssignHazard), m) || above && m.Escalated >= matter.Company, matter.Chair)
	add(m.Owner != "" && holds(a.Scope(AnswerHazard), m), matter.Owner)
	add(above, matter.Above)
	return out
}

// holds: an office reaches a matter. The empty scope is that of somebody without the office, whatever he has to do with it.
func holds(s authz.Scope, m matter.Matter) bool { return s.Reach != authz.Self && matter.Covers(s, m) }

// MayAct tells why an actor may not do an act to a hazard now; nil when he may, evidence apart. What he does not see is
// not there for him.
func MayAct(a authz.Actor, m matter.Matter, act matter.Act) error {
	if !SeenHazards(a).Sees(m) {
		return errUnseen
	}
	return HazardFlow().May(m, act, Roles(a, m))
}

var errUnseen = kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")

func has(roles []matter.Role, any ...matter.Role) bool {
	return slices.ContainsFunc(any, func(r matter.Role) bool { return slices.Contains(roles, r) })
}
