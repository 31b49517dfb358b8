package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
)

// keyRing loads the ring that the database was sealed with. It makes one for an empty database only, and refuses a lost ring
// and the ring of another installation: under a new one no ID number could be read, and none found again by a roster.
func keyRing(ctx context.Context, d *db.DB, path string) (*vault.Ring, error) {
	mark, err := d.Installation(ctx, "ring")
	if err != nil {
		return nil, err
	}
	ring, err := vault.Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		used, err := inUse(ctx, d, mark)
		switch {
		case err != nil:
			return nil, err
		case used:
			return nil, fmt.Errorf("the key ring %s is missing, and the database needs it: take it from the backup, or from the data folder of the first server", path)
		}
		ring, err = vault.Open(path)
		if err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	return ring, matches(ctx, d, path, ring, mark)
}

// inUse tells whether something may have been sealed already. Databases from before the mark was kept know it by their unions.
func inUse(ctx context.Context, d *db.DB, mark string) (bool, error) {
	if mark != "" {
		return true, nil
	}
	orgs, err := org.NewDirectory(d, orgdb.Store{}).Orgs(ctx)
	return len(orgs) > 0, err
}

// matches keeps the ring's mark where it is new, and refuses a ring that cannot open what the database holds.
func matches(ctx context.Context, d *db.DB, path string, ring *vault.Ring, mark string) error {
	if mark == "" || ring.Opens(mark) && mark != ring.Mark() { // the first start, or the first after a rotation
		was := mark
		err := d.InTx(ctx, authz.Program(""), func(tx db.Tx) (err error) {
			mark, err = db.KeepInstallation(tx, "ring", was, ring.Mark())
			return err
		})
		if err != nil {
			return err
		}
	}
	if !ring.Opens(mark) {
		return fmt.Errorf("the key ring %s is not the one this database was sealed with: take that from the backup, or from the data folder of the first server", path)
	}
	return nil
}
