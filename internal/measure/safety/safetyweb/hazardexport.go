package safetyweb

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

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
	for _, key := range []string{"tab", "unit", "area", "place", "grade", "state", "q"} {
		v := c.Query(key)
		switch {
		case v == "":
		case key == "unit":
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
	p := &ui.Page{C: c, P: c.P}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	f, err := h.filter(c, safety.Tab(cmp.Or(c.Query("tab"), string(safety.OpenTab))), chart)
	if err != nil {
		return err
	}
	book := excelize.NewFile()
	defer book.Close()
	sheet := c.P.T("隐患")
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	w, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	cols := ledger()
	for i, x := range cols { // before the first row: the stream writes them at its head
		if err := w.SetColWidth(i+1, i+1, x.wide); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	n := 1
	put := func(cell func(column) string, opts ...excelize.RowOpts) error {
		row := make([]any, len(cols))
		for i, x := range cols {
			row[i] = cell(x)
		}
		defer func() { n++ }()
		return w.SetRow(fmt.Sprintf("A%d", n), row, opts...)
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	rows := 0
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := put(func(x column) string { return c.P.T(x.head) }, excelize.RowOpts{StyleID: bold}); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	err = h.Reads.Rows(c.R.Context(), c.Actor.Scope(safety.ExportHazards), f, func(r safety.LedgerRow) error {
		rows++
		return put(func(x column) string { return x.cell(p, chart, r) })
	})
	if err != nil {
		return err
	}
	if err := h.Noted(c, filterWords(c, chart), rows); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	c.Attach(c.P.T("隐患")+"-"+c.Today().String()+".xlsx", xlsx)
	if err := book.Write(c.W); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
