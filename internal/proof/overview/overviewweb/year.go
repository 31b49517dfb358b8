package overviewweb

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"xiaojia/catalogue"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type yearPage struct {
	*ui.Page
	Year    int
	Years   []int
	Measure string
	Week    int
	State   string
	Unit    org.UnitID
	Branch  kernel.Words
	Ring    ui.Ring
	HasRing bool
	Months  []month
	Count   int
}

type month struct {
	Name  string
	First kernel.Date
	Rows  []roundLine
	Late  int
	Now   bool
	Open  bool // unfolded
}

type roundLine struct {
	duty.RoundRow
	Cell duty.Cell
	Chip string
	Icon string
	Word string
}

// yearsBack is how many years the choice offers.
const yearsBack = 3

func (h *Pages) year(c *web.Ctx) error { return h.yearList(c, "", "year", "全年") }

func (h *Pages) measure(c *web.Ctx) error {
	m := catalogue.Measure(c.ID())
	name, ok := measureNames[m]
	if !ok {
		return kernel.Err(kernel.NotFound, "没有这一页。地址也许打错了。")
	}
	return h.yearList(c, m, string(m), name)
}

func (h *Pages) yearList(c *web.Ctx, only catalogue.Measure, active, title string) error {
	p, err := h.Frame.Page(c, active, title)
	if err != nil {
		return err
	}
	page, rows, err := h.readYear(c, p, only)
	if err != nil {
		return err
	}
	if only == "" {
		page.HasRing = len(rows) > 0
		if page.Ring, err = h.pictured(p, page.Unit, rows, page.Year); err != nil {
			return err
		}
	}
	return c.Render(Year(page))
}

// readYear reads the rounds of the year that is asked for and keeps those that the filters want; all of them come back beside.
func (h *Pages) readYear(c *web.Ctx, p *ui.Page, only catalogue.Measure) (yearPage, []duty.RoundRow, error) {
	unit, chart, err := h.unit(c)
	if err != nil {
		return yearPage{}, nil, err
	}
	now := c.Today().Year()
	page := yearPage{Page: p, Branch: chart.Name(unit), Year: c.Int("year", now, now-yearsBack, now+1), Week: c.Int("week", 0, 0, 53), Measure: c.Query("measure"), State: c.Query("state"), Unit: unit}
	if only != "" {
		page.Measure = string(only)
	}
	for y := now + 1; y >= now-yearsBack+1; y-- {
		page.Years = append(page.Years, y)
	}
	rows, err := h.Rounds.Year(c.R.Context(), c.Actor.Scope(duty.SeeDuties), unit, page.Year)
	if err != nil {
		return page, nil, err
	}
	page.fill(rows)
	return page, rows, nil
}

// fill keeps the rounds that the filters ask for, by month of their due day.
func (p *yearPage) fill(rows []duty.RoundRow) {
	today := p.C.Today()
	for _, r := range rows {
		cell := r.Cell(today)
		if cell == duty.CellNone && r.State != duty.Planned || !p.wants(r, cell) {
			continue
		}
		key := p.P.Month(r.Due.Year(), r.Due.Month())
		if n := len(p.Months); n == 0 || p.Months[n-1].Name != key {
			first := kernel.NewDate(r.Due.Year(), r.Due.Month(), 1)
			p.Months = append(p.Months, month{Name: key, First: first, Now: first == kernel.NewDate(today.Year(), today.Month(), 1)})
		}
		m := &p.Months[len(p.Months)-1]
		m.Rows = append(m.Rows, p.line(r, cell))
		if cell == duty.CellLate {
			m.Late++
		}
		p.Count++
	}
	p.fold()
}

// fold leaves open what is under way: the months from this one on, and a past one only where something in it was not done. Who
// asked for a state or a week sees all of it.
func (p *yearPage) fold() {
	now := p.C.Today()
	asked := p.State != "" || p.Week > 0
	for i, m := range p.Months {
		over := m.First.EndOfMonth().Before(now)
		p.Months[i].Open = asked || !over || p.Year < now.Year() && i == 0
	}
}

