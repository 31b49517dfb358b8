package peopleweb

import (
	"crypto/rand"
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

// keepFor is how long an uploaded roster waits for its import: it holds ID numbers in plain text.
const keepFor = time.Hour

// Shelf keeps uploaded workbooks between the steps of an import, in files that only their uploader's account can name.
type Shelf struct{ dir string }

// NewShelf keeps its files in a folder of its own below the data folder.
func NewShelf(dir string) *Shelf { return &Shelf{dir} }

// Keep writes an upload under a random name; most bounds its bytes.
func (s *Shelf) Keep(owner string, r io.Reader, most int64) (token string, err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", fmt.Errorf("shelf: %w", err)
	}
	if err := s.Sweep(); err != nil {
		return "", err
	}
	token = strings.ToLower(rand.Text())
	f, err := os.OpenFile(s.file(owner, token), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("shelf: %w", err)
	}
	n, err := io.Copy(f, io.LimitReader(r, most+1))
	if err = errors.Join(err, f.Close()); err == nil && n <= most {
		return token, nil
	}
	if err == nil {
		err = &kernel.Error{Kind: kernel.TooLarge, Field: "file", Text: "文件超过 %d MB。请只留下花名册那一张表再传。", Args: []any{most >> 20}}
	}
	return "", errors.Join(err, os.Remove(f.Name()))
}

// Open finds an upload of the same account; Gone after an hour.
func (s *Shelf) Open(owner, token string) (*os.File, int64, error) {
	gone := kernel.Err(kernel.Gone, "传上来的文件只留一个小时，请重新选一次。")
	if len(token) > 40 || strings.ContainsFunc(token, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return nil, 0, gone
	}
	f, err := os.Open(s.file(owner, token))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, gone
	}
	if err != nil {
		return nil, 0, fmt.Errorf("shelf: %w", err)
	}
	i, err := f.Stat()
	if err == nil && time.Since(i.ModTime()) > keepFor {
		err = gone
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, i.Size(), nil
}

// Drop removes an upload that is not needed any more; one that is gone already is fine.
func (s *Shelf) Drop(owner, token string) error {
	if err := os.Remove(s.file(owner, token)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("shelf: %w", err)
	}
	return nil
}

// Sweep removes what is older than an hour; a job calls it too.
func (s *Shelf) Sweep() error {
	list, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range list {
		if i, bad := e.Info(); bad == nil && time.Since(i.ModTime()) > keepFor {
			if bad := os.Remove(filepath.Join(s.dir, e.Name())); !errors.Is(bad, fs.ErrNotExist) {
				err = errors.Join(err, bad)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("shelf: %w", err)
	}
	return nil
}

// file names the owner by a hash, so that another account's token opens nothing.
func (s *Shelf) file(owner, token string) string {
	h := sha256.Sum256([]byte(owner))
	return filepath.Join(s.dir, hex.EncodeToString(h[:8])+"-"+token+".xlsx")
}
