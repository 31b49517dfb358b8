package safetyweb

import (
	"strconv"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// export writes the patrols that the list shows with the same filters, all pages of it.
func (h *PatrolPages) export(c *web.Ctx) error {
	p := &ui.Page{Frame: h.Frame, C: c, P: c.P}
	page, err := h.readList(c, p)
	if err != nil {
		return err
	}
	page.options(h)
	s, err := sheet.New(p.T("巡视"), ui.About(p, p.T("巡视"), page.filters()...), sheet.Column{Head: p.T("哪天查的"), Wide: 12}, sheet.Column{Head: p.T("地点"), Wide: 20},
		sheet.Column{Head: p.T("检查表"), Wide: 10}, sheet.Column{Head: p.T("算在哪一轮"), Wide: 30}, sheet.Column{Head: p.T("状态"), Wide: 10}, sheet.Column{Head: p.T("巡视人"), Wide: 20},
		sheet.Column{Head: p.T("合格"), Wide: 8}, sheet.Column{Head: p.T("不合格"), Wide: 8}, sheet.Column{Head: p.T("不适用"), Wide: 8}, sheet.Column{Head: p.T("双方签完"), Wide: 18})
	if err != nil {
		return err
	}
	defer s.Close()
	for after := db.Key(nil); ; {
		rows, next, err := h.Patrols.Reads.Patrols(c.R.Context(), safety.SeenPatrols(c.Actor), page.filter(), after)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.Row(page.cells(r)...); err != nil {
				return err
			}
		}
		if after = next; next == nil {
			return ui.SendSheet(c, p.T("巡视"), s)
		}
	}
}

func (p *patrolListPage) cells(r safety.PatrolLine) []string {
	_, _, word := runChip(p.Page, r.State)
	names := []string{r.By}
	if r.With != "" {
		names = append(names, r.With)
	}
	signed := ""
	if !r.SignedAt.IsZero() {
		signed = p.When(r.SignedAt)
	}
	return []string{r.On.String(), p.W(r.PlaceName), r.Card, p.W(r.Duty), word, p.P.Join(names), strconv.Itoa(r.Result.Passed), strconv.Itoa(r.Result.Failed), strconv.Itoa(r.Result.NA), signed}
}

// filters is what the list was asked for, in words.
func (p *patrolListPage) filters() []string {
	var out []string
	if p.Whose != "" {
		out = append(out, p.Whose)
	}
	switch p.Tab {
	case openTab:
		out = append(out, p.T("没签完的"))
	case mineTab:
		out = append(out, p.T("我的"))
	default:
		out = append(out, strconv.Itoa(p.Year))
	}
	for _, o := range p.Cards {
		if o.Value == p.C.Query("area") {
			out = append(out, o.Name)
		}
	}
	return out
}
