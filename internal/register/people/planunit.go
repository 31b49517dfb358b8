package people

import (
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// MissingUnit is a department, or a group in it, that the roster names and the branch lacks.
type MissingUnit struct{ Department, Team string }

// KnownUnits is what roster.Options.Known asks of a branch.
func KnownUnits(c *org.Chart, branch org.UnitID) func(department, team string) bool {
	return func(department, team string) bool {
		d, ok := findDepartment(c, branch, department)
		return ok && (team == "" || findGroup(c, branch, d.ID, team) != "")
	}
}

func findDepartment(c *org.Chart, branch org.UnitID, name string) (org.Unit, bool) {
	if u, ok := c.Find(org.Department, branch, name); ok {
		return u, true
	}
	return c.Find(org.Department, c.Company().ID, name)
}

func findGroup(c *org.Chart, branch, department org.UnitID, name string) org.UnitID {
	if u, ok := c.Find(org.Group, department, name); ok && u.Branch == branch {
		return u.ID
	}
	if u, ok := c.Find(org.Group, branch, name); ok {
		return u.ID
	}
	return ""
}

// imagine stands for making a unit in a preview.
func (p *planner) imagine(n org.NewUnit) (org.Unit, error) {
	branch := p.opt.Unit
	if u, ok := p.chart.Unit(branch); ok && u.Kind == org.Company {
		branch = ""
	}
	return org.Unit{ID: org.UnitID(fmt.Sprintf("new-%d", len(p.missing))), Kind: n.Kind, Parent: n.Parent, Branch: branch, Name: n.Name}, nil
}

// units makes sure that the chart has what the rows name, and remembers what it lacked.
func (p *planner) units(rows []roster.Row) error {
	for _, r := range rows {
		if r.Department == "" {
			continue
		}
		d, ok := findDepartment(p.chart, p.opt.Unit, r.Department)
		if !ok {
			p.lacks(MissingUnit{Department: r.Department})
			made, err := p.make(org.NewUnit{Kind: org.Department, Parent: p.opt.Unit, Name: kernel.Words{Zh: r.Department}})
			if err != nil {
				return err
			}
			d = made
		}
		if r.Team == "" || d.ID != "" && findGroup(p.chart, p.opt.Unit, d.ID, r.Team) != "" {
			continue
		}
		p.lacks(MissingUnit{r.Department, r.Team})
		parent := d.ID
		if d.Branch == "" { // a company department holds no groups of a branch
			parent = p.opt.Unit
		}
		if _, err := p.make(org.NewUnit{Kind: org.Group, Parent: parent, Name: kernel.Words{Zh: r.Team}}); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) lacks(m MissingUnit) {
	if !p.told[m] {
		p.told[m] = true
		p.missing = append(p.missing, m)
	}
}

func (p *planner) make(n org.NewUnit) (org.Unit, error) {
	if p.build == nil || n.Kind == org.Group && p.chart.Company().ID == p.opt.Unit {
		return org.Unit{}, nil
	}
	u, err := p.build(n)
	if err == nil {
		p.chart = p.chart.With(u)
	}
	return u, err
}
