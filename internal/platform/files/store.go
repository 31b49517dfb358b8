package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xiaojia/internal/kernel"
)

// ErrDamaged says that a stored file no longer has the bytes of its name.
var ErrDamaged = errors.New("files: stored file is damaged")

// noTime is the time of every stored file: the second in which a picture came would tell who sent an anonymous one.
var noTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Store keeps files under dir/org/ab/cd/hash. Many goroutines and processes may use one folder.
type Store struct{ dir string }

// NewStore uses dir, which is made with the first file.
func NewStore(dir string) *Store { return &Store{dir: filepath.Clean(dir)} }

// Put stores what r holds and returns its SHA-256 and size. When it returns, file and name outlast a power cut,
// so a transaction may record the hash afterwards (decisions.md 18). The same bytes again are harmless and heal a damaged copy.
func (s *Store) Put(org string, r io.Reader) (string, int64, error) {
	temp, hash, size, err := s.receive(org, r)
	if err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	path := s.path(org, hash)
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.Chtimes(temp, noTime, noTime)
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err == nil {
		err = s.syncUp(filepath.Dir(path))
	}
	if err != nil {
		_ = os.Remove(temp) // gone already after the rename
		return "", 0, fmt.Errorf("store file %s: %w", hash, err)
	}
	return hash, size, nil
}

// today is the day as part of a name.
func today() string { return time.Now().UTC().Format("20060102") }

// receive writes r to a synced file of the org's own folder, so that the rename stays in one file system.
func (s *Store) receive(org string, r io.Reader) (temp, hash string, size int64, err error) {
	if !plainOrg(org) {
		return "", "", 0, fmt.Errorf("org %q cannot name a folder", org)
	}
	in := filepath.Join(s.dir, org, "incoming")
	if err := os.MkdirAll(in, 0o700); err != nil {
		return "", "", 0, err
	}
	f, err := os.CreateTemp(in, today()+"-*") // mode 0600; the day tells a sweep what broke off long ago, the time is taken off at the end
	if err != nil {
		return "", "", 0, err
	}
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, sum), r)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the first failure is the one to tell
		return "", "", 0, err
	}
	return f.Name(), hex.EncodeToString(sum.Sum(nil)), size, nil
}

// Open returns the stored file for reading; NotFound where this org has none of that hash. The caller closes it.
func (s *Store) Open(org, hash string) (*os.File, error) {
	if !plainOrg(org) || !plainHash(hash) {
		return nil, kernel.Err(kernel.NotFound, "这个文件不在了")
	}
	f, err := os.Open(s.path(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, kernel.Err(kernel.NotFound, "这个文件不在了")
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", hash, err)
	}
	return f, nil
}

// Exists tells whether this org has the file; it does not read it.
func (s *Store) Exists(org, hash string) (bool, error) {
	if !plainOrg(org) || !plainHash(hash) {
		return false, nil
	}
	_, err := os.Stat(s.path(org, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Verify reads the file and compares it with its name: nil, NotFound or ErrDamaged.
func (s *Store) Verify(org, hash string) error {
	f, err := s.Open(org, hash)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return fmt.Errorf("verify file %s: %w", hash, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return fmt.Errorf("verify file %s, found %s: %w", hash, got, ErrDamaged)
	}
	return nil
}

func (s *Store) path(org, hash string) string {
	return filepath.Join(s.dir, org, hash[:2], hash[2:4], hash)
}

// plainOrg keeps an org from walking out of the folder or into another's.
func plainOrg(s string) bool {
	return s != "" && len(s) <= 64 && strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_' && r != '-'
	}) < 0
}

// plainHash accepts only the spelling that Put gives.
func plainHash(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}
