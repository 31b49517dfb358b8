package people

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// Store is what the use cases need of the database, a part for each noun; peopledb fills it.
type Store interface {
	Persons
	Mandated
	Labelled
	Imports
}

// Persons keeps records.
type Persons interface {
	Person(ctx context.Context, q db.DBTX, org string, id ID) (Record, error)
	List(ctx context.Context, d *db.DB, s authz.Scope, f Filter, on kernel.Date, after db.Key, n int) ([]Record, error)
	Matching(ctx context.Context, q db.DBTX, org string, nos, blinds []string) ([]Record, error)
	AddPerson(tx db.Tx, p Record) error
	AddPeople(tx db.Tx, list []Record) error // some in a statement; says not which one was refused
	ChangePerson(tx db.Tx, p Record) error
	DropPerson(tx db.Tx, p Record) error
	// Hold keeps others from changing somebody, and what he holds, until the transaction ends.
	Hold(tx db.Tx, id ID) error
	// Touch raises the version of somebody of whom something beside the record changed.
	Touch(tx db.Tx, id ID) error
}

// Mandated keeps mandates.
type Mandated interface {
	Mandate(ctx context.Context, q db.DBTX, org, id string) (Mandate, error)
	MandatesOn(ctx context.Context, q db.DBTX, org string, on kernel.Date) (Mandates, error)
	Holders(ctx context.Context, q db.DBTX, org string, o authz.Office, u org.UnitID, on kernel.Date) (Mandates, error)
	MandatesOf(ctx context.Context, q db.DBTX, org string, p ID) (Mandates, error)
	MandatesOfMany(ctx context.Context, q db.DBTX, org string, ids []ID, on kernel.Date) (Mandates, error)
	AddMandate(tx db.Tx, m Mandate) error
	EndMandate(tx db.Tx, m Mandate, why string) error
	EndAllOf(tx db.Tx, p ID, on kernel.Date, why string) error
}

// Labelled keeps labels and the note of who opened which secret.
type Labelled interface {
	Labels(ctx context.Context, q db.DBTX, org string, p ID) ([]Label, error)
	LabelsOf(ctx context.Context, q db.DBTX, org string, ids []ID, on kernel.Date) ([]Label, error)
	PutLabel(tx db.Tx, l Label) error
	DropLabel(tx db.Tx, l Label) error
	DropLabelsOf(tx db.Tx, p ID) error
	AddReveal(tx db.Tx, r Reveal) error
	Reveals(ctx context.Context, q db.DBTX, org string, p ID) ([]Reveal, error)
	AllReveals(ctx context.Context, q db.DBTX, s authz.Scope, f RevealFilter, after db.Key, n int) ([]Reveal, error) // the newest first
}

// Imports keeps what an import did.
type Imports interface {
	AddBatch(tx db.Tx, b Batch) error
	TallyBatch(tx db.Tx, id string, t Tally) error
	AddBatchRows(tx db.Tx, batch string, list []BatchRow) error
	Batch(ctx context.Context, q db.DBTX, org, id string) (Batch, error)
	Batches(ctx context.Context, q db.DBTX, org string) ([]Batch, error)
	BatchRows(ctx context.Context, q db.DBTX, org, id string, after ID, n int) ([]BatchRow, error)
	MarkUndone(tx db.Tx, id string) error // with the problems that it left
	AddProblems(tx db.Tx, batch string, list []BatchProblem) error
	CountProblems(ctx context.Context, q db.DBTX, org, batch string) (int, error)
	Problems(ctx context.Context, q db.DBTX, org, batch string, after, n int) ([]BatchProblem, error)
	AddUnit(tx db.Tx, batch string, id org.UnitID) error
	EmptyUnits(ctx context.Context, q db.DBTX, org, batch string, on kernel.Date) ([]org.UnitID, error)
}
