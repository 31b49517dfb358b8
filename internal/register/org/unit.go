package org

import (
	"context"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// NewUnit is what an officer says about a unit that is to be made. The branch follows from the parent.
type NewUnit struct {
	Kind   UnitKind
	Parent UnitID
	Name   kernel.Words
	Sort   int
}

// AddUnit makes a unit below another, for who may order the parent's branch.
func (s *Service) AddUnit(ctx context.Context, by authz.Actor, n NewUnit) (UnitID, error) {
	id := UnitID(kernel.NewID(s.db.Clock.Now()))
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		c, err := s.store.Chart(tx.Ctx(), tx, tx.Org())
		if err != nil {
			return err
		}
		u, err := c.fit(id, n)
		if err != nil {
			return err
		}
		if scope := by.Scope(ManageUnits); u.Kind == Branch && scope.Reach != authz.Org || !covers(scope, u.Branch) {
			return notYours()
		}
		id = u.ID
		return s.add(tx, u)
	})
	s.dir.Forget(by.Org)
	return id, err
}

// AddUnitIn makes a unit in the caller's transaction, which has asked for the permission; afterwards call Directory.Forget.
func (s *Service) AddUnitIn(tx db.Tx, c *Chart, n NewUnit) (Unit, error) {
	u, err := c.fit(UnitID(kernel.NewID(tx.Now())), n)
	if err != nil {
		return u, err
	}
	return u, s.add(tx, u)
}

// add writes a new unit, or one that was closed and is taken up again.
func (s *Service) add(tx db.Tx, u Unit) error {
	if u.Version > 0 {
		return s.saveUnit(tx, u, "unit.reopen", "重新启用：%s")
	}
	return s.saveUnit(tx, u, "unit.add", "建立：%s")
}

// Found makes a company union with its root unit in the caller's transaction; afterwards call Directory.Forget.
// The transaction must already act for the new id, which NewOrgID gives.
func (s *Service) Found(tx db.Tx, name kernel.Words) (Unit, error) {
	name, err := cleanName(name)
	if err != nil {
		return Unit{}, err
	}
	if err := s.store.AddOrg(tx, Org{ID: tx.Org(), Name: name}); err != nil {
		return Unit{}, err
	}
	u := Unit{ID: UnitID(kernel.NewID(tx.Now())), Kind: Company, Name: name}
	return u, s.saveUnit(tx, u, "org.found", "建立公司工会：%s")
}

// NewOrgID is short, because it stands in every key of every row (decisions.md 14).
func NewOrgID() string { return letters("abcdefghjkmnpqrstuvwxyz23456789", 4) }

// RenameUnit changes the name and the order; version is what the page showed.
func (s *Service) RenameUnit(ctx context.Context, by authz.Actor, id UnitID, version int, name kernel.Words, sort int) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return s.changeUnit(ctx, by, id, version, "unit.rename", "改名：%s", func(c *Chart, u *Unit, tx db.Tx) error {
		u.Name, u.Sort = name, sort
		return nil
	})
}

// MoveGroup puts a group under another department of its branch, or under the branch itself; its people go with it.
func (s *Service) MoveGroup(ctx context.Context, by authz.Actor, id UnitID, version int, parent UnitID) error {
	return s.changeUnit(ctx, by, id, version, "unit.move", "移动：%s", func(c *Chart, u *Unit, tx db.Tx) error {
		p, ok := c.Unit(parent)
		if u.Kind != Group || !ok || !p.Closed.IsZero() || p.Branch != u.Branch || p.Kind != Branch && p.Kind != Department {
			return kernel.Wrong("parent", "小组只能移到本分工会，或者它的部门下面。")
		}
		u.Parent = parent
		return nil
	})
}

// CloseUnit ends a unit today. Nothing is deleted; a unit with open units or places below it is refused.
func (s *Service) CloseUnit(ctx context.Context, by authz.Actor, id UnitID, version int) error {
	return s.changeUnit(ctx, by, id, version, "unit.close", "停用：%s", func(c *Chart, u *Unit, tx db.Tx) error {
		if u.Kind == Company {
			return kernel.Err(kernel.Invalid, "公司工会不能停用。")
		}
		if n := len(c.Children(id)) + len(c.Places(id, "")) + len(c.PlacesOwnedBy(id)); n > 0 {
			return kernel.Err(kernel.Invalid, "“%s”下面还有 %d 个单位或场所，请先停用或移交它们。", u.Name.Zh, n)
		}
		u.Closed = tx.Today()
		return nil
	})
}

