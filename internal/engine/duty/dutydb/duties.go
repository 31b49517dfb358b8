// Package dutydb keeps duties, rounds and targets in the database. It decides nothing.
package dutydb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Store fills duty.Store. Reads of the job go to its own reader, all else to the caller's transaction.
type Store struct{ read db.DBTX }

func NewStore(read db.DBTX) Store { return Store{read} }

// dutyRow is a duty as JSON for the insert.
type dutyRow struct {
	ID         string      `json:"id"`
	Unit       string      `json:"unit"`
	Code       string      `json:"code"`
	Mechanism  string      `json:"mechanism"`
	Measure    string      `json:"measure"`
	NameZh     string      `json:"name_zh"`
	NameEn     string      `json:"name_en"`
	WhatZh     string      `json:"what_zh"`
	WhatEn     string      `json:"what_en"`
	Rhythm     string      `json:"rhythm"`
	Who        string      `json:"who"`
	Targets    string      `json:"targets"`
	Form       string      `json:"form"`
	Card       string      `json:"card"`
	Place      string      `json:"place"`
	Signers    string      `json:"signers"`
	Source     string      `json:"source"`
	Unverified bool        `json:"unverified"`
	Own        bool        `json:"own"`
	Adopted    kernel.Date `json:"adopted"`
}

func toRow(d duty.Duty) (dutyRow, error) {
	r := dutyRow{ID: string(d.ID), Unit: string(d.Unit), Code: d.Code, Mechanism: d.Mechanism, Measure: string(d.Measure), NameZh: d.Name.Zh, NameEn: d.Name.En,
		WhatZh: d.What.Zh, WhatEn: d.What.En, Form: string(d.Form), Card: d.Card, Place: string(d.Place), Source: d.Source, Unverified: d.Unverified, Own: d.Own, Adopted: d.Adopted}
	var err [4]error
	r.Rhythm, err[0] = list(d.Rhythm)
	r.Who, err[1] = list(d.Who)
	if d.Place == "" {
		r.Targets, err[2] = list(d.Targets)
	}
	r.Signers, err[3] = list(d.Signers)
	return r, errors.Join(err[:]...)
}

// Insert adds duties and takes retired ones up again; it returns those that were added or taken up.
func (Store) Insert(tx db.Tx, all []duty.Duty) ([]duty.Duty, error) {
	rows, by := make([]dutyRow, len(all)), map[string]duty.Duty{}
	for i, d := range all {
		var err error
		if rows[i], err = toRow(d); err != nil {
			return nil, wrap("insert duty", d.Code, err)
		}
		by[d.Code] = d
	}
	raw, err := list(rows)
	if err != nil {
		return nil, wrap("insert", "duties", err)
	}
	e := tx.Engine()
	found, err := tx.QueryContext(tx.Ctx(), `INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, name_en, what_zh, what_en, rhythm, who, targets, form, card,
  place_id, signers, source, unverified, own, adopted_on)
SELECT $1, e.value->>'id', e.value->>'unit', e.value->>'code', e.value->>'mechanism', e.value->>'measure', e.value->>'name_zh', e.value->>'name_en', e.value->>'what_zh',
  e.value->>'what_en', e.value->>'rhythm', e.value->>'who', e.value->>'targets', e.value->>'form', e.value->>'card', nullif(e.value->>'place', ''), e.value->>'signers',
  e.value->>'source', CAST(e.value->>'unverified' AS BOOLEAN), CAST(e.value->>'own' AS BOOLEAN), `+day(e, "adopted")+` FROM `+each(e, "$2")+` WHERE true
ON CONFLICT (org_id, unit_id, code) DO UPDATE SET adopted_on = excluded.adopted_on, retired_on = NULL, planned_to = 0, version = duty.version + 1
WHERE duty.retired_on IS NOT NULL RETURNING id, code`, tx.Org(), raw)
	if err != nil {
		return nil, wrap("insert", "duties", err)
	}
	defer found.Close()
	var out []duty.Duty
	for found.Next() {
		var id, code string
		if err := found.Scan(&id, &code); err != nil {
			return nil, wrap("insert", "duties", err)
		}
		d := by[code]
		d.ID = duty.ID(id)
		out = append(out, d)
	}
	return out, wrap("insert", "duties", found.Err())
}

// Get reads one duty; NotFound where there is none.
func (Store) Get(tx db.Tx, id duty.ID) (duty.Duty, error) { return getDuty(tx.Ctx(), tx, tx.Org(), id) }

