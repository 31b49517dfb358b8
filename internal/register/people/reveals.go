package people

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// RevealFilter narrows the list of openings; empty fields do not.
type RevealFilter struct {
	Field Secret
	By    ID          // who opened
	Of    ID          // whose secret
	Name  string      // a part of the name of the one or the other, or a whole staff number
	On    kernel.Span // days, the last one too
}

// RevealList is a page of them; Next is the cursor of the page after.
type RevealList struct {
	Rows []Reveal
	Next string
}

// AllReveals lists who opened what is sealed, whose and why, of the persons that the actor oversees, the newest first.
func (s *Service) AllReveals(ctx context.Context, by authz.Actor, f RevealFilter, cursor string, n int) (RevealList, error) {
	after, err := db.ParseCursor(cursor, "s")
	if err != nil {
		return RevealList{}, err
	}
	rows, err := s.store.AllReveals(ctx, s.db.Read, by.Scope(SeeReveals), f, after, n+1)
	if err != nil || len(rows) <= n {
		return RevealList{Rows: rows}, err
	}
	return RevealList{Rows: rows[:n], Next: db.Key{rows[n-1].ID}.Cursor()}, nil
}
