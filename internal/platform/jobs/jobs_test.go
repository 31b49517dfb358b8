package jobs_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/jobs"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func TestAJobRunsByItsRhythm(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		n := 0
		r := jobs.NewRunner(d, quiet, jobs.Job{Name: "count", Every: time.Hour, Run: func(context.Context) error { n++; return nil }})
		r.Due(t.Context())
		r.Due(t.Context()) // not due again
		clock.Set(clock.Now().Add(59 * time.Minute))
		r.Due(t.Context())
		if n != 1 {
			t.Fatalf("ran %d times within the hour, want once", n)
		}
		clock.Set(clock.Now().Add(2 * time.Minute))
		r.Due(t.Context())
		if n != 2 {
			t.Errorf("ran %d times, want twice", n)
		}
	})
}

func TestTwoServersRunAJobOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var n atomic.Int32
		job := jobs.Job{Name: "once", Every: time.Hour, Run: func(context.Context) error { n.Add(1); return nil }}
		var wg sync.WaitGroup
		for range 6 {
			r := jobs.NewRunner(d, quiet, job)
			wg.Go(func() { r.Due(t.Context()) })
		}
		wg.Wait()
		if n.Load() != 1 {
			t.Errorf("ran %d times, want once", n.Load())
		}
	})
}

func TestAFailingJobIsNotedAndStopsNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ran := false
		r := jobs.NewRunner(d, quiet,
			jobs.Job{Name: "bad", Every: time.Hour, Run: func(context.Context) error { return errors.New("no paper") }},
			jobs.Job{Name: "worse", Every: time.Hour, Run: func(context.Context) error { panic("on fire") }},
			jobs.Job{Name: "good", Every: time.Hour, Run: func(context.Context) error { ran = true; return nil }})
		r.Due(t.Context())
		var said string
		if err := d.Read.QueryRowContext(t.Context(), "SELECT error FROM job WHERE name = 'bad'").Scan(&said); err != nil {
			t.Fatal(err)
		}
		if !ran || said != "no paper" {
			t.Errorf("the good one ran: %v; the bad one says %q", ran, said)
		}
	})
}
