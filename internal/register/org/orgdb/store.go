// Package orgdb keeps units and places in the database: the queries are unit.sql and place.sql. It decides nothing.
package orgdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb/sqlcgen"
)

// Store fills org.Store.
type Store struct{}

// Orgs lists the company unions of the installation, the oldest first.
func (Store) Orgs(ctx context.Context, q db.DBTX) ([]org.Org, error) {
	rows, err := sqlcgen.New(q).Orgs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list orgs: %w", err)
	}
	out := make([]org.Org, len(rows))
	for i, r := range rows {
		out[i] = org.Org{ID: r.ID, Name: kernel.Words{Zh: r.NameZh, En: r.NameEn}}
	}
	return out, nil
}

// Chart reads all units and places of a company union.
func (Store) Chart(ctx context.Context, q db.DBTX, id string) (*org.Chart, error) {
	g := sqlcgen.New(q)
	us, err := g.Units(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("units of %s: %w", id, err)
	}
	ps, err := g.Places(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("places of %s: %w", id, err)
	}
	units, places := make([]org.Unit, len(us)), make([]org.Place, len(ps))
	for i, r := range us {
		units[i] = unit(r)
	}
	for i, r := range ps {
		places[i] = place(r)
	}
	return org.NewChart(id, units, places), nil
}

// PlaceByCode finds the place whose code stands on the wall, in whichever company union; NotFound where none has it.
func (Store) PlaceByCode(ctx context.Context, q db.DBTX, code string) (string, org.Place, error) {
	r, err := sqlcgen.New(q).PlaceByCode(ctx, code)
	if errors.Is(err, sql.ErrNoRows) {
		return "", org.Place{}, kernel.Err(kernel.NotFound, "没有这个场所码，请核对墙上的六位字母和数字。")
	}
	if err != nil {
		return "", org.Place{}, fmt.Errorf("place by code: %w", err)
	}
	return r.OrgID, place(r), nil
}

// AddOrg makes a company union.
func (Store) AddOrg(tx db.Tx, o org.Org) error {
	err := sqlcgen.New(tx).InsertOrg(tx.Ctx(), sqlcgen.InsertOrgParams{ID: o.ID, NameZh: o.Name.Zh, NameEn: o.Name.En, At: int64(tx.Now())})
	if err != nil {
		return fmt.Errorf("add org %s: %w", o.ID, err)
	}
	return nil
}

// SaveUnit adds a unit of version 0 and changes any other; Conflict where somebody was faster.
func (Store) SaveUnit(tx db.Tx, u org.Unit) error {
	g := sqlcgen.New(tx)
	if u.Version == 0 {
		err := g.InsertUnit(tx.Ctx(), sqlcgen.InsertUnitParams{Org: tx.Org(), ID: string(u.ID), Parent: kernel.Opt(u.Parent), Branch: string(u.Branch),
			Kind: string(u.Kind), NameZh: u.Name.Zh, NameEn: u.Name.En, Sort: u.Sort})
		return saved(err, 1, "unit", string(u.ID), u.Name.Zh)
	}
	n, err := g.UpdateUnit(tx.Ctx(), sqlcgen.UpdateUnitParams{Org: tx.Org(), ID: string(u.ID), NameZh: u.Name.Zh, NameEn: u.Name.En, Sort: u.Sort,
		Parent: kernel.Opt(u.Parent), Closed: u.Closed, Version: u.Version})
	return saved(err, n, "unit", string(u.ID), u.Name.Zh)
}

// SavePlace adds a place of version 0 and changes any other; Conflict where somebody was faster. The code never changes.
func (Store) SavePlace(tx db.Tx, p org.Place) error {
	g := sqlcgen.New(tx)
	if p.Version == 0 {
		err := g.InsertPlace(tx.Ctx(), sqlcgen.InsertPlaceParams{Org: tx.Org(), ID: string(p.ID), Unit: string(p.Unit), Parent: kernel.Opt(p.Parent),
			Kind: p.Kind, NameZh: p.Name.Zh, NameEn: p.Name.En, Code: p.Code, Owner: kernel.Opt(p.Owner), Sort: p.Sort})
		return saved(err, 1, "place", string(p.ID), p.Name.Zh)
	}
	n, err := g.UpdatePlace(tx.Ctx(), sqlcgen.UpdatePlaceParams{Org: tx.Org(), ID: string(p.ID), Parent: kernel.Opt(p.Parent), Kind: p.Kind,
		NameZh: p.Name.Zh, NameEn: p.Name.En, Owner: kernel.Opt(p.Owner), Sort: p.Sort, Closed: p.Closed, Version: p.Version})
	return saved(err, n, "place", string(p.ID), p.Name.Zh)
}

func saved(err error, n int64, what, id, name string) error {
	switch {
	case db.IsDuplicate(err):
		return errors.Join(kernel.Wrong("name", "这里已经有“%s”了（停用的也算），请换一个名称。", name), err)
	case err != nil:
		return fmt.Errorf("save %s %s: %w", what, id, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "“%s”刚刚被别人改过，请看一看现在的内容再改。", name)
	}
	return nil
}

func unit(r sqlcgen.Unit) org.Unit {
	return org.Unit{ID: org.UnitID(r.ID), Parent: org.UnitID(r.ParentID), Branch: org.UnitID(r.BranchID), Kind: org.UnitKind(r.Kind),
		Name: kernel.Words{Zh: r.NameZh, En: r.NameEn}, Sort: r.Sort, Closed: r.ClosedOn, Version: r.Version}
}

func place(r sqlcgen.Place) org.Place {
	return org.Place{ID: org.PlaceID(r.ID), Unit: org.UnitID(r.UnitID), Parent: org.PlaceID(r.ParentID), Kind: r.Kind,
		Name: kernel.Words{Zh: r.NameZh, En: r.NameEn}, Code: r.Code, Owner: org.UnitID(r.OwnerUnit), Sort: r.Sort, Closed: r.ClosedOn, Version: r.Version}
}
