package people

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
)

// Tally counts what an import did or would do.
type Tally struct{ Created, Updated, Unchanged, Skipped int }

// Add counts one row.
func (t *Tally) add(a Action) {
	switch a {
	case Create:
		t.Created++
	case Update:
		t.Updated++
	case Unchanged:
		t.Unchanged++
	default:
		t.Skipped++
	}
}

// Batch is one import of a roster.
type Batch struct {
	ID     string
	Unit   org.UnitID
	File   string
	By     ID
	At     kernel.Time
	Tally  Tally // Unchanged is known only right after the import
	Undone kernel.Time
}

// BatchRow is one person that an import made or changed.
type BatchRow struct {
	Person  ID
	Name    string // now
	Version int    // right after the import
	Now     int    // the person's version now, 0 where he is gone
	Holds   bool   // a mandate, an account or a place in a round, so that he cannot be taken away again
	Before  []byte // sealed; nothing where the import made him
}
