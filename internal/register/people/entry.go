package people

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// Entry is a person as a form brings him. Phone and what is sealed come plain and, where empty, stay as they are.
type Entry struct {
	Person
	IDNumber  string
	Wage      *kernel.Money // a month, in fen
	DropPhone bool          // the phone that is kept is nobody's any more
	Kept      Kept
}

// Kept is what a form must not show and yet name: only ForEdit fills it.
type Kept struct {
	Phone string // masked
	Wage  bool
}

// kindOfID and kindOfWage bind a sealed text to its field.
const (
	kindOfID   = "person.id_number"
	kindOfWage = "person.wage"
)

var (
	staffNumber = regexp.MustCompile(`^[0-9A-Za-z\-_./]{1,20}$`)
	mobile      = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline    = regexp.MustCompile(`^(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?$`)
)

// clean gives what was typed its one form, the same as the import of a roster gives it, and makes the sort key.
func (e Entry) clean() Entry {
	for _, s := range []*string{&e.Sex, &e.Post, &e.Employment, &e.Household, &e.Note} {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	e.No, e.Name = strings.ToUpper(roster.CleanNo(e.No)), roster.CleanName(e.Name)
	if phone, ok := roster.ReadPhone(e.Phone); ok {
		e.Phone = phone
	}
	e.Phone = strings.TrimSpace(e.Phone)
	e.IDNumber = string(roster.NormalizeID(e.IDNumber))
	e.fromID()
	e.Pinyin, _ = search.Spell(e.Name)
	return e
}

// fromID fills in what a right ID number states and the form left open.
func (e *Entry) fromID() {
	n := roster.IDNumber(e.IDNumber)
	if e.Birth.IsZero() {
		e.Birth = n.Birth()
	}
	if e.Sex == "" {
		e.Sex = n.Sex()
	}
}

// check refuses what cannot be; it knows units by the chart.
func (e Entry) check(c *org.Chart, today kernel.Date) error {
	var wrong kernel.Problems
	e.checkSelf(&wrong, today)
	if u, ok := c.Unit(e.Branch); !ok || !u.Closed.IsZero() || u.Kind != org.Branch && u.Kind != org.Company {
		wrong.Add("branch", "请选分工会。")
	}
	if e.Department != "" && !fits(c, e.Department, e.Branch, org.Department, org.Contractor) {
		wrong.Add("department", "部门要选本分工会或公司的。")
	}
	if e.Group != "" && !fits(c, e.Group, e.Branch, org.Group) {
		wrong.Add("group", "工会小组要选本分工会的。")
	}
	return wrong.Err()
}

func (e Entry) checkSelf(wrong *kernel.Problems, today kernel.Date) {
	switch {
	case e.Name == "":
		wrong.Add("name", "请填姓名。")
	case utf8.RuneCountInString(e.Name) > 40:
		wrong.Add("name", "姓名最多 %d 个字。", 40)
	}
	switch {
	case e.No == "":
		wrong.Add("no", "请填工号，进门用它登录。")
	case !staffNumber.MatchString(e.No):
		wrong.Add("no", "工号用字母和数字，最多 20 位。")
	}
	if e.Sex != "" && e.Sex != "男" && e.Sex != "女" {
		wrong.Add("sex", "性别请选男或女。")
	}
	if !e.Birth.IsZero() && (e.Birth.After(today.AddMonths(-16*12)) || e.Birth.Year() < 1900) {
		wrong.Add("birth", "出生日期不对：要满十六周岁。")
	}
	if !e.Joined.IsZero() && (e.Joined.After(today.AddMonths(12)) || e.Joined.Before(e.Birth)) {
		wrong.Add("joined", "入职日期不对，请核对。")
	}
	if e.Phone != "" && !mobile.MatchString(e.Phone) && !landline.MatchString(e.Phone) {
		wrong.Add("phone", "电话不对：手机 11 位，座机带区号。")
	}
	if e.Wage != nil && (*e.Wage < 0 || *e.Wage > 100_000_000) {
		wrong.Add("wage", "工资不对，请填每月多少元。")
	}
	for _, f := range []struct{ field, text string }{{"post", e.Post}, {"employment", e.Employment}, {"household", e.Household}, {"note", e.Note}} {
		if utf8.RuneCountInString(f.text) > 200 {
			wrong.Add(f.field, "最多 %d 个字。", 200)
		}
	}
	e.checkID(wrong)
}

// checkID wants a number of 18 characters with the right check digit that agrees with birth and sex (GB 11643).
func (e Entry) checkID(wrong *kernel.Problems) {
	n := roster.IDNumber(e.IDNumber)
	switch {
	case n == "":
	case n.Old():
		wrong.Add("id_number", "15 位的旧号早已停用，请填 18 位的。")
	case !n.Check():
		wrong.Add("id_number", "身份证号不对：最后一位对不上，请照证件核对。")
	case !e.Birth.IsZero() && e.Birth != n.Birth():
		wrong.Add("birth", "和身份证号里的出生日期不一致，请核对。")
	case e.Sex != "" && e.Sex != n.Sex():
		wrong.Add("sex", "和身份证号里的性别不一致，请核对。")
	}
}

func fits(c *org.Chart, id, branch org.UnitID, kinds ...org.UnitKind) bool {
	u, ok := c.Unit(id)
	if !ok || !u.Closed.IsZero() || u.Branch != branch && (u.Branch != "" || u.Kind == org.Group) {
		return false
	}
	for _, k := range kinds {
		if u.Kind == k {
			return true
		}
	}
	return false
}

// seal turns an entry into the record to keep; what the entry does not bring stays as in old.
func (s *Service) seal(orgID string, e Entry, old Record) (Record, error) {
	r := Record{Person: e.Person, IDSealed: old.IDSealed, IDBlind: old.IDBlind, WageSealed: old.WageSealed}
	r.IDMask = old.IDMask
	r.Pinyin, r.Initials = search.Spell(e.Name)
	if e.IDNumber != "" {
		blind := s.ring.Blind(kindOfID, e.IDNumber)
		if blind != old.IDBlind {
			text, err := s.ring.Seal(vault.Context{Org: orgID, Kind: kindOfID, ID: string(e.ID)}, []byte(e.IDNumber))
			if err != nil {
				return r, err
			}
			r.IDSealed, r.IDBlind, r.IDMask = []byte(text), blind, vault.MaskID(e.IDNumber)
		}
	}
	if e.Wage != nil {
		text, err := s.ring.Seal(vault.Context{Org: orgID, Kind: kindOfWage, ID: string(e.ID)}, []byte(fen(*e.Wage)))
		if err != nil {
			return r, err
		}
		r.WageSealed = []byte(text)
	}
	return r, nil
}
