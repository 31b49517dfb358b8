package vault

import (
	"os"
	"path/filepath"
	"runtime"
)

// writeBeside writes a synced file of mode 0600 in the folder of path and returns its name.
func writeBeside(path string, raw []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".ring-*") // CreateTemp makes it 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first failure is the one to tell
		return "", err
	}
	return f.Name(), nil
}

// syncFolder makes the name of path last through a power cut.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" { // has no such call for a folder
		return nil
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}
