package safetyweb

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type patrolListPage struct {
	*ui.Page
	Tab      string
	Year     int
	Unit     org.UnitID
	Whose    string // the branch's name, for who sees several
	Cover    safety.Coverage
	Show     safety.CoverState // only these cells, where one is chosen
	Kind     string            // only places of a kind
	Month    int               // only the month, 0 for all
	Rows     []safety.PatrolLine
	Next     string
	Cards    []ui.Option
	Ready    safety.Readiness
	Chairs   []string // who can appoint
	Appoints bool     // the reader can
	Mine     bool     // has a tab of his own
}

// Tabs of the list.
const (
	yearTab = ""
	openTab = "open"
	mineTab = "mine"
)

func (h *PatrolPages) list(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "patrols", "巡视")
	if err != nil {
		return err
	}
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视")}}
	acknowledge(p)
	page, err := h.readList(c, p)
	if err != nil {
		return err
	}
	after, err := db.ParseCursor(c.Query("after"), "ds")
	if err != nil {
		return err
	}
	ctx := c.R.Context()
	var next db.Key
	if page.Rows, next, err = h.Patrols.Reads.Patrols(ctx, safety.SeenPatrols(c.Actor), page.filter(), after); err != nil {
		return err
	}
	page.Next = next.Cursor()
	page.options(h)
	if page.Unit == "" || after != nil {
		return c.Render(PatrolList(page))
	}
	if page.Cover, err = h.Patrols.Coverage(ctx, c.Actor, page.Unit, page.Year); err != nil {
		return err
	}
	if err := page.readiness(h, c); err != nil {
		return err
	}
	return c.Render(PatrolList(page))
}

// readList reads what the list is asked for, and whose it is.
func (h *PatrolPages) readList(c *web.Ctx, p *ui.Page) (patrolListPage, error) {
	page := patrolListPage{Page: p, Tab: c.Query("tab"), Year: c.Int("year", c.Today().Year(), 2000, c.Today().Year()+1), Show: safety.CoverState(c.Query("show")),
		Kind: c.Query("kind"), Month: c.Int("month", 0, 0, 12), Mine: c.Actor.May(safety.DoPatrol)}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return page, err
	}
	s := c.Actor.Scope(safety.SeePatrols)
	page.Unit, err = chart.Shown(s, c.Branch())
	page.Whose = p.Of(s, chart.Name(page.Unit))
	return page, err
}

func (p *patrolListPage) filter() safety.PatrolFilter {
	f := safety.PatrolFilter{Unit: p.Unit, Card: p.C.Query("area")}
	switch p.Tab {
	case openTab:
		f.Tab = safety.OpenPatrols
	case mineTab:
		f.Who = people.ID(p.C.Actor.Person)
	default:
		f.Year = p.Year
	}
	return f
}

func (p *patrolListPage) options(h *PatrolPages) {
	p.Cards = []ui.Option{{Name: p.T("全部区域")}}
	for _, k := range h.Patrols.Cards.PlaceKinds {
		if card, ok := h.Patrols.Cards.CardFor(k.Key); ok {
			p.Cards = append(p.Cards, ui.Option{Value: card.Code, Name: p.W(k.Name)})
		}
	}
}

// readiness says what keeps patrols from counting, and who can repair it.
func (p *patrolListPage) readiness(h *PatrolPages, c *web.Ctx) error {
	ctx, today := c.R.Context(), c.Today()
	var err error
	if p.Ready, err = h.Patrols.Ready(ctx, c.Actor.Org, p.Unit, today); err != nil || len(p.Ready.Problems) == 0 {
		return err
	}
	p.Appoints = people.MayAppoint(c.Actor, authz.WorkerRep, p.Unit) || people.MayAppoint(c.Actor, authz.MemberRep, p.Unit)
	chairs, err := h.Patrols.Mandates.HeldAt(ctx, h.Patrols.DB.Read, c.Actor.Org, p.Unit, authz.Chair)
	for _, m := range chairs {
		if m.Term.Has(today) {
			p.Chairs = append(p.Chairs, m.Name)
		}
	}
	return err
}

type patrolTab struct{ Key, Name string }

func (p patrolListPage) tabs() []patrolTab {
	year := p.T("今年")
	if p.Year != p.C.Today().Year() {
		year = p.T("%d 年", p.Year)
	}
	out := []patrolTab{{yearTab, year}}
	if p.May(safety.SeeOpenPatrols) {
		out = append(out, patrolTab{openTab, p.T("没签完的")})
	}
	if p.Mine {
		out = append(out, patrolTab{mineTab, p.T("我的")})
	}
	return out
}

// card is the checklist to look at: of the area that was chosen, else the first.
func (p patrolListPage) card() string {
	if a := p.C.Query("area"); a != "" {
		return a
	}
	for _, o := range p.Cards {
		if o.Value != "" {
			return o.Value
		}
	}
	return ""
}

func (p patrolListPage) emptyTitle() string {
	switch p.Tab {
	case openTab:
		return p.T("没有等签名的")
	case mineTab:
		return p.T("你还没有巡视过")
	}
	return p.T("这一年还没有巡视")
}

// yearHref is the same page of another year.
func (p patrolListPage) yearHref(by int) templ.SafeURL {
	return p.C.With("year", strconv.Itoa(p.Year+by), "tab", "")
}

// rows are the places that are asked for.
func (p patrolListPage) rows() []safety.CoverRow {
	if p.Kind == "" {
		return p.Cover.Rows
	}
	var out []safety.CoverRow
	for _, r := range p.Cover.Rows {
		if r.PlaceKind == p.Kind {
			out = append(out, r)
		}
	}
	return out
}

// narrowed is what the table was narrowed to beside the state, in words, empty for nothing.
func (p patrolListPage) narrowed() string {
	var kind, month string
	for _, k := range areas {
		if k[0] == p.Kind {
			kind = p.T(k[1])
		}
	}
	if p.Month > 0 {
		month = monthWord(p.Page, p.Month)
	}
	return ui.Dots(kind, month)
}

// shown is the cells of the n-th month; where one state is chosen only those.
func (p patrolListPage) shown(n int, cells []safety.CoverCell) []safety.CoverCell {
	if p.Month > 0 && p.Month != n {
		return nil
	}
	if p.Show == "" {
		return cells
	}
	var out []safety.CoverCell
	for _, c := range cells {
		if c.Shows == p.Show {
			out = append(out, c)
		}
	}
	return out
}

// cellName is what a cell says to a reader who does not see it.
func (p patrolListPage) cellName(c safety.CoverCell) string {
	_, word := coverKey(c.Shows)
	text := p.T("%s，%s 到期：%s", c.PlaceName, p.Day(c.Due), p.T(word))
	if c.Shows == safety.CoverExcused && c.Reason != "" {
		text = p.T("%s（%s）", text, c.Reason)
	}
	return text
}

func monthWord(p *ui.Page, n int) string {
	if p.Lang() == "en" {
		return time.Month(n).String()[:3]
	}
	return p.T("%d月", n)
}

// pair names the two inspectors, as far as both are known.
func pair(p *ui.Page, l safety.PatrolLine) string {
	if l.With == "" {
		return l.By
	}
	return p.P.Join([]string{l.By, l.With})
}

func tabAttrs(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}
