package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/proof/upkeep"
)

// Version is that of the program; cmd sets it at its start.
var Version = "dev"

func keeper(cfg config.Config, d *db.DB, log *slog.Logger, demo bool) *upkeep.Keeper {
	return upkeep.New(upkeep.Parts{DB: d, Data: cfg.Data, Database: cfg.Database, Program: Version, Runs: checklistdb.Store{}.Load, Demo: demo, Log: log,
		Dir: cfg.BackupDir, At: cfg.BackupAt, Keep: cfg.BackupKeep})
}

// Keep opens a folder for backup, check or export: it must be there already, and neither its schema nor its keys change.
func Keep(ctx context.Context, cfg config.Config, log *slog.Logger) (*upkeep.Keeper, error) {
	need := cfg.File("xiaojia.db")
	if cfg.Database != "" {
		need = cfg.File("keys.json")
	}
	if _, err := os.Stat(need); err != nil {
		return nil, fmt.Errorf("no data folder of 小家: %w", err)
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
