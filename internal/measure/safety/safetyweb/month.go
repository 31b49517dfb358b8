package safetyweb

import (
	"fmt"
	"slices"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// monthPage is 隐患月报: what was reported and closed in a month, and what is open and late with whom.
type monthPage struct {
	overviewPage
	First        kernel.Date
	Month        safety.MonthPast
	Opened       []safety.HazardRow
	OpenedMore   bool
	Closed       []safety.HazardRow
	ClosedMore   bool
	Units        []safety.BoardRow // who has anything open
	Open, LateIs int
}

// monthLines is how many hazards a paper names; the rest is in the list.
const monthLines = 200

func (h *OverviewPages) month(c *web.Ctx) error {
	page, err := h.readMonth(c)
	if err != nil {
		return err
	}
	return c.Render(MonthPaper(page))
}

func (h *OverviewPages) monthWord(c *web.Ctx) error {
	page, err := h.readMonth(c)
	if err != nil {
		return err
	}
	return ui.SendWord(c, c.P.T("隐患月报")+"-"+page.First.String()[:7], MonthPaper(page), func(string) (string, error) {
		return "", kernel.Err(kernel.NotFound, "没有这张照片。")
	})
}

func (h *OverviewPages) readMonth(c *web.Ctx) (monthPage, error) {
	p, err := h.Frame.Page(c, "safety", "隐患月报")
	if err != nil {
		return monthPage{}, err
	}
	page := monthPage{overviewPage: overviewPage{Page: p}}
	today := c.Today()
	page.First = kernel.NewDate(today.Year(), today.Month(), 1)
	if from, to, ok := period(c.Query("month")); ok && from.Month() == to.Month() && !from.After(today) {
		page.First = from
	}
	p.Back = "/safety/overview?year=" + strconv.Itoa(page.First.Year())
	if page.Chart, page.Unit, page.overviewPage.Units, err = h.whose(c); err != nil {
		return page, err
	}
	page.Year = page.First.Year()
	past, err := h.Reads.History(c.R.Context(), c.Actor.Org, page.Unit, page.Year)
	if err != nil {
		return page, err
	}
	page.Month = past.Year(page.Year).Months[page.First.Month()-1]
	if err := h.monthLists(c, &page); err != nil {
		return page, err
	}
	return page, h.monthBoard(c, &page)
}

func (h *OverviewPages) monthLists(c *web.Ctx, p *monthPage) error {
	ctx, s := c.R.Context(), c.Actor.Scope(safety.SeeOverview)
	opened, more, err := h.Reads.List(ctx, s, safety.HazardFilter{Tab: safety.AllTab, Unit: p.Unit, Limit: monthLines, Past: safety.Past{From: p.First, To: p.First.EndOfMonth()}}, nil)
	if err != nil {
		return err
	}
	p.Opened, p.OpenedMore = opened, more != nil
	closed, more, err := h.Reads.List(ctx, s, safety.HazardFilter{Tab: safety.ClosedTab, Unit: p.Unit, Limit: monthLines, Past: safety.Past{ClosedFrom: p.First, ClosedTo: p.First.EndOfMonth()}}, nil)
	p.Closed, p.ClosedMore = closed, more != nil
	return err
}

// monthBoard is who has anything open today: the units that answer in a branch, or the branches.
func (h *OverviewPages) monthBoard(c *web.Ctx, p *monthPage) error {
	var rows []safety.BoardRow
	var err error
	if p.Unit != "" {
		rows, err = h.Reads.Owners(c.R.Context(), c.Actor.Org, p.Unit)
	} else {
		rows, err = h.Reads.Board(c.R.Context(), authz.Scope{Org: c.Actor.Org, Reach: authz.Org})
	}
	for _, r := range rows {
		if r.Open() > 0 {
			p.Units = append(p.Units, r)
			p.Open += r.Open()
			p.LateIs += r.Late
		}
	}
	slices.SortStableFunc(p.Units, func(a, b safety.BoardRow) int { return b.Open() - a.Open() })
	return err
}

// monthName is the month in words.
func (p monthPage) monthName() string { return p.P.Month(p.First.Year(), p.First.Month()) }

// whose names the branch, or the company union.
func (p monthPage) whose() string {
	if p.Unit == "" {
		return p.W(p.Chart.Company().Name)
	}
	return p.W(p.Chart.Name(p.Unit))
}

// at is the month as an address has it, some months away; empty for the future.
func (p monthPage) at(by int) string {
	d := p.First.AddMonths(by)
	if d.After(p.C.Today()) {
		return ""
	}
	return fmt.Sprintf("/safety/overview/month?month=%s&unit=%s", d.String()[:7], p.Unit)
}

func (p monthPage) word() string {
	return fmt.Sprintf("/safety/overview/month/word?month=%s&unit=%s", p.First.String()[:7], p.Unit)
}

// place is where a hazard is, with its branch where there are several.
func (p monthPage) place(r safety.HazardRow) string {
	at := place(p.Page, p.Chart, r)
	if p.Unit == "" && r.Place != "" {
		return p.W(p.Chart.Name(r.Unit)) + " " + at
	}
	return at
}

// lasted is from the report to the closing, in days.
func (p monthPage) lasted(r safety.HazardRow) string {
	return strconv.Itoa(max(r.Closed.Date().Sub(r.Raised), 0))
}

// count is how many a list has, at least.
func (p monthPage) count(n int, more bool) string {
	if more {
		return p.T("%d 条以上", n)
	}
	return p.T("%d 条", n)
}

// fateWords is what became of what the month reported.
func (p monthPage) fateWords() string {
	var out []string
	for _, f := range fates {
		out = append(out, p.T("%s %d 条", fixedWords(p.Page, f.fixed), f.of(p.Month)))
	}
	return p.P.Join(out)
}
