package org

import (
	"context"
	"errors"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// codeTries is more than chance ever needs; a code that is taken is drawn anew.
const codeTries = 5

// AddPlace makes a place in the branch that inspects it and gives it the code for its wall.
func (s *Service) AddPlace(ctx context.Context, by authz.Actor, p Place) (PlaceID, error) {
	p.ID, p.Version, p.Closed = PlaceID(kernel.NewID(s.db.Clock.Now())), 0, kernel.Date{}
	var err error
	for range codeTries {
		p.Code = newCode()
		err = s.writePlace(ctx, by, p, "place.add", "建立场所：%s", nil)
		if !db.IsDuplicate(err) {
			break
		}
		if _, _, e := s.store.PlaceByCode(ctx, s.db.Read, p.Code); e != nil {
			break // the code is free, so the name was taken
		}
	}
	return p.ID, err
}

// ChangePlace changes name, kind, parent, owner and order; p.Version is what the page showed. Branch and code stay.
func (s *Service) ChangePlace(ctx context.Context, by authz.Actor, p Place) error {
	return s.writePlace(ctx, by, p, "place.change", "修改场所：%s", nil)
}

// ClosePlace ends a place today; its code is never given again.
func (s *Service) ClosePlace(ctx context.Context, by authz.Actor, id PlaceID, version int) error {
	return s.writePlace(ctx, by, Place{ID: id, Version: version}, "place.close", "停用场所：%s", func(c *Chart, p *Place, on kernel.Date) error {
		for _, q := range c.Places("", "") {
			if q.Parent == id {
				return kernel.Err(kernel.Invalid, "“%s”里面还有“%s”，请先停用它。", p.Name.Zh, q.Name.Zh)
			}
		}
		p.Closed = on
		return nil
	})
}

// writePlace adds or changes; with close it takes everything but the version from the stored place.
func (s *Service) writePlace(ctx context.Context, by authz.Actor, p Place, act, text string, end func(*Chart, *Place, kernel.Date) error) error {
	err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		c, err := s.store.Chart(tx.Ctx(), tx, tx.Org())
		if err != nil {
			return err
		}
		p := p // fn may run twice
		if p.Version > 0 {
			old, ok := c.Place(p.ID)
			if !ok || !old.Closed.IsZero() || !SeesPlace(by.Scope(SeePlaces), old) {
				return missing()
			}
			p.Unit, p.Code = old.Unit, old.Code
			if end != nil {
				old.Version, p = p.Version, old
			}
		}
		if !covers(by.Scope(ManagePlaces), p.Unit) {
			return notYours()
		}
		if end != nil {
			err = end(c, &p, tx.Today())
		} else {
			p, err = c.fitPlace(p, s.hasKind(p.Kind))
		}
		if err != nil {
			return err
		}
		if err := s.store.SavePlace(tx, p); err != nil {
			return err
		}
		return audit.Write(tx, act, audit.Subject{Kind: "place", ID: string(p.ID)}, text, p.Name.Zh)
	})
	s.dir.Forget(by.Org)
	return err
}

// fitPlace checks a place against the chart: inspected by a branch, inside a place of the same branch, owned by a
// department, contractor or site of that branch or of the company.
func (c *Chart) fitPlace(p Place, kindKnown bool) (Place, error) {
	var wrong kernel.Problems
	name, err := cleanName(p.Name)
	var bad *kernel.Error
	if p.Name = name; errors.As(err, &bad) {
		wrong = append(wrong, bad)
	}
	if u, ok := c.Unit(p.Unit); !ok || u.Kind != Branch || !u.Closed.IsZero() {
		wrong.Add("unit", "请选由哪个分工会巡视。")
	}
	if !kindKnown {
		wrong.Add("kind", "请选场所的种类。")
	}
	if p.Parent != "" && !c.holds(p) {
		wrong.Add("parent", "上级场所要在同一个分工会，也不能绕回自己。")
	}
	if p.Owner != "" && !c.mayOwn(p.Owner, p.Unit) {
		wrong.Add("owner", "责任单位请选本分工会或公司的部门、承包单位、外地项目。")
	}
	return p, wrong.Err()
}

// holds tells whether the chain of parents stays in the branch and never comes back to the place.
func (c *Chart) holds(p Place) bool {
	for at, steps := p.Parent, 0; at != ""; steps++ {
		up, ok := c.Place(at)
		if !ok || !up.Closed.IsZero() || up.Unit != p.Unit || up.ID == p.ID || steps > 20 {
			return false
		}
		at = up.Parent
	}
	return true
}

func (c *Chart) mayOwn(owner, branch UnitID) bool {
	u, ok := c.Unit(owner)
	if !ok || !u.Closed.IsZero() || u.Branch != branch && u.Branch != "" {
		return false
	}
	return u.Kind == Department || u.Kind == Contractor || u.Kind == Site
}
