package dutyweb

import (
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// export writes all standing duties of a branch, of every measure, ended ones among them.
func (h *Pages) export(c *web.Ctx) error {
	p := &ui.Page{Frame: h.frame, C: c, P: c.P}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	unit, err := chart.Shown(c.Actor.Scope(duty.SeeDuties), c.Branch())
	if err != nil {
		return err
	}
	all, err := h.reads.Duties(c.R.Context(), c.Actor.Scope(duty.SeeDuties), unit)
	if err != nil {
		return err
	}
	s, err := sheet.New(p.T("常态化机制"), ui.About(p, p.T("%s 的常态化机制", p.W(chart.Name(unit)))), sheet.Column{Head: p.T("举措"), Wide: 8}, sheet.Column{Head: p.T("机制"), Wide: 8},
		sheet.Column{Head: p.T("做什么"), Wide: 30}, sheet.Column{Head: p.T("怎样算做完"), Wide: 50}, sheet.Column{Head: p.T("什么时候"), Wide: 28}, sheet.Column{Head: p.T("做到谁、哪里"), Wide: 24},
		sheet.Column{Head: p.T("谁来做"), Wide: 24}, sheet.Column{Head: p.T("怎么记"), Wide: 14}, sheet.Column{Head: p.T("依据"), Wide: 40}, sheet.Column{Head: p.T("从哪天起"), Wide: 12}, sheet.Column{Head: p.T("停用日"), Wide: 12})
	if err != nil {
		return err
	}
	defer s.Close()
	for _, d := range all {
		l := h.line(p, chart, d)
		if err := s.Row(p.W(measureName(h.Catalogue, d.Measure)), d.Mechanism, p.W(d.Name), p.W(d.What), l.Rhythm, l.Covers, l.Offices, formWord(p, d.Form), l.Source.words(p),
			d.Adopted.String(), d.Retired.String()); err != nil {
			return err
		}
	}
	return ui.SendSheet(c, p.T("常态化机制"), s)
}
