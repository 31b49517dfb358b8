package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

func marshal(m Manifest) ([]byte, error) {
	raw, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if len(raw) > manifestMost {
		return nil, fmt.Errorf("manifest: %d entries are too many", len(m.Entries))
	}
	return raw, nil
}

// Read reads a whole backup and compares every byte with its hashes. take, where given, gets each entry's bytes before they are
// known to be good: only after Read has returned without an error are they. What is wrong with the file is ErrDamaged.
func Read(r io.Reader, take func(name string, size int64, r io.Reader) error) (Manifest, error) {
	raw := &lag{r: r, sum: sha256.New()}
	t := tar.NewReader(raw)
	var found []Entry
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return Manifest{}, fmt.Errorf("%w: it ends before its manifest", ErrDamaged)
		}
		if err != nil {
			return Manifest{}, broken(raw, err)
		}
		if err := plain(h); err != nil {
			return Manifest{}, err
		}
		if h.Name == ManifestName {
			return finish(raw, t, h, found)
		}
		sum := sha256.New()
		body := io.TeeReader(t, sum)
		if take != nil {
			if err := take(h.Name, h.Size, body); err != nil {
				return Manifest{}, broken(raw, err)
			}
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return Manifest{}, broken(raw, err)
		}
		found = append(found, Entry{Name: h.Name, Size: h.Size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	}
}

// broken tells a file that cannot be read from one whose bytes make no sense.
func broken(raw *lag, err error) error {
	if raw.failed != nil {
		return fmt.Errorf("read backup: %w", raw.failed)
	}
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, tar.ErrFieldTooLong) || errors.Is(err, tar.ErrInsecurePath) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// plain refuses whatever a backup never writes: links, devices, sparse files, names that leave the folder.
func plain(h *tar.Header) error {
	if h.Typeflag != tar.TypeReg || h.Size < 0 || len(h.PAXRecords) > 0 || h.Format != tar.FormatUSTAR && h.Format != tar.FormatGNU {
		return fmt.Errorf("%w: it holds something that is no plain file", ErrDamaged)
	}
	if !goodName(h.Name) {
		return fmt.Errorf("%w: the name of an entry leaves the folder", ErrDamaged)
	}
	return nil
}

// finish reads the manifest and holds everything against it.
func finish(raw *lag, t *tar.Reader, h *tar.Header, found []Entry) (Manifest, error) {
	body, block := raw.before()
	if h.Size > manifestMost {
		return Manifest{}, fmt.Errorf("%w: its manifest is too large", ErrDamaged)
	}
	text, err := io.ReadAll(t)
	if err != nil {
		return Manifest{}, broken(raw, err)
	}
	rest, err := io.ReadAll(io.LimitReader(raw, 4096))
	if err != nil {
		return Manifest{}, fmt.Errorf("read backup: %w", err)
	}
	m, err := parse(text)
	if err != nil {
		return m, err
	}
	want, err := tail(text)
	if err != nil {
		return m, err
	}
	if !bytes.Equal(want, bytes.Join([][]byte{block, text, rest}, nil)) {
		return m, fmt.Errorf("%w: its end is not as it was written", ErrDamaged)
	}
	if m.Body != body {
		return m, fmt.Errorf("%w: its bytes do not match their hash", ErrDamaged)
	}
	return m, same(m.Entries, found)
}

func same(want, found []Entry) error {
	if len(want) != len(found) {
		return fmt.Errorf("%w: %d entries instead of %d", ErrDamaged, len(found), len(want))
	}
	seen := make(map[string]bool, len(want))
	for i, e := range want {
		if e != found[i] || seen[e.Name] {
			return fmt.Errorf("%w: the entry %s is not as it was written", ErrDamaged, found[i].Name)
		}
		seen[e.Name] = true
	}
	return nil
}
