package story

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/proof/upkeep"
)

// chores does what the jobs of a server do, one after the other.
func (h house) chores(ctx context.Context) error {
	return errors.Join(h.app.Duties.Open(ctx), h.app.Matters.Tick(ctx, h.app.DB), h.app.Relay(ctx))
}

// again opens a copy of the closed folder and database of a house.
func (h house) again(t *testing.T, c kernel.Clock) house {
	t.Helper()
	cfg := h.app.Config
	cfg.Data = filepath.Join(t.TempDir(), "copy")
	must(t, errors.Join(os.CopyFS(cfg.Data, os.DirFS(h.app.Config.Data)), os.Chmod(cfg.File("keys.json"), 0o600)))
	if cfg.Database != "" {
		cfg.Database = dbtest.PostgresCopy(t, cfg.Database)
	}
	return house{app: &app.App{Config: cfg}}.beside(t, c)
}

// endState is what the jobs bring about, by names that do not depend on when a row was written.
func (h house) endState(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for what, text := range map[string]string{
		"rounds": `SELECT duty_id || ' ' || unit_id || ' ' || period || ' ' || state || ' ' || targets || ' ' || done || ' ' || excused || ' ' || slices || ' ' || CASE WHEN late THEN 'late' ELSE '' END FROM round ORDER BY 1`,
		"targets": `SELECT r.duty_id || ' ' || r.unit_id || ' ' || r.period || ' ' || t.kind || ' ' || t.subject_id || ' ' || t.slice || ' ' || t.state
FROM target t JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id ORDER BY 1`,
		"matters":  `SELECT id || ' ' || state || ' ' || due_at || ' ' || late_at || ' ' || escalated || ' ' || version FROM matter ORDER BY 1`,
		"counters": `SELECT org_id || ' ' || name || ' ' || key || ' ' || sum(n) FROM counter GROUP BY org_id, name, key HAVING sum(n) <> 0 ORDER BY 1`,
		"notices":  `SELECT person_id || ' ' || once || ' ' || text || ' ' || args FROM notice ORDER BY 1`,
		"history":  `SELECT act || ' ' || subject_kind || ' ' || subject_id || ' ' || count(*) FROM audit GROUP BY act, subject_kind, subject_id ORDER BY 1`,
		"outbox":   `SELECT kind || ' ' || payload FROM outbox ORDER BY 1`,
	} {
		out[what] = strings.Join(h.rows(t, text), "\n")
	}
	return out
}

// everywhere opens the house four weeks later, in a copy for each point between two transactions of what its jobs then have to do,
// has something happen there, and holds the end against that of an undisturbed run. happen answers the house that is there
// afterwards. Each engine takes every sixth point, in CI every other, so that the two take all;
// with XIAOJIA_TEST_BREAKS=all each takes all of them.
func everywhere(t *testing.T, happen func(t *testing.T, h house, after int, c kernel.Clock) house) {
	each(t, func(t *testing.T, h house) {
		must(t, h.app.DB.Close())
		c := dbtest.NewClock("2023-03-31")
		calm := h.again(t, c)
		before := calm.endState(t)
		ctx, all := db.WithBreak(t.Context(), 1<<30)
		must(t, calm.chores(ctx))
		want, n := calm.endState(t), all.N()
		for what, had := range before {
			if what != "outbox" && want[what] == had {
				t.Errorf("four weeks changed no %s", what)
			}
		}
		first, step, tried := 0, 6, 0
		switch {
		case os.Getenv("XIAOJIA_TEST_BREAKS") == "all":
			step = 1
		case os.Getenv("CI") != "":
			step = 2
		}
		if calm.app.DB.Engine == db.Postgres {
			first = step / 2
		}
		must(t, calm.app.Close())
		for after := first; after < n; after += step {
			last := happen(t, h.again(t, c), after, c)
			for what, got := range last.endState(t) {
				if got != want[what] {
					t.Errorf("after %d of %d transactions, %s: %s", after, n, what, differ(got, want[what]))
				}
			}
			twice(t, last)
			if tried++; tried%6 == 1 {
				if found, _ := last.look(t); len(found) > 0 {
					t.Errorf("after %d of %d, found:\n%s", after, n, strings.Join(found, "\n"))
				}
			}
			must(t, last.app.Close())
		}
		t.Logf("%d transactions, disturbed at %d of them", n, tried)
	})
}

