package record

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Completion says which targets of a round a record did. What the replaced record had done is open again first.
type Completion struct {
	Round    RoundID
	Unit     org.UnitID // the branch that the record belongs to; the round must be the same one's
	Subjects []Ref
	Proof    Ref
	Replaces Ref
	On       kernel.Date
	By       people.ID
}

// Closer does targets of rounds in the caller's transaction; the duty engine is it.
type Closer interface {
	Done(tx db.Tx, c Completion) error
}

// Notes stores notes.
type Notes interface {
	Insert(tx db.Tx, n Note) (fresh bool, err error) // not fresh: the id is there already
	Get(tx db.Tx, id NoteID) (Note, error)           // without its people; NotFound
	Replace(tx db.Tx, old, by NoteID) (bool, error)  // false: somebody replaced it before
}

// Signatures stores signatures.
type Signatures interface {
	Sign(tx db.Tx, s Signature) error
	Signed(tx db.Tx, owner Ref) ([]Signature, error)
	Drop(tx db.Tx, owner Ref) (int, error)
	Denied(tx db.Tx, s Signature) error
}

// Files stores photos of records.
type Files interface {
	SaveFile(tx db.Tx, f File) error
	Attach(tx db.Tx, owner Ref, slot string, hashes []string) error
	Orphans(ctx context.Context, q db.DBTX, org string, since, before kernel.Time) ([]File, error)
	DropOrphans(tx db.Tx, hashes []string, before kernel.Time) (int, error)
	KnownFile(ctx context.Context, q db.DBTX, org, hash string) (bool, error)
}

// Store is all that the use cases need; recorddb fills it.
type Store interface {
	Notes
	Signatures
	Files
}

// Service holds the use cases of records.
type Service struct {
	db     *db.DB
	store  Store
	closer Closer
	bus    *outbox.Bus
}

func New(d *db.DB, s Store, c Closer, b *outbox.Bus) *Service { return &Service{d, s, c, b} }
