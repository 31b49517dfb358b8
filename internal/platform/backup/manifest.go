// Package backup writes and reads the one file that a backup is: a tar whose last entry is a manifest. Every byte of the file
// is covered by a hash: those before the manifest by Body, the manifest by its own, and what follows it is always the same.
// It knows no table and no picture, and it never puts an entry outside of the folder it is told.
package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// Format is the version of the file's shape; a reader refuses a later one.
const Format = 1

// ManifestName is the name of the last entry.
const ManifestName = "manifest.json"

// manifestMost is more bytes than the manifest of any folder can need.
const manifestMost = 512 << 20

// ErrDamaged says that a file is not, byte for byte, what a backup wrote.
var ErrDamaged = errors.New("the backup is damaged")

// Entry is one file inside a backup.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Head says what a backup is of. Schema is the version of the database's schema, Created is in UTC.
type Head struct {
	Engine  string    `json:"engine"`
	Schema  int64     `json:"schema"`
	Program string    `json:"program"`
	Created time.Time `json:"created"`
}

// Manifest is the last entry. Body is the hash of all bytes in front of it, SHA256 that of the manifest with that field empty.
type Manifest struct {
	Format int `json:"format"`
	Head
	Entries []Entry `json:"entries"`
	Body    string  `json:"body"`
	SHA256  string  `json:"sha256"`
}

func (m Manifest) seal() (Manifest, error) {
	m.SHA256 = ""
	raw, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	sum := sha256.Sum256(raw)
	m.SHA256 = hex.EncodeToString(sum[:])
	return m, nil
}

// parse reads a manifest and wants the very bytes that seal and Marshal make.
func parse(raw []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%w: its manifest cannot be read", ErrDamaged)
	}
	if m.Format > Format {
		return m, fmt.Errorf("this backup was written by a newer 小家 (format %d): use the newer program", m.Format)
	}
	sealed, err := m.seal()
	if err != nil {
		return m, err
	}
	again, err := json.Marshal(sealed)
	if err != nil || !bytes.Equal(raw, again) {
		return m, fmt.Errorf("%w: its manifest does not match its own hash", ErrDamaged)
	}
	return m, nil
}

// tail is the end of a file from the manifest's header on: it has one spelling.
func tail(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(header(ManifestName, int64(len(raw)))); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if _, err := w.Write(raw); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return b.Bytes(), nil
}

// header carries no time: pictures have none, and the head says when the whole was made.
func header(name string, size int64) *tar.Header {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, Format: tar.FormatUSTAR}
	if size >= 8<<30 { // the older shape has no room for the size
		h.Format = tar.FormatGNU
	}
	return h
}

// nameMost bounds a name.
const nameMost = 250

// goodName accepts names that stay in the folder: parts of letters, digits, dot, dash and underscore, none of dots alone.
func goodName(name string) bool {
	if name == "" || len(name) > nameMost || path.Clean(name) != name || path.IsAbs(name) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.Trim(part, ".") == "" || strings.ContainsFunc(part, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '.' && r != '-' && r != '_'
		}) {
			return false
		}
	}
	return true
}