// A server dies after each of its transactions in turn, and the jobs are done again, by it or by another: all is as if nothing
// had happened, and nobody is told twice.
func TestJobsBrokenOffAnywhereEndTheSame(t *testing.T) {
	everywhere(t, func(t *testing.T, h house, after int, c kernel.Clock) house {
		ctx, _ := db.WithBreak(t.Context(), after)
		if err := h.chores(ctx); !errors.Is(err, db.ErrBroken) {
			t.Fatalf("broken off after %d: %v", after, err)
		}
		next := h
		if after%3 == 0 {
			next = h.beside(t, c)
			must(t, h.app.Close())
		}
		must(t, next.chores(t.Context()))
		return next
	})
}

// A server loses its lease between two transactions: another does all of the work, then the first goes on with what it had in
// mind. It finds everything done, opens nothing twice and tells nobody twice.
func TestALostLeaseDoesNothingTwice(t *testing.T) {
	everywhere(t, func(t *testing.T, h house, after int, c kernel.Clock) house {
		other := h
		if after%3 == 0 {
			other = h.beside(t, c)
		}
		took := false
		ctx := db.WithPause(t.Context(), after, func() { took = true; must(t, other.chores(t.Context())) })
		must(t, h.chores(ctx))
		if !took {
			t.Fatalf("the first did not come to its transaction %d", after)
		}
		if after%3 == 0 {
			must(t, h.app.Close())
		}
		return other
	})
}

// What a job broke down with stands on the administrator's page, and no other job says that it failed.
func TestThePageShowsWhatAJobBrokeDownWith(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		quiet := slog.New(slog.DiscardHandler)
		jobs.NewRunner(h.app.DB, quiet, jobs.Job{Name: "outbox", Every: time.Hour, Run: func(context.Context) error { panic("on fire") }},
			jobs.Job{Name: "matters", Every: time.Hour, Run: func(context.Context) error { return nil }}).Due(t.Context())
		page := h.ask(t.Context(), http.MethodGet, "/admin", h.enter(t, "admin"))
		if text := page.Body.String(); page.Code != http.StatusOK || strings.Count(text, "出错：") != 1 || !strings.Contains(text, "panic: on fire") {
			t.Errorf("got %d, %d errors shown", page.Code, strings.Count(text, "出错："))
		}
	})
}

// stopping has the server stop once so many bytes were written.
type stopping struct {
	w    io.Writer
	left int
	stop func()
}

func (s *stopping) Write(p []byte) (int, error) {
	if s.left -= len(p); s.left < 0 {
		s.stop()
	}
	return s.w.Write(p)
}

// A nightly backup that is broken off anywhere leaves nothing and deletes nothing; the next one is good.
func TestABackupBrokenOffIsMadeAgain(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		k := upkeep.New(h.app.Keeper.Parts)
		k.Dir, k.Keep = t.TempDir(), 1
		old := filepath.Join(k.Dir, "xiaojia-20230101-023000.tar")
		must(t, os.WriteFile(old, nil, 0o600))
		var size int
		k.Wrap = func(w io.Writer) io.Writer { return &stopping{w, 1 << 40, nil} }
		made, err := k.Backup(t.Context(), filepath.Join(t.TempDir(), "b.tar"), nil)
		must(t, err)
		size = int(made.Size)
		for i := range 10 {
			ctx, stop := context.WithCancel(t.Context())
			k.Wrap = func(w io.Writer) io.Writer { return &stopping{w, i * (size - 1) / 9, stop} }
			err := k.Nightly(ctx)
			list, rerr := os.ReadDir(k.Dir)
			s, serr := k.State(t.Context())
			if !errors.Is(err, context.Canceled) || errors.Join(rerr, serr) != nil || len(list) != 1 || list[0].Name() != filepath.Base(old) || s.Backup != nil || s.Fail == nil {
				t.Errorf("stopped at %d of %d: %v, %v, left %v, %+v", i*(size-1)/9, size, err, errors.Join(rerr, serr), list, s)
			}
			stop()
		}
		k.Wrap = nil
		must(t, k.Nightly(t.Context()))
		if kept, err := k.Kept(); err != nil || len(kept) != 1 || kept[0].Name() == filepath.Base(old) {
			t.Errorf("kept %v, %v", kept, err)
		}
	})
}

// differ is the first lines that one text has and the other has not.
func differ(got, want string) string {
	more, less := missing(strings.Split(got, "\n"), strings.Split(want, "\n")), missing(strings.Split(want, "\n"), strings.Split(got, "\n"))
	return "too much " + strings.Join(more[:min(3, len(more))], " | ") + ", missing " + strings.Join(less[:min(3, len(less))], " | ")
}
