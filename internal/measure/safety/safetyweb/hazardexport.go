package safetyweb

import (
	"cmp"
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

// filterWords say in the history what the list was narrowed by.
func filterWords(c *web.Ctx, chart *org.Chart) string {
	var out []string
	for _, key := range []string{"tab", "unit", "owner", "area", "place", "grade", "state", "q"} {
		v := c.Query(key)
		switch {
		case v == "":
		case key == "unit" || key == "owner":
			out = append(out, chart.Name(org.UnitID(v)).Zh)
		case key == "place":
			out = append(out, chart.PlaceName(org.PlaceID(v)).Zh)
		default:
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return "没办完的"
	}
	return strings.Join(out, " · ")
}

// export writes the list as the page filters it, row by row; numbers stay text, so that no office program counts with them.
func (h *HazardPages) export(c *web.Ctx) error {
	p := &ui.Page{Frame: h.Frame, C: c, P: c.P}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	f, err := h.filter(c, safety.Tab(cmp.Or(c.Query("tab"), string(safety.OpenTab))), chart)
	if err != nil {
		return err
	}
	cols := ledger()
	heads := make([]sheet.Column, len(cols))
	for i, x := range cols {
		heads[i] = sheet.Column{Head: p.T(x.head), Wide: x.wide}
	}
	s, err := sheet.New(p.T("隐患"), ui.About(p, p.T("隐患台账"), h.said(p, chart, f)...), heads...)
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
	if err := h.Noted(c, filterWords(c, chart), rows); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("隐患"), s)
}

// said is what the list was asked for, in words.
func (h *HazardPages) said(p *ui.Page, chart *org.Chart, f safety.HazardFilter) []string {
	out := []string{map[safety.Tab]string{safety.OpenTab: p.T("未销号"), safety.LateTab: p.T("超期的"), safety.MineTab: p.T("等我处理")}[f.Tab]}
	for _, u := range []org.UnitID{f.Unit, f.Owner} {
		if u != "" {
			out = append(out, p.W(chart.Name(u)))
		}
	}
	if f.Grade != "" {
		out = append(out, gradeName(p, f.Grade))
	}
	if f.Standing != "" {
		out = append(out, p.W(standingName(f.Standing)))
	}
	if q := p.C.Query("q"); q != "" {
		out = append(out, "“"+q+"”")
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
