// Package recorddb keeps notes, signatures and photos of records in the database. It decides nothing.
package recorddb

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Store fills record.Store.
type Store struct{}

var gone = kernel.Err(kernel.NotFound, "这一笔不在了，或者您不能看")

// Insert saves a note and the people who were there; not fresh means that the id is there already and nothing was written.
func (Store) Insert(tx db.Tx, n record.Note) (bool, error) {
	subjects, err := json.Marshal(n.Subjects)
	if err != nil {
		return false, wrap("subjects of note", string(n.ID), err)
	}
	got, err := sqlcgen.New(tx).InsertNote(tx.Ctx(), sqlcgen.InsertNoteParams{Org: tx.Org(), ID: string(n.ID), Unit: string(n.Unit), Measure: string(n.Measure),
		OnDay: n.On, Title: n.Title, Body: n.Body, People: len(n.People), Round: kernel.Opt(n.Round), ByPerson: string(n.By), At: int64(n.At), Replaces: kernel.Opt(n.Replaces), Subjects: string(subjects)})
	if err != nil || got == 0 {
		return false, wrap("insert note", string(n.ID), err)
	}
	if len(n.People) == 0 {
		return true, nil
	}
	list, err := json.Marshal(n.People)
	if err != nil {
		return false, wrap("people of note", string(n.ID), err)
	}
	_, err = tx.ExecContext(tx.Ctx(), `INSERT INTO note_person (org_id, note_id, person_id) SELECT $1, $2, e.value FROM `+each(tx.Engine(), "$3"), tx.Org(), string(n.ID), string(list))
	if db.IsMissingParent(err) {
		return false, kernel.Wrong("people", "有一个人不在名册里，请重新选择")
	}
	return true, wrap("people of note", string(n.ID), err)
}

// each spreads a JSON list of texts over rows: the function's name is all that the engines do not share.
func each(e db.Engine, param string) string {
	if e == db.Postgres {
		return "json_array_elements_text(CAST(" + param + " AS json)) AS e(value)"
	}
	return "json_each(" + param + ") AS e"
}

// Get reads a note without its people.
func (Store) Get(tx db.Tx, id record.NoteID) (record.Note, error) {
	r, err := sqlcgen.New(tx).GetNote(tx.Ctx(), sqlcgen.GetNoteParams{Org: tx.Org(), ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return record.Note{}, gone
	}
	return note(r), wrap("note", string(id), err)
}

func note(r sqlcgen.Note) record.Note {
	return record.Note{ID: record.NoteID(r.ID), Unit: org.UnitID(r.UnitID), Measure: catalogue.Measure(r.Measure), On: r.OnDay, Title: r.Title, Body: r.Body,
		Round: record.RoundID(r.RoundID), By: people.ID(r.ByPerson), At: kernel.Time(r.At), Replaces: record.NoteID(r.Replaces), ReplacedBy: record.NoteID(r.ReplacedBy)}
}

// Replace points a note to its correction; false where it has one.
func (Store) Replace(tx db.Tx, old, by record.NoteID) (bool, error) {
	n, err := sqlcgen.New(tx).ReplaceNote(tx.Ctx(), sqlcgen.ReplaceNoteParams{Org: tx.Org(), ID: string(old), NewID: kernel.Opt(by)})
	return n == 1, wrap("replace note", string(old), err)
}

// SaveFile notes a stored photo once.
func (Store) SaveFile(tx db.Tx, f record.File) error {
	err := sqlcgen.New(tx).SaveFile(tx.Ctx(), sqlcgen.SaveFileParams{Org: tx.Org(), Hash: f.Hash, Kind: f.Kind, Size: f.Size, Thumb: f.Thumb,
		Width: f.Width, Height: f.Height, At: int64(tx.Today().At(0, 0))}) // the day is enough, and tells nothing of an anonymous report
	return wrap("save file", f.Hash, err)
}

// Attach replaces the photos of one place of a form.
func (Store) Attach(tx db.Tx, owner record.Ref, slot string, hashes []string) error {
	q := sqlcgen.New(tx)
	err := q.TouchSlot(tx.Ctx(), sqlcgen.TouchSlotParams{Org: tx.Org(), Kind: owner.Kind, Owner: owner.ID, Slot: slot, At: int64(tx.Today().At(0, 0))})
	if err == nil {
		err = q.ClearSlot(tx.Ctx(), sqlcgen.ClearSlotParams{Org: tx.Org(), Kind: owner.Kind, Owner: owner.ID, Slot: slot})
	}
	if err != nil || len(hashes) == 0 {
		return wrap("clear photos of", owner.ID, err)
	}
	s := `INSERT INTO attachment (org_id, owner_kind, owner_id, slot, pos, hash, by_person, at) VALUES `
	args := []any{tx.Org(), owner.Kind, owner.ID, slot, tx.By().Person, int64(tx.Now())}
	for i, h := range hashes {
		if i > 0 {
			s += ","
		}
		args = append(args, i, h)
		s += fmt.Sprintf("($1,$2,$3,$4,$%d,$%d,$5,$6)", len(args)-1, len(args))
	}
	_, err = tx.ExecContext(tx.Ctx(), s, args...)
	return wrap("attach photos to", owner.ID, err)
}

// Sign inserts a signature; one that was denied may be given anew.
func (Store) Sign(tx db.Tx, s record.Signature) error {
	n, err := sqlcgen.New(tx).InsertSignature(tx.Ctx(), sqlcgen.InsertSignatureParams{Org: tx.Org(), Kind: s.Owner.Kind, Owner: s.Owner.ID, Person: string(s.Person),
		Office: string(s.Office), Mandate: s.Mandate, Proof: string(s.Proof), Strokes: s.Strokes, Content: s.Content, At: int64(s.At), Denied: int64(s.Denied)})
	if err == nil && n == 0 {
		return kernel.Err(kernel.Conflict, "你已经签过了。")
	}
	return wrap("sign", s.Owner.ID, err)
}

// Signed lists a record's signatures in the order of signing.
func (Store) Signed(tx db.Tx, owner record.Ref) ([]record.Signature, error) {
	return signatures(tx.Ctx(), tx, tx.Org(), owner)
}

// Drop removes a record's signatures and tells how many there were. A denied one stays: it says who must sign himself.
func (Store) Drop(tx db.Tx, owner record.Ref) (int, error) {
	n, err := sqlcgen.New(tx).DropSignatures(tx.Ctx(), sqlcgen.DropSignaturesParams{Org: tx.Org(), Kind: owner.Kind, Owner: owner.ID})
	return int(n), wrap("drop signatures of", owner.ID, err)
}

// Denied keeps when the signer said 不是我签的.
func (Store) Denied(tx db.Tx, s record.Signature) error {
	err := sqlcgen.New(tx).DenySignature(tx.Ctx(), sqlcgen.DenySignatureParams{Org: tx.Org(), Kind: s.Owner.Kind, Owner: s.Owner.ID, Person: string(s.Person), Denied: int64(s.Denied)})
	return wrap("deny signature of", s.Owner.ID, err)
}

func signature(r sqlcgen.Signature) record.Signature {
	return record.Signature{Owner: record.Ref{Kind: r.OwnerKind, ID: r.OwnerID}, Person: people.ID(r.PersonID), Office: authz.Office(r.Office), Mandate: r.MandateID,
		Proof: record.Proof(r.Proof), Strokes: r.Strokes, Content: r.Content, At: kernel.Time(r.At), Denied: kernel.Time(r.DeniedAt)}
}

// wrap names what was done to which record; nil stays nil.
func wrap(what, id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", what, id, err)
}
