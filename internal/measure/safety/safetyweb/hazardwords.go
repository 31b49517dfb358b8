package safetyweb

import (
	"net/url"

	"github.com/a-h/templ"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
)

func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func (p listPage) emptyTitle() string {
	switch {
	case p.Query != "":
		return p.T("没有找到“%s”", p.Query)
	case p.Filtered:
		return p.T("这样筛，一条也没有")
	case p.Tab == safety.LateTab:
		return p.T("没有超期的隐患")
	case p.Tab == safety.MineTab:
		return p.T("没有等你处理的隐患")
	}
	return p.T("没有没办完的隐患")
}

func (p listPage) emptyHint() string {
	if p.Filtered {
		return p.T("换个条件，或者清除条件看这一栏的全部。")
	}
	return p.T("看见隐患，拍一张照片就能报；四次点击之内。")
}

// bare is the tab without what narrows it.
func (p listPage) bare() templ.SafeURL { return ui.Local("/safety/hazards?unit=&tab=" + string(p.Tab)) }

// sorted tells that the tab has a choice of orders.
func (p listPage) sorted() bool {
	return (p.Tab == safety.OpenTab || p.Tab == safety.LateTab) && askedPast(p.C).From.IsZero()
}

func (p listPage) orderHint() string {
	switch {
	case p.Tab == safety.AllTab || p.Tab == safety.ClosedTab || !p.Office || !askedPast(p.C).From.IsZero() || p.C.Query("sort") == string(safety.ByNo) && p.Tab != safety.MineTab:
		return p.T("新的在前 · 每页 %d 条", pageOf)
	case p.C.Query("sort") == string(safety.ByGrade) && p.Tab != safety.MineTab:
		return p.T("等级高的在前 · 每页 %d 条", pageOf)
	}
	return p.T("重大的和先到期的在前 · 每页 %d 条", pageOf)
}

// href is the list of one figure.
func (p boardPage) href(r safety.BoardRow, standing string) templ.SafeURL {
	q := url.Values{"tab": {string(safety.AllTab)}, "state": {standing}}
	if standing == "late" {
		q = url.Values{"tab": {string(safety.LateTab)}}
	}
	switch {
	case p.Branch != "":
		q.Set("unit", string(p.Branch))
		q.Set("owner", string(r.Unit))
	case p.C.Actor.Scope(safety.SeeHazards).Reach == authz.Org:
		q.Set("unit", string(r.Unit))
	}
	return ui.Local("/safety/hazards?" + q.Encode())
}

// caption says of a picture when it was taken over, and of several tries which.
func (p hazardPage) caption(a record.Attachment, word string) string {
	text := p.T(word)
	if p.Rework > 0 && word != "整改前" {
		text = p.T("第 %d 次%s", attempt(a.Slot), p.T(word))
	}
	return text
}

// speaker is who says something in the talk with the reporter.
func speaker(p *ui.Page, w safety.Word) string {
	switch {
	case w.FromReporter:
		return p.T("上报人")
	case w.Office == authz.HSE:
		return p.T("安环部门")
	case w.Office == authz.Chair:
		return p.T("分工会主席")
	case w.Office == authz.CompanyChair:
		return p.T("公司工会")
	}
	return p.T("工会或安环部门")
}

func (p hazardPage) dueWhy() string {
	if p.DueWhy.Text == "" {
		return ""
	}
	return p.T(p.DueWhy.Text, p.DueWhy.Args...)
}

// five is 五定 as the official form has it.
func (p hazardPage) five() []ui.Fact {
	if p.Rectifier == "" {
		return nil
	}
	due := "—"
	if !p.FixBy.IsZero() {
		due = p.Day(p.FixBy)
	}
	if w := p.dueWhy(); p.State == matter.Assigned && w != "" {
		due += p.T("（%s）", w)
	}
	facts := []ui.Fact{{Name: "整改责任人", Value: p.name(p.Rectifier)}, {Name: "责任单位", Value: p.W(p.Chart.Name(p.Owner))}, {Name: "整改措施", Value: p.Measure}}
	facts = append(facts, ui.Fact{Name: "完成时间", Value: due})
	facts = append(facts, ui.Fact{Name: "完成人", Value: p.Doer}, ui.Fact{Name: "验收人", Value: p.name(p.Verifier)})
	return facts
}

