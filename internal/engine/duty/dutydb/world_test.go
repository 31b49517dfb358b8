package dutydb_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
)

// world is one branch with two groups, places and people, and the duties under test.
type world struct {
	t     *testing.T
	db    *db.DB
	clock *dbtest.Clock
	s     *duty.Service
	r     dutydb.Reads
	reg   *register
	mu    sync.Mutex
	late  []duty.RoundLate
}

// register answers selectors from a map, as the real one would from its tables.
type register struct {
	mu  sync.Mutex
	has map[catalogue.TargetKind][]duty.Subject
	n   int
}

func (g *register) Resolve(_ context.Context, _ string, _ org.UnitID, sel catalogue.Selector) ([]duty.Subject, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
	return g.has[sel.Kind], nil
}

func (g *register) set(k catalogue.TargetKind, all ...duty.Subject) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.has[k] = all
}

func subject(kind, id, slice string) duty.Subject {
	return duty.Subject{Ref: record.Ref{Kind: kind, ID: id}, Slice: org.UnitID(slice)}
}

func crowd(n int) []duty.Subject {
	out := make([]duty.Subject, n)
	for i := range out {
		out[i] = subject(record.KindPerson, fmt.Sprintf("P%04d", i), fmt.Sprintf("g%d", i%2+1))
	}
	return out
}

var published = calendar.NewWorkdays(calendar.Published())

// each runs a test on both engines in a fresh branch; the clock stands at 9:00 of the day.
func each(t *testing.T, day string, fn func(w *world)) {
	t.Helper()
	t.Parallel()
	clock := dbtest.NewClock(day)
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay(day)
		fn(newWorld(t, d, clock))
	})
}

func newWorld(t *testing.T, d *db.DB, clock *dbtest.Clock) *world {
	t.Helper()
	w := &world{t: t, db: d, clock: clock, r: dutydb.NewReads(d.Read), reg: &register{has: map[catalogue.TargetKind][]duty.Subject{
		catalogue.TheBranch: {subject(record.KindUnit, "b1", "b1")},
		catalogue.EachPlace: {subject(record.KindPlace, "canteen", "b1")},
		catalogue.EachGroup: {subject(record.KindUnit, "g1", "g1"), subject(record.KindUnit, "g2", "g2")},
	}}}
	w.s = w.server()
	w.must(d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for _, q := range []string{
			`INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`,
			`INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','b1','b1','branch','科一分工会'), ('o1','b2','b2','branch','科二分工会')`,
			`INSERT INTO unit (org_id, id, parent_id, branch_id, kind, name_zh) VALUES ('o1','g1','b1','b1','group','一组'), ('o1','g2','b1','b1','group','二组')`,
			`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, at) VALUES ('o1','chair','b1','1','李国强','liguoqiang','lgq',1)`,
		} {
			if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
				return err
			}
		}
		return nil
	}))
	return w
}

// server is another process on the same database.
func (w *world) server() *duty.Service {
	cat, err := catalogue.Load()
	w.must(err)
	bus := outbox.NewBus()
	outbox.On(bus, func(_ db.Tx, e duty.RoundLate) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.late = append(w.late, e)
		return nil
	})
	known := func(context.Context, string) (*calendar.Workdays, error) { return published, nil }
	return duty.New(w.db, cat, dutydb.NewStore(w.db.Read), w.reg, known, bus)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func chair(unit string) authz.Actor {
	set := authz.NewSet(duty.Rules(), record.Rules())
	return set.Resolve(authz.Actor{Org: "o1", Person: "chair", Name: "李国强", Branch: unit, Grants: []authz.Grant{{Office: authz.Chair, Unit: unit, Branch: unit}}})
}

func member(unit string) authz.Actor {
	set := authz.NewSet(duty.Rules(), record.Rules())
	return set.Resolve(authz.Actor{Org: "o1", Person: "chair", Branch: unit, Grants: []authz.Grant{{Office: authz.Member, Unit: unit, Branch: unit}}})
}

func (w *world) adopt(on string, codes ...string) {
	w.t.Helper()
	w.must(w.s.Adopt(w.t.Context(), chair("b1"), "b1", codes, kernel.MustDate(on)))
}

func (w *world) open() {
	w.t.Helper()
	w.must(w.s.Open(w.t.Context()))
}

func (w *world) on(day string) {
	w.t.Helper()
	w.clock.SetDay(day)
	w.open()
}

func scope() authz.Scope { return authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b1"} }

func (w *world) year(y int) []duty.RoundRow {
	w.t.Helper()
	rows, err := w.r.Year(w.t.Context(), scope(), "", y)
	w.must(err)
	return rows
}

// round finds a round of a year by its period.
func (w *world) round(p string) duty.RoundRow {
	w.t.Helper()
	for y := 2023; y <= 2026; y++ {
		for _, r := range w.year(y) {
			if string(r.Period) == p {
				return r
			}
		}
	}
	w.t.Fatalf("no round %s", p)
	return duty.RoundRow{}
}

// do has a record do targets of a round, as a module would in its own transaction.
func (w *world) do(round duty.RoundID, proof, on string, all ...record.Ref) error {
	return w.db.InTx(w.t.Context(), chair("b1"), func(tx db.Tx) error {
		return w.s.Done(tx, record.Completion{Round: round, Unit: "b1", Subjects: all, Proof: record.Ref{Kind: record.KindNote, ID: proof}, On: kernel.MustDate(on), By: "chair"})
	})
}

func person(i int) record.Ref {
	return record.Ref{Kind: record.KindPerson, ID: fmt.Sprintf("P%04d", i)}
}

func (w *world) cover(p string, want duty.Coverage) {
	w.t.Helper()
	if got := w.round(p).Cover; got != want {
		w.t.Errorf("%s %s: got %+v, want %+v", w.db.Engine, p, got, want)
	}
}

func kind(err error) kernel.Kind {
	if err == nil {
		return -1
	}
	return kernel.KindOf(err)
}
