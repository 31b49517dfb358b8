package org

import (
	"slices"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// Org is a company union (公司工会), the tenant.
type Org struct {
	ID   string
	Name kernel.Words
}

// Chart is all units and places of one company union at one moment, in memory, so that lists need no joins. It never changes.
type Chart struct {
	Org    string
	units  []Unit
	places []Place
	unit   map[UnitID]int
	place  map[PlaceID]int
}

// NewChart takes the rows in the order in which pages show them.
func NewChart(id string, units []Unit, places []Place) *Chart {
	c := &Chart{Org: id, units: units, places: places, unit: map[UnitID]int{}, place: map[PlaceID]int{}}
	for i, u := range units {
		c.unit[u.ID] = i
	}
	for i, p := range places {
		c.place[p.ID] = i
	}
	return c
}

// Unit finds a unit, also a closed one.
func (c *Chart) Unit(id UnitID) (Unit, bool) {
	i, ok := c.unit[id]
	if !ok {
		return Unit{}, false
	}
	return c.units[i], true
}

// Place finds a place, also a closed one.
func (c *Chart) Place(id PlaceID) (Place, bool) {
	i, ok := c.place[id]
	if !ok {
		return Place{}, false
	}
	return c.places[i], true
}

// Company is the root unit.
func (c *Chart) Company() Unit {
	for _, u := range c.units {
		if u.Kind == Company {
			return u
		}
	}
	return Unit{}
}

// Units lists the open units of a kind; an empty kind or branch stands for any.
func (c *Chart) Units(kind UnitKind, branch UnitID) []Unit {
	var out []Unit
	for _, u := range c.units {
		if u.Closed.IsZero() && (kind == "" || u.Kind == kind) && (branch == "" || u.Branch == branch) {
			out = append(out, u)
		}
	}
	return out
}

// Places lists the open places that a branch inspects; an empty branch or kind stands for any.
func (c *Chart) Places(branch UnitID, kind string) []Place {
	var out []Place
	for _, p := range c.places {
		if p.Closed.IsZero() && (kind == "" || p.Kind == kind) && (branch == "" || p.Unit == branch) {
			out = append(out, p)
		}
	}
	return out
}

// PlacesOwnedBy lists the open places that a department or contractor answers for.
func (c *Chart) PlacesOwnedBy(owner UnitID) []Place {
	var out []Place
	for _, p := range c.places {
		if p.Closed.IsZero() && p.Owner == owner {
			out = append(out, p)
		}
	}
	return out
}

// Name is a unit's name, empty for an unknown one.
func (c *Chart) Name(id UnitID) kernel.Words {
	u, _ := c.Unit(id)
	return u.Name
}

// PlaceName is a place's name, empty for an unknown one.
func (c *Chart) PlaceName(id PlaceID) kernel.Words {
	p, _ := c.Place(id)
	return p.Name
}

// Children lists the open units right below a unit.
func (c *Chart) Children(id UnitID) []Unit {
	return slices.DeleteFunc(c.Units("", ""), func(u Unit) bool { return u.Parent != id })
}

// Find is an open unit by kind, parent and Chinese name; an empty parent stands for any.
func (c *Chart) Find(kind UnitKind, parent UnitID, name string) (Unit, bool) {
	for _, u := range c.units {
		if u.Closed.IsZero() && u.Kind == kind && (parent == "" || u.Parent == parent) && u.Name.Zh == strings.TrimSpace(name) {
			return u, true
		}
	}
	return Unit{}, false
}

// FindAny lists the open units that a person means by an id or a full Chinese name.
func (c *Chart) FindAny(idOrName string) []Unit {
	if u, ok := c.Unit(UnitID(idOrName)); ok {
		return []Unit{u}
	}
	return slices.DeleteFunc(c.Units("", ""), func(u Unit) bool { return u.Name.Zh != strings.TrimSpace(idOrName) })
}

// With is the chart with one more unit, or one that is open again, for a transaction that has just written it.
func (c *Chart) With(u Unit) *Chart {
	if i, ok := c.unit[u.ID]; ok {
		units := slices.Clone(c.units)
		units[i] = u
		return NewChart(c.Org, units, c.places)
	}
	return NewChart(c.Org, append(slices.Clip(c.units), u), c.places)
}

// Shown is the branch that a page is about: that of the scope, or among several the chosen one, else the first.
func (c *Chart) Shown(s authz.Scope, chosen string) (UnitID, error) {
	if s.Reach != authz.Org {
		return UnitID(s.ID), nil
	}
	all := c.Units(Branch, "")
	if len(all) == 0 {
		return "", kernel.Err(kernel.NotFound, "还没有分工会，请先建一个")
	}
	for _, u := range all {
		if string(u.ID) == chosen {
			return u.ID, nil
		}
	}
	return all[0].ID, nil
}
