package matter

import (
	"context"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
)

// Store keeps matters, a part for acts and a part for the clock; matterdb fills it.
type Store interface {
	Kept
	Clocked
}

// Kept is what acts need. Save refuses a version that somebody has changed meanwhile.
type Kept interface {
	Insert(tx db.Tx, m Matter, first, also string) error
	// Lock keeps an act and the tick apart until the transaction ends: each sees what the other has done.
	Lock(tx db.Tx, id ID) error
	Load(ctx context.Context, q db.DBTX, org string, id ID) (Matter, error)
	// LastOf is the day on which the topic of a matter was last raised at its place, no day where it never was; what turned
	// out to be none does not count.
	LastOf(tx db.Tx, m Matter) (kernel.Date, error)
	Save(tx db.Tx, m Matter, first, also string) error
}

// Clocked is what the tick needs.
type Clocked interface {
	// Stamp saves late_at and escalated alone and leaves the version: nobody's open form is refused because time passed.
	// Conflict where somebody changed the matter meanwhile.
	Stamp(tx db.Tx, m Matter) error
	Overdue(ctx context.Context, q db.DBTX, now kernel.Time, limit int) ([]Ref, error)
	ToEscalate(ctx context.Context, q db.DBTX, lateBefore kernel.Time, limit int) ([]Ref, error)
}

// Ref names a matter of any company union, for jobs.
type Ref struct {
	Org string
	ID  ID
}

// Workdays answers the working days of the company union inside a transaction.
type Workdays func(tx db.Tx) (*calendar.Workdays, error)

// Service runs flows over stored matters.
type Service struct {
	store Store
	clock Clocks
	days  Workdays
	bus   *outbox.Bus
}

func NewService(s Store, c Clocks, w Workdays, b *outbox.Bus) *Service {
	return &Service{store: s, clock: c, days: w, bus: b}
}

// Subject is the audit's name of a matter.
func Subject(id ID) audit.Subject { return audit.Subject{Kind: "matter", ID: string(id)} }

// Changed says what was done to a matter. By is empty where the history does not name who did it.
type Changed struct {
	ID      ID     `json:"id"`
	Kind    Kind   `json:"kind"`
	Act     Act    `json:"act"`
	From    State  `json:"from"`
	To      State  `json:"to"`
	By      string `json:"by"`
	Version int    `json:"version"`
}

func (Changed) EventName() string { return "matter.changed" }

// Grade tells whether there is such a grade.
func (s *Service) Grade(key string) bool { _, ok := s.clock.OfGrade(key); return ok }

// Raise stores a new matter with its number and the clock of its first state. Blind keeps the instant out of it.
func (s *Service) Raise(tx db.Tx, f Flow, m Matter, blind bool) (Matter, error) {
	n, err := db.Next(tx, fmt.Sprintf("%s/%02d", m.Kind, tx.Today().Year()%100))
	if err != nil {
		return m, err
	}
	m.No = fmt.Sprintf("%02d-%04d", tx.Today().Year()%100, n)
	m.State, m.Raised, m.Version = Raised, tx.Today(), 1
	if m.ID == "" {
		m.ID = ID(kernel.NewID(tx.Now()))
	}
	from := tx.Now()
	if blind {
		from = tx.Today().At(0, 0)
	}
	w, err := s.days(tx)
	if err != nil {
		return m, err
	}
	if m.Due, m.DueWhy, err = s.clock.Due("judge", from, w); err != nil {
		return m, err
	}
	first, also := m.waits(f, Step{})
	if m.Again, err = s.again(tx, m); err != nil {
		return m, err
	}
	if err := s.store.Insert(tx, m, first, also); err != nil {
		return m, err
	}
	if err := recount(tx, Matter{}, m); err != nil {
		return m, err
	}
	e := Changed{ID: m.ID, Kind: m.Kind, Act: "raise", To: m.State, By: tx.By().Person, Version: 1}
	return m, s.emit(tx, e, blind)
}

// emit says what was done; blind leaves out who and at what minute.
func (s *Service) emit(tx db.Tx, e Changed, blind bool) error {
	if blind {
		e.By = ""
		return s.bus.EmitBlind(tx, e)
	}
	return s.bus.Emit(tx, e)
}

// Line is what the history says of an act. Blind leaves out who did it and keeps only the day.
type Line struct {
	Text  string
	Args  []string
	Blind bool
}

func (l Line) write(tx db.Tx, act string, id ID) error {
	if l.Blind {
		return audit.WriteBlind(tx, act, Subject(id), l.Text, l.Args...)
	}
	return audit.Write(tx, act, Subject(id), l.Text, l.Args...)
}

// Act does one step of the flow on a stored matter and writes its line of history.
func (s *Service) Act(tx db.Tx, f Flow, old Matter, roles []Role, do Do, l Line) (Matter, error) {
	w, err := s.days(tx)
	if err != nil {
		return old, err
	}
	m, err := f.Apply(old, roles, do, s.clock, w, tx.Now())
	if err != nil {
		return old, err
	}
	if l.Blind && !m.ClosedAt.IsZero() {
		m.ClosedAt = tx.Today().At(0, 0)
	}
	step, _ := f.Step(do.Act)
	first, also := m.waits(f, step)
	if err := s.store.Save(tx, m, first, also); err != nil {
		return old, err
	}
	if err := recount(tx, old, m); err != nil {
		return old, err
	}
	e := Changed{ID: m.ID, Kind: m.Kind, Act: do.Act, From: old.State, To: m.State, By: tx.By().Person, Version: m.Version}
	if err := s.emit(tx, e, l.Blind); err != nil {
		return old, err
	}
	return m, l.write(tx, string(m.Kind)+"."+string(do.Act), m.ID)
}

// Lock is called by whoever loads a matter in order to act on it.
func (s *Service) Lock(tx db.Tx, id ID) error { return s.store.Lock(tx, id) }

// Load is one matter, whoever asks; the caller asks Covers.
func (s *Service) Load(ctx context.Context, q db.DBTX, org string, id ID) (Matter, error) {
	return s.store.Load(ctx, q, org, id)
}

// Keys of the counters that a matter stands in. Boards and tabs read them; nothing is counted by scanning: u/ by branch,
// b/ by branch and unit that answers, o/ by that unit over all branches (docs/adr/0009); the others are in past.go.
func keys(m Matter) map[string]int {
	if m.ID == "" {
		return nil
	}
	owner := string(m.Owner)
	if owner == "" {
		owner = NoOwner
	}
	at := []string{fmt.Sprintf("u/%s/", m.Unit), fmt.Sprintf("b/%s/%s/", m.Unit, owner)}
	if m.Owner != "" {
		at = append(at, fmt.Sprintf("o/%s/", m.Owner))
	}
	out := map[string]int{}
	for _, k := range m.past() {
		out[k] = 1
	}
	for _, k := range at {
		out[k+m.Standing()] = 1
		if m.Late() {
			out[k+"late"] = 1
		}
	}
	return out
}

// NoOwner stands in counters and filters for what is not assigned yet.
const NoOwner = "-"

// recount moves only what changed.
func recount(tx db.Tx, old, m Matter) error {
	diff := keys(m)
	if diff == nil {
		diff = map[string]int{}
	}
	for k := range keys(old) {
		diff[k]--
	}
	for _, k := range sorted(diff) { // one order for everybody, so that two transactions never wait for each other
		if err := db.Count(tx, string(m.Kind), k, diff[k]); err != nil {
			return err
		}
	}
	return nil
}
