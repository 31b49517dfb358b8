package safetyweb

import (
	"fmt"
	"strconv"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/register/org"
)

// ages is what is open, by how long ago it was reported.
func (p overviewPage) ages() ui.Bars {
	b := ui.Bars{ID: "ages", Title: p.T("没办完的隐患，报了多久")}
	var said []string
	for i, s := range safety.AgeSpans() {
		n, key := p.Ages[i], "done"
		if s.To == safety.Endless {
			key = "over"
		}
		name := spanWords(p.Page, s)
		b.Rows = append(b.Rows, ui.ChartRow{Name: name, Text: p.T("%d 条", n), Href: p.ageHref(s), Parts: []ui.ChartPart{{N: n, Key: key}}})
		said = append(said, p.T("报了 %s：%d 条", name, n))
	}
	b.Desc = p.P.Join(said)
	return b
}

func (p overviewPage) ageHref(s safety.Span) string { return p.list("tab", "open", "age", spanText(s)) }

func (p overviewPage) open() (n int) {
	for _, x := range p.Ages {
		n += x
	}
	return n
}

// fates are the ends of what was reported, in the order of the pieces and of the figures behind a bar.
var fates = []struct {
	fixed safety.Fixed
	key   string
	of    func(m safety.MonthPast) int
}{
	{safety.InTime, "done", func(m safety.MonthPast) int { return m.In }}, {safety.TooLate, "over", func(m safety.MonthPast) int { return m.Over }},
	{safety.NotYet, "not", func(m safety.MonthPast) int { return m.Not() }}, {safety.NoneIt, "none", func(m safety.MonthPast) int { return m.None }},
}

func (p overviewPage) fateKeys() []ui.ChartPart {
	out := make([]ui.ChartPart, len(fates))
	for i, f := range fates {
		out[i] = ui.ChartPart{Key: f.key, Name: fixedWords(p.Page, f.fixed)}
	}
	return out
}

// raisedBars is what was reported by month and what became of it.
func (p overviewPage) raisedBars() ui.Bars {
	b := ui.Bars{ID: "raised", Title: p.T("%d 年各月报的隐患，后来怎样", p.Year)}
	var said []string
	for i := range p.months() {
		m := p.Now.Months[i]
		r := ui.ChartRow{Name: monthWord(p.Page, i+1)}
		var figures, words []string
		for _, f := range fates {
			n := f.of(m)
			r.Parts = append(r.Parts, ui.ChartPart{N: n, Key: f.key})
			figures = append(figures, strconv.Itoa(n))
			words = append(words, fmt.Sprintf("%s %d", fixedWords(p.Page, f.fixed), n))
		}
		if m.Raised > 0 {
			r.Text = p.T("%d = %s", m.Raised, strings.Join(figures, "+"))
			r.Href = p.raised(p.Year, i+1)
		} else {
			r.Text = "0"
		}
		r.Label = p.P.Join(words)
		b.Rows = append(b.Rows, r)
		said = append(said, p.T("%s报了 %d 条：%s", r.Name, m.Raised, r.Label))
	}
	b.Desc = p.P.Join(said)
	return b
}

// rates is how many of a hundred were put right in time, this year and the one before.
func (p overviewPage) rates() ui.Lines {
	l := ui.Lines{ID: "rates", Title: p.T("按时整改率，%d 年与 %d 年", p.Year, p.Year-1)}
	now, before := make([]int, 12), make([]int, 12)
	var said []string
	for i := range 12 {
		now[i], before[i] = p.Now.Months[i].Rate(), p.Before.Months[i].Rate()
		l.Steps = append(l.Steps, strconv.Itoa(i+1))
		if now[i] >= 0 {
			said = append(said, fmt.Sprintf("%s %d%%", monthWord(p.Page, i+1), now[i]))
		}
	}
	l.Lines = []ui.ChartLine{{Key: "before", Points: before}, {Key: "now", Points: now, Said: true}}
	l.Desc = p.P.Join(said)
	return l
}

// rate is a share in words; none where nothing was put right.
func rate(m safety.MonthPast) string {
	if m.Rate() < 0 {
		return "—"
	}
	return fmt.Sprintf("%d%%", m.Rate())
}

// spreads is how long it took, by grade.
func (p overviewPage) spreads() []safety.Spread { return p.Now.Spreads(p.gradeKeys()) }

func (p overviewPage) gradeKeys() []string {
	var out []string
	for _, g := range p.Grades {
		out = append(out, g.Key)
	}
	return out
}

// spreadName is a grade, or all of them.
func (p overviewPage) spreadName(grade string) string {
	switch grade {
	case "":
		return p.T("全部等级")
	case "-":
		return p.T("未定级")
	}
	return gradeName(p.Page, grade)
}

// medianBefore is the median of the year before, for comparing.
func (p overviewPage) medianBefore(grade string) string {
	for _, s := range p.Before.Spreads(p.gradeKeys()) {
		if s.Grade == grade {
			return p.T("%d 天", s.Median)
		}
	}
	return "—"
}

func (p overviewPage) spanKeys() []ui.ChartPart {
	var out []ui.ChartPart
	for i, s := range safety.TookSpans() {
		out = append(out, ui.ChartPart{Key: fmt.Sprintf("s%d", i+1), Name: spanWords(p.Page, s)})
	}
	return out
}

