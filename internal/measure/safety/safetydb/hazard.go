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
)

// Hazards keeps hazards.
type Hazards struct{}

var _ safety.HazardStore = Hazards{}

func (Hazards) Insert(tx db.Tx, h safety.Hazard) error {
	err := sqlcgen.New(tx).InsertHazard(tx.Ctx(), sqlcgen.InsertHazardParams{Org: tx.Org(), ID: string(h.ID), Description: h.Description, Spot: h.Spot,
		Mode: string(h.Mode), Receipt: h.Receipt, Run: kernel.Opt(h.Run), Item: h.Item, Basis: h.Basis})
	if err != nil {
		return fmt.Errorf("raise hazard %s: %w", h.ID, err)
	}
	return nil
}

func (Hazards) Save(tx db.Tx, h safety.Hazard) error {
	err := sqlcgen.New(tx).SaveHazard(tx.Ctx(), sqlcgen.SaveHazardParams{Org: tx.Org(), ID: string(h.ID), Measure: h.Measure, Doer: h.Doer, DoneNote: h.DoneNote,
		VerifyNote: h.VerifyNote, AskedUntil: h.AskedUntil, AskedWhy: h.AskedWhy, AnnouncedOn: h.AnnouncedOn, AnnouncedHow: h.AnnouncedHow, Congress: h.Congress})
	if err != nil {
		return fmt.Errorf("save hazard %s: %w", h.ID, err)
	}
	return nil
}

func (Hazards) Load(ctx context.Context, q db.DBTX, org string, id matter.ID) (safety.Hazard, error) {
	m, err := matterdb.Store{}.Load(ctx, q, org, id)
	if err != nil {
		return safety.Hazard{}, err
	}
	r, err := sqlcgen.New(q).Hazard(ctx, sqlcgen.HazardParams{Org: org, ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return safety.Hazard{}, kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")
	}
	if err != nil {
		return safety.Hazard{}, fmt.Errorf("load hazard %s: %w", id, err)
	}
	return safety.Hazard{Matter: m, Description: r.Description, Spot: r.Spot, Mode: safety.Mode(r.ReporterMode), Receipt: r.Receipt, Run: string(r.RunID), Item: r.Item,
		Basis: r.Basis, Measure: r.Measure, Doer: r.Doer, DoneNote: r.DoneNote, VerifyNote: r.VerifyNote, AskedUntil: r.AskedUntil, AskedWhy: r.AskedWhy,
		AnnouncedOn: r.AnnouncedOn, AnnouncedHow: r.AnnouncedHow, Congress: r.Congress}, nil
}

func (h Hazards) ByReceipt(ctx context.Context, q db.DBTX, receipt string) (string, safety.Hazard, error) {
	r, err := sqlcgen.New(q).HazardByReceipt(ctx, receipt)
	if errors.Is(err, sql.ErrNoRows) {
		return "", safety.Hazard{}, kernel.Wrong("receipt", "没有这个查询码。请照着当时给的再输一遍，不分大小写。")
	}
	if err != nil {
		return "", safety.Hazard{}, fmt.Errorf("find receipt: %w", err)
	}
	out, err := h.Load(ctx, q, r.OrgID, matter.ID(r.MatterID))
	return r.OrgID, out, err
}

func (Hazards) ByItem(ctx context.Context, q db.DBTX, org, run, item string) (matter.ID, error) {
	id, err := sqlcgen.New(q).HazardByItem(ctx, sqlcgen.HazardByItemParams{Org: org, Run: kernel.Opt(run), Item: item})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("hazard of run %s item %s: %w", run, item, err)
	}
	return matter.ID(id), nil
}

func (Hazards) Say(tx db.Tx, id matter.ID, w safety.Word) error {
	err := sqlcgen.New(tx).InsertWord(tx.Ctx(), sqlcgen.InsertWordParams{Org: tx.Org(), Matter: string(id), ID: w.ID, FromReporter: w.FromReporter, Text: w.Text, OnDay: w.On, ByPerson: w.By})
	if err != nil {
		return fmt.Errorf("word on hazard %s: %w", id, err)
	}
	return nil
}
