package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/proof/upkeep/upkeepweb"
	"xiaojia/internal/register/people"
)

// Version is that of the program; cmd sets it at its start.
var Version = "dev"

func keeper(cfg config.Config, d *db.DB, log *slog.Logger, demo bool) *upkeep.Keeper {
	return upkeep.New(upkeep.Parts{DB: d, Data: cfg.Data, Database: cfg.Database, Program: Version, Runs: checklistdb.Store{}.Load, Demo: demo, Log: log,
		Dir: cfg.BackupDir, At: cfg.BackupAt, Keep: cfg.BackupKeep})
}

// Made tells whether the folder is one of 小家: only serve, demo and restore make one, so that a mistyped path makes none.
func Made(cfg config.Config) error {
	need := cfg.File("xiaojia.db")
	if cfg.Database != "" {
		need = cfg.File("keys.json")
	}
	if _, err := os.Stat(need); err != nil {
		return fmt.Errorf("no data folder of 小家: %w", err)
	}
	return nil
}

// Keep opens a folder for backup, check or export: it must be there already, and neither its schema nor its keys change.
func Keep(ctx context.Context, cfg config.Config, log *slog.Logger) (*upkeep.Keeper, error) {
	if err := Made(cfg); err != nil {
		return nil, err
	}
	mark, demo, err := ReadMark(cfg.Data)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, cfg.Data, cfg.Database, kernel.WallClock{Offset: mark.Offset})
	if err != nil {
		return nil, err
	}
	have, err := d.Schema(ctx)
	knows, kerr := db.Knows(d.Engine)
	if err = errors.Join(err, kerr); err == nil && have != knows {
		err = fmt.Errorf("the folder has schema %d, this program %d: use the program that wrote it, or run xiaojia migrate first", have, knows)
		if have > knows {
			err = fmt.Errorf("this folder was written by a newer 小家 (schema %d, this program knows %d): use the newer program", have, knows)
		}
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return keeper(cfg, d, log, demo), nil
}

// upkeepJobs are those of the keeper: the backup at its time of the night, a check on Sundays, a look whether the backup is old.
func (a *App) upkeepJobs() []jobs.Job {
	return []jobs.Job{
		{Name: upkeepweb.BackupJob, Next: a.Keeper.Next, Apart: true, Run: a.Keeper.Nightly},
		{Name: upkeepweb.CheckJob, Next: sundays, Apart: true, Run: func(ctx context.Context) error { _, err := a.Keeper.CheckNow(ctx, nil); return err }},
		{Name: "backup.watch", Every: time.Hour, Run: a.WatchBackups},
	}
}

// sundays is half past three of the next Sunday.
func sundays(now kernel.Time) kernel.Time {
	for d := now.Date(); ; d = d.Add(1) {
		if at := d.At(3, 30); d.Weekday() == time.Sunday && at > now {
			return at
		}
	}
}

// WatchBackups tells the administrators that no backup is of the last day.
func (a *App) WatchBackups(ctx context.Context) error {
	all, err := a.Directory.Orgs(ctx)
	if err != nil {
		return err
	}
	var orgs []string
	for _, o := range all {
		orgs = append(orgs, o.ID)
	}
	return a.Keeper.Watch(ctx, orgs, func(tx db.Tx) ([]people.ID, error) { return a.holders(tx, authz.Admin, "") })
}

func (a *App) upkeepPages(f *ui.Frame) *upkeepweb.Pages {
	return upkeepweb.New(upkeepweb.Parts{Frame: f, DB: a.DB, Keeper: a.Keeper, Jobs: a.jobs, Counts: func(ctx context.Context, org string) (int, int, error) {
		here, err := db.Counts(ctx, a.DB.Read, org, people.Counter, "")
		if err != nil {
			return 0, 0, err
		}
		raised, err := db.Counts(ctx, a.DB.Read, org, string(matter.Hazard), "y/")
		return sum(here), sum(raised), err
	}})
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
