package record

import (
	"context"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
)

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
	if err := s.correct(tx, note); err != nil {
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
	if err := index(tx, note); err != nil {
		return err
	}
	if note.Replaces != "" {
		return audit.Write(tx, "note.correct", audit.Subject{Kind: KindNote, ID: string(note.ID)}, "更正了一笔：%s", note.Title)
	}
	return audit.Write(tx, "note.write", audit.Subject{Kind: KindNote, ID: string(note.ID)}, "记了一笔：%s", note.Title)
}

// index lets a note be found by its words, and only the newest version of it.
func index(tx db.Tx, n Note) error {
	if n.Replaces != "" {
		if err := search.Drop(tx, KindNote, string(n.Replaces)); err != nil {
			return err
		}
	}
	return search.Put(tx, search.Doc{Kind: KindNote, ID: string(n.ID), Unit: string(n.Unit), On: n.On, Title: n.Title, Detail: n.On.String(), Href: "/notes/" + string(n.ID), Text: []string{n.Body}})
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

func (s *Service) correct(tx db.Tx, note Note) error {
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
