package safetyweb

import (
	"cmp"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type listPage struct {
	*ui.Page
	Tab    safety.Tab
	Tabs   safety.Tabs
	Rows   []safety.HazardRow
	Next   string
	Chart  *org.Chart
	Names  map[people.ID]string
	Grades []ui.Option
	Areas  []ui.Option
	Units  []org.Unit
	Query  string
	Office bool // sees a unit's or the union's, and so tabs with figures
}

// pageOf is how many lines a page of the list has.
const pageOf = 50

func (h *HazardPages) list(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "hazards", "隐患")
	if err != nil {
		return err
	}
	ctx, sight := c.R.Context(), safety.SeenHazards(c.Actor)
	page := listPage{Page: p, Query: c.Query("q"), Office: sight.Scope.Reach != authz.Self}
	page.Tab = safety.Tab(cmp.Or(c.Query("tab"), string(page.first())))
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	f := filter(c, page.Tab)
	after, err := db.ParseCursor(c.Query("after"), columns(page.Tab, f))
	if err != nil {
		return err
	}
	var next db.Key
	if page.Rows, next, err = h.Reads.List(ctx, sight, f, after); err != nil {
		return err
	}
	page.Next = next.Cursor()
	if page.Office {
		if page.Tabs, err = h.Reads.Tabs(ctx, sight); err != nil {
			return err
		}
	}
	page.options(h, sight.Scope)
	return c.Render(HazardList(page))
}

// first is the tab that opens: what is open for an office, one's own for a member.
func (p listPage) first() safety.Tab {
	if p.Office {
		return safety.TabOpen
	}
	return safety.TabOwn
}

// columns is how many columns the order of a tab has.
func columns(t safety.Tab, f safety.HazardFilter) int {
	if n, ok := safety.KeyColumns(t, f); ok {
		return n
	}
	return 2
}

// filter reads the address; what it does not know it leaves out.
func filter(c *web.Ctx, tab safety.Tab) safety.HazardFilter {
	return safety.HazardFilter{Tab: tab, Grade: c.Query("grade"), State: matter.State(c.Query("state")), Unit: org.UnitID(c.Query("unit")),
		Area: c.Query("area"), Place: org.PlaceID(c.Query("place")), Text: strings.TrimSpace(c.Query("q")), Limit: pageOf}
}

func (p *listPage) options(h *HazardPages, s authz.Scope) {
	p.Grades = append(p.Grades, ui.Option{Name: p.T("全部等级")})
	for _, g := range h.Grades {
		p.Grades = append(p.Grades, ui.Option{Value: g.Key, Name: p.W(g.Name)})
	}
	p.Areas = append(p.Areas, ui.Option{Name: p.T("全部区域")})
	for _, k := range areas {
		p.Areas = append(p.Areas, ui.Option{Value: k[0], Name: p.T(k[1])})
	}
	if s.Reach == authz.Org {
		p.Units = p.Chart.Units(org.Branch, "")
	}
}

var areas = [][2]string{{"canteen", "食堂"}, {"living", "生活区"}, {"production", "生产作业区"}, {"chemical", "危化品存储区"}, {"other", "其他场所"}}

// tab is one tab of the list with its figure.
type tab struct {
	Key  safety.Tab
	Name string
	N    int
}

// tabs are the usual questions; a figure that is not kept is not shown as 0.
func (p listPage) tabs() []tab {
	if !p.Office {
		return []tab{{safety.TabOwn, p.T("和我有关的"), -1}, {safety.TabMine, p.T("等我处理"), -1}}
	}
	return []tab{{safety.TabOpen, p.T("未销号"), p.Tabs.Open}, {safety.TabLate, p.T("超期"), p.Tabs.Late}, {safety.TabMine, p.T("等我处理"), p.Tabs.Mine},
		{safety.TabAll, p.T("全部"), -1}, {safety.TabClosed, p.T("已销号"), -1}}
}

func (p listPage) hint() string {
	if p.Tabs.Year <= 0 {
		return ""
	}
	return p.T("今年 %d 条，未销号 %d 条", p.Tabs.Year, p.Tabs.Open)
}

type boardPage struct {
	*ui.Page
	Rows   []safety.BoardRow
	Chart  *org.Chart
	States []matter.State
}

func (h *HazardPages) board(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "hazards", "隐患看板")
	if err != nil {
		return err
	}
	p.Crumbs, p.Back = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("隐患"), Href: "/safety/hazards"}, {Name: p.T("看板")}}, "/safety/hazards"
	page := boardPage{Page: p, States: matter.States()}
	if page.Chart, err = h.Chart(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	if page.Rows, err = h.Reads.Board(c.R.Context(), safety.SeenHazards(c.Actor)); err != nil {
		return err
	}
	slices.SortFunc(page.Rows, func(a, b safety.BoardRow) int {
		return cmp.Compare(page.Chart.Name(a.Unit).Zh, page.Chart.Name(b.Unit).Zh)
	})
	return c.Render(HazardBoard(page))
}
