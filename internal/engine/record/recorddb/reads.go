package recorddb

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb/sqlcgen"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Reads fills record.Reads.
type Reads struct{ q db.DBTX }

func NewReads(q db.DBTX) Reads { return Reads{q} }

const noteRows = `SELECT n.id, n.unit_id, n.measure, n.on_day, n.title, n.people, n.round_id, n.by_person, p.name, n.at, n.replaced_by
FROM note n LEFT JOIN person p ON p.org_id = n.org_id AND p.id = n.by_person`

// Notes lists a branch's notes by day, newest first.
func (r Reads) Notes(ctx context.Context, s authz.Scope, f record.NoteFilter) ([]record.NoteRow, error) {
	unit := f.Unit
	if unit == "" && s.Reach == authz.Unit {
		unit = org.UnitID(s.ID)
	}
	if !record.Within(s, unit) {
		return nil, gone
	}
	q := db.From(noteRows).And("n.org_id = ?", s.Org).And("n.unit_id = ?", string(unit)).And("n.replaced_by IS NULL")
	if f.Measure != "" {
		q.And("n.measure = ?", string(f.Measure))
	}
	if f.Year != 0 {
		q.And("n.on_day >= ?", kernel.NewDate(f.Year, 1, 1)).And("n.on_day <= ?", kernel.NewDate(f.Year, 12, 31))
	}
	if f.IDs != nil {
		marks, ids := db.List(f.IDs)
		q.And("n.id IN ("+marks+")", ids...)
	}
	text, args := q.After([]string{"n.on_day", "n.id"}, true, f.After).SQL("n.on_day DESC, n.id DESC", f.Limit)
	return r.rows(ctx, text, args)
}

// NotesOf lists the notes of a round, newest first.
func (r Reads) NotesOf(ctx context.Context, s authz.Scope, round record.RoundID, after db.Key, limit int) ([]record.NoteRow, error) {
	q := db.From(noteRows).And("n.org_id = ?", s.Org).And("n.round_id = ?", string(round))
	if s.Reach != authz.Org {
		q.And("n.unit_id = ?", s.ID)
	}
	text, args := q.After([]string{"n.id"}, true, after).SQL("n.id DESC", limit)
	return r.rows(ctx, text, args)
}

func (r Reads) rows(ctx context.Context, text string, args []any) ([]record.NoteRow, error) {
	rows, err := r.q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, wrap("list", "notes", err)
	}
	defer rows.Close()
	var out []record.NoteRow
	for rows.Next() {
		var n record.NoteRow
		var unit, measure, by string
		var round, name, replaced kernel.Opt
		if err := rows.Scan(&n.ID, &unit, &measure, &n.On, &n.Title, &n.People, &round, &by, &name, &n.At, &replaced); err != nil {
			return nil, wrap("list", "notes", err)
		}
		n.Unit, n.Measure, n.By, n.Round, n.ByName, n.Replaced = org.UnitID(unit), catalogue.Measure(measure), people.ID(by), record.RoundID(round), string(name), replaced != ""
		out = append(out, n)
	}
	return out, wrap("list", "notes", rows.Err())
}

// presentMax is more than any branch has; a form with more names would help nobody.
const presentMax = 2000

// Present lists who is in a branch today, by pinyin.
func (r Reads) Present(ctx context.Context, s authz.Scope, unit org.UnitID) ([]record.Present, error) {
	if !record.Within(s, unit) {
		return nil, gone
	}
	q, args := db.From(`SELECT id, name, COALESCE(group_id, department_id), initials, pinyin FROM person`).And("org_id = ?", s.Org).And("branch_id = ?", string(unit)).And("left_on IS NULL").SQL("pinyin, id", presentMax)
	rows, err := r.q.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, wrap("people of", string(unit), err)
	}
	defer rows.Close()
	var out []record.Present
	for rows.Next() {
		var p record.Present
		var unit kernel.Opt
		var initials, pinyin string
		if err := rows.Scan(&p.ID, &p.Name, &unit, &initials, &pinyin); err != nil {
			return nil, wrap("people of", string(unit), err)
		}
		p.Unit, p.Spelt = org.UnitID(unit), initials+" "+strings.ReplaceAll(pinyin, " ", "")
		out = append(out, p)
	}
	return out, wrap("people of", string(unit), rows.Err())
}

// Note shows one note with the names of its people.
func (r Reads) Note(ctx context.Context, s authz.Scope, id record.NoteID) (record.NoteView, error) {
	g := sqlcgen.New(r.q)
	row, err := g.GetNote(ctx, sqlcgen.GetNoteParams{Org: s.Org, ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) || err == nil && !record.Within(s, org.UnitID(row.UnitID)) {
		return record.NoteView{}, gone
	}
	if err != nil {
		return record.NoteView{}, wrap("note", string(id), err)
	}
	v := record.NoteView{Note: note(row)}
	names, err := g.NotePeople(ctx, sqlcgen.NotePeopleParams{Org: s.Org, Note: string(id)})
	if err != nil {
		return record.NoteView{}, wrap("people of note", string(id), err)
	}
	for _, n := range names {
		v.People = append(v.People, people.ID(n.ID))
		v.Names = append(v.Names, record.PersonName{ID: people.ID(n.ID), Name: n.Name})
	}
	err = r.q.QueryRowContext(ctx, `SELECT name FROM person WHERE org_id = $1 AND id = $2`, s.Org, string(v.By)).Scan(&v.ByName)
	if errors.Is(err, sql.ErrNoRows) { // the program itself wrote it
		err = nil
	}
	return v, wrap("writer of note", string(id), err)
}

// Attachments lists a record's photos by place and position.
func (r Reads) Attachments(ctx context.Context, orgID string, owner record.Ref) ([]record.Attachment, error) {
	rows, err := sqlcgen.New(r.q).AttachmentsOf(ctx, sqlcgen.AttachmentsOfParams{Org: orgID, Kind: owner.Kind, Owner: owner.ID})
	if err != nil {
		return nil, wrap("photos of", owner.ID, err)
	}
	out := make([]record.Attachment, len(rows))
	for i, a := range rows {
		out[i] = record.Attachment{Slot: a.Slot, Pos: a.Pos, By: people.ID(a.ByPerson), At: kernel.Time(a.At),
			File: record.File{Hash: a.Hash, Kind: a.Kind, Size: a.Size, Thumb: a.Thumb, Width: a.Width, Height: a.Height}}
	}
	return out, nil
}

// Signatures lists a record's signatures in the order of signing.
func (r Reads) Signatures(ctx context.Context, orgID string, owner record.Ref) ([]record.Signature, error) {
	return signatures(ctx, r.q, orgID, owner)
}

func signatures(ctx context.Context, q db.DBTX, orgID string, owner record.Ref) ([]record.Signature, error) {
	rows, err := sqlcgen.New(q).SignaturesOf(ctx, sqlcgen.SignaturesOfParams{Org: orgID, Kind: owner.Kind, Owner: owner.ID})
	if err != nil {
		return nil, wrap("signatures of", owner.ID, err)
	}
	out := make([]record.Signature, len(rows))
	for i, r := range rows {
		out[i] = signature(r)
	}
	slices.SortStableFunc(out, func(a, b record.Signature) int { return cmp.Compare(a.At, b.At) })
	return out, nil
}
