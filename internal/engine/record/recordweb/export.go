package recordweb

import (
	"strconv"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// export writes the notes that the list shows with the same filters, all pages of it.
func (h *Pages) export(c *web.Ctx) error {
	p := &ui.Page{Frame: h.frame, C: c, P: c.P}
	page, f, err := h.readList(c, p)
	if err != nil {
		return err
	}
	s, err := sheet.New(p.T("记录"), ui.About(p, p.T("%s 的记录", p.W(page.Branch)), page.filters()...), sheet.Column{Head: p.T("哪一天"), Wide: 12},
		sheet.Column{Head: p.T("举措"), Wide: 8}, sheet.Column{Head: p.T("做了什么"), Wide: 50}, sheet.Column{Head: p.T("谁记的"), Wide: 12}, sheet.Column{Head: p.T("在场人数"), Wide: 10})
	if err != nil {
		return err
	}
	defer s.Close()
	for {
		rows, err := h.reads.Notes(c.R.Context(), c.Actor.Scope(record.SeeNotes), f)
		if err != nil {
			return err
		}
		more := len(rows) == f.Limit
		for _, n := range rows {
			if err := s.Row(n.On.String(), p.W(page.measure(n)), n.Title, n.ByName, strconv.Itoa(n.People)); err != nil {
				return err
			}
			f.After = n.Key()
		}
		if !more {
			return ui.SendSheet(c, p.T("记录"), s)
		}
	}
}

// filters is what the list was asked for, in words.
func (p listPage) filters() []string {
	var out []string
	for _, m := range p.Measures {
		if m.Key == p.Measure {
			out = append(out, p.W(m.Name))
		}
	}
	if p.Year != 0 {
		out = append(out, strconv.Itoa(p.Year))
	}
	if p.Query != "" {
		out = append(out, p.T("含“%s”", p.Query))
	}
	return out
}