func getDuty(ctx context.Context, q db.DBTX, orgID string, id duty.ID) (duty.Duty, error) {
	r, err := sqlcgen.New(q).GetDuty(ctx, sqlcgen.GetDutyParams{Org: orgID, ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return duty.Duty{}, kernel.Err(kernel.NotFound, "这一项不在了，或者您不能看")
	}
	if err != nil {
		return duty.Duty{}, wrap("duty", string(id), err)
	}
	return dutyOf(r)
}

func dutyOf(r sqlcgen.Duty) (duty.Duty, error) {
	d := duty.Duty{ID: duty.ID(r.ID), Unit: org.UnitID(r.UnitID), Code: r.Code, Mechanism: r.Mechanism, Measure: catalogue.Measure(r.Measure),
		Name: kernel.Words{Zh: r.NameZh, En: r.NameEn}, What: kernel.Words{Zh: r.WhatZh, En: r.WhatEn}, Form: catalogue.Form(r.Form), Card: r.Card, Place: org.PlaceID(r.PlaceID),
		Source: r.Source, Unverified: r.Unverified, Own: r.Own, Adopted: r.AdoptedOn, Retired: r.RetiredOn, Planned: r.PlannedTo, Version: r.Version}
	err := errors.Join(json.Unmarshal([]byte(r.Rhythm), &d.Rhythm), json.Unmarshal([]byte(r.Who), &d.Who),
		selector(r.Targets, &d.Targets), unlist(r.Signers, &d.Signers))
	return d, wrap("duty", r.ID, err)
}

// selector reads what a duty covers; a duty of one place has none.
func selector(s string, into *catalogue.Selector) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), into)
}

func unlist(s string, into *[]authz.Office) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), into)
}

func dutiesOf(rows []sqlcgen.Duty) ([]duty.Duty, error) {
	out := make([]duty.Duty, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = dutyOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Retire ends a duty and drops the planned rounds that would open after the day.
func (Store) Retire(tx db.Tx, id duty.ID, on kernel.Date) error {
	q := sqlcgen.New(tx)
	if err := q.RetireDuty(tx.Ctx(), sqlcgen.RetireDutyParams{Org: tx.Org(), ID: string(id), RetiredOn: on}); err != nil {
		return wrap("retire duty", string(id), err)
	}
	if err := q.DropPlannedTargets(tx.Ctx(), sqlcgen.DropPlannedTargetsParams{Org: tx.Org(), Duty: string(id), After: on}); err != nil {
		return wrap("retire duty", string(id), err)
	}
	return wrap("retire duty", string(id), q.DropPlanned(tx.Ctx(), sqlcgen.DropPlannedParams{Org: tx.Org(), Duty: string(id), After: on}))
}

// Change writes an own duty anew and drops its planned rounds, which the next Open writes again. False: somebody changed it meanwhile.
func (Store) Change(tx db.Tx, d duty.Duty) (bool, error) {
	r, err := toRow(d)
	if err != nil {
		return false, wrap("change duty", string(d.ID), err)
	}
	q := sqlcgen.New(tx)
	n, err := q.ChangeDuty(tx.Ctx(), sqlcgen.ChangeDutyParams{Org: tx.Org(), ID: r.ID, Version: d.Version, Measure: r.Measure, NameZh: r.NameZh, NameEn: r.NameEn, WhatZh: r.WhatZh,
		WhatEn: r.WhatEn, Rhythm: r.Rhythm, Who: r.Who, Targets: r.Targets, Form: r.Form, Card: r.Card, Place: kernel.Opt(r.Place), Signers: r.Signers, AdoptedOn: r.Adopted})
	if err != nil || n == 0 {
		return false, wrap("change duty", r.ID, err)
	}
	err = q.DropPlannedTargets(tx.Ctx(), sqlcgen.DropPlannedTargetsParams{Org: tx.Org(), Duty: r.ID, After: longAgo})
	if err == nil {
		err = q.DropPlanned(tx.Ctx(), sqlcgen.DropPlannedParams{Org: tx.Org(), Duty: r.ID, After: longAgo})
	}
	return true, wrap("change duty", r.ID, err)
}

// longAgo is before every round.
var longAgo = kernel.NewDate(1900, 1, 1)

// Replan forgets how far the union's duties are planned.
func (Store) Replan(tx db.Tx) error {
	return wrap("replan", tx.Org(), sqlcgen.New(tx).Replan(tx.Ctx(), tx.Org()))
}

// Orgs lists the company unions.
func (s Store) Orgs(ctx context.Context) ([]string, error) {
	out, err := sqlcgen.New(s.read).Orgs(ctx)
	return out, wrap("list", "orgs", err)
}

// Unplanned lists the duties that are planned less far than the stamp.
func (s Store) Unplanned(ctx context.Context, orgID string, stamp int) ([]duty.Duty, error) {
	rows, err := sqlcgen.New(s.read).Unplanned(ctx, sqlcgen.UnplannedParams{Org: orgID, Stamp: stamp})
	if err != nil {
		return nil, wrap("unplanned duties of", orgID, err)
	}
	return dutiesOf(rows)
}
