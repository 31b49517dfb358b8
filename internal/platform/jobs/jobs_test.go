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

	"xiaojia/internal/kernel"
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
		list, err := r.List(t.Context())
		if err != nil || !ran || list[0].Error != "no paper" || list[1].Error != "panic: on fire" || list[2].Error != "" || list[1].Running || list[1].Ended == 0 {
			t.Errorf("the good one ran: %v; got %+v, %v", ran, list, err)
		}
	})
}

// A long job that breaks down takes neither the server with it nor the other jobs, and comes again.
func TestALongJobThatBreaksDownComesAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t, kernel.WallClock{})
	ctx, stop := context.WithCancel(t.Context())
	again, other := make(chan struct{}), make(chan struct{})
	var runs, others atomic.Int32
	r := jobs.NewRunner(d, quiet,
		jobs.Job{Name: "long", Apart: true, Run: func(context.Context) error {
			if runs.Add(1) == 2 {
				close(again)
			}
			panic("on fire")
		}},
		jobs.Job{Name: "other", Run: func(context.Context) error {
			if others.Add(1) == 2 {
				close(other)
			}
			return nil
		}})
	ended := make(chan struct{})
	go func() { r.Start(ctx); close(ended) }()
	<-again
	<-other
	stop()
	<-ended
	list, err := r.List(t.Context())
	if err != nil || list[0].Error != "panic: on fire" || list[1].Error != "" {
		t.Errorf("got %+v, %v", list, err)
	}
}

// A server that stops gives its job back at once; the next one does not wait for the end of the lease.
func TestAStoppedJobIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		n := 0
		job := jobs.Job{Name: "stopped", Every: 0, Run: func(ctx context.Context) error { n++; stop(); return ctx.Err() }}
		jobs.NewRunner(d, quiet, job).Due(ctx)
		jobs.NewRunner(d, quiet, job).Due(t.Context())
		if n != 2 {
			t.Errorf("ran %d times, want again at once", n)
		}
	})
}

// A server that was thought dead does not end the run of the one that took over.
func TestALateEndLeavesTheLeaseOfAnother(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		runs := 0
		var second jobs.Job
		first := jobs.Job{Name: "slow", Every: time.Hour, Run: func(ctx context.Context) error {
			clock.Set(clock.Now().Add(11 * time.Minute)) // longer than the lease
			jobs.NewRunner(d, quiet, second).Due(ctx)
			return nil
		}}
		second = jobs.Job{Name: "slow", Every: time.Hour, Run: func(context.Context) error { runs++; return errors.New("second") }}
		jobs.NewRunner(d, quiet, first).Due(t.Context())
		var said string
		if err := d.Read.QueryRowContext(t.Context(), "SELECT error FROM job WHERE name = 'slow'").Scan(&said); err != nil {
			t.Fatal(err)
		}
		if runs != 1 || said != "second" {
			t.Errorf("the second ran %d times, the job says %q", runs, said)
		}
	})
}
