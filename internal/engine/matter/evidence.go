package matter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
)

// wordsMax bounds what fits into a field of the official forms.
const wordsMax = 500

// check finds what an act still lacks, all at once, each at its field.
func (s Step) check(m Matter, do Do, cl Clocks, today kernel.Date) error {
	var p kernel.Problems
	for _, e := range s.Needs {
		switch e {
		case Reason:
			text(&p, "reason", do.Reason, "请写明理由，对方要看得懂。")
		case Words:
			text(&p, "words", do.Words, "请写清楚做了什么、看到什么。")
		case Photo:
			if len(do.Photos) == 0 {
				p.Add("photos", "请附一张现场照片。")
			}
		case Grade:
			if _, ok := cl.OfGrade(do.Grade); !ok {
				p.Add("grade", "请选一个等级。")
			}
		case How:
			text(&p, "how", do.How, "请写明在哪里通报，比如班前会、公示栏。")
			if do.On.IsZero() || do.On.After(today) {
				p.Add("on", "请填通报的日期，不能晚于今天。")
			}
		case Congress:
			if m.Grade == "major" && !do.Congress {
				p.Add("congress", "重大隐患还要向职代会报告，报告后请勾选。")
			}
		case Other:
			if do.Into == "" || do.Into == m.ID {
				p.Add("into", "请选已经报过的那一条。")
			}
		case Until:
			if do.Until.IsZero() || do.Until.Before(today) {
				p.Add("until", "请选今天或以后的日期。")
			}
		case OwnerUnit:
			if do.Owner == "" || do.Owner == m.Owner {
				p.Add("owner", "请选另一个责任单位。")
			}
		case FiveFixed:
			five(&p, do)
		case Plan:
			plan(&p, m, do, cl, today)
		}
	}
	return p.Err()
}

// five is 五定 without the day, which the grade gives or the plan.
func five(p *kernel.Problems, do Do) {
	if do.Owner == "" {
		p.Add("owner", "请选责任单位。")
	}
	if do.Rectifier == "" {
		p.Add("rectifier", "请选整改责任人。")
	}
	text(p, "measure", do.Measure, "请写整改措施。")
	if strings.TrimSpace(do.Doer) == "" {
		p.Add("doer", "请写谁来动手（完成人）。")
	}
	switch do.Verifier {
	case "":
		p.Add("verifier", "请选验收人。")
	case do.Rectifier:
		p.Add("verifier", "验收人不能是整改责任人。")
	}
}

// plan: a clock without length takes its day from the plan of the matter.
func plan(p *kernel.Problems, m Matter, do Do, cl Clocks, today kernel.Date) {
	if !do.Until.IsZero() && do.Until.Before(today) {
		p.Add("until", "完成时间不能早于今天。")
	}
	clock, _ := cl.OfGrade(m.Grade)
	if do.Until.IsZero() && clock == "rectify.major" {
		p.Add("until", "重大隐患按治理方案定完成时间，请选日期。")
	}
}

func text(p *kernel.Problems, field, s, missing string) {
	switch n := utf8.RuneCountInString(strings.TrimSpace(s)); {
	case n == 0:
		p.Add(field, missing)
	case n > wordsMax:
		p.Add(field, "太长了，最多 %d 个字。", wordsMax)
	}
}

// StateName is the word on screen; 整改 is the time in assigned, 复查 that in answered.
func StateName(s State) kernel.Words {
	return stateNames[slices.Index(States(), s)]
}

var stateNames = [...]kernel.Words{
	{Zh: "待定级", En: "to be judged"}, {Zh: "待交办", En: "to be assigned"}, {Zh: "整改中", En: "being rectified"},
	{Zh: "待复查", En: "to be verified"}, {Zh: "待通报", En: "to be announced"}, {Zh: "待销号", En: "to be closed"}, {Zh: "已销号", En: "closed"},
}

var roleNames = map[Role]kernel.Words{
	Reporter: {Zh: "上报人", En: "the reporter"}, Judge: {Zh: "安环部门", En: "the safety department"}, Chair: {Zh: "分工会主席", En: "the branch chair"},
	Owner: {Zh: "责任单位", En: "the responsible unit"}, Rectifier: {Zh: "整改责任人", En: "the rectifier"}, Verifier: {Zh: "验收人", En: "the verifier"},
}

func who(roles []Role) kernel.Words {
	w := kernel.Words{}
	for i, r := range roles {
		if i > 0 {
			w.Zh += "或"
			w.En += " or "
		}
		w.Zh += roleNames[r].Zh
		w.En += roleNames[r].En
	}
	return w
}
