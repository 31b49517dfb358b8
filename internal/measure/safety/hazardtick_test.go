package safety_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

// Random walks of the cast: the counters always equal a count, and two who act on one hazard never both win.
func TestCountersEqualACount(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		rnd := rand.New(rand.NewPCG(7, 11))
		var ids []matter.ID
		folk, steps := sortedKeys(cast), w.Flow().Steps
		for i := range 300 {
			if i%20 == 0 {
				ids = append(ids, w.raise("wu", safety.Named, []org.PlaceID{"p1", "p2", "p3"}[rnd.IntN(3)], fmt.Sprint("第", i)).ID)
				clock.Set(clock.Now().Date().Add(1).At(10, 0))
				if err := w.matters.Tick(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			step := steps[rnd.IntN(len(steps))]
			if rnd.IntN(2) == 0 {
				step.Act = safety.Merge // rare otherwise
			}
			do := brought(step.Act)
			if step.Act == safety.Announce {
				do.On = clock.Now().Date()
			}
			do.Grade, do.Into = []string{"A", "C", "major"}[rnd.IntN(3)], ids[0]
			id := ids[rnd.IntN(len(ids))]
			if w.load(id).Grade == "major" && (step.Act == safety.Assign || step.Act == safety.Transfer) {
				do.Until = clock.Now().Date().Add(3)
			}
			do.Congress = true
			_, err := w.Act(t.Context(), who(folk[rnd.IntN(len(folk))]), id, do)
			if err != nil && kernel.KindOf(err) == kernel.Internal {
				var p kernel.Problems
				if !asProblems(err, &p) {
					t.Fatal(err)
				}
			}
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters differ\nrows:     %s\ncounters: %s", got, want)
		}
	})
}

func asProblems(err error, p *kernel.Problems) bool {
	q, ok := err.(kernel.Problems)
	*p = q
	return ok
}

func (w *works) counters() string {
	return w.texts(`SELECT key || '=' || CAST(sum(n) AS TEXT) FROM counter WHERE name = 'hazard' GROUP BY key HAVING sum(n) <> 0 ORDER BY key`)
}

func (w *works) counted() string {
	return w.texts(`WITH m AS (SELECT unit_id, owner_unit, COALESCE(owner_unit, '-') AS whose, substr(CAST(raised_on AS TEXT), 1, 7) AS month, late AND open AS is_late, place_id, topic, again, grade, took, overran, state, outcome,
  CASE WHEN state = 'closed' AND outcome <> 'solved' THEN outcome ELSE state END AS stands FROM matter)
SELECT k || '=' || CAST(count(*) AS TEXT) FROM (
SELECT 'u/' || unit_id || '/' || stands AS k FROM m
UNION ALL SELECT 'u/' || unit_id || '/late' FROM m WHERE is_late
UNION ALL SELECT 'b/' || unit_id || '/' || whose || '/' || stands FROM m
UNION ALL SELECT 'b/' || unit_id || '/' || whose || '/late' FROM m WHERE is_late
UNION ALL SELECT 'y/' || unit_id || '/' || month FROM m
UNION ALL SELECT 'x/' || unit_id || '/' || month FROM m WHERE state = 'closed' AND outcome <> 'solved'
UNION ALL SELECT 'r/' || unit_id || '/' || substr(month, 1, 4) || '/' || place_id || '/' || topic FROM m WHERE again AND outcome IN ('','solved')
UNION ALL SELECT 'f/' || who || '/' || month || '/' || grade || '/' || CAST(took AS TEXT) || '/' || CASE WHEN overran THEN 'over' ELSE 'in' END
  FROM (SELECT unit_id AS who, month, grade, took, overran, state, outcome FROM m UNION ALL SELECT '*', month, grade, took, overran, state, outcome FROM m) AS whole
  WHERE state IN ('verified','announced','closed') AND outcome IN ('','solved')
UNION ALL SELECT 'o/' || owner_unit || '/' || stands FROM m WHERE owner_unit IS NOT NULL
UNION ALL SELECT 'o/' || owner_unit || '/late' FROM m WHERE owner_unit IS NOT NULL AND is_late) AS c GROUP BY k ORDER BY k`)
}

