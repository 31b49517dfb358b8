package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Status is how a job stands: its last run and what went wrong in it, empty where nothing did.
type Status struct {
	Name    string
	Due     kernel.Time // far away where it has no time of its own
	Started kernel.Time // 0: never
	Ended   kernel.Time // of the last run that ended
	Running bool
	Error   string
}

// Took is how long the last run took, 0 while one is under way.
func (s Status) Took() time.Duration {
	if s.Running || s.Started == 0 || s.Ended < s.Started {
		return 0
	}
	return time.Duration(s.Ended-s.Started) * time.Microsecond
}

// List is every job in the order in which they were given.
func (r *Runner) List(ctx context.Context) ([]Status, error) {
	names := make([]string, len(r.jobs))
	for i, j := range r.jobs {
		names[i] = j.Name
	}
	marks, args := db.List(names)
	q, args := db.From("SELECT name, due_at, lease_until, started_at, ended_at, error FROM job").And("name IN ("+marks+")", args...).SQL("", 0)
	rows, err := r.db.Read.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	defer rows.Close()
	now, at := r.db.Clock.Now(), map[string]Status{}
	for rows.Next() {
		var s Status
		var lease kernel.Time
		if err := rows.Scan(&s.Name, &s.Due, &lease, &s.Started, &s.Ended, &s.Error); err != nil {
			return nil, fmt.Errorf("jobs: %w", err)
		}
		s.Running = lease > now
		at[s.Name] = s
	}
	out := make([]Status, len(r.jobs))
	for i, j := range r.jobs {
		out[i] = at[j.Name]
		out[i].Name = j.Name
	}
	return out, rows.Err()
}

// Hasten has a job run at the next look, on whichever server looks first; NotFound where there is no such job. One that runs
// already is left alone.
func (r *Runner) Hasten(ctx context.Context, name string) error {
	if !slices.ContainsFunc(r.jobs, func(j Job) bool { return j.Name == name }) {
		return kernel.Err(kernel.NotFound, "没有这项后台工作。")
	}
	return r.db.InTx(ctx, authz.Program(""), func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO job (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET due_at = $2 WHERE job.lease_until <= $2`, name, int64(tx.Now()))
		if err != nil {
			return fmt.Errorf("hasten %s: %w", name, err)
		}
		return nil
	})
}

// prolong keeps the lease of a long job until the answer is called.
func (r *Runner) prolong(ctx context.Context, j Job, started kernel.Time) (stop func()) {
	if !j.Apart {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		tick := time.NewTicker(leaseFor / 10)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			err := r.db.InTx(ctx, authz.Program(""), func(tx db.Tx) error {
				_, err := tx.ExecContext(tx.Ctx(), `UPDATE job SET lease_until = $2 WHERE name = $1 AND started_at = $3`, j.Name, int64(tx.Now().Add(leaseFor)), int64(started))
				return err
			})
			if err != nil {
				r.log.Error("lease of job", "name", j.Name, "err", err)
			}
		}
	}()
	return func() { cancel(); <-over }
}
