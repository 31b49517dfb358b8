// Package jobs runs what is due by the clock: each job has a name, a rhythm and a function that is harmless when run
// twice. A lease in the database keeps two servers from running one job at the same time.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Job is work that comes back. One that takes long stands apart: the others do not wait for it, and its lease is prolonged.
type Job struct {
	Name  string
	Every time.Duration
	Next  func(now kernel.Time) kernel.Time // by the clock on the wall; instead of Every
	Apart bool
	Run   func(ctx context.Context) error
}

func (j Job) next(now kernel.Time) kernel.Time {
	if j.Next != nil {
		return j.Next(now)
	}
	return now.Add(j.Every)
}

// Runner runs jobs until its context ends.
type Runner struct {
	db   *db.DB
	jobs []Job
	log  *slog.Logger
}

func NewRunner(d *db.DB, log *slog.Logger, jobs ...Job) *Runner {
	return &Runner{db: d, jobs: jobs, log: log}
}

// leaseFor is how long a server may work on a job before another thinks it dead.
const leaseFor = 10 * time.Minute

// poll is how often the runner looks; a job's own rhythm decides whether it runs.
const poll = 2 * time.Second

// Start runs due jobs until ctx ends.
func (r *Runner) Start(ctx context.Context) {
	var apart sync.WaitGroup
	defer apart.Wait()
	for _, j := range r.jobs {
		if j.Apart {
			apart.Go(func() { loop(ctx, func() { r.report(ctx, j) }) })
		}
	}
	loop(ctx, func() { r.Due(ctx) })
}

func loop(ctx context.Context, do func()) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		do()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Due runs each job that is due and does not stand apart, one after the other, and logs failures; the next round tries again.
func (r *Runner) Due(ctx context.Context) {
	for _, j := range r.jobs {
		if ctx.Err() != nil {
			return
		}
		if !j.Apart {
			r.report(ctx, j)
		}
	}
}

func (r *Runner) report(ctx context.Context, j Job) {
	if err := r.one(ctx, j); err != nil {
		r.log.Error("job", "name", j.Name, "err", err)
	}
}

func (r *Runner) one(ctx context.Context, j Job) error {
	started, err := r.take(ctx, j)
	if err != nil || started == 0 {
		return err
	}
	stop := r.prolong(ctx, j, started)
	failed := safely(ctx, j)
	stop()
	text := ""
	if failed != nil {
		text = failed.Error()
	}
	// Its end is written although the server is stopping, else nobody could run it for the rest of the lease; but not over
	// the run of a server that has thought this one dead.
	err = r.db.InTx(context.WithoutCancel(ctx), authz.Program(""), func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `UPDATE job SET due_at = $2, lease_until = 0, ended_at = $3, error = $4 WHERE name = $1 AND started_at = $5`,
			j.Name, int64(j.next(tx.Now())), int64(tx.Now()), text, int64(started))
		return err
	})
	if err != nil {
		return fmt.Errorf("end of job %s: %w", j.Name, err)
	}
	return failed
}

// take asks for the lease and tells since when it is held, 0 where another holds it or nothing is due. The read in front
// keeps idle polling off the writer.
func (r *Runner) take(ctx context.Context, j Job) (started kernel.Time, err error) {
	now := r.db.Clock.Now()
	var due, lease kernel.Time
	row := r.db.Read.QueryRowContext(ctx, `SELECT due_at, lease_until FROM job WHERE name = $1`, j.Name)
	first := now
	if j.Next != nil {
		first = j.Next(now)
	}
	if err := row.Scan(&due, &lease); err == nil && (due > now && (j.Next == nil || due == first) || lease > now) {
		return 0, nil
	}
	err = r.db.InTx(ctx, authz.Program(""), func(tx db.Tx) error {
		if _, err := tx.ExecContext(tx.Ctx(), `INSERT INTO job (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, j.Name, int64(first)); err != nil {
			return err
		}
		if j.Next != nil { // the time of day may be another than at the last start
			if _, err := tx.ExecContext(tx.Ctx(), `UPDATE job SET due_at = $2 WHERE name = $1 AND due_at > $3`, j.Name, int64(first), int64(tx.Now())); err != nil {
				return err
			}
		}
		res, err := tx.ExecContext(tx.Ctx(), `UPDATE job SET lease_until = $2, started_at = $3 WHERE name = $1 AND due_at <= $3 AND lease_until <= $3`,
			j.Name, int64(tx.Now().Add(leaseFor)), int64(tx.Now()))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if started = 0; n == 1 {
			started = tx.Now()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("lease of job %s: %w", j.Name, err)
	}
	return started, nil
}

func safely(ctx context.Context, j Job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return j.Run(ctx)
}
