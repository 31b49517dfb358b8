package peopledb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb/sqlcgen"
)

const columns = `org_id, id, branch_id, no, name, pinyin, initials, sex, birth, department_id, group_id, post, employment, joined,
is_member, phone, household, note, id_sealed, id_blind, id_mask, wage_sealed, left_on, at, version, joined_part`

// List is the persons of a scope that fit the filter, by pinyin, at most n of them after the key.
func (Store) List(ctx context.Context, d *db.DB, s authz.Scope, f people.Filter, on kernel.Date, after db.Key, n int) ([]people.Record, error) {
	q := Query(d.Engine, s, f, on)
	if q == nil {
		return nil, nil
	}
	if len(after) == 2 {
		q.After([]string{"pinyin", "id"}, false, after)
	}
	text, args := q.SQL("pinyin, id", n)
	return persons(ctx, d.Read, text, args)
}

// Query is the list without its order; nil where nothing can match. The plan test runs EXPLAIN on it.
func Query(e db.Engine, s authz.Scope, f people.Filter, on kernel.Date) *db.Select {
	if s.Org == "" || s.Reach != authz.Org && s.ID == "" {
		return nil
	}
	q := db.From("SELECT "+columns+" FROM person").And("org_id = ?", s.Org)
	switch s.Reach {
	case authz.Unit:
		q.And("branch_id = ?", s.ID)
	case authz.Owner:
		q.And("department_id = ?", s.ID)
	case authz.Self:
		q.And("id = ?", s.ID)
	}
	for _, c := range []struct{ column, id string }{{"branch_id", string(f.Branch)}, {"department_id", string(f.Department)}, {"group_id", string(f.Group)}} {
		if c.id != "" {
			q.And(c.column+" = ?", c.id)
		}
	}
	return narrow(q, e, s.Org, f, on)
}

func narrow(q *db.Select, e db.Engine, org string, f people.Filter, on kernel.Date) *db.Select {
	if f.Left {
		q.And("left_on IS NOT NULL")
	} else {
		q.And("left_on IS NULL")
	}
	if f.Loose {
		q.And("group_id IS NULL")
	}
	if f.Outside {
		q.And("NOT is_member")
	}
	if f.Away {
		q.And(`NOT EXISTS (SELECT 1 FROM membership s JOIN account a ON a.id = s.account_id AND a.closed_at = 0
WHERE s.org_id = person.org_id AND s.person_id = person.id)`)
	}
	if f.Label != "" {
		labelled(q, []string{f.Label}, on)
	}
	if f.Office != "" {
		q.And(`EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = person.org_id AND m.person_id = person.id AND m.office = ?
AND m.from_on <= ? AND (m.to_on IS NULL OR m.to_on >= ?))`, string(f.Office), on, on)
	}
	if f.Text != "" && !search.Narrow(q, e, org, people.SearchKind, "id", f.Text) {
		return nil
	}
	return q
}

// Matching finds the persons of a company union that have one of the staff numbers or ID numbers.
func (Store) Matching(ctx context.Context, q db.DBTX, org string, nos, blinds []string) ([]people.Record, error) {
	var out []people.Record
	for _, in := range []struct {
		column string
		values []string
	}{{"no", nos}, {"id_blind", blinds}} {
		if len(in.values) == 0 {
			continue
		}
		s := db.From("SELECT "+columns+" FROM person").And("org_id = ?", org).And(in.column + " <> ''")
		among(s, in.column, in.values)
		text, args := s.SQL("", 0)
		more, err := persons(ctx, q, text, args)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// InGroups lists the persons of a branch that are in one of the groups on the day, and the members where no group is named.
func (Store) InGroups(ctx context.Context, q db.DBTX, org string, branch org.UnitID, labels []string, on kernel.Date) ([]people.Person, error) {
	s := db.From("SELECT "+columns+" FROM person").And("org_id = ?", org).And("branch_id = ?", string(branch)).And("left_on IS NULL")
	if len(labels) == 0 {
		s.And("is_member")
	} else {
		labelled(s, labels, on)
	}
	text, args := s.SQL("pinyin, id", 0)
	list, err := persons(ctx, q, text, args)
	out := make([]people.Person, len(list))
	for i, r := range list {
		out[i] = r.Person
	}
	return out, err
}

// labelled keeps those who are in one of the groups on the day; women are not given a label.
func labelled(s *db.Select, labels []string, on kernel.Date) {
	marks, args := db.List(labels)
	cond := `EXISTS (SELECT 1 FROM person_group g WHERE g.org_id = person.org_id AND g.person_id = person.id
AND g.label IN (` + marks + `) AND g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?))`
	if slices.Contains(labels, people.Women) {
		cond = "(" + cond + " OR sex = '女')"
	}
	s.And(cond, append(args, on, on)...)
}

// among is column IN (…); the number of values is bounded by the caller's chunk.
func among(s *db.Select, column string, values []string) {
	cond, args := column+" IN (", make([]any, len(values))
	for i, v := range values {
		if i > 0 {
			cond += ","
		}
		cond += "?"
		args[i] = v
	}
	s.And(cond+")", args...)
}

func persons(ctx context.Context, q db.DBTX, text string, args []any) ([]people.Record, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list persons: %w", err)
	}
	defer rows.Close()
	var out []people.Record
	for rows.Next() {
		var i sqlcgen.Person
		err := rows.Scan(&i.OrgID, &i.ID, &i.BranchID, &i.No, &i.Name, &i.Pinyin, &i.Initials, &i.Sex, &i.Birth, &i.DepartmentID, &i.GroupID,
			&i.Post, &i.Employment, &i.Joined, &i.IsMember, &i.Phone, &i.Household, &i.Note, &i.IDSealed, &i.IDBlind, &i.IDMask, &i.WageSealed,
			&i.LeftOn, &i.At, &i.Version, &i.JoinedPart)
		if err != nil {
			return nil, fmt.Errorf("list persons: %w", err)
		}
		out = append(out, record(i))
	}
	return out, rows.Err()
}

// Names answers what people are called; ids that nobody has are left out.
func (Store) Names(ctx context.Context, q db.DBTX, org string, ids []people.ID) (map[people.ID]string, error) {
	out := map[people.ID]string{}
	marks, args := "", []any{}
	for _, id := range ids {
		if _, twice := out[id]; id != "" && !twice {
			out[id] = ""
			args = append(args, string(id))
			marks += "?,"
		}
	}
	clear(out)
	if len(args) == 0 {
		return out, nil
	}
	text, all := db.From("SELECT id, name FROM person").And("org_id = ?", org).And("id IN ("+strings.TrimSuffix(marks, ",")+")", args...).SQL("", 0)
	rows, err := q.QueryContext(ctx, text, all...)
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id people.ID
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, fmt.Errorf("names: %w", err)
		}
		out[id] = name
	}
	return out, rows.Err()
}
