package peopleweb

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
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

// Shelf keeps uploaded workbooks between the steps of an import, in files that only their uploader's account can name. They
// are sealed with a key that lives in this process alone: a backup of the folder, or a restart, leaves nothing to read.
type Shelf struct {
	dir  string
	seal cipher.AEAD
}

// NewShelf keeps its files in a folder of its own below the data folder.
func NewShelf(dir string) *Shelf {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails since Go 1.24
	block, err := aes.NewCipher(key[:])
	if err != nil { // only for keys of another length
		panic("shelf: " + err.Error())
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil { // only for ciphers of another block
		panic("shelf: " + err.Error())
	}
	return &Shelf{dir, gcm}
}

// Keep writes an upload under a random name; most bounds its bytes.
func (s *Shelf) Keep(owner string, r io.Reader, most int64) (token string, err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", fmt.Errorf("shelf: %w", err)
	}
	if err := s.Sweep(); err != nil {
		return "", err
	}
	plain, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return "", fmt.Errorf("shelf: %w", err)
	}
	if int64(len(plain)) > most {
		return "", &kernel.Error{Kind: kernel.TooLarge, Field: "file", Text: "文件超过 %d MB。请只留下花名册那一张表再传。", Args: []any{most >> 20}}
	}
	token = strings.ToLower(rand.Text())
	name := s.file(owner, token)
	if err := os.WriteFile(name, s.seal.Seal(nil, nil, plain, []byte(filepath.Base(name))), 0o600); err != nil {
		return "", errors.Join(fmt.Errorf("shelf: %w", err), os.Remove(name))
	}
	return token, nil
}

// Open finds an upload of the same account; Gone after an hour, and after a restart.
func (s *Shelf) Open(owner, token string) (*bytes.Reader, error) {
	gone := kernel.Err(kernel.Gone, "传上来的文件只留一个小时，请重新选一次。")
	if !shaped(token) {
		return nil, gone
	}
	name := s.file(owner, token)
	i, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && time.Since(i.ModTime()) > keepFor {
		return nil, gone
	}
	sealed, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("shelf: %w", err)
	}
	plain, err := s.seal.Open(nil, nil, sealed, []byte(filepath.Base(name)))
	if err != nil {
		return nil, gone // another process sealed it
	}
	return bytes.NewReader(plain), nil
}

// shaped tells whether a token may be one of ours: what was made up must not lead out of the folder.
func shaped(token string) bool {
	return len(token) <= 40 && !strings.ContainsFunc(token, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// Drop removes an upload that is not needed any more; one that is gone already is fine.
func (s *Shelf) Drop(owner, token string) error {
	if !shaped(token) {
		return nil
	}
	if err := os.Remove(s.file(owner, token)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("shelf: %w", err)
	}
	return nil
}

// Sweep removes what is older than an hour; a job calls it too.
func (s *Shelf) Sweep() error {
	return s.remove(func(at time.Time) bool { return time.Since(at) > keepFor })
}

// Clear removes everything: a server that starts has no key to what it finds.
func (s *Shelf) Clear() error { return s.remove(func(time.Time) bool { return true }) }

func (s *Shelf) remove(old func(at time.Time) bool) error {
	list, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range list {
		if i, bad := e.Info(); bad == nil && old(i.ModTime()) {
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
	return filepath.Join(s.dir, hex.EncodeToString(h[:8])+"-"+token)
}
