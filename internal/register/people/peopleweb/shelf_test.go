package peopleweb

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

// An uploaded roster holds ID numbers and wages: what lies in the folder must say nothing to who copies it.
func TestUploadsLieSealedInTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := NewShelf(dir)
	const roll = "张敏 11010519491231002X"
	token, err := s.Keep("zhang", strings.NewReader(roll), 1000)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got %v %v, want one file", files, err)
	}
	if raw, err := os.ReadFile(files[0]); err != nil || bytes.Contains(raw, []byte("11010519491231002X")) {
		t.Errorf("the file is plain: %q %v", raw, err)
	}
	f, err := s.Open("zhang", token)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(f); err != nil || string(got) != roll {
		t.Errorf("got %q %v, want %q", got, err, roll)
	}
	restarted := NewShelf(dir)
	for name, try := range map[string]func() error{
		"another account": func() error { _, err := s.Open("li", token); return err },
		"after a restart": func() error { _, err := restarted.Open("zhang", token); return err },
		"a made-up name":  func() error { _, err := s.Open("zhang", "../x"); return err },
	} {
		if err := try(); kernel.KindOf(err) != kernel.Gone {
			t.Errorf("%s: got %v, want Gone", name, err)
		}
	}
	outside := filepath.Join(filepath.Dir(dir), "outside")
	if err := os.WriteFile(outside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Drop("zhang", "/../../outside"); err != nil {
		t.Errorf("a made-up name to drop: %v", err)
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("a made-up name leads out of the folder: %v", err)
	}
	if _, err := s.Keep("zhang", strings.NewReader(roll), 10); kernel.KindOf(err) != kernel.TooLarge {
		t.Errorf("too large: got %v", err)
	}
	if err := restarted.Clear(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("after the start there is still %v", left)
	}
}
