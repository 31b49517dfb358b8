package overviewweb

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type homePage struct {
	*ui.Page
	Greeting string
	Unit     org.UnitID
	Ring     ui.Ring
	HasYear  bool
	Todo     []ui.Item
	TodoAll  int
	Mine     []ui.Item
	Desk     []ui.Fact // hazards by where they stand, for the safety department
	Gaps     []gap
	Tiles    []tile
	Sum      duty.Coverage // of what is due by today
	Ahead    duty.Coverage // of what is open and has time left
	Week     int           // rounds due this week
	Late     int           // rounds over their day
	Over     int           // of these, closed: nobody can do them any more
	Overs    []gap         // the latest of them
	Steps    Steps
	Hero     Hero
}

type gap struct {
	Name  string
	Href  string
	Names []string
	More  int
	Done  int
	All   int
	Due   string
}

// oversMost is how many rounds that were missed home names; the newest.
const oversMost = 3

type tile struct {
	Hue, Name, Href, Kind string
	Done, Of              int
	Facts                 []ui.Fact
}

// homeTodos is how many things home shows; the rest stands under 待办.
const homeTodos = 5

func (h *Pages) home(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "home", "首页")
	if err != nil {
		return err
	}
	page := homePage{Page: p, Greeting: greeting(p)}
	unit, chart, err := h.unit(c)
	if err != nil {
		return err
	}
	page.Unit = unit
	if h.ofCompany(c, chart) {
		return h.company(c, page, chart)
	}
	if page.Steps, err = h.Start(c, p); err != nil {
		return err
	}
	if err := h.waits(c, &page); err != nil {
		return err
	}
	if page.Mine, err = collect(c, h.Mine); err != nil {
		return err
	}
	if page.Hero, err = h.Phone(c); err != nil {
		return err
	}
	if page.Desk, err = h.Desk(c, p); err != nil {
		return err
	}
	if unit != "" {
		if err := h.yearOf(c, &page); err != nil {
			return err
		}
	}
	return c.Render(Home(page))
}

// waits fills what waits for the actor, as much of it as home shows.
func (h *Pages) waits(c *web.Ctx, page *homePage) error {
	all, err := h.Todo(c)
	page.TodoAll, page.Todo = len(all), all[:min(len(all), homeTodos)]
	return err
}

// yearOf fills what home shows of the branch's year: the ring, who is missing, the four measures.
func (h *Pages) yearOf(c *web.Ctx, page *homePage) error {
	ctx, s, year := c.R.Context(), c.Actor.Scope(duty.SeeDuties), c.Today().Year()
	rows, err := h.Rounds.Year(ctx, s, page.Unit, year)
	if err != nil {
		return err
	}
	page.HasYear = len(rows) > 0
	if page.Ring, err = h.pictured(page.Page, page.Unit, rows, year); err != nil {
		return err
	}
	facts, err := h.Facts(c, page.Page, page.Unit)
	if err != nil {
		return err
	}
	page.tiles(rows, year, facts)
	for _, r := range rows {
		switch r.Cell(c.Today()) {
		case duty.CellDue:
			page.Week++
		case duty.CellLate:
			page.Late++
			if r.State == duty.Closed {
				page.Over++
				page.Overs = append(page.Overs, gap{Name: page.W(r.Name), Href: "/rounds/" + string(r.ID), Done: r.Cover.Done + r.Cover.Excused, All: r.Cover.Targets, Due: page.Day(r.Due)})
			}
		}
	}
	page.Overs = page.Overs[max(0, len(page.Overs)-oversMost):]
	slices.Reverse(page.Overs)
	return h.gaps(c, page)
}

// yearHref is the year's list with one of its questions.
func (p homePage) yearHref(state string) templ.SafeURL {
	return ui.Local("/year?state=" + state)
}

