// Package upkeep keeps what people entered from being lost: Backup writes one file and proves it by restoring it into a scratch
// folder and looking at everything there; Restore puts one into an empty folder; Verify looks at a folder that is in use; Export
// writes everything as tables that other programs read. It never changes a record.
package upkeep

import (
	_ "embed"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
)

// English is this package's translations.
//
//go:embed en.toml
var English string

// KeepSystem is the permission to see the state of the installation, to run its jobs and to take its backups away.
const KeepSystem authz.Perm = "upkeep.keep-system"

// Rules gives it to the administrator's office alone.
func Rules() []authz.Rule {
	return []authz.Rule{{Office: authz.Admin, Perm: KeepSystem, Reach: authz.Org}}
}

// Parts is what the keeper of a folder needs.
type Parts struct {
	DB       *db.DB
	Data     string // the folder
	Database string // address of the PostgreSQL; empty for SQLite
	Program  string // version of this program
	Runs     RunOf
	Demo     bool
	Log      *slog.Logger

	Wrap func(io.Writer) io.Writer // around what a backup writes; nil but in tests of a full disk

	Dir  string // where backups lie; empty: in the folder itself
	At   string // 02:30; empty: no nightly backup
	Keep int    // how many of them
}

// Keeper backs up and checks one folder. One backup runs at a time.
type Keeper struct {
	Parts
	Files *files.Store
	one   sync.Mutex

	mu   sync.Mutex
	step Step
}

// Step is how far a backup or a check under way has come. Of is 0 where nobody knows how much there is.
type Step struct {
	Name     string // Chinese, key of its translation
	Done, Of int
	Since    time.Time
}

func New(p Parts) *Keeper {
	return &Keeper{Parts: p, Files: files.NewStore(filepath.Join(p.Data, "files"))}
}

// Progress is what this server does now; its name is empty where it does nothing.
func (k *Keeper) Progress() Step {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.step
}

func (k *Keeper) at(name string, done, of int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.step.Name != name {
		k.step = Step{Name: name, Since: time.Now()}
	}
	k.step.Done, k.step.Of = done, of
}

func (k *Keeper) idle() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.step = Step{}
}

// Verify checks the folder of the keeper.
func (k *Keeper) check(tell func(Finding)) Check {
	return Check{DB: k.DB, Files: k.Files, Runs: k.Runs, Demo: k.Demo, Tell: tell}
}
