package upkeep

import (
	"context"
	"encoding/json"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// What is kept about the installation: the last good backup, the last one that failed, the last check.
const (
	lastBackup = "upkeep.backup"
	lastFail   = "upkeep.fail"
	lastCheck  = "upkeep.check"
)

// Fail is a backup that was not good.
type Fail struct {
	At   kernel.Time `json:"at"`
	Text string      `json:"text"`
	Full bool        `json:"full,omitempty"` // a disk was
}

// State is what is known of backups and checks; a nil has never been.
type State struct {
	Backup *Made
	Fail   *Fail // since the last good one
	Check  *Report
}

// State reads what is known.
func (k *Keeper) State(ctx context.Context) (s State, err error) {
	if s.Backup, err = known[Made](ctx, k.DB, lastBackup); err != nil {
		return s, err
	}
	if s.Fail, err = known[Fail](ctx, k.DB, lastFail); err != nil {
		return s, err
	}
	s.Check, err = known[Report](ctx, k.DB, lastCheck)
	return s, err
}

// known reads one fact; one in another program's shape counts as never written, so that no page breaks over it.
func known[T any](ctx context.Context, d *db.DB, name string) (*T, error) {
	raw, err := d.Installation(ctx, name)
	if err != nil || raw == "" {
		return nil, err
	}
	var v *T
	if json.Unmarshal([]byte(raw), &v) != nil {
		return nil, nil
	}
	return v, nil
}

// Remember keeps a good backup as the last one; what failed before it is forgotten.
func (k *Keeper) Remember(ctx context.Context, m Made) error {
	return k.keep(ctx, map[string]any{lastBackup: m, lastFail: nil})
}

// Failed keeps why the last backup was not good.
func (k *Keeper) Failed(ctx context.Context, why error) error {
	return k.keep(ctx, map[string]any{lastFail: Fail{k.DB.Clock.Now(), why.Error(), db.IsFull(why)}})
}

// Checked keeps what a check of the folder came to.
func (k *Keeper) Checked(ctx context.Context, r Report) error {
	return k.keep(ctx, map[string]any{lastCheck: r})
}

func (k *Keeper) keep(ctx context.Context, facts map[string]any) error {
	text := map[string]string{}
	for name, v := range facts {
		raw, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("keep %s: %w", name, err)
		}
		text[name] = string(raw)
	}
	return k.DB.InTx(context.WithoutCancel(ctx), authz.Program(""), func(tx db.Tx) error {
		for name, v := range text {
			if err := db.SetInstallation(tx, name, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// CheckNow checks the folder that is in use and keeps what came of it.
func (k *Keeper) CheckNow(ctx context.Context, tell func(Finding)) (Report, error) {
	k.at("逐条核对", 0, 0)
	defer k.idle()
	r, err := Verify(ctx, k.check(tell))
	if err != nil {
		return r, err
	}
	return r, k.Checked(ctx, r)
}
