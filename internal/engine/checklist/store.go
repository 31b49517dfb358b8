package checklist

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Store keeps runs with their answers and photos.
type Store interface {
	// Lock loads a run and keeps others from changing it until the transaction ends; kernel.NotFound where there is none.
	Lock(tx db.Tx, id RunID) (Run, error)
	Load(ctx context.Context, q db.DBTX, inOrg string, id RunID) (Run, error)
	// SignedSince is a branch's signed runs from a day on, the earliest first.
	SignedSince(tx db.Tx, unit org.UnitID, from kernel.Date) ([]RunID, error)
	Insert(tx db.Tx, r Run) error
	// Save writes all that an edit can change, with the answers.
	Save(tx db.Tx, r Run) error
	// Mark writes state, counts and the time of signing alone.
	Mark(tx db.Tx, r Run) error
	Link(tx db.Tx, id RunID, item, matter string) error
}

// Memory is what earlier visits have found at a place.
type Memory interface {
	Asked(ctx context.Context, q db.DBTX, inOrg string, place org.PlaceID) (map[string]Asked, error)
	// Remember keeps the later day of the two where an item was asked before.
	Remember(tx db.Tx, place org.PlaceID, items []string, asked []Asked) error
	// Forget drops what was remembered on that day from the run, so that the next visit asks it again.
	Forget(tx db.Tx, r Run) error
}

// Recalled is what a signed run leaves at its place: each item with a verdict, and the validity of a paper that passed.
func (c Card) Recalled(r Run) (items []string, asked []Asked) {
	for _, a := range r.Answers {
		i, ok := c.Item(a.Item)
		if !ok || a.Verdict == Undecided {
			continue
		}
		valid := kernel.Date{}
		if a.Verdict == Pass {
			valid = ValidTo(i, a.Dated)
		}
		items, asked = append(items, a.Item), append(asked, Asked{On: r.On, ValidTo: valid})
	}
	return items, asked
}