func (p *homePage) tiles(rows []duty.RoundRow, year int, facts map[string]ui.Fact) {
	totals := duty.Totals(rows, year, p.C.Today())
	kinds := map[string]string{"safety": "巡视与检查轮次", "warmth": "普查、慰问、帮扶轮次", "voice": "督查与清单轮次", "culture": "活动与赛事"}
	for _, m := range []catalogue.Measure{catalogue.Safety, catalogue.Warmth, catalogue.Voice, catalogue.Culture} {
		t := totals[m]
		if t.Due+t.Later == 0 {
			continue
		}
		tl := tile{Hue: string(m), Name: measureNames[m], Kind: kinds[string(m)], Href: "/measure/" + string(m), Done: t.Done, Of: t.Due}
		if f, ok := facts[string(m)]; ok {
			tl.Facts = append(tl.Facts, f)
		}
		p.Tiles = append(p.Tiles, tl)
		p.Sum, p.Ahead = p.Sum.Plus(t.Cover), p.Ahead.Plus(t.Ahead)
	}
}

var measureNames = map[catalogue.Measure]string{catalogue.Safety: "安全", catalogue.Warmth: "温暖", catalogue.Voice: "诉求", catalogue.Culture: "文体", catalogue.Proof: "成效"}

// gaps names who is still missing in rounds that are due soon; names, not percentages.
// ownMeasure is the one that concerns the reader at work: the safety department's own; empty for all.
func (p *homePage) ownMeasure() catalogue.Measure {
	if len(p.Desk) > 0 {
		return catalogue.Safety
	}
	return ""
}

func (h *Pages) gaps(c *web.Ctx, page *homePage) error {
	ctx := c.R.Context()
	missing, err := h.Rounds.Missing(ctx, c.Actor.Scope(duty.SeeDuties), duty.MissingFilter{Unit: page.Unit, Measure: page.ownMeasure(), Rounds: 6, Names: 4, By: c.Today().Add(14)})
	if err != nil {
		return err
	}
	var refs []record.Ref
	for _, g := range missing {
		for _, s := range g.First {
			refs = append(refs, s.Ref)
		}
	}
	names, err := h.Names(c, refs)
	if err != nil {
		return err
	}
	for _, g := range missing {
		may := g.Names(c.Actor)
		x := gap{Name: page.W(g.Name), Href: "/rounds/" + string(g.ID), Done: g.Cover.Done + g.Cover.Excused, All: g.Cover.Targets}
		for _, s := range g.First {
			if n := names[s.Ref]; n != "" && (s.Ref.Kind == record.KindUnit || s.Ref.Kind == record.KindPlace || may.Of(s.Slice)) {
				x.Names = append(x.Names, n)
			}
		}
		x.More = g.Cover.Missing() - len(x.Names)
		page.Gaps = append(page.Gaps, x)
	}
	return nil
}

// Todo is everything that waits for the actor, what is due first on top; it is asked for once a request.
func (h *Pages) Todo(c *web.Ctx) ([]ui.Item, error) {
	return web.Memo(c, "todo", func() ([]ui.Item, error) {
		out, err := collect(c, h.Todos)
		slices.SortStableFunc(out, func(a, b ui.Item) int { return cmp.Compare(a.Order, b.Order) })
		return out, err
	})
}

func collect(c *web.Ctx, from []func(*web.Ctx) ([]ui.Item, error)) ([]ui.Item, error) {
	var out []ui.Item
	for _, f := range from {
		items, err := f(c)
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	return out, nil
}

func greeting(p *ui.Page) string {
	name := p.C.Actor.Name
	switch h := hour(p.C.Now); {
	case h < 5:
		return p.T("夜深了，%s", name)
	case h < 11:
		return p.T("早上好，%s", name)
	case h < 14:
		return p.T("中午好，%s", name)
	case h < 18:
		return p.T("下午好，%s", name)
	}
	return p.T("晚上好，%s", name)
}

func itoa(n int) string { return strconv.Itoa(n) }
