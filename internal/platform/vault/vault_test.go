package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

var row = Context{Org: "o1", Kind: "person.id_number", ID: "p1"}

func ringAt(t *testing.T) (*Ring, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ring.json")
	ring, err := Open(path)
	if err != nil {
		t.Fatalf("Open = %v", err)
	}
	return ring, path
}

func TestSealedTextOpensOnlyInItsContext(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	rapid.Check(t, func(t *rapid.T) {
		ctx := Context{Org: rapid.StringN(1, 9, -1).Draw(t, "org"), Kind: rapid.StringN(1, 9, -1).Draw(t, "kind"), ID: rapid.StringN(1, 9, -1).Draw(t, "id")}
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed, err := ring.Seal(ctx, plain)
		if err != nil {
			t.Fatalf("Seal = %v", err)
		}
		got, err := ring.Open(ctx, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("Open = %q, %v, want %q", got, err, plain)
		}
		// The same letters, cut otherwise, are another context.
		other := Context{Org: ctx.Org + ctx.Kind[:1], Kind: ctx.Kind[1:] + "x", ID: ctx.ID}
		if _, err := ring.Open(other, sealed); !errors.Is(err, ErrSealed) {
			t.Fatalf("Open in %v = %v, want ErrSealed", other, err)
		}
	})
}

