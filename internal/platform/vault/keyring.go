package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"

	"xiaojia/internal/kernel"
)

// secretLen is the length of every secret of the ring in bytes: one AES-256 key.
const secretLen = 32

// ringLimit is more than any ring can need; a larger file is not a ring.
const ringLimit = 1 << 20

// ringFile is the ring as it stands on disk. The blind secret is not versioned: changing it would lose every index.
type ringFile struct {
	Version int       `json:"version"`
	Blind   []byte    `json:"blind"`
	Keys    []ringKey `json:"keys"`
}

type ringKey struct {
	ID     int    `json:"id"`
	Alg    string `json:"alg"`
	Secret []byte `json:"secret"`
}

// Open loads the ring at path and makes one where there is none; of many that make one at once, one wins (decisions.md 17).
func Open(path string) (*Ring, error) {
	ring, err := Load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return ring, err
	}
	made := ringFile{Version: 1, Blind: newSecret(), Keys: []ringKey{{ID: 1, Alg: AES256GCM, Secret: newSecret()}}}
	// A link, unlike a rename, fails where the name is taken, so the slower one reads the ring of the faster.
	if err := place(path, made, os.Link); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make key ring: %w", err)
	}
	return Load(path)
}

// Load reads the ring at path and never makes one; a missing file is fs.ErrNotExist.
func Load(path string) (*Ring, error) {
	file, err := readRing(path)
	if err != nil {
		return nil, err
	}
	return newRing(file)
}

// Rotate adds a new key, which seals from now on; the older ones stay and open. A running server sees it after its next start.
func Rotate(path string) (*Ring, error) {
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, kernel.Err(kernel.Conflict, "有人正在更换密钥；如果确定没有，请删除 %s 再试", path+".lock")
	}
	if err != nil {
		return nil, fmt.Errorf("rotate key ring: %w", err)
	}
	defer func() { _ = os.Remove(lock.Name()) }() // a lock left behind is named in the sentence above
	if err := lock.Close(); err != nil {
		return nil, fmt.Errorf("rotate key ring: %w", err)
	}
	file, err := readRing(path)
	if err != nil {
		return nil, err
	}
	newest := 0
	for _, k := range file.Keys {
		newest = max(newest, k.ID)
	}
	file.Keys = append(file.Keys, ringKey{ID: newest + 1, Alg: AES256GCM, Secret: newSecret()})
	ring, err := newRing(file)
	if err != nil {
		return nil, err
	}
	if err := place(path, file, os.Rename); err != nil {
		return nil, fmt.Errorf("rotate key ring: %w", err)
	}
	return ring, nil
}

func newSecret() []byte {
	b := make([]byte, secretLen)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return b
}

// readRing reads the file and refuses one that others may read.
func readRing(path string) (ringFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return ringFile{}, fmt.Errorf("open key ring: %w", err)
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return ringFile{}, fmt.Errorf("open key ring: %w", err)
	}
	// Windows has no such bits; there the folder's rights protect the file.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return ringFile{}, kernel.Err(kernel.Forbidden, "密钥文件 %s 别的用户也能读（权限 %04o），请先执行 chmod 600 再启动", path, int(info.Mode().Perm()))
	}
	raw, err := io.ReadAll(io.LimitReader(f, ringLimit))
	if err != nil {
		return ringFile{}, fmt.Errorf("read key ring: %w", err)
	}
	var file ringFile
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields() // a later program's field must not be lost by rotating
	if err := dec.Decode(&file); err != nil {
		return ringFile{}, fmt.Errorf("read key ring %s: it is not a ring of this program (%d bytes)", path, len(raw)) // err could quote a secret
	}
	return file, nil
}

// place writes the ring whole beside its name, syncs it, and gives it its name by put; then the folder is synced.
func place(path string, file ringFile, put func(from, to string) error) error {
	raw, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	temp, err := writeBeside(path, append(raw, '\n'))
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp) }() // gone already after a rename
	if err := put(temp, path); err != nil {
		return err
	}
	return syncFolder(path)
}
