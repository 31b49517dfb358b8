package safetyweb

import (
	"cmp"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
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
	Tab      safety.Tab
	Tabs     safety.Tabs
	Rows     []safety.HazardRow
	Next     string
	Chart    *org.Chart
	Names    map[people.ID]string
	Grades   []ui.Option
	Areas    []ui.Option
	Owners   []ui.Option // units that answer, where several can
	States   []ui.Option
	Sorts    []ui.Option
	Unit     org.UnitID // the branch that is shown, empty for all
	Units    []org.Unit
	Several  bool // more than one branch is in sight: lines say which
	Filtered bool
	Query    string
	Office   bool // sees a unit's or the union's, and so tabs with figures
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
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	f, err := h.filter(c, page.Chart)
	if err != nil {
		return err
	}
	page.Tab = f.Tab
	after, err := db.ParseCursor(c.Query("after"), f.Columns(scope))
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
	page.Unit = f.Unit
	page.options(h, scope)
	page.Filtered = page.Query != "" || slices.ContainsFunc(filters, func(k string) bool { return c.Query(k) != "" })
	return c.Render(HazardList(page))
}

// shownBranch is the branch that somebody who sees several has chosen, empty for all of them.
func shownBranch(c *web.Ctx, chart *org.Chart) org.UnitID {
	if u, ok := chart.Unit(org.UnitID(c.Branch())); ok && u.Kind == org.Branch {
		return u.ID
	}
	return ""
}

// filter reads the address; what it does not know it leaves out.
func (h *HazardPages) filter(c *web.Ctx, chart *org.Chart) (safety.HazardFilter, error) {
	f := safety.AskHazards(c.Query, c.Actor, chart)
	f.Unit, f.Limit = shownBranch(c, chart), pageOf
	f.Past = askedPast(c)
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
		p.Several = len(p.Units) > 1 && p.Unit == ""
	}
	p.owners(s)
	p.States = []ui.Option{{Name: p.T("全部状态")}}
	for _, k := range matter.Standings() {
		p.States = append(p.States, ui.Option{Value: k, Name: p.W(standingName(k))})
	}
	p.Sorts = []ui.Option{{Name: p.T("先到期的在前")}, {Value: string(safety.ByGrade), Name: p.T("等级高的在前")}, {Value: string(safety.ByNo), Name: p.T("新的在前")}}
}

// filters are what narrows a tab.
var filters = []string{"unit", "owner", "area", "place", "grade", "state", "raised", "age", "fixed", "took", "again", "topic"}

// owners are the units that can answer in what the reader sees.
func (p *listPage) owners(s authz.Scope) {
	if s.Reach != authz.Unit && s.Reach != authz.Org {
		return
	}
	branch := p.Unit
	if s.Reach == authz.Unit {
		branch = org.UnitID(s.ID)
	}
	p.Owners = []ui.Option{{Name: p.T("全部责任单位")}, {Value: string(matter.NoOwner), Name: p.T("还没有交办")}}
	for _, k := range []org.UnitKind{org.Department, org.Contractor} {
		for _, u := range p.Chart.Units(k, branch) {
			p.Owners = append(p.Owners, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
		}
	}
}

// standingName is the word for a state, or for how something was closed without being solved.
func standingName(k string) kernel.Words {
	if slices.Contains(matter.States(), matter.State(k)) {
		return matter.StateName(matter.State(k))
	}
	return matter.StandingName(matter.Closed, matter.Outcome(k))
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
	return []tab{{safety.OpenTab, p.T("未销号"), p.Tabs.Open}, {safety.LateTab, p.T("超期的"), p.Tabs.Late}, {safety.MineTab, p.T("等我处理"), p.Tabs.Mine},
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
	States []string
	Branch org.UnitID // the rows are the units that answer in this branch
	Unit   org.UnitID // the branch that is shown, empty for all
	Units  []org.Unit
}

func (h *HazardPages) board(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "hazards", "隐患看板")
	if err != nil {
		return err
	}
	p.Crumbs, p.Back = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("隐患"), Href: "/safety/hazards"}, {Name: p.T("看板")}}, "/safety/hazards"
	page := boardPage{Page: p, States: matter.Standings()}
	if page.Chart, err = h.Chart(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	scope := c.Actor.Scope(safety.SeeHazards)
	switch scope.Reach {
	case authz.Org:
		page.Units = page.Chart.Units(org.Branch, "")
		page.Branch = shownBranch(c, page.Chart)
	case authz.Unit:
		page.Branch = org.UnitID(scope.ID)
	}
	if page.Rows, err = h.boardRows(c, &page, scope); err != nil {
		return err
	}
	slices.SortFunc(page.Rows, func(a, b safety.BoardRow) int {
		return cmp.Or(cmp.Compare(b.Open(), a.Open()), cmp.Compare(page.Chart.Name(a.Unit).Zh, page.Chart.Name(b.Unit).Zh))
	})
	return c.Render(HazardBoard(page))
}

// boardRows is a row for each unit that answers in a branch, or for each branch; a branch without any hazard has its row too.
func (h *HazardPages) boardRows(c *web.Ctx, p *boardPage, scope authz.Scope) ([]safety.BoardRow, error) {
	if p.Branch != "" {
		return h.Reads.Owners(c.R.Context(), c.Actor.Org, p.Branch)
	}
	rows, err := h.Reads.Board(c.R.Context(), scope)
	for _, u := range p.Units {
		if !slices.ContainsFunc(rows, func(r safety.BoardRow) bool { return r.Unit == u.ID }) {
			rows = append(rows, safety.BoardRow{Unit: u.ID})
		}
	}
	return rows, err
}

// name is what a row is called.
func (p boardPage) name(r safety.BoardRow) string { return answers(p.Page, p.Chart, r.Unit) }

// answers names a unit that must answer, where there is one.
func answers(p *ui.Page, chart *org.Chart, u org.UnitID) string {
	if u == matter.NoOwner {
		return p.T("还没有交办")
	}
	return p.W(chart.Name(u))
}
