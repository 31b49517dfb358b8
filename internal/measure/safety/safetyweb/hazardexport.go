package safetyweb

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func exported(p *ui.Page, chart *org.Chart, r safety.HazardRow) []any {
	late, due := "", ""
	if r.Late {
		late = p.T("是")
	}
	if r.Due != 0 {
		due = r.Due.Date().String()
	}
	return []any{r.No, r.Title, place(p, chart, r), gradeName(p, r.Grade), p.W(matter.StateName(r.State)), p.W(chart.Name(r.Owner)), due, late}
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
	n := 1
	put := func(cells ...any) error {
		defer func() { n++ }()
		return w.SetRow(fmt.Sprintf("A%d", n), cells)
	}
	if err := put(c.P.T("编号"), c.P.T("内容"), c.P.T("地点"), c.P.T("等级"), c.P.T("状态"), c.P.T("责任单位"), c.P.T("期限"), c.P.T("超期")); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	rows := 0
	err = h.Reads.Rows(c.R.Context(), c.Actor.Scope(safety.ExportHazards), f, func(r safety.HazardRow) error {
		rows++
		return put(exported(p, chart, r)...)
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
