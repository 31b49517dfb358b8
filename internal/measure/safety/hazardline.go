package safety

import (
	"strings"

	"xiaojia/internal/engine/matter"
)

// line is what the history says of an act. Days stand in it as 2024-12-20; who reads it sees them as people write them.
func line(old Hazard, do matter.Do, other Hazard) matter.Line {
	l := func(text string, args ...string) matter.Line { return matter.Line{Text: text, Args: args} }
	switch do.Act {
	case JudgeAct:
		if do.Grade == "major" {
			return l("定级：重大")
		}
		return l("定级：一般 %s", do.Grade)
	case Regrade:
		return regraded(old.Grade, do)
	case Refuse:
		return l("判为不是隐患：%s", do.Reason)
	case Merge:
		return l("并入 %s", other.No)
	case Withdraw:
		return l("撤回：%s", do.Reason)
	case Assign:
		return l("五定交办，措施：%s；完成人：%s", clause(do.Measure), clause(do.Doer))
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
	case Urge:
		return l("公司工会督办：%s", do.Reason)
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

// regraded says from what to what; the clock starts again with it.
func regraded(from string, do matter.Do) matter.Line {
	switch {
	case do.Grade == "major":
		return matter.Line{Text: "等级由一般 %s 改为重大，期限重新算：%s", Args: []string{from, do.Reason}}
	case from == "major":
		return matter.Line{Text: "等级由重大改为一般 %s，期限重新算：%s", Args: []string{do.Grade, do.Reason}}
	}
	return matter.Line{Text: "等级由一般 %s 改为一般 %s，期限重新算：%s", Args: []string{from, do.Grade, do.Reason}}
}

// clause goes on with the sentence where somebody has ended his own.
func clause(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。；;.，,、 ") }
