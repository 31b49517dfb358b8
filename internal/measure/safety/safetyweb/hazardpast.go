package safetyweb

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// pastKeys are the questions of the overview's figures; they have no field of their own in the list and are taken off together.
var pastKeys = []string{"raised", "age", "fixed", "took", "again", "topic"}

// longAgo is before anything was reported.
var longAgo = kernel.NewDate(1990, 1, 1)

// askedPast reads what a figure of the overview asks; what it does not know it leaves out.
func askedPast(c *web.Ctx) safety.Past {
	p := safety.Past{Fixed: safety.FixedOf(c.Query("fixed")), Again: c.Query("again") == "1", Topic: c.Query("topic")}
	if from, to, ok := period(c.Query("raised")); ok {
		p.From, p.To = from, to
	}
	if s, ok := spanAsked(c.Query("age")); ok {
		p.From, p.To = c.Today().Add(-min(s.To, c.Today().Sub(longAgo))), c.Today().Add(-s.From)
	}
	if c.Query("took") == anyTime {
		p.Took, p.TookTo = true, safety.Endless
	}
	if s, ok := spanAsked(c.Query("took")); ok {
		p.Took, p.TookFrom, p.TookTo = true, s.From, s.To
	}
	return p
}

// anyTime asks for all that was put right, however long it took.
const anyTime = "any"

// period is a year or a month as an address has it, 2024 or 2024-03.
func period(s string) (from, to kernel.Date, ok bool) {
	y, m, month := strings.Cut(s, "-")
	year, err := strconv.Atoi(y)
	if err != nil || year < 1990 || year > 2199 || len(y) != 4 {
		return from, to, false
	}
	if !month {
		return kernel.NewDate(year, 1, 1), kernel.NewDate(year, 12, 31), true
	}
	n, err := strconv.Atoi(m)
	if err != nil || n < 1 || n > 12 || len(m) != 2 {
		return from, to, false
	}
	from = kernel.NewDate(year, time.Month(n), 1)
	return from, from.EndOfMonth(), true
}

// spanText is a span as an address has it: 4-7, 31-.
func spanText(s safety.Span) string {
	if s.To == safety.Endless {
		return fmt.Sprintf("%d-", s.From)
	}
	return fmt.Sprintf("%d-%d", s.From, s.To)
}

func spanAsked(text string) (safety.Span, bool) {
	for _, s := range append(safety.AgeSpans(), safety.TookSpans()...) {
		if spanText(s) == text {
			return s, true
		}
	}
	return safety.Span{}, false
}

// spanWords names a span of days.
func spanWords(p *ui.Page, s safety.Span) string {
	if s.To == safety.Endless {
		return p.T("%d 天以上", s.From-1)
	}
	return p.T("%d–%d 天", s.From, s.To)
}

// saidPast is what a figure asked for, in words.
func saidPast(p *ui.Page, f safety.Past) []string {
	var out []string
	if s, ok := spanAsked(p.C.Query("age")); ok {
		out = append(out, p.T("报了 %s", spanWords(p, s)))
	} else if !f.From.IsZero() {
		out = append(out, p.T("%s报的", periodWords(p, f.From, f.To)))
	}
	out = append(out, fixedWords(p, f.Fixed))
	switch {
	case f.Took && f.TookFrom == 0 && f.TookTo == safety.Endless:
		out = append(out, p.T("改好的"))
	case f.Took:
		out = append(out, p.T("%s改好", spanWords(p, safety.Span{From: f.TookFrom, To: f.TookTo})))
	}
	if f.Topic != "" {
		out = append(out, p.T("检查项 %s", f.Topic))
	}
	if f.Again {
		out = append(out, p.T("%d 天内又出现的", matter.RepeatDays))
	}
	return out
}

func periodWords(p *ui.Page, from, to kernel.Date) string {
	if from.Month() == to.Month() {
		return p.P.Month(from.Year(), from.Month())
	}
	return p.T("%d 年", from.Year())
}

func fixedWords(p *ui.Page, f safety.Fixed) string {
	switch f {
	case safety.InTime:
		return p.T("按时改好")
	case safety.TooLate:
		return p.T("超期才改好")
	case safety.NotYet:
		return p.T("还没改好")
	case safety.NoneIt:
		return p.T("不是隐患、并入或撤回")
	}
	return ""
}

// pastWords is what the list is narrowed to beside its fields, in one line.
func (p listPage) pastWords() string { return ui.Dots(saidPast(p.Page, askedPast(p.C))...) }