func TestTick(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20") // a Friday
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		tick := func(day string, late bool, level int, version int) {
			t.Helper()
			clock.SetDay(day)
			for range 2 { // twice is once
				if err := w.matters.Tick(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			got := w.load(h.ID)
			if got.Late() != late || got.Escalated != level || got.State != matter.Raised || got.Version != version {
				t.Errorf("%s: late %v level %d state %s version %d, want %v %d raised %d", day, got.Late(), got.Escalated, got.State, got.Version, late, level, version)
			}
		}
		tick("2024-12-23", false, 0, 1) // due on Monday until midnight
		tick("2024-12-24", true, 1, 1)
		stamped := w.load(h.ID).LateAt
		tick("2024-12-20", true, 1, 1) // the clock goes back
		tick("2024-12-26", true, 1, 1) // two working days
		tick("2024-12-27", true, 2, 1) // three
		tick("2025-01-20", true, 2, 1)
		if got := w.load(h.ID).LateAt; got != stamped {
			t.Errorf("stamped again: %s", got.Date())
		}
		if got := w.texts(`SELECT act FROM audit WHERE subject_id = $1 AND act <> 'hazard.raise' ORDER BY at, id`, string(h.ID)); got != "hazard.late hazard.escalate" {
			t.Errorf("history: got %s", got)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
		w.act("an", h.ID, matter.Do{Act: safety.JudgeAct, Grade: "C", Version: 1}) // a form that was open all the while
		if got := w.load(h.ID); got.Late() || got.Escalated != 0 || got.State != matter.Judged {
			t.Errorf("judged: %+v", got)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
	})
}

// A company union's own days decide when it is told.
func TestEscalationGoesByTheOwnCalendar(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		w.days = calendar.NewWorkdays(append(calendar.Published(), calendar.Arrangement{Year: 2024, Off: []kernel.Date{kernel.MustDate("2024-12-26")}}))
		for _, x := range []struct {
			day   string
			level int
		}{{"2024-12-24", matter.Branch}, {"2024-12-27", matter.Branch}, {"2024-12-30", matter.Company}} {
			clock.SetDay(x.day)
			if err := w.matters.Tick(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if got := w.load(h.ID).Escalated; got != x.level {
				t.Errorf("%s: got level %d, want %d", x.day, got, x.level)
			}
		}
	})
}

// Where the branch lets it lie, the company's chair may act in its place; of a major one from the start.
func TestTheCompanyStepsIn(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h, major := w.raise("wu", safety.Named, "p1", "漏电"), w.raise("wu", safety.Named, "p2", "行车限位失灵")
		w.to(h.ID, matter.Judged)
		w.act("an", major.ID, matter.Do{Act: safety.JudgeAct, Grade: "major"})
		if got := w.load(major.ID).Escalated; got != matter.Company { // and stays so when it is stamped late
			t.Errorf("major: level %d", got)
		}
		do := brought(safety.Assign)
		if _, err := w.Act(t.Context(), who("zong"), h.ID, do); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("too early: got %v", err)
		}
		for _, day := range []string{"2024-12-24", "2024-12-31"} {
			clock.SetDay(day)
			if err := w.matters.Tick(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.load(major.ID); !got.Late() || got.Escalated != matter.Company {
			t.Errorf("a late major one: level %d", got.Escalated)
		}
		w.act("zong", h.ID, do)
		do.Until = kernel.MustDate("2025-03-31")
		w.act("zong", major.ID, do)
	})
}

// Two act on the same version: one wins, the other is told.
func TestTwoTabs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏油")
		errs := make(chan error, 2)
		for _, grade := range []string{"B", "C"} {
			go func() {
				_, err := w.Act(context.WithoutCancel(t.Context()), who("an"), h.ID, matter.Do{Act: safety.JudgeAct, Grade: grade, Version: 1})
				errs <- err
			}()
		}
		a, b := <-errs, <-errs
		if (a == nil) == (b == nil) || kernel.KindOf(cmpErr(a, b)) != kernel.Conflict {
			t.Errorf("got %v and %v, want one conflict", a, b)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
		for name, save := range map[string]func(db.Tx, matter.Matter) error{
			"save":  func(tx db.Tx, m matter.Matter) error { return matterdb.Store{}.Save(tx, m, "", "") },
			"stamp": func(tx db.Tx, m matter.Matter) error { return matterdb.Store{}.Stamp(tx, m) },
		} { // and where both have loaded before either saves, the row decides
			err := d.InTx(t.Context(), who("an"), func(tx db.Tx) error {
				m := w.load(h.ID).Matter
				m.Version = 7
				return save(tx, m)
			})
			if kernel.KindOf(err) != kernel.Conflict {
				t.Errorf("%s of an old version: got %v", name, err)
			}
		}
	})
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
