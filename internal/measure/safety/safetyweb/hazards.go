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
	ctx, scope := c.R.Context(), c.Actor.Scope(safety.SeeHazards)
	page := listPage{Page: p, Query: strings.TrimSpace(c.Query("q")), Office: scope.Reach != authz.Self}
	page.Tab = safety.Tab(cmp.Or(c.Query("tab"), string(safety.OpenTab)))
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	f, err := h.filter(c, page.Tab, page.Chart)
	if err != nil {
		return err
	}
	after, err := db.ParseCursor(c.Query("after"), columns(page.Tab, scope))
	if err != nil {
		return err
	}
	var next db.Key
	if page.Rows, next, err = h.Reads.List(ctx, scope, f, after); err != nil {
		return err
	}
	page.Next = next.Cursor()
	if page.Office {
		if page.Tabs, err = h.Reads.Tabs(ctx, scope, f.Waits, c.Today().Year()); err != nil {
			return err
		}
	}
	page.options(h, scope)
	return c.Render(HazardList(page))
}

// columns is how many columns the order of a tab has.
func columns(t safety.Tab, s authz.Scope) string {
	if t != safety.MineTab && (s.Reach == authz.Self || t == safety.AllTab || t == safety.ClosedTab) {
		return "s"
	}
	return "ns"
}

// filter reads the address; what it does not know it leaves out.
func (h *HazardPages) filter(c *web.Ctx, tab safety.Tab, chart *org.Chart) (safety.HazardFilter, error) {
	f := safety.HazardFilter{Tab: tab, Grade: c.Query("grade"), State: matter.State(c.Query("state")), Unit: org.UnitID(c.Query("unit")),
		Waits: matter.WaitsFor(c.Actor), Limit: pageOf}
	if kind := c.Query("area"); kind != "" {
		f.Place = []org.PlaceID{"-"} // an area without places has no hazards
		for _, pl := range chart.Places("", kind) {
			f.Place = append(f.Place, pl.ID)
		}
	}
	if id := c.Query("place"); id != "" {
		f.Place = []org.PlaceID{org.PlaceID(id)}
	}
	q := strings.TrimSpace(c.Query("q"))
	if q == "" {
		return f, nil
	}
	ids, err := h.Find(c.R.Context(), c.Actor, q)
	f.IDs = append([]matter.ID{}, ids...) // found nothing is not the same as did not search
	return f, err
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
		return []tab{{safety.OpenTab, p.T("没办完的"), -1}, {safety.AllTab, p.T("和我有关的"), -1}}
	}
	return []tab{{safety.OpenTab, p.T("未销号"), p.Tabs.Open}, {safety.LateTab, p.T("超期"), p.Tabs.Late}, {safety.MineTab, p.T("等我处理"), p.Tabs.Mine},
		{safety.AllTab, p.T("全部"), -1}, {safety.ClosedTab, p.T("已销号"), -1}}
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
	if page.Rows, err = h.Reads.Board(c.R.Context(), c.Actor.Scope(safety.SeeHazards)); err != nil {
		return err
	}
	slices.SortFunc(page.Rows, func(a, b safety.BoardRow) int {
		return cmp.Compare(page.Chart.Name(a.Unit).Zh, page.Chart.Name(b.Unit).Zh)
	})
	return c.Render(HazardBoard(page))
}
