// Package peopledb keeps persons, labels, mandates and imports in the database; the queries are the .sql files beside it.
// It decides nothing, and never holds an ID number or a wage unsealed.
package peopledb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
)

// Store fills people.Store.
type Store struct{}

// Person reads one person whoever asks; NotFound where there is none.
func (Store) Person(ctx context.Context, q db.DBTX, org string, id people.ID) (people.Record, error) {
	r, err := sqlcgen.New(q).Person(ctx, sqlcgen.PersonParams{Org: org, ID: string(id)})
	if errors.Is(err, sql.ErrNoRows) {
		return people.Record{}, people.Unknown()
	}
	if err != nil {
		return people.Record{}, fmt.Errorf("person %s: %w", id, err)
	}
	return record(r), nil
}

// AddPerson inserts a record; a staff or ID number that somebody has is refused at its field.
func (Store) AddPerson(tx db.Tx, p people.Record) error {
	err := sqlcgen.New(tx).InsertPerson(tx.Ctx(), sqlcgen.InsertPersonParams{
		Org: tx.Org(), ID: string(p.ID), Branch: string(p.Branch), No: p.No, Name: p.Name, Pinyin: p.Pinyin, Initials: p.Initials,
		Sex: p.Sex, Birth: p.Birth, Department: kernel.Opt(p.Department), Team: kernel.Opt(p.Group), Post: p.Post, Employment: p.Employment,
		Joined: p.Joined, IsMember: p.IsMember, Phone: p.Phone, Household: p.Household, Note: p.Note,
		IDSealed: p.IDSealed, IDBlind: p.IDBlind, IDMask: p.IDMask, WageSealed: p.WageSealed, LeftOn: p.Left, JoinedPart: p.JoinedPart, At: int64(tx.Now())})
	return saved(err, 1, p)
}

var personTable = db.Many{Table: "person", Cols: []string{"org_id", "id", "branch_id", "no", "name", "pinyin", "initials", "sex", "birth", "department_id", "group_id", "post",
	"employment", "joined", "is_member", "phone", "household", "note", "id_sealed", "id_blind", "id_mask", "wage_sealed", "left_on", "at", "joined_part"}}

// AddPeople inserts records, several in a statement.
func (Store) AddPeople(tx db.Tx, list []people.Record) error {
	rows := make([][]any, len(list))
	for i, p := range list {
		rows[i] = []any{tx.Org(), string(p.ID), string(p.Branch), p.No, p.Name, p.Pinyin, p.Initials, p.Sex, p.Birth, kernel.Opt(p.Department), kernel.Opt(p.Group), p.Post,
			p.Employment, p.Joined, p.IsMember, p.Phone, p.Household, p.Note, p.IDSealed, p.IDBlind, p.IDMask, p.WageSealed, p.Left, int64(tx.Now()), p.JoinedPart}
	}
	return personTable.Insert(tx, rows)
}

// ChangePerson replaces a record of the version that it carries; Conflict where somebody was faster.
func (Store) ChangePerson(tx db.Tx, p people.Record) error {
	n, err := sqlcgen.New(tx).UpdatePerson(tx.Ctx(), sqlcgen.UpdatePersonParams{
		Org: tx.Org(), ID: string(p.ID), Branch: string(p.Branch), No: p.No, Name: p.Name, Pinyin: p.Pinyin, Initials: p.Initials,
		Sex: p.Sex, Birth: p.Birth, Department: kernel.Opt(p.Department), Team: kernel.Opt(p.Group), Post: p.Post, Employment: p.Employment,
		Joined: p.Joined, IsMember: p.IsMember, Phone: p.Phone, Household: p.Household, Note: p.Note,
		IDSealed: p.IDSealed, IDBlind: p.IDBlind, IDMask: p.IDMask, WageSealed: p.WageSealed, LeftOn: p.Left, JoinedPart: p.JoinedPart, Version: p.Version})
	return saved(err, n, p)
}

// DropPerson deletes a record of the version that it carries: only an import that is taken back does this.
func (Store) DropPerson(tx db.Tx, p people.Record) error {
	n, err := sqlcgen.New(tx).DeletePerson(tx.Ctx(), sqlcgen.DeletePersonParams{Org: tx.Org(), ID: string(p.ID), Version: p.Version})
	return saved(err, n, p)
}

// Hold locks a person's row; where nobody writes beside us it costs one update that changes nothing.
func (Store) Hold(tx db.Tx, id people.ID) error {
	if err := sqlcgen.New(tx).HoldPerson(tx.Ctx(), sqlcgen.HoldPersonParams{Org: tx.Org(), ID: string(id)}); err != nil {
		return fmt.Errorf("hold person %s: %w", id, err)
	}
	return nil
}

// Touch raises the version of a person.
func (Store) Touch(tx db.Tx, id people.ID) error {
	if err := sqlcgen.New(tx).TouchPerson(tx.Ctx(), sqlcgen.TouchPersonParams{Org: tx.Org(), ID: string(id)}); err != nil {
		return fmt.Errorf("touch person %s: %w", id, err)
	}
	return nil
}

func saved(err error, n int64, p people.Record) error {
	switch {
	case db.IsDuplicate(err):
		return errors.Join(kernel.Wrong("no", "工号“%s”或这个身份证号已经有人用了，请核对。", p.No), err)
	case err != nil:
		return fmt.Errorf("save person %s: %w", p.ID, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "“%s”刚刚被别人改过，请看一看现在的内容再改。", p.Name)
	}
	return nil
}

func record(r sqlcgen.Person) people.Record {
	return people.Record{Person: people.Person{
		ID: people.ID(r.ID), Branch: org.UnitID(r.BranchID), No: r.No, Name: r.Name, Pinyin: r.Pinyin, Sex: r.Sex, Birth: r.Birth,
		Department: org.UnitID(r.DepartmentID), Group: org.UnitID(r.GroupID), Post: r.Post, Employment: r.Employment, Joined: r.Joined, JoinedPart: r.JoinedPart,
		IsMember: r.IsMember, Phone: r.Phone, Household: r.Household, Note: r.Note, IDMask: r.IDMask, Left: r.LeftOn, Version: r.Version},
		Initials: r.Initials, IDSealed: r.IDSealed, IDBlind: r.IDBlind, WageSealed: r.WageSealed}
}
