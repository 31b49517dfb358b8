package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A file is removed in two steps, so that one who stores the same bytes at that moment loses nothing: it is set aside, then
// the database is asked whether a record names it, and it is dropped or put back. Who stores looks afterwards whether his file
// is still there (recordweb), so either he finds it gone and stores it again, or the database already names it.

// Orgs lists whose files are here.
func (s *Store) Orgs() ([]string, error) {
	list, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, e := range list {
		if e.IsDir() && plainOrg(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out, err
}

// Aside sets a file aside; one that is not there is no error.
func (s *Store) Aside(org, hash string) error {
	if !plainOrg(org) || !plainHash(hash) {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(s.dir, org, "aside"), 0o700); err != nil {
		return fmt.Errorf("set file aside: %w", err)
	}
	err := os.Rename(s.path(org, hash), s.aside(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// SetAside lists what stands aside, also from a sweep that broke off.
func (s *Store) SetAside(org string) ([]string, error) {
	list, err := os.ReadDir(filepath.Join(s.dir, org, "aside"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, e := range list {
		if plainHash(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out, err
}

// Back puts a file that was set aside where it was.
func (s *Store) Back(org, hash string) error {
	err := os.Rename(s.aside(org, hash), s.path(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Drop removes a file that was set aside.
func (s *Store) Drop(org, hash string) error {
	err := os.Remove(s.aside(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// DropIncoming removes what uploads have left that broke off before the day of that time.
func (s *Store) DropIncoming(org string, before time.Time) error {
	dir := filepath.Join(s.dir, org, "incoming")
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range list {
		if day, _, ok := strings.Cut(e.Name(), "-"); ok && day < before.UTC().Format("20060102") {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

func (s *Store) aside(org, hash string) string { return filepath.Join(s.dir, org, "aside", hash) }
