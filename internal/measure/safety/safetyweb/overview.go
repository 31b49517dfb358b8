package safetyweb

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// OverviewEnglish is the translations of the overview, the month's paper and the questions of their figures.
//
//go:embed overview.en.toml
var OverviewEnglish string

// OverviewParts is what the overview asks.
type OverviewParts struct {
	Frame   *ui.Frame
	Reads   safety.HazardReads
	Patrols *safety.Patrols
	Grades  []catalogue.Grade
	Chart   func(ctx context.Context, org string) (*org.Chart, error)
}

// OverviewPages serves the figures of safety and the month's paper.
type OverviewPages struct{ OverviewParts }

func NewOverviewPages(p OverviewParts) *OverviewPages { return &OverviewPages{p} }

// Routes adds the lines to the table.
func (h *OverviewPages) Routes(r *web.Routes) {
	r.Get("/safety/overview", safety.SeeOverview, h.overview)
	r.Get("/safety/overview/month", safety.SeeOverview, h.month)
	r.Get("/safety/overview/month/word", safety.SeeOverview, h.monthWord)
}

// overviewYears is how many years the choice offers.
const overviewYears = 5

type overviewPage struct {
	*ui.Page
	Chart       *org.Chart
	Unit        org.UnitID // the branch, empty for all of them
	Units       []org.Unit // where the reader may choose
	Year        int
	Years       []int
	Ages        []int
	Now, Before *safety.YearPast
	Held        safety.Held
	Grades      []catalogue.Grade
	Items       map[string]kernel.Words // what the items of cards ask
}

func (h *OverviewPages) overview(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "safety", "安全总览")
	if err != nil {
		return err
	}
	p.Crumbs, p.Back = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("总览")}}, "/measure/safety"
	page := overviewPage{Page: p, Grades: h.Grades, Items: h.items()}
	today := c.Today()
	page.Year = c.Int("year", today.Year(), today.Year()-overviewYears+1, today.Year())
	for y := today.Year(); y > today.Year()-overviewYears; y-- {
		page.Years = append(page.Years, y)
	}
	if page.Chart, page.Unit, page.Units, err = h.whose(c); err != nil {
		return err
	}
	ctx := c.R.Context()
	ages, err := h.Reads.Ages(ctx, c.Actor.Org, page.Unit)
	if err != nil {
		return err
	}
	page.Ages = safety.Ages(ages, today)
	past, err := h.Reads.History(ctx, c.Actor.Org, page.Unit, page.Year, page.Year-1)
	if err != nil {
		return err
	}
	page.Now, page.Before = past.Year(page.Year), past.Year(page.Year-1)
	if page.Held, err = h.held(c, page); err != nil {
		return err
	}
	return c.Render(SafetyOverview(page))
}

// whose is the branch that the reader looks at: his own, or the one that he chose where he sees all, empty for all.
func (h *OverviewPages) whose(c *web.Ctx) (*org.Chart, org.UnitID, []org.Unit, error) {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, "", nil, err
	}
	s := c.Actor.Scope(safety.SeeOverview)
	if s.Reach != authz.Org {
		return chart, org.UnitID(s.ID), nil, nil
	}
	units := chart.Units(org.Branch, "")
	if len(units) == 1 {
		return chart, units[0].ID, nil, nil
	}
	return chart, shownBranch(c, chart), units, nil
}

// held is a branch's patrols by kind of place, or those of all branches by branch.
func (h *OverviewPages) held(c *web.Ctx, p overviewPage) (safety.Held, error) {
	if p.Unit != "" {
		return h.Patrols.Held(c.R.Context(), c.Actor, []org.UnitID{p.Unit}, p.Year, safety.ByKind)
	}
	ids := make([]org.UnitID, len(p.Units))
	for i, u := range p.Units {
		ids[i] = u.ID
	}
	return h.Patrols.Held(c.R.Context(), c.Actor, ids, p.Year, safety.ByBranch)
}

// items is what each item of the cards in force asks.
func (h *OverviewPages) items() map[string]kernel.Words {
	out := map[string]kernel.Words{}
	for _, k := range h.Patrols.Cards.Cards {
		for _, i := range k.Items {
			out[i.Code] = i.Text
		}
	}
	return out
}

// list is the address of the hazards behind a figure.
func (p overviewPage) list(pairs ...string) string {
	q := "/safety/hazards?unit=" + string(p.Unit)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q += "&" + pairs[i] + "=" + pairs[i+1]
		}
	}
	return q
}

// raised is the list of what was reported in a month of a year, 0 for all of it.
func (p overviewPage) raised(year, month int, pairs ...string) string {
	when := strconv.Itoa(year)
	if month > 0 {
		when = fmt.Sprintf("%d-%02d", year, month)
	}
	return p.list(append([]string{"tab", "all", "raised", when}, pairs...)...)
}

// title names whose figures these are.
func (p overviewPage) title() string {
	if p.Unit == "" {
		return p.T("全公司，%d 个分工会", len(p.Units))
	}
	return p.W(p.Chart.Name(p.Unit))
}

// months is how many months of the year have begun.
func (p overviewPage) months() int {
	if t := p.C.Today(); t.Year() == p.Year {
		return int(t.Month())
	}
	return 12
}

// any tells that something was reported in the year or the one before.
func (p overviewPage) any() bool { return p.Now.Sum().Raised+p.Before.Sum().Raised > 0 }

// repeats is what came again, the most first; the picture shows the first ones.
func (p overviewPage) repeats() []safety.PlaceRepeats { return p.Now.ByPlace() }

// heldRows are the rows of the patrols in the order of their names.
func (p overviewPage) heldRows() []string {
	var out []string
	if p.Unit == "" {
		for _, u := range p.Units {
			if p.Held.Rows[string(u.ID)] != nil {
				out = append(out, string(u.ID))
			}
		}
		return out
	}
	for _, k := range areas {
		if p.Held.Rows[k[0]] != nil {
			out = append(out, k[0])
		}
	}
	for k := range p.Held.Rows {
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}