// papers are the letters of the hazard; a draft is seen by those who may issue it.
func (p hazardPage) papers() []ui.Fact {
	var out []ui.Fact
	for _, l := range p.Letters {
		f := ui.Fact{Name: letterName(l.Kind), Value: l.No, Href: safety.LetterHref(l)}
		switch {
		case l.Draft():
			f.Value = p.T("草稿，还没有发")
		case l.Void():
			f.Value += p.T("（%s）", p.T("作废"))
		case l.RepliedOn.IsZero():
			f.Value += p.T("（%s）", p.T("等答复，%s 前", p.Day(l.ReplyDue)))
		default:
			f.Value += p.T("（%s）", p.T("%s 答复", p.Day(l.RepliedOn)))
		}
		out = append(out, f)
	}
	return out
}

func letterName(k safety.LetterKind) string {
	if k == safety.Order {
		return "通知书"
	}
	return "建议书"
}

// advice is what somebody should know before an act.
var advice = map[matter.Act]string{
	safety.JudgeAct:    "看照片和描述，必要时到现场。等级决定整改的时限。",
	safety.Assign:      "把五件事一次定清楚：谁负责、怎么改、什么时候、谁动手、谁验收。",
	safety.Answer:      "改好了再填，附改后的照片。",
	safety.Verify:      "到现场看过再填。你不是整改人，可以复查。",
	safety.Announce:    "告诉职工查出了什么、怎么改的（安全生产法第四十一条）。",
	safety.CloseHazard: "都办完了，销号后这一条归档，可以随时翻看。",
	safety.Regrade:     "等级定错了才改；期限按新等级重新算。",
	safety.Urge:        "写清楚要谁在什么时候做到什么。责任单位、分工会主席都会收到。",
	safety.Fail:        "写清楚哪里还不行，拍一张照片更清楚。",
	safety.Withdraw:    "报错了可以撤回，定级之后就不能撤了。",
}

func reasonLabel(a matter.Act) string {
	switch a {
	case safety.Urge:
		return "督办意见"
	case safety.Fail:
		return "哪里不行"
	case safety.DenyExtend:
		return "为什么不同意"
	}
	return "理由"
}

var wordsLabel = map[matter.Act]string{safety.Answer: "做了什么", safety.Verify: "复查意见"}

func stateKind(m matter.Matter) string {
	if m.State == matter.Closed && m.Outcome == matter.Solved {
		return "good"
	}
	return "calm"
}

func gradeIcon(key string) string {
	if key == "major" {
		return "triangle-alert"
	}
	return ""
}

func now(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "step"}
	}
	return nil
}

// waitsFor is one sentence: whose turn it is.
func (p hazardPage) waitsFor() string {
	switch p.State {
	case matter.Raised:
		if p.Alone {
			return p.T("等分工会主席定级：还没有人担任安环部门。")
		}
		return p.T("等安环部门定级。")
	case matter.Judged:
		return p.T("等分工会主席五定交办。")
	case matter.Assigned:
		return p.T("等 %s 整改。", p.name(p.Rectifier))
	case matter.Answered:
		return p.T("等 %s 复查。", p.name(p.Verifier))
	case matter.Verified:
		return p.T("等分工会主席通报。")
	}
	return p.T("等分工会主席销号。")
}

// intoOptions are the open hazards at the same place.
func (p hazardPage) intoOptions() []ui.Option {
	out := []ui.Option{{Name: p.T("请选")}}
	for _, r := range p.Similar {
		if r.ID != p.ID {
			out = append(out, ui.Option{Value: string(r.ID), Name: r.No + " " + r.Title})
		}
	}
	return out
}
