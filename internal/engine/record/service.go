package record

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
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

// Write saves a note with its photos, the writer's signature and the targets it does, all in one transaction.
// With Replaces it is a correction: the old version stays visible and points to the new one.
func (s *Service) Write(ctx context.Context, a authz.Actor, n NewNote) (NoteID, error) {
	if !Within(a.Scope(WriteNotes), n.Unit) {
		return "", kernel.Err(kernel.Forbidden, "您在这个分工会不能记一笔")
	}
	if n.ID == "" {
		n.ID = NoteID(kernel.NewID(s.db.Clock.Now()))
	}
	err := s.db.InTx(ctx, a, func(tx db.Tx) error { return s.write(tx, n) })
	if err != nil {
		return "", err
	}
	return n.ID, nil
}

func (s *Service) write(tx db.Tx, n NewNote) error {
	if err := n.check(tx.Today()); err != nil {
		return err
	}
	note := n.note(tx.By(), tx.Now())
	fresh, err := s.store.Insert(tx, note)
	if err != nil {
		return err
	}
	if !fresh {
		return s.again(tx, note)
	}
	if err := s.correct(tx, &note); err != nil {
		return err
	}
	if err := s.Attach(tx, note.Ref(), PhotoSlot, n.Photos); err != nil {
		return err
	}
	if err := s.signNote(tx, n, note); err != nil {
		return err
	}
	if err := s.close(tx, n, note); err != nil {
		return err
	}
	if note.Replaces != "" {
		return audit.Write(tx, "note.correct", audit.Subject{Kind: KindNote, ID: string(note.ID)}, "更正了一笔：%s", note.Title)
	}
	return audit.Write(tx, "note.write", audit.Subject{Kind: KindNote, ID: string(note.ID)}, "记了一笔：%s", note.Title)
}

// again: the same person sent the same form twice. Anybody else with that id is refused.
func (s *Service) again(tx db.Tx, note Note) error {
	old, err := s.store.Get(tx, note.ID)
	if err != nil {
		return err
	}
	if old.By != note.By || old.Title != note.Title || old.Body != note.Body || old.On != note.On {
		return kernel.Err(kernel.Conflict, "这一笔已经存过，内容和现在的不一样，请打开它再更正")
	}
	return nil
}

func (s *Service) correct(tx db.Tx, note *Note) error {
	if note.Replaces == "" {
		return nil
	}
	old, err := s.store.Get(tx, note.Replaces)
	if err != nil {
		return err
	}
	if old.Unit != note.Unit || old.Round != note.Round {
		return kernel.Err(kernel.Invalid, "更正不能换到别的分工会或别的一轮")
	}
	if err := old.mayCorrect(tx.By()); err != nil {
		return err
	}
	won, err := s.store.Replace(tx, old.ID, note.ID)
	if err == nil && !won {
		err = kernel.Err(kernel.Conflict, "这一笔已经有更正后的一版，请在新的一版上改")
	}
	return err
}

func (s *Service) signNote(tx db.Tx, n NewNote, note Note) error {
	if n.Strokes == "" {
		return nil
	}
	hash, err := n.content(note)
	if err != nil {
		return err
	}
	return s.Sign(tx, Signature{Owner: note.Ref(), Person: note.By, Office: officeAt(tx.By(), note.Unit), Proof: BySession, Strokes: n.Strokes, Content: hash})
}

// officeAt is the office under which a writer signs: the first of those in which people answer for a branch, else member.
func officeAt(a authz.Actor, unit org.UnitID) authz.Office {
	for _, o := range writers {
		if slices.ContainsFunc(a.Grants, func(g authz.Grant) bool { return g.Office == o && g.Branch == string(unit) }) {
			return o
		}
	}
	return authz.Member
}

func (s *Service) close(tx db.Tx, n NewNote, note Note) error {
	if note.Round == "" {
		return nil
	}
	c := Completion{Round: note.Round, Unit: note.Unit, Subjects: n.Subjects, Proof: note.Ref(), On: note.On, By: note.By}
	if note.Replaces != "" {
		c.Replaces = Ref{KindNote, string(note.Replaces)}
	}
	return s.closer.Done(tx, c)
}

// Sign stores a signature at the instant of the transaction; the same person cannot sign one record twice.
func (s *Service) Sign(tx db.Tx, g Signature) error {
	if err := g.check(); err != nil {
		return err
	}
	g.At, g.Denied = tx.Now(), 0
	err := s.store.Sign(tx, g)
	if db.IsDuplicate(err) {
		return errors.Join(kernel.Err(kernel.Conflict, "这个人已经签过名了"), err)
	}
	return err
}

// Signed lists a record's signatures in the caller's transaction, in the order of signing.
func (s *Service) Signed(tx db.Tx, owner Ref) ([]Signature, error) { return s.store.Signed(tx, owner) }

// Drop removes all signatures of a record that was edited, and tells how many there were, so that the page can say it.
func (s *Service) Drop(tx db.Tx, owner Ref) (int, error) { return s.store.Drop(tx, owner) }

// SignatureDenied is told when a person says 不是我签的; the record's own module decides what follows.
type SignatureDenied struct {
	Owner  Ref
	Person people.ID
}

func (SignatureDenied) EventName() string { return "record.signature_denied" }

// Deny is 不是我签的: only the person himself, within two days.
func (s *Service) Deny(ctx context.Context, a authz.Actor, owner Ref) error {
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		all, err := s.store.Signed(tx, owner)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g Signature) bool { return a.Person != "" && string(g.Person) == a.Person })
		if i < 0 {
			return kernel.Err(kernel.NotFound, "这里没有您的签名")
		}
		g, err := all[i].Deny(tx.Now())
		if err != nil {
			return err
		}
		if err := s.store.Denied(tx, g); err != nil {
			return err
		}
		if err := audit.Write(tx, "signature.deny", audit.Subject{Kind: owner.Kind, ID: owner.ID}, "说这不是自己签的"); err != nil {
			return err
		}
		if err := s.bus.Emit(tx, SignatureDenied{Owner: owner, Person: g.Person}); err != nil {
			return fmt.Errorf("deny signature of %s %s: %w", owner.Kind, owner.ID, err)
		}
		return nil
	})
}
