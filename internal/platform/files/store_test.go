package files

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

func TestPutThenOpenGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s := NewStore(dir)
		want := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		hash, size, err := s.Put("org1", bytes.NewReader(want))
		if err != nil {
			t.Fatalf("Put = %v", err)
		}
		sum := sha256.Sum256(want)
		if hash != hex.EncodeToString(sum[:]) || size != int64(len(want)) {
			t.Fatalf("Put = %s, %d, want %x, %d", hash, size, sum, len(want))
		}
		f, err := s.Open("org1", hash)
		if err != nil {
			t.Fatalf("Open = %v", err)
		}
		defer f.Close()
		if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("read %q, %v, want %q", got, err, want)
		}
		if err := s.Verify("org1", hash); err != nil {
			t.Fatalf("Verify = %v", err)
		}
	})
}

func TestFilesOfOneOrgAreNotAnothers(t *testing.T) {
	t.Parallel()
	s := NewStore(t.TempDir())
	hash, _, err := s.Put("a", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open("b", hash); kernel.KindOf(err) != kernel.NotFound {
		t.Errorf("Open by another org = %v, want NotFound", err)
	}
	for org, want := range map[string]bool{"a": true, "b": false, "b/../a": false} {
		if got, err := s.Exists(org, hash); got != want || err != nil {
			t.Errorf("Exists(%q) = %v, %v, want %v", org, got, err, want)
		}
	}
}

func TestNamesThatWalkAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := NewStore(filepath.Join(dir, "store"))
	hash, _, err := s.Put("a", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	for _, org := range []string{"", ".", "..", "a/b", "../a", "a\\b", "a\x00", strings.Repeat("a", 65), "部门"} {
		if _, _, err := s.Put(org, strings.NewReader("x")); err == nil {
			t.Errorf("Put(%q) = nil, want an error", org)
		}
		if _, err := s.Open(org, hash); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("Open(%q) = %v, want NotFound", org, err)
		}
	}
	for _, h := range []string{"", "ab", strings.ToUpper(hash), "../" + hash[3:], hash + "0", "/" + hash[1:]} {
		if _, err := s.Open("a", h); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("Open hash %q = %v, want NotFound", h, err)
		}
		if got, err := s.Exists("a", h); got || err != nil {
			t.Errorf("Exists hash %q = %v, %v, want false", h, got, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("beside the store lies %v", left)
	}
}

func TestDamageIsFoundAndHealed(t *testing.T) {
	t.Parallel()
	s := NewStore(t.TempDir())
	hash, _, err := s.Put("a", strings.NewReader("good"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path("a", hash), []byte("bad"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify("a", hash); !errors.Is(err, ErrDamaged) {
		t.Errorf("Verify of a damaged file = %v, want ErrDamaged", err)
	}
	if _, _, err := s.Put("a", strings.NewReader("good")); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify("a", hash); err != nil {
		t.Errorf("Verify after the same was put again = %v", err)
	}
}

func TestBrokenSendLeavesNothing(t *testing.T) {
	t.Parallel()
	s := NewStore(t.TempDir())
	cut := errors.New("line cut")
	_, _, err := s.Put("a", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(cut)))
	if !errors.Is(err, cut) {
		t.Errorf("Put = %v, want the cut line", err)
	}
	_ = filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("left behind: %s", path)
		}
		return nil
	})
}

func TestManyPutTheSame(t *testing.T) {
	t.Parallel()
	s := NewStore(t.TempDir())
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			hash, _, err := s.Put("a", strings.NewReader("same"))
			if err == nil {
				err = s.Verify("a", hash)
			}
			if err != nil {
				t.Errorf("Put and Verify = %v", err)
			}
		})
	}
	wg.Wait()
}
