// Package safetydb reads and writes what the safety measure keeps, on either engine.
package safetydb

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb/sqlcgen"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// PatrolReads fills safety.PatrolReads.
type PatrolReads struct{ q db.DBTX }

// NewPatrolReads reads from an open database.
func NewPatrolReads(q db.DBTX) PatrolReads { return PatrolReads{q} }

var _ safety.PatrolReads = PatrolReads{}

func (s PatrolReads) PatrolAbout(ctx context.Context, inOrg string, id checklist.RunID) (safety.PatrolAbout, error) {
	q := sqlcgen.New(s.q)
	r, err := q.PatrolAbout(ctx, sqlcgen.PatrolAboutParams{Org: inOrg, Run: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return safety.PatrolAbout{}, kernel.Err(kernel.NotFound, "没有这份记录，或者不归你看。")
	}
	if err != nil {
		return safety.PatrolAbout{}, fmt.Errorf("about patrol %s: %w", id, err)
	}
	out := safety.PatrolAbout{
		PatrolLine: safety.PatrolLine{ID: id, Unit: org.UnitID(r.UnitID), On: r.OnDay, State: checklist.State(r.State), Card: r.Card, Place: org.PlaceID(r.PlaceID),
			PlaceName: kernel.Words{Zh: r.PlaceZh, En: r.PlaceEn}, PlaceKind: r.PlaceKind, By: r.ByName, With: r.WithName, Round: record.RoundID(r.RoundID),
			Duty: kernel.Words{Zh: r.DutyZh, En: r.DutyEn}, Period: r.Period, Result: counts(r.Items, r.Passed, r.Failed, r.KeyFailed), SignedAt: kernel.Time(r.SignedAt)},
		PlaceCode: r.PlaceCode, UnitName: kernel.Words{Zh: r.UnitZh, En: r.UnitEn},
		Names: map[people.ID]string{people.ID(r.ByPerson): r.ByName}, Hazards: map[string]safety.PatrolHazard{},
	}
	if r.WithPerson != "" {
		out.Names[people.ID(r.WithPerson)] = r.WithName
	}
	if err := errors.Join(s.signatures(ctx, inOrg, &out), s.did(ctx, inOrg, &out)); err != nil {
		return safety.PatrolAbout{}, fmt.Errorf("about patrol %s: %w", id, err)
	}
	hazards, err := q.PatrolHazards(ctx, sqlcgen.PatrolHazardsParams{Org: inOrg, Run: string(id)})
	if err != nil {
		return safety.PatrolAbout{}, fmt.Errorf("about patrol %s: %w", id, err)
	}
	for _, h := range hazards {
		out.Hazards[h.Item] = safety.PatrolHazard{Matter: h.ID, No: h.No, State: h.State, Outcome: h.Outcome, Grade: h.Grade}
	}
	return out, nil
}

func (s PatrolReads) signatures(ctx context.Context, inOrg string, out *safety.PatrolAbout) error {
	rows, err := sqlcgen.New(s.q).PatrolSignatures(ctx, sqlcgen.PatrolSignaturesParams{Org: inOrg, Run: string(out.ID)})
	if err != nil {
		return err
	}
	for _, r := range rows {
		out.Names[people.ID(r.PersonID)] = r.Name
		out.Signatures = append(out.Signatures, record.Signature{Owner: out.ID.Ref(), Person: people.ID(r.PersonID), Office: authz.Office(r.Office),
			Mandate: r.MandateID, Proof: record.Proof(r.Proof), Strokes: r.Strokes, Content: r.Content, At: kernel.Time(r.At), Denied: kernel.Time(r.DeniedAt)})
	}
	return nil
}

func (s PatrolReads) PatrolsOf(ctx context.Context, inOrg string, who people.ID) ([]safety.PatrolTodo, error) {
	rows, err := sqlcgen.New(s.q).PatrolsOf(ctx, sqlcgen.PatrolsOfParams{Org: inOrg, Who: string(who)})
	if err != nil {
		return nil, fmt.Errorf("patrols of %s: %w", who, err)
	}
	out := make([]safety.PatrolTodo, len(rows))
	for i, r := range rows {
		out[i] = safety.PatrolTodo{ISigned: r.Signed == 1, Began: r.ByPerson == string(who), PatrolLine: safety.PatrolLine{
			ID: checklist.RunID(r.ID), Unit: org.UnitID(r.UnitID), On: r.OnDay, State: checklist.State(r.State), Card: r.Card, Place: org.PlaceID(r.PlaceID),
			PlaceName: kernel.Words{Zh: r.PlaceZh, En: r.PlaceEn}, PlaceKind: r.PlaceKind, By: r.ByName, With: r.WithName, Round: record.RoundID(r.RoundID),
			Duty: kernel.Words{Zh: r.DutyZh, En: r.DutyEn}, Period: r.Period, Result: counts(r.Items, r.Passed, r.Failed, r.KeyFailed), SignedAt: kernel.Time(r.SignedAt)}}
	}
	slices.SortFunc(out, func(a, b safety.PatrolTodo) int { return cmp.Compare(b.ID, a.ID) }) // a handful, the newest first
	return out, nil
}

func (s PatrolReads) PatrolTargets(ctx context.Context, inOrg string, unit org.UnitID, year int) ([]safety.PatrolTarget, error) {
	rows, err := sqlcgen.New(s.q).PatrolTargets(ctx, sqlcgen.PatrolTargetsParams{Org: inOrg, Unit: string(unit),
		FirstDay: kernel.NewDate(year, 1, 1), LastDay: kernel.NewDate(year, 12, 31)})
	if err != nil {
		return nil, fmt.Errorf("patrol rounds of %s in %d: %w", unit, year, err)
	}
	out := make([]safety.PatrolTarget, len(rows))
	for i, r := range rows {
		out[i] = patrolTarget(r)
	}
	return out, nil
}

func patrolTarget(r sqlcgen.PatrolTargetsRow) safety.PatrolTarget {
	t := safety.PatrolTarget{Place: org.PlaceID(r.SubjectID), PlaceName: kernel.Words{Zh: r.PlaceZh, En: r.PlaceEn}, PlaceKind: r.PlaceKind, PlaceSort: r.Sort,
		Duty: r.DutyID, Card: r.Card, DutyName: kernel.Words{Zh: r.DutyZh, En: r.DutyEn}, Round: record.RoundID(r.ID), Period: r.Period,
		Opens: r.OpensOn, Due: r.DueOn, Ends: r.ClosesOn, State: r.State, DoneOn: r.DoneOn, Reason: r.Reason}
	if r.ProofKind == checklist.Kind {
		t.Run = checklist.RunID(r.ProofID)
	}
	return t
}

func (s PatrolReads) OpenPatrolTargets(ctx context.Context, inOrg string, unit org.UnitID, on kernel.Date) ([]safety.PatrolTarget, error) {
	rows, err := sqlcgen.New(s.q).OpenPatrolTargets(ctx, sqlcgen.OpenPatrolTargetsParams{Org: inOrg, Unit: string(unit), OnDay: on})
	if err != nil {
		return nil, fmt.Errorf("open patrol rounds of %s: %w", unit, err)
	}
	out := make([]safety.PatrolTarget, len(rows))
	for i, r := range rows {
		out[i] = patrolTarget(sqlcgen.PatrolTargetsRow(r))
	}
	slices.SortStableFunc(out, func(a, b safety.PatrolTarget) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.PlaceSort, b.PlaceSort))
	})
	return out, nil
}

