package files

import (
	"os"
	"path/filepath"
	"runtime"
)

// syncUp syncs a folder and its parents up to the one that holds the store. It syncs all of them each time:
// another process may have made one and not yet synced it, and a clean folder costs next to nothing.
func (s *Store) syncUp(dir string) error {
	if runtime.GOOS == "windows" { // has no such call for a folder
		return nil
	}
	for top := filepath.Dir(s.dir); ; dir = filepath.Dir(dir) {
		if err := syncFolder(dir); err != nil {
			return err
		}
		if dir == top {
			return nil
		}
	}
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}
