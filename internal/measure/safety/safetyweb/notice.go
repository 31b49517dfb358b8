package safetyweb

import (
	"cmp"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

const (
	noticesOf   = 30  // lines of a page of what was announced
	monthOf     = 200 // lines of a month, which goes on one paper
	monthsShown = 12
)

type noticesPage struct {
	*ui.Page
	Rows   []safety.Notice
	Next   string
	Chart  *org.Chart
	Branch org.UnitID
	Units  []org.Unit  // where the reader may look at other branches
	Months []ui.Option // 2024-12
	Month  string
	Opens  bool // the reader sees the hazards themselves
}

// notices is what was announced in the branch, for all its members; a month of it hangs on the wall.
func (h *HazardPages) notices(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "hazards", "隐患通报")
	if err != nil {
		return err
	}
	p.Crumbs, p.Back = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("隐患"), Href: "/safety/hazards"}, {Name: p.T("通报")}}, "/safety/hazards"
	page := noticesPage{Page: p, Branch: org.UnitID(c.Actor.Branch)}
	if page.Chart, err = h.Chart(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	scope := c.Actor.Scope(safety.SeeHazards)
	page.Opens = scope.Reach == authz.Unit || scope.Reach == authz.Org
	if scope.Reach == authz.Org {
		page.Units = page.Chart.Units(org.Branch, "")
		page.Branch = cmp.Or(shownBranch(c, page.Chart), page.Branch)
	}
	after, err := db.ParseCursor(c.Query("after"), "ds")
	if err != nil {
		return err
	}
	f := page.month(c)
	rows, next, err := h.Reads.Notices(c.R.Context(), c.Actor.Org, page.Branch, f, after)
	page.Rows, page.Next = rows, next.Cursor()
	if err != nil {
		return err
	}
	return c.Render(Notices(page))
}

// month reads which month is asked for; what is none is any.
func (p *noticesPage) month(c *web.Ctx) safety.NoticeFilter {
	f := safety.NoticeFilter{Limit: noticesOf}
	p.Months = []ui.Option{{Name: p.T("全部月份")}}
	y, m := c.Today().Year(), int(c.Today().Month())
	for range monthsShown {
		key := fmt.Sprintf("%04d-%02d", y, m)
		first := kernel.MustDate(key + "-01")
		p.Months = append(p.Months, ui.Option{Value: key, Name: p.T("%d年%d月", y, m)})
		if key == c.Query("month") {
			p.Month = p.T("%d年%d月", y, m)
			f = safety.NoticeFilter{From: first, To: first.EndOfMonth(), Limit: monthOf}
		}
		if m--; m == 0 {
			y, m = y-1, 12
		}
	}
	return f
}
