package story

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"xiaojia/internal/app"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// beside opens another server on the folder or database of a house, under a clock of the test's.
func (h house) beside(t *testing.T, c kernel.Clock) house {
	t.Helper()
	a, err := app.OpenWith(t.Context(), h.app.Config, slog.New(slog.NewTextHandler(io.Discard, nil)), c, true)
	must(t, err)
	t.Cleanup(func() { _ = a.Close() }) // the test is over
	return house{app: a}
}

// tick does what the jobs of a day do.
func (h house) tick(t *testing.T) {
	t.Helper()
	for _, err := range []error{h.app.Duties.Open(t.Context()), h.app.Matters.Tick(t.Context(), h.app.DB), h.app.Relay(t.Context())} {
		if err != nil {
			t.Error(err)
		}
	}
}

// rows is what a query finds, a line each.
func (h house) rows(t *testing.T, text string) []string {
	t.Helper()
	rows, err := h.app.DB.Read.QueryContext(t.Context(), text)
	must(t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		must(t, rows.Scan(&s))
		out = append(out, s)
	}
	must(t, rows.Err())
	return out
}

// What must not move when the clock does.
const (
	daysOfRounds = `SELECT duty_id || ' ' || unit_id || ' ' || period || ' ' || CAST(opens_on AS TEXT) || ' ' || CAST(due_on AS TEXT) FROM round ORDER BY 1`
	termsOfAll   = `SELECT id || ' ' || CAST(due_at AS TEXT) FROM matter ORDER BY id`
	toldOfAll    = `SELECT person_id || ' ' || once FROM notice ORDER BY 1`
)

// A clock that is set back a day, as after a dead battery, opens nothing twice, moves no deadline and tells nothing twice; the
// history keeps its order, though the program starts anew meanwhile.
func TestTheClockGoesBackADay(t *testing.T) {
	each(t, func(t *testing.T, first house) {
		c := dbtest.NewClock("2023-03-04")
		h := first.beside(t, c)
		day := kernel.MustDate("2023-03-04")
		for i := range 21 {
			c.Set(day.Add(i).At(8, 0))
			h.tick(t)
		}
		before := map[string][]string{}
		for _, q := range []string{daysOfRounds, termsOfAll, toldOfAll} {
			if before[q] = h.rows(t, q); len(before[q]) == 0 {
				t.Fatalf("nothing to compare: %s", q)
			}
		}
		chair, err := h.app.Accounts.As(t.Context(), "chair")
		must(t, err)
		guard, err := h.app.Accounts.As(t.Context(), "safety-dept")
		must(t, err)
		canteen, err := h.app.Accounts.As(t.Context(), "canteen")
		must(t, err)
		z, err := h.app.Hazards.Raise(t.Context(), chair, safety.Report{Title: "灯不亮", Mode: safety.Named})
		must(t, err)
		z, err = h.app.Hazards.Act(t.Context(), guard, z.ID, matter.Do{Act: "judge", Version: z.Version, Grade: "C"})
		must(t, err)
		before[termsOfAll] = h.rows(t, termsOfAll)
		before[toldOfAll] = h.rows(t, toldOfAll)
		c.Set(day.Add(19).At(8, 0))
		h = h.beside(t, c)
		h.tick(t)
		for q, want := range before {
			if got := h.rows(t, q); strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("a day back, %d rows became %d: %s", len(want), len(got), q)
			}
		}
		_, err = h.app.Hazards.Act(t.Context(), chair, z.ID, matter.Do{Act: "assign", Version: z.Version, Owner: org.UnitID(canteen.Grants[0].Unit), Rectifier: people.ID(canteen.Person), Verifier: people.ID(chair.Person), Measure: "换新的", Doer: "厨师长"})
		must(t, err)
		history, err := audit.History(t.Context(), h.app.DB.Read, chair.Org, matter.Subject(z.ID))
		must(t, err)
		var acts []string
		for _, e := range history {
			acts = append(acts, e.Act)
		}
		if got, want := strings.Join(acts, " "), "hazard.raise hazard.judge hazard.assign"; got != want {
			t.Errorf("the history says %s, want %s", got, want)
		} else if history[2].At >= history[1].At {
			t.Errorf("the clock did not go back: %v", history)
		}
		_, err = h.app.Records.Write(t.Context(), chair, record.NewNote{Unit: org.UnitID(chair.Branch), Measure: "warmth", On: c.Now().Date(), Title: "时钟退回一天", Body: "照常记"})
		must(t, err)
		for i := 20; i < 28; i++ { // forward again, over the days that were there already
			c.Set(day.Add(i).At(8, 0))
			h.tick(t)
		}
		twice(t, h)
		if found, _ := h.look(t); len(found) > 0 {
			t.Errorf("found:\n%s", strings.Join(found, "\n"))
		}
	})
}

// Two servers whose jobs run at the same moments do everything once.
func TestTwoServersOpenAndTellOnce(t *testing.T) {
	each(t, func(t *testing.T, first house) {
		c := dbtest.NewClock("2023-03-04")
		both := []house{first.beside(t, c), first.beside(t, c)}
		rounds, told := len(both[0].rows(t, daysOfRounds)), len(both[0].rows(t, toldOfAll))
		for i := range 28 {
			c.Set(kernel.MustDate("2023-03-04").Add(i).At(8, 0))
			var ready, done sync.WaitGroup
			ready.Add(len(both))
			for _, h := range both {
				done.Go(func() {
					ready.Done()
					ready.Wait()
					h.tick(t)
				})
			}
			done.Wait()
		}
		h := both[0]
		if now := len(h.rows(t, toldOfAll)); now <= told {
			t.Errorf("four weeks told nobody anything: %d notices, then %d", told, now)
		}
		if opened := h.rows(t, `SELECT id FROM round WHERE state <> 'planned' AND opens_on >= '2023-03-04'`); len(opened) == 0 {
			t.Errorf("four weeks opened nothing of %d rounds", rounds)
		}
		twice(t, h)
		if found, _ := h.look(t); len(found) > 0 {
			t.Errorf("found:\n%s", strings.Join(found, "\n"))
		}
	})
}

// twice looks for what is there twice. The tables refuse the same round and the same notice; a round under another period but
// with the same days, or a notice with another mark but the same words, would be the same to people. The history tells of work
// that was done twice although its rows are there once.
func twice(t *testing.T, h house) {
	t.Helper()
	for what, text := range map[string]string{
		"rounds":  `SELECT duty_id || ' ' || unit_id || ' ' || CAST(due_on AS TEXT) FROM round GROUP BY duty_id, unit_id, due_on HAVING count(*) > 1`,
		"notices": `SELECT person_id || ' ' || text || args FROM notice GROUP BY person_id, text, args, href, at HAVING count(*) > 1`,
		"history": fmt.Sprintf(`SELECT act || ' ' || subject_id FROM audit WHERE at > %d AND act IN ('duty.open', 'hazard.late', 'hazard.escalate') GROUP BY act, subject_id, at HAVING count(*) > 1`,
			kernel.MustDate("2023-03-03").At(23, 59)),
	} {
		if got := h.rows(t, text); len(got) > 0 {
			t.Errorf("%s twice: %s", what, fmt.Sprint(got[:min(3, len(got))]))
		}
	}
}