func (s PatrolReads) NextPatrol(ctx context.Context, inOrg string, run checklist.Run) (*safety.PatrolTarget, error) {
	r, err := sqlcgen.New(s.q).NextPatrol(ctx, sqlcgen.NextPatrolParams{Org: inOrg, Unit: string(run.Unit), Place: string(run.Place), Card: run.Card.Code, OnDay: run.On})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("next patrol after %s: %w", run.ID, err)
	}
	return &safety.PatrolTarget{Place: run.Place, DutyName: kernel.Words{Zh: r.DutyZh, En: r.DutyEn}, Round: record.RoundID(r.ID), Period: r.Period, Opens: r.OpensOn, Due: r.DueOn}, nil
}

// did fills the rounds that a patrol is the proof of.
func (s PatrolReads) did(ctx context.Context, inOrg string, out *safety.PatrolAbout) error {
	rows, err := sqlcgen.New(s.q).PatrolDid(ctx, sqlcgen.PatrolDidParams{Org: inOrg, Run: string(out.ID)})
	for _, r := range rows {
		out.Did = append(out.Did, safety.PatrolRound{ID: record.RoundID(r.ID), Duty: kernel.Words{Zh: r.DutyZh, En: r.DutyEn}, Period: r.Period, Due: r.DueOn, DoneOn: r.DoneOn})
	}
	slices.SortStableFunc(out.Did, func(a, b safety.PatrolRound) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	return err
}

func counts(items, passed, failed, key int) checklist.Result {
	return checklist.Result{Items: items, Passed: passed, Failed: failed, KeyFailed: key, NA: items - passed - failed}
}
