// Package roster reads the staff list of a union branch from an Excel workbook as offices keep it.
// A Book is an opened file, a Mapping says which column is which field, a Row is one person, a Problem
// is what a person has to look at. The package never guesses a digit, a day or a number, never opens a
// database and never runs anything that is written in a cell.
package roster

import "xiaojia/internal/kernel"

// Field names a column's meaning; the words are those of `xiaojia import people --json`.
type Field string

const (
	Ignored     Field = ""
	No          Field = "no"
	Name        Field = "name"
	Sex         Field = "sex"
	ID          Field = "id_number"
	Birth       Field = "birth"
	Department  Field = "department"
	Team        Field = "team"
	Post        Field = "post"
	Employment  Field = "employment"
	Joined      Field = "joined"
	Member      Field = "member"
	Phone       Field = "phone"
	Household   Field = "household"
	Wage        Field = "wage_fen"
	ModelWorker Field = "model_worker"
	Special     Field = "special"
	Site        Field = "site"
	Note        Field = "note"
)

// Fields lists every field in the order in which a page offers them.
func Fields() []Field {
	return []Field{No, Name, Sex, ID, Birth, Department, Team, Post, Employment, Joined, Member, Phone,
		Household, Wage, ModelWorker, Special, Site, Note}
}

// Row is one person as the sheet has him. What could not be read is empty and stands in Problems.
type Row struct {
	Number      int  // the row's number in the sheet
	Hidden      bool // the row is hidden or filtered away in the workbook
	No          string
	Name        string
	Sex         string   // 男, 女 or empty
	IDNumber    IDNumber // empty unless its check digit is right
	IDWritten   IDNumber // the number as the sheet has it, spaces and full width undone; never to be trusted
	Birth       kernel.Date
	Department  string
	Team        string
	Post        string
	Employment  string
	Joined      kernel.Date
	JoinedPart  string // 2012-06 or 2012, where the sheet has no day and the month is sure
	Member      *bool  // nil where the roster has no such column or the cell cannot be read
	Phone       string
	Household   string
	ModelWorker string
	Special     string
	Site        string
	Note        string
	WageFen     kernel.Money
	HasWage     bool
	Problems    []Problem
}

// Limits bound what one file may cost; a zero field takes the value of DefaultLimits.
type Limits struct {
	File     int64 // bytes of the file
	Unzipped int64 // bytes of all parts together once unpacked
	Ratio    int64 // how many times a part of more than 5 MB may grow in unpacking
	Rows     int   // people
	Sheets   int
}

// DefaultLimits hold about four hundred times the largest branch.
func DefaultLimits() Limits {
	return Limits{File: 20 << 20, Unzipped: 100 << 20, Ratio: 200, Rows: 100_000, Sheets: 100}
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	if l.File > 0 {
		d.File = l.File
	}
	if l.Unzipped > 0 {
		d.Unzipped = l.Unzipped
	}
	if l.Ratio > 0 {
		d.Ratio = l.Ratio
	}
	if l.Rows > 0 {
		d.Rows = l.Rows
	}
	if l.Sheets > 0 {
		d.Sheets = l.Sheets
	}
	return d
}

// Options are what the caller knows and the file does not.
type Options struct {
	Today kernel.Date                        // settles a two-digit year; without it such a day is reported
	Known func(department, team string) bool // nil: every unit is taken as known
}

// Tally says what Read did with the rows below the header.
type Tally struct {
	People  int
	Hidden  int // people in hidden rows; they are read like the others
	Skipped []Skip
}

// Skip is a row that is no person. Text is a Chinese phrase and the key of its translation.
type Skip struct {
	Number int
	Text   string
}
