package dutydb

import (
	"context"
	"database/sql"
	"errors"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb/sqlcgen"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

const targetRow = `SELECT round_id, kind, subject_id, slice, assignee, state, done_on, reason, proof_kind, proof_id, by_person FROM target`

func scanTargets(rows *sql.Rows) ([]duty.Target, error) {
	defer rows.Close()
	var out []duty.Target
	for rows.Next() {
		var r sqlcgen.Target
		if err := rows.Scan(&r.RoundID, &r.Kind, &r.SubjectID, &r.Slice, &r.Assignee, &r.State, &r.DoneOn, &r.Reason, &r.ProofKind, &r.ProofID, &r.ByPerson); err != nil {
			return nil, err
		}
		out = append(out, targetOf(r))
	}
	return out, rows.Err()
}

func targetOf(r sqlcgen.Target) duty.Target {
	return duty.Target{Round: duty.RoundID(r.RoundID), Subject: record.Ref{Kind: r.Kind, ID: r.SubjectID}, Slice: org.UnitID(r.Slice), Assignee: people.ID(r.Assignee),
		State: duty.TargetState(r.State), DoneOn: r.DoneOn, Reason: r.Reason, Proof: record.Ref{Kind: r.ProofKind, ID: r.ProofID}, By: people.ID(r.ByPerson)}
}

// Pick reads the targets of these subjects; those that the round does not have are left out.
func (Store) Pick(tx db.Tx, round duty.RoundID, subjects []record.Ref) ([]duty.Target, error) {
	raw, err := list(subjects)
	if err != nil {
		return nil, wrap("targets of", string(round), err)
	}
	rows, err := tx.QueryContext(tx.Ctx(), targetRow+` WHERE org_id = $1 AND round_id = $2
AND (kind, subject_id) IN (SELECT e.value->>'k', e.value->>'i' FROM `+each(tx.Engine(), "$3")+`)`, tx.Org(), string(round), raw)
	if err != nil {
		return nil, wrap("targets of", string(round), err)
	}
	out, err := scanTargets(rows)
	return out, wrap("targets of", string(round), err)
}

// Proved reads the targets that a record has done in a round.
func (Store) Proved(tx db.Tx, round duty.RoundID, proof record.Ref) ([]duty.Target, error) {
	rows, err := sqlcgen.New(tx).Proved(tx.Ctx(), sqlcgen.ProvedParams{Org: tx.Org(), Round: string(round), Kind: proof.Kind, Proof: proof.ID})
	if err != nil {
		return nil, wrap("targets of", string(round), err)
	}
	out := make([]duty.Target, len(rows))
	for i, r := range rows {
		out[i] = targetOf(r)
	}
	return out, nil
}

// Set writes how these subjects stand. Where a target was done on an earlier day, that day stays.
func (Store) Set(tx db.Tx, subjects []record.Ref, t duty.Target) error {
	raw, err := list(subjects)
	if err != nil {
		return wrap("targets of", string(t.Round), err)
	}
	_, err = tx.ExecContext(tx.Ctx(), `UPDATE target SET state = $3, done_on = CASE WHEN done_on < $4 THEN done_on ELSE $4 END, reason = $5, proof_kind = $6, proof_id = $7, by_person = $8
WHERE org_id = $1 AND round_id = $2 AND (kind, subject_id) IN (SELECT e.value->>'k', e.value->>'i' FROM `+each(tx.Engine(), "$9")+`)`,
		tx.Org(), string(t.Round), string(t.State), t.DoneOn, t.Reason, t.Proof.Kind, t.Proof.ID, string(t.By), raw)
	return wrap("targets of", string(t.Round), err)
}

// Move names another proof for what a record has done, and changes nothing else.
func (Store) Move(tx db.Tx, round duty.RoundID, from, to record.Ref) error {
	err := sqlcgen.New(tx).MoveProof(tx.Ctx(), sqlcgen.MoveProofParams{Org: tx.Org(), Round: string(round), Kind: from.Kind, Proof: from.ID, ToKind: to.Kind, ToID: to.ID})
	return wrap("move proof in", string(round), err)
}

// coverCounter is the counter of a round's slices; its keys are round/slice/figure.
const coverCounter = "cover"

// Count moves the counters of one slice of a round.
func (Store) Count(tx db.Tx, round duty.RoundID, slice org.UnitID, by duty.Coverage) error {
	key := string(round) + "/" + string(slice) + "/"
	return errors.Join(db.Count(tx, coverCounter, key+"t", by.Targets), db.Count(tx, coverCounter, key+"d", by.Done), db.Count(tx, coverCounter, key+"e", by.Excused))
}

// Take begins to freeze a planned round; what an unfinished turn left goes. Turn 0 means that it is not planned any more.
func (Store) Take(tx db.Tx, round duty.RoundID) (int, error) {
	q := sqlcgen.New(tx)
	turn, err := q.TakeRound(tx.Ctx(), sqlcgen.TakeRoundParams{Org: tx.Org(), ID: string(round)})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, wrap("take round", string(round), err)
	}
	return turn, wrap("take round", string(round), q.ClearTargets(tx.Ctx(), sqlcgen.ClearTargetsParams{Org: tx.Org(), Round: string(round)}))
}

// subjectRow is a target as JSON for the insert.
type subjectRow struct {
	Kind     string `json:"k"`
	ID       string `json:"i"`
	Slice    string `json:"s"`
	Assignee string `json:"a"`
}

// Add freezes more targets of a round that this turn holds.
func (Store) Add(tx db.Tx, round duty.RoundID, turn int, all []duty.Subject) (bool, error) {
	held, err := sqlcgen.New(tx).HoldRound(tx.Ctx(), sqlcgen.HoldRoundParams{Org: tx.Org(), ID: string(round), Turn: turn})
	if err != nil || held == 0 {
		return false, wrap("hold round", string(round), err)
	}
	rows := make([]subjectRow, len(all))
	for i, s := range all {
		rows[i] = subjectRow{Kind: s.Kind, ID: s.ID, Slice: string(s.Slice), Assignee: string(s.Assignee)}
	}
	raw, err := list(rows)
	if err != nil {
		return false, wrap("freeze round", string(round), err)
	}
	_, err = tx.ExecContext(tx.Ctx(), `INSERT INTO target (org_id, round_id, kind, subject_id, slice, assignee, state)
SELECT $1, $2, e.value->>'k', e.value->>'i', e.value->>'s', e.value->>'a', 'open' FROM `+each(tx.Engine(), "$3"), tx.Org(), string(round), raw)
	return err == nil, wrap("freeze round", string(round), err)
}

// Open opens a round that this turn holds.
func (Store) Open(tx db.Tx, round duty.RoundID, turn, targets, slices int) (bool, error) {
	n, err := sqlcgen.New(tx).OpenRound(tx.Ctx(), sqlcgen.OpenRoundParams{Org: tx.Org(), ID: string(round), Turn: turn, Targets: targets, Slices: slices})
	return n == 1, wrap("open round", string(round), err)
}

// Frozen lists all subjects of a round.
func (s Store) Frozen(ctx context.Context, orgID string, round duty.RoundID) ([]record.Ref, error) {
	rows, err := sqlcgen.New(s.read).Frozen(ctx, sqlcgen.FrozenParams{Org: orgID, Round: string(round)})
	if err != nil {
		return nil, wrap("subjects of", string(round), err)
	}
	out := make([]record.Ref, len(rows))
	for i, r := range rows {
		out[i] = record.Ref{Kind: r.Kind, ID: r.SubjectID}
	}
	return out, nil
}
