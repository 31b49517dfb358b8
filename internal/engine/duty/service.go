package duty

import (
	"context"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
)

// Resolver names the subjects of a selector in a branch today, each once; the register answers it.
type Resolver interface {
	Resolve(ctx context.Context, org string, unit org.UnitID, sel catalogue.Selector) ([]Subject, error)
}

// Workdays gives the working days as a company union knows them today.
type Workdays func(ctx context.Context, org string) (*calendar.Workdays, error)

// Duties stores duties.
type Duties interface {
	Insert(tx db.Tx, all []Duty) ([]Duty, error) // those that were new or had been retired
	Get(tx db.Tx, id ID) (Duty, error)
	Retire(tx db.Tx, id ID, on kernel.Date) error // with the rounds planned to open after that day
	Change(tx db.Tx, d Duty) (bool, error)        // with all planned rounds; false: the version is another one
	Replan(tx db.Tx) error                        // forgets how far the union's duties are planned
}

// Rounds stores rounds.
type Rounds interface {
	Lock(tx db.Tx, id RoundID) (Round, error)                                    // reads it and holds it until the end of the transaction
	Cover(tx db.Tx, r Round) error                                               // writes Cover and DoneOn of a locked round
	Fit(ctx context.Context, q db.DBTX, org string, w Wanted) ([]RoundID, error) // the earliest due first
	DoneBy(tx db.Tx, proof record.Ref) ([]RoundID, error)                        // in the same order, so that two never wait for each other
}

// Targets stores targets; each call stands under the lock of their round.
type Targets interface {
	Pick(tx db.Tx, r RoundID, subjects []record.Ref) ([]Target, error)
	Proved(tx db.Tx, r RoundID, proof record.Ref) ([]Target, error)
	Set(tx db.Tx, subjects []record.Ref, t Target) error // state, day, reason, proof and by of t; an earlier day stays
	Move(tx db.Tx, r RoundID, from, to record.Ref) error // of the proof alone
	Count(tx db.Tx, r RoundID, slice org.UnitID, by Coverage) error
}

// Tick is what the job reads and writes.
type Tick interface {
	Orgs(ctx context.Context) ([]string, error)
	Unplanned(ctx context.Context, org string, stamp int) ([]Duty, error)
	SavePlan(tx db.Tx, all []Duty, rounds []Round, from, to, stamp int) error // planned rounds of these years that are not in the plan go
	Openable(ctx context.Context, org string, today kernel.Date, after db.Key, limit int) ([]Opening, error)
	Frozen(ctx context.Context, org string, r RoundID) ([]record.Ref, error) // all subjects, for those who joined since
	Freezing
	Clock
}

// Freezing turns a planned round into an open one, over several transactions; whoever takes it last holds it.
type Freezing interface {
	Take(tx db.Tx, r RoundID) (turn int, err error)                    // 0: it is not planned any more; targets of an unfinished turn go
	Add(tx db.Tx, r RoundID, turn int, all []Subject) (bool, error)    // false: somebody else took it
	Open(tx db.Tx, r RoundID, turn, targets, slices int) (bool, error) // the same
}

// Clock moves rounds by the day.
type Clock interface {
	Overdue(ctx context.Context, org string, today kernel.Date, limit int) ([]RoundLate, error)
	StampLate(tx db.Tx, ids []RoundID) ([]RoundID, error) // those that were not stamped yet
	Close(tx db.Tx, today kernel.Date, limit int) (int, error)
}

// Store is all that the use cases need; dutydb fills it.
type Store interface {
	Duties
	Rounds
	Targets
	Tick
}

// Service holds the use cases of duties.
type Service struct {
	db       *db.DB
	cat      *catalogue.Catalogue
	store    Store
	resolver Resolver
	workdays Workdays
	bus      *outbox.Bus
}

func New(d *db.DB, c *catalogue.Catalogue, s Store, r Resolver, w Workdays, b *outbox.Bus) *Service {
	return &Service{d, c, s, r, w, b}
}

func may(a authz.Actor, p authz.Perm, unit org.UnitID) error {
	if !record.Within(a.Scope(p), unit) {
		return kernel.Err(kernel.Forbidden, "只有这个分工会的主席可以这样做")
	}
	return nil
}

// Wanted is what a record has done: with which form and card, at which subject, on which day.
type Wanted struct {
	Unit    org.UnitID
	Form    catalogue.Form
	Card    string
	Subject record.Ref
	On      kernel.Date
}

// Fit is every open round with that target open whose form and card are the record's and whose window holds the day, the
// earliest due first: one record does them all (docs/adr/0006).
func (s *Service) Fit(ctx context.Context, q db.DBTX, org string, w Wanted) ([]RoundID, error) {
	return s.store.Fit(ctx, q, org, w)
}

// RoundLate is told once for each round that is overdue with somebody missing.
type RoundLate struct {
	Round   RoundID
	Duty    ID
	Unit    org.UnitID
	Measure catalogue.Measure
	Name    kernel.Words
	Due     kernel.Date
	Missing int
}

func (RoundLate) EventName() string { return "duty.round_late" }
