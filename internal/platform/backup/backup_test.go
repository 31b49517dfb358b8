package backup_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiaojia/internal/platform/backup"
)

func made(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := backup.NewWriter(&b)
	for name, text := range map[string]string{"xiaojia.db": strings.Repeat("row\n", 700), "keys.json": "{}", "files/o1/ab/cd/abcd": "", "files/o1/ab/ce/abce": strings.Repeat("p", 512)} {
		if err := w.Add(name, int64(len(text)), strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(backup.Head{Engine: "sqlite", Schema: 15, Program: "test", Created: time.Date(2024, 12, 20, 2, 30, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	got := map[string]int{}
	m, err := backup.Read(bytes.NewReader(made(t)), func(name string, _ int64, r io.Reader) error {
		b, err := io.ReadAll(r)
		got[name] = len(b)
		return err
	})
	if err != nil || m.Schema != 15 || len(m.Entries) != 4 || got["xiaojia.db"] != 2800 || got["files/o1/ab/ce/abce"] != 512 {
		t.Errorf("got %v, %+v, %v", got, m.Head, err)
	}
}

// Each bit of the whole file counts: headers, what they hold, padding, the manifest and the end of the tar.
func TestEveryFlippedBitIsRefused(t *testing.T) {
	t.Parallel()
	bad := made(t)
	for i := range 8 * len(bad) {
		bad[i/8] ^= 1 << (i % 8)
		if _, err := backup.Read(bytes.NewReader(bad), nil); err == nil {
			t.Errorf("bit %d of byte %d of %d is flipped and nobody saw it", i%8, i/8, len(bad))
		}
		bad[i/8] ^= 1 << (i % 8)
	}
	if _, err := backup.Read(bytes.NewReader(bad), nil); err != nil {
		t.Errorf("with nothing flipped: %v", err)
	}
}

func TestEveryCutAndEveryTailIsRefused(t *testing.T) {
	t.Parallel()
	good := made(t)
	for n := range good {
		if _, err := backup.Read(bytes.NewReader(good[:n]), nil); err == nil {
			t.Errorf("%d of %d bytes were taken for whole", n, len(good))
		}
	}
	for _, more := range []string{"x", strings.Repeat("\x00", 512), strings.Repeat("\x00", 10240)} {
		if _, err := backup.Read(bytes.NewReader(append(bytes.Clone(good), more...)), nil); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%d bytes behind the end: got %v", len(more), err)
		}
	}
}

func TestNamesStayInTheFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../x", "/etc/x", "a/../../x", "a//x", ".", "..", "", "a/./x", "a\\x", "x\x00y", "manifest.json"} {
		if err := backup.NewWriter(io.Discard).Add(name, 0, strings.NewReader("")); err == nil {
			t.Errorf("%q was written", name)
		}
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Format: tar.FormatUSTAR}) != nil || w.Close() != nil || name == "manifest.json" {
			continue
		}
		if _, err := backup.Read(&b, func(string, int64, io.Reader) error { t.Errorf("%q was offered", name); return nil }); err == nil {
			t.Errorf("%q was read", name)
		}
	}
	for _, kind := range []byte{tar.TypeSymlink, tar.TypeLink, tar.TypeDir, tar.TypeFifo} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := errors.Join(w.WriteHeader(&tar.Header{Typeflag: kind, Name: "x", Linkname: "/etc/passwd", Format: tar.FormatUSTAR}), w.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Read(&b, nil); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("kind %c: got %v", kind, err)
		}
	}
}

type full struct{ left int }

var errFull = errors.New("no space left on device")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	for _, room := range []int{0, 600, 1100} {
		w := backup.NewWriter(&full{room})
		err := w.Add("a", 1000, bytes.NewReader(make([]byte, 1000)))
		if err == nil {
			_, err = w.Close(backup.Head{})
		}
		if !errors.Is(err, errFull) {
			t.Errorf("room for %d: got %v", room, err)
		}
	}
}

func TestExtractStaysInItsFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "b.tar")
	if err := os.WriteFile(file, made(t), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := backup.Check(file)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "to")
	if err := errors.Join(os.Mkdir(to, 0o700), backup.Extract(file, to, m, true)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(to, "keys.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v %v", info, err)
	}
	if err := backup.Extract(file, to, backup.Manifest{}, false); err == nil {
		t.Error("a second time over the first was taken")
	}
}

func FuzzRead(f *testing.F) {
	good := made(f)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := backup.Read(bytes.NewReader(b), func(name string, _ int64, r io.Reader) error {
			if !filepath.IsLocal(name) {
				t.Fatalf("%q leaves the folder", name)
			}
			return nil
		})
		if err == nil && len(m.SHA256) != 64 {
			t.Fatalf("read without a hash: %+v", m)
		}
	})
}