func TestEachPartOfTheContextBinds(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	sealed, err := ring.Seal(row, []byte("370102199001011234"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ctx := range []Context{{"o2", row.Kind, row.ID}, {row.Org, "person.wage", row.ID}, {row.Org, row.Kind, "p2"}} {
		if _, err := ring.Open(ctx, sealed); !errors.Is(err, ErrSealed) {
			t.Errorf("Open in %v = %v, want ErrSealed", ctx, err)
		}
	}
	for _, ctx := range []Context{{"", "k", "i"}, {"o", "", "i"}, {"o", "k", ""}} {
		if _, err := ring.Seal(ctx, nil); err == nil {
			t.Errorf("Seal in %v = nil, want an error", ctx)
		}
	}
}

func TestChangedTextDoesNotOpen(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	sealed, err := ring.Seal(row, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(sealed) {
		for bit := range 8 {
			raw := []byte(sealed)
			raw[i] ^= 1 << bit
			if got, err := ring.Open(row, string(raw)); err == nil {
				t.Fatalf("Open with bit %d of byte %d flipped = %q, want an error", bit, i, got)
			}
		}
	}
	for n := range len(sealed) {
		if _, err := ring.Open(row, sealed[:n]); !errors.Is(err, ErrSealed) {
			t.Fatalf("Open of %d bytes = %v, want ErrSealed", n, err)
		}
	}
}

func TestTwoSealsDiffer(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	a, _ := ring.Seal(row, []byte("same"))
	b, _ := ring.Seal(row, []byte("same"))
	if a == b || strings.Contains(a, "same") {
		t.Fatalf("Seal twice = %q and %q, want two texts", a, b)
	}
}

func TestRotationSealsAnewAndOpensAll(t *testing.T) {
	t.Parallel()
	first, path := ringAt(t)
	old, err := first.Seal(row, []byte("old"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := Rotate(path)
	if err != nil {
		t.Fatalf("Rotate = %v", err)
	}
	if got, err := second.Open(row, old); err != nil || string(got) != "old" {
		t.Errorf("Open of the old = %q, %v, want old", got, err)
	}
	fresh, err := second.Seal(row, []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := KeyOf(fresh); got != 2 || second.Newest() != 2 {
		t.Errorf("KeyOf = %d, Newest = %d, want 2", got, second.Newest())
	}
	if _, err := first.Open(row, fresh); !errors.Is(err, ErrNoKey) {
		t.Errorf("Open by the ring of before = %v, want ErrNoKey", err)
	}
	if a, b := first.Blind("id", "1"), second.Blind("id", "1"); a != b {
		t.Errorf("Blind after rotation = %q, want %q", b, a)
	}
	again, err := Load(path)
	if err != nil {
		t.Fatalf("Load = %v", err)
	}
	if got, err := again.Open(row, fresh); err != nil || string(got) != "new" {
		t.Errorf("Open after Load = %q, %v, want new", got, err)
	}
}

func TestRotateYieldsToALock(t *testing.T) {
	t.Parallel()
	_, path := ringAt(t)
	if err := os.WriteFile(path+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Rotate(path); kernel.KindOf(err) != kernel.Conflict {
		t.Fatalf("Rotate under a lock = %v, want Conflict", err)
	}
}

func TestRingOthersMayReadIsRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o604, 0o640, 0o644, 0o666} {
		_, path := ringAt(t)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("Open with %o = %v, want Forbidden", mode, err)
		}
	}
}

func TestNewRingIsPrivateAndAlone(t *testing.T) {
	t.Parallel()
	_, path := ringAt(t)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", info.Mode(), err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("folder holds %v, %v, want the ring alone", left, err)
	}
}

func TestManyOpenAtOnceOneRing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ring.json")
	var wg sync.WaitGroup
	got := make([]string, 24)
	for i := range got {
		wg.Go(func() {
			ring, err := Open(path)
			if err != nil {
				t.Errorf("Open = %v", err)
				return
			}
			got[i] = ring.Blind("id", "1")
		})
	}
	wg.Wait()
	for i, g := range got {
		if g != got[0] {
			t.Errorf("ring %d blinds to %q, want %q", i, g, got[0])
		}
	}
}

func TestLoadNeverMakesARing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ring.json")
	if _, err := Load(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("Load = %v, want ErrNotExist", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("Stat = %v, want ErrNotExist", err)
	}
}

func TestBadRingsAreRefused(t *testing.T) {
	t.Parallel()
	good := ringKey{ID: 1, Alg: AES256GCM, Secret: newSecret()}
	for name, file := range map[string]ringFile{
		"later version": {Version: 2, Blind: newSecret(), Keys: []ringKey{good}},
		"no key":        {Version: 1, Blind: newSecret()},
		"no blind":      {Version: 1, Keys: []ringKey{good}},
		"twice":         {Version: 1, Blind: newSecret(), Keys: []ringKey{good, good}},
		"short":         {Version: 1, Blind: newSecret(), Keys: []ringKey{{ID: 1, Alg: AES256GCM, Secret: []byte("x")}}},
		"sm4":           {Version: 1, Blind: newSecret(), Keys: []ringKey{{ID: 1, Alg: SM4GCM, Secret: newSecret()}}},
		"unknown":       {Version: 1, Blind: newSecret(), Keys: []ringKey{{ID: 1, Alg: "rot13", Secret: newSecret()}}},
	} {
		raw, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "ring.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("%s: Open = %v, want Invalid", name, err)
		}
	}
	for _, raw := range []string{"", "{", `{"version":1,"extra":1}`, `{"blind":"c2VjcmV0!"}`} {
		path := filepath.Join(t.TempDir(), "ring.json")
		if err := os.WriteFile(path, []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); err == nil || strings.Contains(err.Error(), "c2VjcmV0") {
			t.Errorf("Open of %q = %v, want an error without the secret", raw, err)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != raw {
			t.Errorf("a bad ring became %q, %v, want it untouched", after, err)
		}
	}
}

func TestBlindTellsKindsAndValuesApart(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	other, _ := ringAt(t)
	a := ring.Blind("id_number", "370102199001011234")
	if b := ring.Blind("id_number", "370102199001011234"); a != b {
		t.Errorf("Blind again = %q, want %q", b, a)
	}
	for name, b := range map[string]string{
		"value": ring.Blind("id_number", "370102199001011235"), "kind": ring.Blind("bank_card", "370102199001011234"), "ring": other.Blind("id_number", "370102199001011234"),
	} {
		if a == b {
			t.Errorf("Blind of another %s = %q, want another", name, b)
		}
	}
}

func TestPrintingARingShowsNoSecret(t *testing.T) {
	t.Parallel()
	ring, _ := ringAt(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, ring); got != "vault.Ring(1)" {
			t.Errorf("Sprintf(%s) = %s, want vault.Ring(1)", verb, got)
		}
	}
}

func TestMasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mask     func(string) string
		in, want string
	}{
		{MaskPhone, "13812345678", "138****5678"}, {MaskPhone, "+86 138-1234-5678", "138****5678"},
		{MaskPhone, "0531-8123456", "053****3456"}, {MaskPhone, "81234567", "******67"}, {MaskPhone, "123", "***"}, {MaskPhone, "", ""},
		{MaskID, "37010219900101123X", "370***********123X"}, {MaskID, "370102900101123", "370********1123"}, {MaskID, "3701", "****"},
		{MaskName, "张三", "张*"}, {MaskName, "张小明", "张*明"}, {MaskName, "欧阳小明", "欧**明"}, {MaskName, "张", "*"}, {MaskName, " 张三 ", "张*"}, {MaskName, "", ""},
	} {
		if got := c.mask(c.in); got != c.want {
			t.Errorf("mask(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
