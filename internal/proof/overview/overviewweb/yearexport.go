package overviewweb

import (
	"strconv"

	"xiaojia/catalogue"

	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// export writes the rounds that the year's page shows with the same filters.
func (h *Pages) export(c *web.Ctx) error {
	page, _, err := h.readYear(c, &ui.Page{Frame: h.Frame, C: c, P: c.P}, "")
	if err != nil {
		return err
	}
	p := page.Page
	s, err := sheet.New(p.T("全年"), ui.About(p, p.T("%s %d 年轮次", p.W(page.Branch), page.Year), page.filters()...),
		sheet.Column{Head: p.T("举措"), Wide: 8}, sheet.Column{Head: p.T("机制"), Wide: 8}, sheet.Column{Head: p.T("做什么"), Wide: 34}, sheet.Column{Head: p.T("开始日"), Wide: 12},
		sheet.Column{Head: p.T("到期日"), Wide: 12}, sheet.Column{Head: p.T("截止日"), Wide: 12}, sheet.Column{Head: p.T("应到"), Wide: 8}, sheet.Column{Head: p.T("已到"), Wide: 8},
		sheet.Column{Head: p.T("有理由免"), Wide: 10}, sheet.Column{Head: p.T("还差"), Wide: 8}, sheet.Column{Head: p.T("状态"), Wide: 16}, sheet.Column{Head: p.T("完成日"), Wide: 12})
	if err != nil {
		return err
	}
	defer s.Close()
	for _, m := range page.Months {
		for _, r := range m.Rows {
			if err := s.Row(p.T(measureNames[r.Measure]), r.Mechanism, p.W(r.Name), r.Opens.String(), r.Due.String(), r.Closes.String(), strconv.Itoa(r.Cover.Targets), strconv.Itoa(r.Cover.Done),
				strconv.Itoa(r.Cover.Excused), strconv.Itoa(r.Cover.Missing()), r.Word, r.DoneOn.String()); err != nil {
				return err
			}
		}
	}
	return ui.SendSheet(c, p.T("全年")+"-"+strconv.Itoa(page.Year), s)
}

// filters is what the page was asked for, in words.
func (p yearPage) filters() []string {
	var out []string
	if name, ok := measureNames[catalogue.Measure(p.Measure)]; ok {
		out = append(out, p.T(name))
	}
	for _, o := range p.states() {
		if o.Value == p.State {
			out = append(out, o.Name)
		}
	}
	if p.Week > 0 {
		out = append(out, p.T("第 %d 周", p.Week))
	}
	return out
}
