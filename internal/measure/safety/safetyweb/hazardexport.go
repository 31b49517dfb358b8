package safetyweb

import (
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// column is one of the exported list: its head, how wide it is, and what stands in it.
type column struct {
	head string
	wide float64
	cell func(p *ui.Page, chart *org.Chart, r safety.LedgerRow) string
}

// ledger is the columns of 台账.
func ledger() []column {
	text := func(get func(r safety.LedgerRow) string) func(*ui.Page, *org.Chart, safety.LedgerRow) string {
		return func(_ *ui.Page, _ *org.Chart, r safety.LedgerRow) string { return get(r) }
	}
	return []column{
		{"编号", 10, text(func(r safety.LedgerRow) string { return r.No })},
		{"隐患", 40, text(func(r safety.LedgerRow) string { return r.Title })},
		{"分工会", 14, func(p *ui.Page, chart *org.Chart, r safety.LedgerRow) string { return p.W(chart.Name(r.Unit)) }},
		{"地点", 16, func(p *ui.Page, chart *org.Chart, r safety.LedgerRow) string { return place(p, chart, r.HazardRow) }},
		{"上报日期", 12, text(func(r safety.LedgerRow) string { return day(r.Raised) })},
		{"等级", 10, func(p *ui.Page, _ *org.Chart, r safety.LedgerRow) string { return gradeName(p, r.Grade) }},
		{"状态", 10, func(p *ui.Page, _ *org.Chart, r safety.LedgerRow) string {
			return p.W(matter.StandingName(r.State, r.Outcome))
		}},
		{"责任单位", 16, func(p *ui.Page, chart *org.Chart, r safety.LedgerRow) string { return p.W(chart.Name(r.Owner)) }},
		{"整改责任人", 12, text(func(r safety.LedgerRow) string { return r.Responsible })},
		{"整改措施", 40, text(func(r safety.LedgerRow) string { return r.Measure })},
		{"完成人", 16, text(func(r safety.LedgerRow) string { return r.Doer })},
		{"完成时间", 12, text(func(r safety.LedgerRow) string { return day(r.FixBy) })},
		{"验收人", 12, text(func(r safety.LedgerRow) string { return r.Verified })},
		{"申请验收日期", 14, text(func(r safety.LedgerRow) string { return day(r.DoneOn) })},
		{"复查合格日期", 14, text(func(r safety.LedgerRow) string { return day(r.VerifiedOn) })},
		{"通报日期", 12, text(func(r safety.LedgerRow) string { return day(r.Announced) })},
		{"办结日期", 12, text(func(r safety.LedgerRow) string { return day(r.Closed.Date()) })},
		{"超期", 8, func(p *ui.Page, _ *org.Chart, r safety.LedgerRow) string {
			if r.Late {
				return p.T("是")
			}
			return ""
		}},
	}
}

// day is a date for an office program, nothing where there is none.
func day(d kernel.Date) string {
	if d.IsZero() || d.Year() < 2000 {
		return ""
	}
	return d.String()
}

// export writes the list as the page filters it, row by row; numbers stay text, so that no office program counts with them.
func (h *HazardPages) export(c *web.Ctx) error {
	p := &ui.Page{Frame: h.Frame, C: c, P: c.P}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	f, err := h.filter(c, chart)
	if err != nil {
		return err
	}
	cols := ledger()
	heads := make([]sheet.Column, len(cols))
	for i, x := range cols {
		heads[i] = sheet.Column{Head: p.T(x.head), Wide: x.wide}
	}
	s, err := sheet.New(p.T("隐患"), ui.About(p, p.T("隐患台账"), said(p, chart, f)...), heads...)
	if err != nil {
		return err
	}
	defer s.Close()
	rows := 0
	err = h.Reads.Rows(c.R.Context(), c.Actor.Scope(safety.ExportHazards), f, func(r safety.LedgerRow) error {
		rows++
		row := make([]string, len(cols))
		for i, x := range cols {
			row[i] = x.cell(p, chart, r)
		}
		return s.Row(row...)
	})
	if err != nil {
		return err
	}
	if err := h.Noted(c, strings.Join(said(ui.Chinese(c), chart, f), " · "), rows); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("隐患"), s)
}

// said is what the list was asked for, in words: for its head in the reader's language, for the history in Chinese.
func said(p *ui.Page, chart *org.Chart, f safety.HazardFilter) []string {
	var out []string
	for _, t := range (listPage{Page: p, Office: true}).tabs() {
		if t.Key == f.Tab {
			out = append(out, t.Name)
		}
	}
	out = append(out, p.W(chart.Name(f.Unit)), p.W(chart.Name(f.Owner)), p.W(chart.PlaceName(org.PlaceID(p.C.Query("place")))))
	if f.Owner == matter.NoOwner {
		out = append(out, p.T("还没有交办"))
	}
	for _, k := range areas {
		if k[0] == p.C.Query("area") {
			out = append(out, p.T(k[1]))
		}
	}
	if f.Grade != "" {
		out = append(out, gradeName(p, f.Grade))
	}
	if f.Standing != "" {
		out = append(out, p.W(standingName(f.Standing)))
	}
	out = append(out, saidPast(p, f.Past)...)
	if q := p.C.Query("q"); q != "" {
		out = append(out, "“"+q+"”")
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
