package matter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/register/people"
)

// wordsMax bounds what fits into a field of the official forms.
const wordsMax = 500

// The grade and the clock whose days are set by a plan and not by a length (domain 4.5).
const (
	major  = "major"
	byPlan = "rectify.major"
)

// limits is what a day may be measured against.
type limits struct {
	clocks Clocks
	days   *calendar.Workdays
	now    kernel.Time
}

// check finds what an act still lacks, all at once, each at its field.
func (s Step) check(m Matter, do Do, l limits) error {
	var p kernel.Problems
	today := l.now.Date()
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
			if _, ok := l.clocks.OfGrade(do.Grade); !ok {
				p.Add("grade", "请选一个等级。")
			} else if m.State != Raised && do.Grade == m.Grade {
				p.Add("grade", "现在就是这个等级。")
			}
		case How:
			text(&p, "how", do.How, "请写明在哪里通报，比如班前会、公示栏。")
			if do.On.IsZero() || do.On.After(today) {
				p.Add("on", "请填通报的日期，不能晚于今天。")
			}
		case Congress:
			if m.Grade == major && !do.Congress {
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
		case Examiner:
			examiner(&p, do.Verifier, m.Rectifier)
			if do.Verifier != "" && do.Verifier == m.Verifier {
				p.Add("verifier", "现在就是他验收，请选另一个人。")
			}
		case FiveFixed:
			five(&p, do)
		case Plan:
			l.plan(&p, m, s, do)
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
	examiner(p, do.Verifier, do.Rectifier)
}

// examiner: who rectified never says that it is good.
func examiner(p *kernel.Problems, verifier, rectifier people.ID) {
	switch verifier {
	case "":
		p.Add("verifier", "请选验收人。")
	case rectifier:
		p.Add("verifier", "验收人不能是整改责任人。")
	}
}

// plan: a clock without length takes its day from the plan of the matter; with one, the day may be earlier and never
// later, because more time has to be asked for and granted. What is not assigned yet needs no day.
func (l limits) plan(p *kernel.Problems, m Matter, s Step, do Do) {
	if slices.Contains(s.Needs, Grade) {
		m.Grade = do.Grade
	}
	clock, _ := l.clocks.OfGrade(m.Grade)
	switch {
	case s.To == "" && m.State != Assigned:
	case m.keeps(s, do):
		if !do.Until.IsZero() && do.Until.After(m.Due.Date()) {
			p.Add("until", "单位没有换，期限还是 %s；要更多时间，请责任单位申请延期。", m.Due.Date())
		}
	case do.Until.IsZero() && clock == byPlan:
		p.Add("until", "重大隐患按治理方案定完成时间，请选日期。")
	case do.Until.IsZero():
	case do.Until.Before(l.now.Date()):
		p.Add("until", "完成时间不能早于今天。")
	case clock != byPlan:
		if latest, _, err := l.clocks.Due(clock, l.now, l.days); err == nil && do.Until.After(latest.Date()) {
			p.Add("until", "按这个等级最迟 %s；时间不够，先交办，再申请延期。", latest.Date())
		}
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

// StandingName is the word on screen for where a matter stands: what was closed without being solved says so.
func StandingName(s State, o Outcome) kernel.Words {
	if w, ok := outcomeNames[Outcome(Standing(s, o))]; ok {
		return w
	}
	return StateName(s)
}

var outcomeNames = map[Outcome]kernel.Words{Unsolved: {Zh: "没有解决", En: "not solved"}, NotOne: {Zh: "不是隐患", En: "not a hazard"},
	Duplicate: {Zh: "已并入", En: "merged"}, Withdrawn: {Zh: "已撤回", En: "withdrawn"}}

var stateNames = [...]kernel.Words{
	{Zh: "待定级", En: "to be judged"}, {Zh: "待交办", En: "to be assigned"}, {Zh: "整改中", En: "being rectified"},
	{Zh: "待复查", En: "to be verified"}, {Zh: "待通报", En: "to be announced"}, {Zh: "待销号", En: "to be closed"}, {Zh: "已销号", En: "closed"},
}

var roleNames = map[Role]kernel.Words{
	Reporter: {Zh: "上报人", En: "the reporter"}, Judge: {Zh: "安环部门", En: "the safety department"}, Chair: {Zh: "分工会主席", En: "the branch chair"},
	Owner: {Zh: "责任单位", En: "the responsible unit"}, Rectifier: {Zh: "整改责任人", En: "the rectifier"}, Verifier: {Zh: "验收人", En: "the verifier"},
	Above: {Zh: "公司工会", En: "the company union"},
}

func who(roles []Role) kernel.Words {
	w := kernel.Words{}
	for _, r := range roles {
		name, ok := roleNames[r] // a stand-in is named nowhere: he stands in for the one who is
		if !ok {
			continue
		}
		if w.Zh != "" {
			w.Zh += "或"
			w.En += " or "
		}
		w.Zh += name.Zh
		w.En += name.En
	}
	return w
}
