package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"xiaojia/catalogue"
	"xiaojia/internal/app"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// crowd is how many people make a branch of a hundred thousand members: bulk spreads them over two branches, and some of them
// have left or are no members.
const crowd = 129_000

// coverage freezes a round over a hundred thousand members while others write, and reads its coverage.
func (r *run) coverage() error {
	dir, err := r.folder("crowd", crowd, 200)
	if err != nil {
		return err
	}
	a, err := app.Open(r.ctx, config.Config{Data: dir, Database: r.url(dir), Addr: "127.0.0.1:0"}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	return errors.Join(r.freeze(a), a.Close())
}

func (r *run) freeze(a *app.App) error {
	chair, err := a.Accounts.As(r.ctx, "chair")
	if err != nil {
		return err
	}
	if err := a.Duties.Open(r.ctx); err != nil { // what was due before
		return err
	}
	id, err := a.Duties.AddOwn(r.ctx, chair, duty.OwnDuty{Unit: org.UnitID(chair.Branch), Name: kernel.Words{Zh: fmt.Sprintf("人人到 %d", time.Now().Unix())}, What: kernel.Words{Zh: "每个会员都要做到。"},
		Measure: catalogue.Culture, Rhythm: catalogue.Rhythm{Kind: catalogue.Monthly}, Who: []authz.Office{authz.Chair}, Targets: catalogue.Selector{Kind: catalogue.EveryMember}})
	if err != nil {
		return err
	}
	stalls := make(chan time.Duration, 1)
	ctx, stop := context.WithCancel(r.ctx)
	go func() { stalls <- longest(ctx, a.DB) }()
	start := time.Now()
	err = a.Duties.Open(r.ctx)
	took := time.Since(start)
	stop()
	worst := <-stalls
	if err != nil {
		return err
	}
	scope := chair.Scope(duty.SeeDuties)
	rows, err := a.DutyReads.Rounds(r.ctx, scope, id, nil, 24)
	rows = slices.DeleteFunc(rows, func(x duty.RoundRow) bool { return x.Cover.Targets == 0 })
	if err != nil || len(rows) != 1 {
		return errors.Join(err, fmt.Errorf("the new duty has %d open rounds", len(rows)))
	}
	n := rows[0].Cover.Targets
	r.cheap(fmt.Sprintf("freeze a round of %d members", n), took, 10*time.Second, 0)
	r.cheap("longest wait of another write meanwhile", worst, 300*time.Millisecond, 0)
	const reads = 200
	start = time.Now()
	for range reads {
		v, err := a.DutyReads.Round(r.ctx, scope, rows[0].ID)
		if err != nil {
			return err
		}
		if _, err := a.DutyReads.Slices(r.ctx, scope, v.ID); err != nil {
			return err
		}
	}
	r.cheap("coverage of that round, by unit too", time.Since(start)/reads, time.Millisecond, 0)
	return nil
}

// longest is the longest that a small write had to wait.
func longest(ctx context.Context, d *db.DB) (worst time.Duration) {
	for ctx.Err() == nil {
		start := time.Now()
		err := d.InTx(context.WithoutCancel(ctx), authz.Program("bench"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO installation (name, value) VALUES ('bench', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, fmt.Sprint(start.UnixNano()))
			return err
		})
		worst = max(worst, time.Since(start))
		if err != nil {
			return time.Hour // it shows in the table
		}
	}
	return worst
}