// tookBars is a bar a grade, in steps of how long it took, with the median behind it.
func (p overviewPage) tookBars() ui.Bars {
	b := ui.Bars{ID: "took", Title: p.T("%d 年报的隐患，从上报到改好用了几天", p.Year)}
	var said []string
	for _, s := range p.spreads() {
		if s.Grade == "" {
			continue
		}
		r := ui.ChartRow{Name: p.spreadName(s.Grade), Text: p.T("%d 条，中位 %d 天", s.N, s.Median)}
		for i, n := range s.Spans {
			r.Parts = append(r.Parts, ui.ChartPart{N: n, Key: fmt.Sprintf("s%d", i+1)})
		}
		r.Href = p.raised(p.Year, 0, "grade", s.Grade, "took", "any")
		b.Rows = append(b.Rows, r)
		said = append(said, r.Name+" "+r.Text)
	}
	b.Desc = p.P.Join(said)
	return b
}

// repeatsMost is how many places the picture shows; the table has all.
const repeatsMost = 8

// repeatBars is the places where the same came again.
func (p overviewPage) repeatBars() ui.Bars {
	b := ui.Bars{ID: "repeats", Title: p.T("%d 年哪些地方又出现同样的问题", p.Year)}
	var said []string
	for i, r := range p.repeats() {
		if i == repeatsMost {
			break
		}
		name := p.W(p.Chart.PlaceName(r.Place))
		row := ui.ChartRow{Name: short(name), Text: p.T("%d 次", r.N), Label: name, Href: p.repeatHref(r.Place, ""), Parts: []ui.ChartPart{{N: r.N, Key: "over"}}}
		b.Rows = append(b.Rows, row)
		said = append(said, p.T("%s：又出现 %d 次", name, r.N))
	}
	b.Desc = p.P.Join(said)
	return b
}

func (p overviewPage) repeatHref(at org.PlaceID, topic string) string {
	return p.raised(p.Year, 0, "place", string(at), "again", "1", "topic", topic)
}

// short cuts a name to what stands before a bar; the table has it whole.
func short(name string) string {
	r := []rune(name)
	wide := 0
	for i, c := range r {
		if wide++; c > 0x2e80 {
			wide++
		}
		if wide > 11 {
			return string(r[:i]) + "…"
		}
	}
	return name
}

// itemName is an item with what it asks.
func (p overviewPage) itemName(topic string) string {
	if w, ok := p.Items[topic]; ok {
		return topic + " " + p.W(w)
	}
	return topic
}

// repeatDays is within how many days something counts as come again.
func (p overviewPage) repeatDays() int { return matter.RepeatDays }

// heldGrid is which month's patrols came, of how many.
func (p overviewPage) heldGrid() ui.Heat {
	h := ui.Heat{ID: "held", Title: p.T("%d 年巡视，按区域和月份", p.Year)}
	if p.Unit == "" {
		h.Title = p.T("%d 年巡视，按分工会和月份", p.Year)
	}
	for i := range 12 {
		h.Cols = append(h.Cols, monthShort(p.Page, i+1))
	}
	for _, key := range p.heldRows() {
		row := ui.HeatRow{Name: p.heldName(key)}
		for i, m := range p.Held.Rows[key] {
			row.Cells = append(row.Cells, p.heldCell(key, i+1, m))
		}
		h.Rows = append(h.Rows, row)
	}
	h.Desc = p.T("该做 %d 次，按时 %d，迟做 %d，没做 %d，有理由免 %d", p.Held.Sum.Due(), p.Held.Sum[safety.CoverDone], p.Held.Sum[safety.CoverLate], p.Held.Sum[safety.CoverMissed], p.Held.Sum[safety.CoverExcused])
	return h
}

func (p overviewPage) heldCell(key string, month int, m safety.HeldMonth) ui.HeatCell {
	if m.Due() == 0 {
		return ui.HeatCell{}
	}
	c := ui.HeatCell{Text: fmt.Sprintf("%d/%d", m.Came()+m[safety.CoverExcused], m.Due()), Href: p.heldHref(key, month, ""), Bad: m[safety.CoverMissed] > 0}
	c.Level = 4 * (m.Came() + m[safety.CoverExcused]) / m.Due()
	c.Label = p.T("%s %s：该做 %d，按时 %d，迟做 %d，没做 %d，有理由免 %d", p.heldName(key), monthWord(p.Page, month), m.Due(), m[safety.CoverDone], m[safety.CoverLate], m[safety.CoverMissed], m[safety.CoverExcused])
	return c
}

func (p overviewPage) heldName(key string) string {
	if p.Unit == "" {
		return p.W(p.Chart.Name(org.UnitID(key)))
	}
	for _, k := range areas {
		if k[0] == key {
			return p.T(k[1])
		}
	}
	return key
}

// heldHref is the cells behind a figure in the table of patrols.
func (p overviewPage) heldHref(key string, month int, show safety.CoverState) string {
	unit, kind := string(p.Unit), key
	if p.Unit == "" {
		unit, kind = key, ""
	}
	q := fmt.Sprintf("/safety/patrols?unit=%s&year=%d", unit, p.Year)
	if kind != "" {
		q += "&kind=" + kind
	}
	if month > 0 {
		q += fmt.Sprintf("&month=%d", month)
	}
	if show != "" {
		q += "&show=" + string(show)
	}
	return q
}

func monthShort(p *ui.Page, n int) string {
	if p.Lang() == "en" {
		return strconv.Itoa(n)
	}
	return monthWord(p, n)
}

// heldStates are those whose figures the table has.
var heldStates = []safety.CoverState{safety.CoverDone, safety.CoverLate, safety.CoverMissed, safety.CoverExcused}

// heldSum is a row's figures of the whole year.
func (p overviewPage) heldSum(key string) safety.HeldMonth {
	out := safety.HeldMonth{}
	for _, m := range p.Held.Rows[key] {
		for k, n := range m {
			out[k] += n
		}
	}
	return out
}
