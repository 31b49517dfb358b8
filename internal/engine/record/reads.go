package record

import (
	"context"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Reads is what pages ask about records; recorddb fills it. A row outside the scope is not there.
type Reads interface {
	// Notes lists the newest versions of a branch's notes, newest day first.
	Notes(ctx context.Context, s authz.Scope, f NoteFilter) ([]NoteRow, error)
	// NotesOf lists a round's notes, newest first.
	NotesOf(ctx context.Context, s authz.Scope, round RoundID, after db.Key, limit int) ([]NoteRow, error)
	// Present lists who is in a branch today, by pinyin: whom a note can name as having been there.
	Present(ctx context.Context, s authz.Scope, unit org.UnitID) ([]Present, error)
	// Note shows one note, the replaced ones too.
	Note(ctx context.Context, s authz.Scope, id NoteID) (NoteView, error)
	// Attachments lists a record's photos by place and position.
	Attachments(ctx context.Context, org string, owner Ref) ([]Attachment, error)
	// Signatures lists a record's signatures in the order of signing.
	Signatures(ctx context.Context, org string, owner Ref) ([]Signature, error)
}

// NoteFilter picks a page of a branch's notes. Unit may be empty where the scope is one branch.
type NoteFilter struct {
	Unit    org.UnitID
	Measure catalogue.Measure // empty: all
	Year    int               // 0: all
	IDs     []NoteID          // not nil: only these, the answer of a search
	After   db.Key            // of the last row of the page before
	Limit   int
}

// NoteRow is a line of a list of notes.
type NoteRow struct {
	ID       NoteID
	Unit     org.UnitID
	Measure  catalogue.Measure
	On       kernel.Date
	Title    string
	People   int
	Round    RoundID
	By       people.ID
	ByName   string
	At       kernel.Time
	Replaced bool
}

// Key continues Notes behind this row; NotesOf takes the id alone.
func (r NoteRow) Key() db.Key { return db.Key{r.On.String(), string(r.ID)} }

// NoteView is one note as its page shows it.
type NoteView struct {
	Note
	ByName string
	Names  []PersonName // those who were there, by name
}

// PersonName is a person with the name to show.
type PersonName struct {
	ID   people.ID
	Name string
}

// Present is somebody of a branch, with where one looks for him and how his name is spelt.
type Present struct {
	PersonName
	Unit  org.UnitID // union group, else department
	Spelt string     // initials and pinyin
}
