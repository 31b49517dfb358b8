// Package people holds the persons of a company union, the groups they are in, and the mandates they hold.
// Permissions follow from mandates alone; a mandate is never granted to oneself.
package people

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// ID names a person inside one company union.
type ID string

// Person is one row of the roster, without what is sealed.
type Person struct {
	ID         ID
	Branch     org.UnitID
	No         string // 工号
	Name       string
	Pinyin     string // sort key, made from the name
	Sex        string // 男, 女 or empty
	Birth      kernel.Date
	Department org.UnitID
	Group      org.UnitID // 工会小组
	Post       string
	Employment string
	Joined     kernel.Date
	JoinedPart string // 2012-06 or 2012, where the day is not known
	IsMember   bool
	Phone      string // level P2: masked outside one's own duties
	Household  string
	Note       string
	IDMask     string // 310***********1234
	Left       kernel.Date
	Version    int
}

// Mandate is an office held by a person at a unit for a term; the last day counts.
type Mandate struct {
	ID        string
	Person    ID
	Name      string // of the person, for lists
	Office    authz.Office
	Unit      org.UnitID
	Term      kernel.Span
	Appointed ID // by whom, empty for the program
	At        kernel.Time
	Why       string // it ended
	Version   int
}

// Backdated tells that a mandate was entered after it had begun: what was done in between was not yet its holder's to do.
func (m Mandate) Backdated() bool { return !m.At.IsZero() && m.Term.From.Before(m.At.Date()) }

// Mandates answers who held which office on a day.
type Mandates []Mandate

// Of is the mandate of an office that the person held on the day.
func (m Mandates) Of(p ID, o authz.Office, on kernel.Date) (Mandate, bool) {
	for _, x := range m {
		if x.Person == p && x.Office == o && x.Term.Has(on) {
			return x, true
		}
	}
	return Mandate{}, false
}
