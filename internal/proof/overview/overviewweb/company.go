package overviewweb

import (
	"strconv"

	"github.com/a-h/templ"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// companyPage is home for who sees several branches and has chosen none of them: the branches side by side.
type companyPage struct {
	homePage
	Year     int
	Branches []branchLine
}

// branchLine is one branch as the company union compares it.
type branchLine struct {
	org.Unit
	Chairs  []string
	People  int
	Year    duty.BranchYear
	Hazards Hazards
}

// Hazards is a branch's open hazards in figures.
type Hazards struct{ Open, Late int }

// Beside is what other modules say of each branch, for comparing them; where the actor may not see it, nothing.
type Beside struct {
	Chairs  map[org.UnitID][]string
	People  map[org.UnitID]int
	Hazards map[org.UnitID]Hazards
}

// ofCompany tells that the whole company is looked at, and that it has branches to compare.
func (h *Pages) ofCompany(c *web.Ctx, chart *org.Chart) bool {
	if c.Actor.Scope(duty.SeeDuties).Reach != authz.Org || len(chart.Units(org.Branch, "")) < 2 {
		return false
	}
	u, ok := chart.Unit(org.UnitID(c.Branch()))
	return !ok || u.Kind != org.Branch
}

func (h *Pages) company(c *web.Ctx, home homePage, chart *org.Chart) error {
	page := companyPage{homePage: home, Year: c.Today().Year()}
	if err := h.waits(c, &page.homePage); err != nil {
		return err
	}
	branches := chart.Units(org.Branch, "")
	ids := make([]org.UnitID, len(branches))
	for i, b := range branches {
		ids[i] = b.ID
	}
	years, err := h.Rounds.Branches(c.R.Context(), c.Actor.Scope(duty.SeeDuties), ids, page.Year, c.Today())
	if err != nil {
		return err
	}
	beside, err := h.Beside(c)
	if err != nil {
		return err
	}
	for _, b := range branches {
		page.Branches = append(page.Branches, branchLine{Unit: b, Chairs: beside.Chairs[b.ID], People: beside.People[b.ID], Year: years[b.ID], Hazards: beside.Hazards[b.ID]})
	}
	return c.Render(Company(page))
}

// at leads to a page about one branch, which then stays chosen.
func (b branchLine) at(path string) templ.SafeURL {
	sep := "?"
	if len(path) > 1 && path[len(path)-1] == '&' {
		sep = ""
	}
	return ui.Local(path + sep + "unit=" + string(b.ID))
}

// share is how much of what was due is done, in words that never say all before it is all.
func (b branchLine) share() string {
	if b.Year.Due == 0 {
		return "—"
	}
	return strconv.Itoa(b.Year.Done*100/b.Year.Due) + "%"
}
