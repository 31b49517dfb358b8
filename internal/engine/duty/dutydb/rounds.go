package dutydb

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb/sqlcgen"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

var noRound = kernel.Err(kernel.NotFound, "这一轮不在了，或者您不能看")

// Lock reads a round and holds its row until the transaction ends, so that two who do its targets count one after the other.
func (Store) Lock(tx db.Tx, id duty.RoundID) (duty.Round, error) {
	r, err := sqlcgen.New(tx).LockRound(tx.Ctx(), sqlcgen.LockRoundParams{Org: tx.Org(), ID: string(id)})
	return roundOf(r, string(id), err)
}

func roundOf(r sqlcgen.Round, id string, err error) (duty.Round, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return duty.Round{}, noRound
	}
	if err != nil {
		return duty.Round{}, wrap("round", id, err)
	}
	out := duty.Round{ID: duty.RoundID(r.ID), Duty: duty.ID(r.DutyID), Unit: org.UnitID(r.UnitID), Period: duty.Period(r.Period), Opens: r.OpensOn, Due: r.DueOn, Closes: r.ClosesOn,
		State: duty.RoundState(r.State), Cover: duty.Coverage{Targets: r.Targets, Done: r.Done, Excused: r.Excused}, Slices: r.Slices, Late: r.Late, DoneOn: r.DoneOn, Version: r.Version}
	return out, wrap("round", id, json.Unmarshal([]byte(r.Why), &out.Why))
}

// Cover writes the coverage of a locked round.
func (Store) Cover(tx db.Tx, r duty.Round) error {
	err := sqlcgen.New(tx).CoverRound(tx.Ctx(), sqlcgen.CoverRoundParams{Org: tx.Org(), ID: string(r.ID), Done: r.Cover.Done, Excused: r.Cover.Excused, DoneOn: r.DoneOn})
	return wrap("cover round", string(r.ID), err)
}

// Fit takes the open rounds of a branch by due day that have that target open.
func (s Store) Fit(ctx context.Context, q db.DBTX, orgID string, w duty.Wanted) ([]duty.RoundID, error) {
	text, args := fit(orgID, w)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, wrap("rounds that fit", w.Subject.ID, err)
	}
	out, err := roundIDs(rows)
	return out, wrap("rounds that fit", w.Subject.ID, err)
}

// DoneBy lists the rounds in which a record is the proof of a target.
func (Store) DoneBy(tx db.Tx, proof record.Ref) ([]duty.RoundID, error) {
	rows, err := sqlcgen.New(tx).DoneBy(tx.Ctx(), sqlcgen.DoneByParams{Org: tx.Org(), Proof: proof.ID})
	slices.SortFunc(rows, func(a, b sqlcgen.DoneByRow) int { return cmp.Or(a.DueOn.Compare(b.DueOn), cmp.Compare(a.ID, b.ID)) })
	out := make([]duty.RoundID, len(rows))
	for i, r := range rows {
		out[i] = duty.RoundID(r.ID)
	}
	return out, wrap("rounds done by", proof.ID, err)
}

func roundIDs(rows *sql.Rows) ([]duty.RoundID, error) {
	defer rows.Close()
	var out []duty.RoundID
	for rows.Next() {
		var id duty.RoundID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

func fit(orgID string, w duty.Wanted) (string, []any) {
	return db.From(`SELECT r.id FROM round r JOIN target t ON t.org_id = r.org_id AND t.round_id = r.id JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id`).
		And("r.org_id = ?", orgID).And("r.unit_id = ?", string(w.Unit)).And("r.state = 'open'").And("r.form = ?", string(w.Form)).
		And("r.opens_on <= ?", w.On).And("r.closes_on >= ?", w.On).
		And("t.kind = ?", w.Subject.Kind).And("t.subject_id = ?", w.Subject.ID).And("t.state = 'open'").
		And("(d.card = '' OR d.card = ?)", w.Card).SQL("r.due_on, r.id", 0)
}

// Openable lists the planned rounds whose day has come, behind a key of opening day and id.
func (s Store) Openable(ctx context.Context, orgID string, today kernel.Date, after db.Key, limit int) ([]duty.Opening, error) {
	q, args := db.From(`SELECT r.id, r.unit_id, r.form, r.opens_on, d.targets, d.place_id FROM round r JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id`).
		And("r.org_id = ?", orgID).And("r.state = 'planned'").And("r.opens_on <= ?", today).
		After([]string{"r.opens_on", "r.id"}, false, after).SQL("r.opens_on, r.id", limit)
	rows, err := s.read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, wrap("rounds to open of", orgID, err)
	}
	defer rows.Close()
	var out []duty.Opening
	for rows.Next() {
		var o duty.Opening
		var sel string
		var place kernel.Opt
		if err := rows.Scan(&o.Round, &o.Unit, &o.Form, &o.Opens, &sel, &place); err != nil {
			return nil, wrap("rounds to open of", orgID, err)
		}
		if err := selector(sel, &o.Targets); err != nil {
			return nil, wrap("targets of round", string(o.Round), err)
		}
		o.Place = org.PlaceID(place)
		out = append(out, o)
	}
	return out, wrap("rounds to open of", orgID, rows.Err())
}

// Overdue lists open rounds that are past their day with somebody missing and not stamped yet.
func (s Store) Overdue(ctx context.Context, orgID string, today kernel.Date, limit int) ([]duty.RoundLate, error) {
	rows, err := sqlcgen.New(s.read).Overdue(ctx, sqlcgen.OverdueParams{Org: orgID, Today: today, Most: int32(limit)})
	if err != nil {
		return nil, wrap("overdue rounds of", orgID, err)
	}
	out := make([]duty.RoundLate, len(rows))
	for i, r := range rows {
		out[i] = duty.RoundLate{Round: duty.RoundID(r.ID), Duty: duty.ID(r.DutyID), Unit: org.UnitID(r.UnitID), Measure: catalogue.Measure(r.Measure),
			Name: kernel.Words{Zh: r.NameZh, En: r.NameEn}, Due: r.DueOn, Missing: int(r.Missing)}
	}
	return out, nil
}

// StampLate marks rounds as late and returns those that were not, so that each is told once.
func (Store) StampLate(tx db.Tx, rounds []duty.RoundID) ([]duty.RoundID, error) {
	raw, err := list(rounds)
	if err != nil {
		return nil, wrap("stamp late", tx.Org(), err)
	}
	rows, err := tx.QueryContext(tx.Ctx(), `UPDATE round SET late = TRUE, version = version + 1
WHERE org_id = $1 AND id IN `+ids(tx.Engine(), "$2")+` AND state = 'open' AND NOT late AND done + excused < targets RETURNING id`, tx.Org(), raw)
	if err != nil {
		return nil, wrap("stamp late", tx.Org(), err)
	}
	out, err := roundIDs(rows)
	return out, wrap("stamp late", tx.Org(), err)
}

// Close ends rounds past their last day, those too for which there never was anybody. It tells how many of the larger sort.
func (Store) Close(tx db.Tx, today kernel.Date, limit int) (int, error) {
	q := sqlcgen.New(tx)
	open, err := q.CloseOpen(tx.Ctx(), sqlcgen.CloseOpenParams{Org: tx.Org(), Today: today, Most: int32(limit)})
	if err != nil {
		return 0, wrap("close rounds of", tx.Org(), err)
	}
	empty, err := q.CloseEmpty(tx.Ctx(), sqlcgen.CloseEmptyParams{Org: tx.Org(), Today: today, Most: int32(limit)})
	return int(max(open, empty)), wrap("close rounds of", tx.Org(), err)
}
