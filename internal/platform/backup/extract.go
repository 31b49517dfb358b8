package backup

import (
	"fmt"
	"io"
	"os"
	"path"
)

// Check reads a backup from end to end and answers what it is of.
func Check(file string) (Manifest, error) {
	f, err := os.Open(file)
	if err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	return Read(f, nil)
}

// Extract puts the entries of a backup into dir, which exists. The caller has called Check before, and gives its answer: a file
// that has changed since is refused. Where it fails dir holds some of the entries.
func Extract(file, dir string, checked Manifest, sync bool) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer root.Close() // only a handle
	m, err := Read(f, func(name string, _ int64, r io.Reader) error { return put(root, name, r, sync) })
	if err == nil && m.SHA256 != checked.SHA256 {
		err = fmt.Errorf("%w: it has changed while it was read", ErrDamaged)
	}
	return err
}

func put(root *os.Root, name string, r io.Reader, sync bool) error {
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return fmt.Errorf("restore %s: %w", name, err)
	}
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("restore %s: %w", name, err)
	}
	_, err = io.Copy(f, r)
	if err == nil && sync {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("restore %s: %w", name, err)
	}
	return nil
}
