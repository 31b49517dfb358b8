package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/jobs"
)

// A job by the clock on the wall waits for its time, follows an earlier one, and runs at once when somebody asks.
func TestAJobByTheClock(t *testing.T) {
	t.Parallel()
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20") // 9:00
		day, n, hour := kernel.MustDate("2024-12-20"), 0, 14
		at := func(now kernel.Time) kernel.Time {
			if due := now.Date().At(hour, 0); due > now {
				return due
			}
			return now.Date().Add(1).At(hour, 0)
		}
		r := jobs.NewRunner(d, quiet, jobs.Job{Name: "nightly", Next: at, Run: func(context.Context) error { n++; return errors.New("no disk") }})
		want := func(what string, runs int, due kernel.Time) {
			t.Helper()
			r.Due(t.Context())
			list, err := r.List(t.Context())
			if err != nil || n != runs || len(list) != 1 || list[0].Due != due {
				t.Errorf("%s: ran %d times, want %d; %+v, want due %v (%v)", what, n, runs, list, due, err)
			}
		}
		want("not yet", 0, day.At(14, 0))
		hour = 10
		want("set to an earlier hour", 0, day.At(10, 0))
		hour = 11
		want("set to a later hour", 0, day.At(11, 0))
		hour = 10
		want("and back", 0, day.At(10, 0))
		clock.Set(day.At(10, 1))
		want("its hour", 1, day.Add(1).At(10, 0))
		want("once a day", 1, day.Add(1).At(10, 0))
		if err := r.Hasten(t.Context(), "nightly"); err != nil {
			t.Fatal(err)
		}
		want("somebody asked", 2, day.Add(1).At(10, 0))
		list, err := r.List(t.Context())
		if err != nil || list[0].Error != "no disk" || list[0].Running || list[0].Ended != day.At(10, 1) {
			t.Errorf("got %+v, %v", list, err)
		}
		if err := r.Hasten(t.Context(), "another"); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("an unknown job: got %v", err)
		}
	})
}

// A long job does not keep the others waiting, and its stop is waited for.
func TestALongJobStandsApart(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t, kernel.WallClock{})
	ctx, stop := context.WithCancel(t.Context())
	long, short, over := make(chan struct{}), make(chan struct{}), false
	r := jobs.NewRunner(d, quiet,
		jobs.Job{Name: "long", Every: time.Hour, Apart: true, Run: func(ctx context.Context) error { close(long); <-ctx.Done(); over = true; return ctx.Err() }},
		jobs.Job{Name: "short", Every: time.Hour, Run: func(context.Context) error { close(short); return nil }})
	ended := make(chan struct{})
	go func() { r.Start(ctx); close(ended) }()
	<-long
	<-short
	stop()
	<-ended
	if !over {
		t.Error("the runner ended before its long job")
	}
}
