package safetydb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb/sqlcgen"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Hazards keeps hazards.
type Hazards struct{}

// Roster knows units and people.
type Roster struct{}

var (
	_ safety.HazardStore = Hazards{}
	_ safety.Roster      = Roster{}
)

// Insert fills safety.HazardStore.
func (Hazards) Insert(tx db.Tx, h safety.Hazard, seal string) error {
	err := sqlcgen.New(tx).InsertHazard(tx.Ctx(), sqlcgen.InsertHazardParams{Org: tx.Org(), ID: string(h.ID), Description: h.Description, Spot: h.Spot,
		Mode: string(h.Mode), Seal: seal, Run: kernel.Opt(h.Run), Item: h.Item, Basis: h.Basis})
	switch {
	case db.IsDuplicate(err): // one hazard a run and item; both phones said 现在就报
		return kernel.Err(kernel.Conflict, "这一项刚才已经报过了。")
	case err != nil:
		return fmt.Errorf("raise hazard %s: %w", h.ID, err)
	}
	return nil
}

// Save fills safety.HazardStore.
func (Hazards) Save(tx db.Tx, h safety.Hazard) error {
	err := sqlcgen.New(tx).SaveHazard(tx.Ctx(), sqlcgen.SaveHazardParams{Org: tx.Org(), ID: string(h.ID), Measure: h.Measure, Doer: h.Doer, DoneNote: h.DoneNote,
		VerifyNote: h.VerifyNote, AskedUntil: h.AskedUntil, AskedWhy: h.AskedWhy, AnnouncedHow: h.AnnouncedHow, Congress: h.Congress,
		FixBy: h.FixBy, DoneOn: h.DoneOn, VerifiedOn: h.VerifiedOn, LastWhy: h.LastWhy})
	if err != nil {
		return fmt.Errorf("save hazard %s: %w", h.ID, err)
	}
	return nil
}

const hazardText = `SELECT ` + matterdb.Columns + `, h.description, h.spot, h.reporter_mode, h.run_id, h.item, h.basis, h.measure, h.doer, h.done_note, h.verify_note,
h.asked_until, h.asked_why, h.announced_how, h.congress, h.fix_by, h.done_on, h.verified_on, h.last_why
FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id WHERE m.org_id = $1 AND m.id = $2`

// Load reads matter and hazard in one query, without the receipt.
func (Hazards) Load(ctx context.Context, q db.DBTX, inOrg string, id matter.ID) (safety.Hazard, error) {
	var h safety.Hazard
	var run kernel.Opt
	var err error
	h.Matter, err = matterdb.Scan(q.QueryRowContext(ctx, hazardText, inOrg, string(id)), &h.Description, &h.Spot, &h.Mode, &run, &h.Item, &h.Basis,
		&h.Measure, &h.Doer, &h.DoneNote, &h.VerifyNote, &h.AskedUntil, &h.AskedWhy, &h.AnnouncedHow, &h.Congress,
		&h.FixBy, &h.DoneOn, &h.VerifiedOn, &h.LastWhy)
	if errors.Is(err, sql.ErrNoRows) {
		return h, kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")
	}
	if err != nil {
		return h, fmt.Errorf("load hazard %s: %w", id, err)
	}
	h.Run = string(run)
	return h, nil
}

// ByReceipt fills safety.HazardStore.
func (h Hazards) ByReceipt(ctx context.Context, q db.DBTX, seal string) (string, safety.Hazard, error) {
	wrong := kernel.Wrong("receipt", "没有这个查询码。请照着当时给的再输一遍，不分大小写。")
	if seal == "" {
		return "", safety.Hazard{}, wrong
	}
	r, err := sqlcgen.New(q).HazardByReceipt(ctx, seal)
	if errors.Is(err, sql.ErrNoRows) {
		return "", safety.Hazard{}, wrong
	}
	if err != nil {
		return "", safety.Hazard{}, fmt.Errorf("find receipt: %w", err)
	}
	out, err := h.Load(ctx, q, r.OrgID, matter.ID(r.MatterID))
	return r.OrgID, out, err
}

// Said fills safety.HazardStore.
func (Hazards) Said(tx db.Tx, id matter.ID, text string) (bool, error) {
	n, err := sqlcgen.New(tx).Said(tx.Ctx(), sqlcgen.SaidParams{Org: tx.Org(), Matter: string(id), Text: text, Day: tx.Today()})
	if err != nil {
		return false, fmt.Errorf("words on hazard %s: %w", id, err)
	}
	return n > 0, nil
}

// ByItem fills safety.HazardStore; empty where nobody has reported the item.
func (Hazards) ByItem(ctx context.Context, q db.DBTX, inOrg, run, item string) (matter.ID, error) {
	id, err := sqlcgen.New(q).HazardByItem(ctx, sqlcgen.HazardByItemParams{Org: inOrg, Run: kernel.Opt(run), Item: item})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("hazard of run %s item %s: %w", run, item, err)
	}
	return matter.ID(id), nil
}

// Say fills safety.HazardStore.
func (Hazards) Say(tx db.Tx, id matter.ID, w safety.Word) error {
	err := sqlcgen.New(tx).InsertWord(tx.Ctx(), sqlcgen.InsertWordParams{Org: tx.Org(), Matter: string(id), ID: w.ID, FromReporter: w.FromReporter, Text: w.Text, OnDay: w.On, ByPerson: w.By, Office: string(w.Office)})
	if err != nil {
		return fmt.Errorf("word on hazard %s: %w", id, err)
	}
	return nil
}

// Fit fills safety.Roster.
func (Roster) Fit(tx db.Tx, branch, owner org.UnitID, rectifier, verifier people.ID) error {
	r, err := sqlcgen.New(tx).Fit(tx.Ctx(), sqlcgen.FitParams{Org: tx.Org(), Branch: string(branch), Owner: string(owner), Rectifier: string(rectifier), Verifier: string(verifier), Day: tx.Today()})
	if err != nil {
		return fmt.Errorf("who may answer: %w", err)
	}
	var p kernel.Problems
	if owner != "" && r.Owners == 0 {
		p.Add("owner", "请选还在的责任单位。")
	}
	if rectifier != "" && r.Rectifiers == 0 {
		p.Add("rectifier", "请选还在名册里的整改责任人。")
	}
	if r.Strangers > 0 {
		p.Add("rectifier", "整改责任人要是责任单位的人。请换人，或者换责任单位。")
	}
	if verifier != "" && r.Verifiers == 0 {
		p.Add("verifier", "请选还在名册里的验收人。")
	}
	return p.Err()
}
