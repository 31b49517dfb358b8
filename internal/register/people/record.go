package people

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Record is a whole row: the person with what is sealed. It stays between the use cases and the store.
type Record struct {
	Person
	Initials   string
	IDSealed   []byte
	IDBlind    string // blind index of the ID number, so that nobody is in the roster twice
	WageSealed []byte
}

// Women is the label that nobody is given: it follows from the sex.
const Women = "women"

// Label says that a person is in a group of catalogue/groups.yaml for a span of days.
type Label struct {
	Person ID
	Key    string
	Term   kernel.Span
	Detail string // 市级, 电工作业, 洋山项目部 …
}

// Secret names a field that is not shown without a reason.
type Secret string

const (
	SecretID    Secret = "id_number"
	SecretWage  Secret = "wage"
	SecretPhone Secret = "phone"
)

// Reveal is one opening of a secret.
type Reveal struct {
	ID     string
	Person ID
	Name   string // of the person, where a list is of several
	Field  Secret
	By     ID
	ByName string
	Why    string
	At     kernel.Time
}

// Filter narrows a list; empty fields do not.
type Filter struct {
	Branch, Department, Group org.UnitID
	Label                     string
	Office                    authz.Office
	Left                      bool   // those who have left, instead of those who are here
	Loose                     bool   // those in no union group
	Outside                   bool   // those who are no members
	Away                      bool   // those who have no open account: they have not joined yet
	Text                      string // name, middle of a name, pinyin, staff number
}

// SearchKind is the kind of persons in search.
const SearchKind = "person"

// Unknown is the answer for somebody who is not there or may not be seen.
func Unknown() error {
	return kernel.Err(kernel.NotFound, "找不到这个人，可能不在你管的范围里。")
}

// Left says that a person has left; the account closes in the same transaction.
type Left struct {
	Person ID
	On     kernel.Date
}

func (Left) EventName() string { return "people.left" }
