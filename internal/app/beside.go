package app

import (
	"context"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/overview/overviewweb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// beside gathers what the register and safety say of each branch: chairs, people, open hazards. Three queries, whatever the
// number of branches.
func (a *App) beside(c *web.Ctx) (overviewweb.Beside, error) {
	ctx, by := c.R.Context(), c.Actor
	out := overviewweb.Beside{Chairs: map[org.UnitID][]string{}, People: map[org.UnitID]int{}, Hazards: map[org.UnitID]overviewweb.Hazards{}}
	held, err := a.people.MandatesOn(ctx, a.DB.Read, by.Org, c.Today())
	if err != nil {
		return out, err
	}
	for _, m := range held {
		if m.Office == authz.Chair && by.May(people.SeeMandates) {
			out.Chairs[m.Unit] = append(out.Chairs[m.Unit], m.Name)
		}
	}
	here, err := db.Counts(ctx, a.DB.Read, by.Org, people.Counter, "")
	if err != nil {
		return out, err
	}
	for unit, n := range here {
		out.People[org.UnitID(unit)] = n
	}
	if !by.May(safety.SeeHazards) {
		return out, nil
	}
	rows, err := a.HazardReads.Board(ctx, by.Scope(safety.SeeHazards))
	for _, r := range rows {
		out.Hazards[r.Unit] = overviewweb.Hazards{Open: r.Open(), Late: r.Late}
	}
	return out, err
}

// branches counts the branches of a company union.
func (m *Modules) branches(ctx context.Context, orgID string) (int, error) {
	chart, err := m.Directory.Of(ctx, orgID)
	if err != nil {
		return 0, err
	}
	return len(chart.Units(org.Branch, "")), nil
}
