package checklistdb

import (
	"context"
	"fmt"
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/checklist/checklistdb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// answers come in the order of their codes, which is the order of the card.
func answers(ctx context.Context, q db.DBTX, inOrg string, id checklist.RunID) ([]checklist.Answer, error) {
	rows, err := sqlcgen.New(q).Answers(ctx, sqlcgen.AnswersParams{Org: inOrg, Run: string(id)})
	if err != nil {
		return nil, err
	}
	shots, err := sqlcgen.New(q).Photos(ctx, sqlcgen.PhotosParams{Org: inOrg, Run: string(id)})
	if err != nil {
		return nil, err
	}
	photos := map[string][]string{}
	for _, s := range shots {
		photos[s.Slot] = append(photos[s.Slot], s.Hash)
	}
	var out []checklist.Answer
	for _, r := range rows {
		out = append(out, checklist.Answer{Item: r.Item, Verdict: checklist.Verdict(r.Verdict), Number: r.Number, Typed: r.Typed, Dated: r.Dated, Note: r.Note,
			Photos: photos[r.Item], AsHazard: r.AsHazard, Matter: string(r.MatterID)})
	}
	return out, nil
}

func insertAnswers(tx db.Tx, r checklist.Run) error {
	var found, shots table
	for _, a := range r.Answers {
		found.add(tx.Org(), string(r.ID), a.Item, string(a.Verdict), a.Number, a.Typed, a.Dated, a.Note, a.AsHazard, kernel.Opt(a.Matter))
		for n, h := range a.Photos {
			shots.add(tx.Org(), "run", string(r.ID), a.Item, n, h, tx.By().Person, int64(tx.Now()))
		}
	}
	if err := found.insert(tx, `INSERT INTO answer (org_id, run_id, item, verdict, number, typed, dated, note, as_hazard, matter_id) VALUES `, ""); err != nil {
		return fmt.Errorf("answers of run %s: %w", r.ID, err)
	}
	err := shots.insert(tx, `INSERT INTO attachment (org_id, owner_kind, owner_id, slot, pos, hash, by_person, at) VALUES `, "")
	if db.IsMissingParent(err) {
		return kernel.Err(kernel.Invalid, "有一张照片还没有传上来，请等传完再存。")
	}
	if err != nil {
		return fmt.Errorf("photos of run %s: %w", r.ID, err)
	}
	return nil
}

func (Store) Asked(ctx context.Context, q db.DBTX, inOrg string, place org.PlaceID) (map[string]checklist.Asked, error) {
	rows, err := sqlcgen.New(q).Asked(ctx, sqlcgen.AskedParams{Org: inOrg, Place: string(place)})
	if err != nil {
		return nil, fmt.Errorf("what was asked at %s: %w", place, err)
	}
	out := make(map[string]checklist.Asked, len(rows))
	for _, r := range rows {
		out[r.Item] = checklist.Asked{On: r.OnDay, ValidTo: r.ValidTo}
	}
	return out, nil
}

func (Store) Remember(tx db.Tx, place org.PlaceID, items []string, asked []checklist.Asked) error {
	var t table
	for i, item := range items {
		t.add(tx.Org(), string(place), item, asked[i].On, asked[i].ValidTo)
	}
	err := t.insert(tx, `INSERT INTO asked (org_id, place_id, item, on_day, valid_to) VALUES `,
		` ON CONFLICT (org_id, place_id, item) DO UPDATE SET on_day = excluded.on_day, valid_to = excluded.valid_to WHERE asked.on_day <= excluded.on_day`)
	if err != nil {
		return fmt.Errorf("remember what was asked at %s: %w", place, err)
	}
	return nil
}

func (Store) Forget(tx db.Tx, r checklist.Run) error {
	err := sqlcgen.New(tx).ForgetAsked(tx.Ctx(), sqlcgen.ForgetAskedParams{Org: tx.Org(), Place: string(r.Place), OnDay: r.On, Run: string(r.ID)})
	if err != nil {
		return fmt.Errorf("forget what run %s asked: %w", r.ID, err)
	}
	return nil
}

// table gathers rows for one INSERT, because a query in a loop costs a round trip each. A card has some thirty items
// with at most nine photos, far below the engines' limits of parameters.
type table struct {
	rows []string
	args []any
}

func (t *table) add(values ...any) {
	marks := make([]string, len(values))
	for i, v := range values {
		t.args = append(t.args, v)
		marks[i] = fmt.Sprintf("$%d", len(t.args))
	}
	t.rows = append(t.rows, "("+strings.Join(marks, ",")+")")
}

func (t *table) insert(tx db.Tx, into, rest string) error {
	if len(t.rows) == 0 {
		return nil
	}
	_, err := tx.ExecContext(tx.Ctx(), into+strings.Join(t.rows, ",")+rest, t.args...)
	return err
}
