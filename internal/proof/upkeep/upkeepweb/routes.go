// Package upkeepweb is the administrator's page: the last good backup and how it was proved, the jobs of the clock, the machine,
// the last check of everything. It shows nobody's data; a backup, which holds everybody's, is handed out with a line of history.
package upkeepweb

import (
	"context"
	_ "embed"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/upkeep"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Parts is what the page needs.
type Parts struct {
	Frame  *ui.Frame
	DB     *db.DB
	Keeper *upkeep.Keeper
	Jobs   *jobs.Runner
	Counts func(ctx context.Context, org string) (people, hazards int, err error)
}

// Pages serves it.
type Pages struct{ Parts }

func New(p Parts) *Pages { return &Pages{p} }

// The names of the jobs that the page starts by name.
const (
	BackupJob = "backup"
	CheckJob  = "verify"
)

// Routes adds the module's lines to the table.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/admin", upkeep.KeepSystem, h.show)
	r.Get("/admin/backup", upkeep.KeepSystem, h.download)
	r.Post("/admin/run", upkeep.KeepSystem, h.run)
}
