package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Writer writes a backup entry by entry; what it keeps of each is its name, size and hash.
type Writer struct {
	out     io.Writer
	tar     *tar.Writer
	body    hash.Hash
	entries []Entry
	seen    map[string]bool
}

// NewWriter writes to w, which the caller syncs and closes.
func NewWriter(w io.Writer) *Writer {
	out := &Writer{out: w, body: sha256.New(), seen: map[string]bool{}}
	out.tar = tar.NewWriter(io.MultiWriter(w, out.body))
	return out
}

// Add writes one entry of exactly size bytes.
func (w *Writer) Add(name string, size int64, r io.Reader) error {
	if !goodName(name) || name == ManifestName || w.seen[name] {
		return fmt.Errorf("backup: no good name for an entry: %q", name)
	}
	if err := w.tar.WriteHeader(header(name, size)); err != nil {
		return fmt.Errorf("backup %s: %w", name, err)
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w.tar, sum), r)
	if err != nil {
		return fmt.Errorf("backup %s: %w", name, err)
	}
	if n != size {
		return fmt.Errorf("backup %s: %d bytes instead of %d", name, n, size)
	}
	w.seen[name] = true
	w.entries = append(w.entries, Entry{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// Close writes the manifest and answers it.
func (w *Writer) Close(h Head) (Manifest, error) {
	if err := w.tar.Flush(); err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	h.Created = h.Created.UTC()
	m, err := Manifest{Format: Format, Head: h, Entries: w.entries, Body: hex.EncodeToString(w.body.Sum(nil))}.seal()
	if err != nil {
		return m, err
	}
	raw, err := marshal(m)
	if err != nil {
		return m, err
	}
	end, err := tail(raw)
	if err != nil {
		return m, err
	}
	if _, err := w.out.Write(end); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, nil
}