func (s *Service) changeUnit(ctx context.Context, by authz.Actor, id UnitID, version int, act, text string, change func(*Chart, *Unit, db.Tx) error) error {
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		c, err := s.store.Chart(tx.Ctx(), tx, tx.Org())
		if err != nil {
			return err
		}
		u, ok := c.Unit(id)
		if !ok || !u.Closed.IsZero() {
			return missing()
		}
		if !covers(by.Scope(ManageUnits), u.Branch) {
			return notYours()
		}
		u.Version = version
		if err := change(c, &u, tx); err != nil {
			return err
		}
		return s.saveUnit(tx, u, act, text)
	})
	s.dir.Forget(by.Org)
	return err
}

func (s *Service) saveUnit(tx db.Tx, u Unit, act, text string) error {
	if err := s.store.SaveUnit(tx, u); err != nil {
		return err
	}
	return audit.Write(tx, act, audit.Subject{Kind: "unit", ID: string(u.ID)}, text, u.Name.Zh)
}

// fit puts a new unit under its parent: the company has branches; departments, contractors and sites are the company's or
// a branch's; groups stand in a branch or in one of its departments (domain.md 0.3).
func (c *Chart) fit(id UnitID, n NewUnit) (Unit, error) {
	name, err := cleanName(n.Name)
	if err != nil {
		return Unit{}, err
	}
	p, ok := c.Unit(n.Parent)
	if !ok || !p.Closed.IsZero() {
		return Unit{}, kernel.Wrong("parent", "请选上级单位。")
	}
	u := Unit{ID: id, Parent: p.ID, Branch: p.Branch, Kind: n.Kind, Name: name, Sort: n.Sort}
	fits := false
	switch n.Kind {
	case Branch:
		fits, u.Branch = p.Kind == Company, id
		if _, taken := c.Find(Branch, "", name.Zh); taken {
			return Unit{}, kernel.Wrong("name", "这里已经有“%s”了（停用的也算），请换一个名称。", name.Zh)
		}
	case Department, Contractor, Site:
		fits = p.Kind == Company || p.Kind == Branch
	case Group:
		fits = p.Kind == Branch || p.Kind == Department && p.Branch != ""
	}
	if !fits {
		return Unit{}, kernel.Wrong("parent", "这种单位不能建在“%s”下面。", p.Name.Zh)
	}
	return c.reopened(u), nil
}

// reopened is the closed unit of the same kind, parent and name where there is one: its records are the same unit's.
func (c *Chart) reopened(n Unit) Unit {
	for _, u := range c.units {
		if !u.Closed.IsZero() && u.Kind == n.Kind && u.Parent == n.Parent && u.Name.Zh == n.Name.Zh {
			u.Closed = kernel.Date{}
			return u
		}
	}
	return n
}

// CloseUnits closes several units at once, those below others first; one that still has units or places is left open.
func (s *Service) CloseUnits(ctx context.Context, by authz.Actor, ids []UnitID) (closed int, err error) {
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		closed = 0
		c, err := s.store.Chart(tx.Ctx(), tx, tx.Org())
		if err != nil {
			return err
		}
		gone := map[UnitID]bool{}
		for _, kind := range []UnitKind{Group, Department, Contractor, Site} {
			for _, id := range ids {
				u, ok := c.Unit(id)
				if !ok || u.Kind != kind || !u.Closed.IsZero() || len(c.Places(id, ""))+len(c.PlacesOwnedBy(id)) > 0 || c.holdsOpen(id, gone) {
					continue
				}
				if !covers(by.Scope(ManageUnits), u.Branch) {
					return notYours()
				}
				u.Closed = tx.Today()
				if err := s.saveUnit(tx, u, "unit.close", "停用：%s"); err != nil {
					return err
				}
				gone[id], closed = true, closed+1
			}
		}
		return nil
	})
	s.dir.Forget(by.Org)
	return closed, err
}

// holdsOpen tells whether a unit has an open one below it, but for those that are gone.
func (c *Chart) holdsOpen(id UnitID, gone map[UnitID]bool) bool {
	return slices.ContainsFunc(c.Children(id), func(u Unit) bool { return !gone[u.ID] })
}
