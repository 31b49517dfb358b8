package files

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// syncUp syncs a folder and its parents up to the one that holds the store. It syncs all of them each time:
// another process may have made one and not yet synced it, and a clean folder costs next to nothing.
func (s *Store) syncUp(dir string) error {
	for top := filepath.Dir(s.dir); ; dir = filepath.Dir(dir) {
		if err := SyncFolder(dir); err != nil {
			return err
		}
		if dir == top {
			return nil
		}
	}
}

// SyncFolder puts on disk which names a folder has.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" { // has no such call for a folder
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