func (p *yearPage) wants(r duty.RoundRow, cell duty.Cell) bool {
	y, w := r.Due.ISOWeek()
	switch {
	case p.Week == 0 && r.Due.Year() != p.Year: // is in the first or last week of the ring alone
		return false
	case p.Measure != "" && string(r.Measure) != p.Measure:
		return false
	case p.Week > 0 && (w != p.Week || y != p.Year):
		return false
	case p.State == "excused":
		return r.Cover.Excused > 0
	case p.State == "open":
		return r.State == duty.Open && cell != duty.CellLate && r.Cover.Missing() > 0
	case p.State != "" && cell.String() != p.State:
		return false
	}
	return true
}

func (p *yearPage) line(r duty.RoundRow, cell duty.Cell) roundLine {
	l := roundLine{RoundRow: r, Cell: cell}
	switch cell {
	case duty.CellDone:
		l.Chip, l.Icon, l.Word = "good", "check", p.T("已完成")
	case duty.CellExcused:
		l.Chip, l.Icon, l.Word = "calm", "circle-dot", p.T("有理由免")
	case duty.CellLate:
		l.Chip, l.Icon, l.Word = "late", "triangle-alert", p.T("超期 %d 天", p.C.Today().Sub(r.Due))
		if r.State == duty.Closed {
			l.Word = p.T("没做完，差 %d", r.Cover.Missing())
		}
	case duty.CellDue:
		l.Chip, l.Icon, l.Word = "soon", "clock", p.T("本周到期")
	default:
		l.Chip, l.Icon, l.Word = "calm", "calendar", p.T("未到期")
	}
	return l
}

// states are the questions that the list answers.
func (p yearPage) states() []ui.Option {
	return []ui.Option{{Value: "", Name: p.T("全部")}, {Value: "late", Name: p.T("超期、没做完")}, {Value: "due", Name: p.T("本周到期")}, {Value: "open", Name: p.T("开着，还差人")}, {Value: "later", Name: p.T("未到期")}, {Value: "done", Name: p.T("已完成")}, {Value: "excused", Name: p.T("有理由免")}}
}

type todoPage struct {
	*ui.Page
	Items []ui.Item
}

func (h *Pages) todo(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "todo", "待办")
	if err != nil {
		return err
	}
	items, err := h.Todo(c)
	if err != nil {
		return err
	}
	return c.Render(Todo(todoPage{Page: p, Items: items}))
}

type searchPage struct {
	*ui.Page
	Query  string
	Groups []hits
}

// hits are those of a kind. All leads to its list where there are more.
type hits struct {
	Icon, Word, All string
	List            []search.Hit
}

// eachMost is how many of a kind are shown, so that much of one never hides another; the best of searchMost.
const (
	eachMost   = 8
	searchMost = 50
)

func (h *Pages) search(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "search", "搜索")
	if err != nil {
		return err
	}
	page := searchPage{Page: p, Query: strings.TrimSpace(c.Query("q"))}
	here, err := h.FindHere(c, page.Query)
	if err != nil {
		return err
	}
	for _, k := range kinds {
		g := hits{Icon: k.icon, Word: k.word}
		if perm, ok := h.Scopes[k.kind]; ok && c.Actor.May(perm) {
			if g.List, err = search.Find(c.R.Context(), h.DB, c.Actor.Org, page.Query, map[string]authz.Scope{k.kind: c.Actor.Scope(perm)}, searchMost); err != nil {
				return err
			}
			best(g.List, page.Query)
		}
		for _, x := range here {
			if x.Kind == k.kind {
				g.List = append(g.List, x)
			}
		}
		if len(g.List) > eachMost {
			if g.List = g.List[:eachMost]; k.all != "" {
				g.All = k.all + url.QueryEscape(page.Query)
			}
		}
		if len(g.List) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	return c.Render(Search(page))
}

// best puts first what has the words as they were typed in its title; what comes after stays in its order, the newest first.
func best(list []search.Hit, query string) {
	rank := func(x search.Hit) int {
		switch {
		case strings.EqualFold(x.Title, query):
			return 0
		case strings.Contains(strings.ToLower(x.Title), strings.ToLower(query)):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b search.Hit) int { return cmp.Compare(rank(a), rank(b)) })
}
