package safetyweb

import (
	"fmt"
	"strconv"
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
)

// periodName is the name of a round's period; empty where the duty's name says more, as before holidays.
func periodName(p *ui.Page, key string) string {
	year, part, _ := strings.Cut(key, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(part) < 2 {
		return ""
	}
	n, err := strconv.Atoi(strings.TrimLeft(part, "WQ"))
	switch {
	case err != nil:
		return ""
	case part[0] == 'W':
		return p.T("第 %d 周", n)
	case part[0] == 'Q':
		return p.T("%d 年第 %d 季度", y, n)
	}
	return p.P.Month(y, kernel.NewDate(y, 1, 1).AddMonths(n-1).Month())
}

// patrolName is 危化品存储区 · 第 51 周巡视.
func patrolName(p *ui.Page, l safety.PatrolLine) string {
	return roundName(p, l.PlaceName, l.Duty, l.Period)
}

func roundName(p *ui.Page, place, duty kernel.Words, period string) string {
	if period == "" {
		return p.T("%s · 巡视", place)
	}
	if name := periodName(p, period); name != "" {
		return p.T("%s · %s巡视", place, name)
	}
	if place == duty { // where the place stands above
		return p.W(duty)
	}
	return p.W(place) + " · " + p.W(duty)
}

// roundWords is a round without its place: 食堂每周巡视 · 第 51 周.
func roundWords(p *ui.Page, duty kernel.Words, period string) string {
	if name := periodName(p, period); name != "" {
		return p.W(duty) + " · " + name
	}
	return p.W(duty)
}

// does names the first round that a patrol would do, and how many more.
func does(p *ui.Page, all []safety.PatrolTarget) string {
	first := roundWords(p, all[0].DutyName, all[0].Period)
	if len(all) == 1 {
		return first
	}
	return p.T("%s，同时算 %d 轮", first, len(all))
}

func onwardRounds(p *ui.Page, x onwardPlace) string {
	name := roundWords(p, x.DutyName, x.Period)
	if x.Rounds > 1 {
		return p.T("%s，同时算 %d 轮", name, x.Rounds)
	}
	return name
}

// where is the question above the list of places.
func (p patrolNewPage) where() string {
	if p.Round != nil {
		return p.T("%s：还有哪几处没查", roundWords(p.Page, p.Round.DutyName, p.Round.Period))
	}
	return p.T("查哪里？也可以扫墙上的码")
}

// doubt says what of an item no published rule confirms.
func doubt(p *ui.Page, i checklist.Item) string {
	if w := p.W(i.Doubt); w != "" {
		return p.T("没有查到公开依据的是：%s", w)
	}
	return p.T("没有查到公开依据，按本单位规定")
}

func runChip(p *ui.Page, s checklist.State) (kind, icon, word string) {
	switch s {
	case checklist.Signed:
		return "good", "check", p.T("两人已签")
	case checklist.Signing:
		return "soon", "pen-line", p.T("差一个签名")
	case checklist.Dropped:
		return "calm", "ban", p.T("已作废")
	}
	return "calm", "pencil", p.T("还没签名")
}

func proofName(p record.Proof) string {
	switch p {
	case record.BySession:
		return "本人登录后签的"
	case record.ByPIN:
		return "在别人手机上签，密码核对过"
	}
	return "在别人手机上签，没有核对身份"
}

func verdictName(v checklist.Verdict) string {
	switch v {
	case checklist.Pass:
		return "合格"
	case checklist.Fail:
		return "不合格"
	case checklist.NA:
		return "不适用"
	}
	return "没看"
}

func verdictIcon(v checklist.Verdict) string {
	switch v {
	case checklist.Pass:
		return "check"
	case checklist.Fail:
		return "x"
	case checklist.NA:
		return "minus"
	}
	return "circle-dot"
}

// tally is 14 项：合格 12，不合格 1，不适用 1.
func tally(p *ui.Page, r checklist.Result) string {
	return p.T("%d 项：合格 %d，不合格 %d，不适用 %d", r.Items, r.Passed, r.Failed, r.NA)
}

// measured is the figure or the validity that was found.
func measured(p *ui.Page, i checklist.Item, a checklist.Answer) string {
	if a.Number != "" {
		return checklist.Measured(i, a.Number)
	}
	if end := checklist.ValidTo(i, a.Dated); !end.IsZero() {
		return p.T("有效期到 %s", p.P.Date(end))
	}
	return ""
}

// coverKeys are the ring's cells for what the table of coverage shows, in the order of its legend.
var coverKeys = []struct {
	Is         safety.CoverState
	Key, Words string
}{
	{safety.CoverDone, "key-done", "按时完成"}, {safety.CoverLate, "key-done ring-2 ring-warning ring-inset", "迟做"}, {safety.CoverMissed, "key-late", "没做"},
	{safety.CoverExcused, "key-excused", "有理由免"}, {safety.CoverDue, "key-due", "该做，还没到期"}, {safety.CoverAhead, "key-later", "还没到"},
}

func coverKey(s safety.CoverState) (key, word string) {
	for _, k := range coverKeys {
		if k.Is == s {
			return k.Key, k.Words
		}
	}
	return "key-none", "没有"
}

// coverWord names a state of the table.
func coverWord(p *ui.Page, s safety.CoverState) string {
	_, word := coverKey(s)
	return p.T(word)
}

// clock is the hour and minute of an instant.
func clock(t kernel.Time) string {
	h, m := t.Clock()
	return fmt.Sprintf("%02d:%02d", h, m)
}
