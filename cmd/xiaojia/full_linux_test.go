package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// roomEnv says that the test runs in a mount namespace of its own; what it mounts goes with it.
const roomEnv = "XIAOJIA_TEST_ROOM"

// noMount is how the inner test says that it may not mount.
const noMount = "nothing may be mounted here"

// TestAFullDisk fills a real file system under a real server from ten sides. What was acknowledged is there and whole, what
// was refused is not there and was refused in words; pages go on; and when room is made the server goes on by itself.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	if os.Getenv(roomEnv) != "" {
		fullDisk(t)
		return
	}
	out, err := apart(t, 0)
	if why := (*exec.ExitError)(nil); err != nil && !errors.As(err, &why) || strings.Contains(out, noMount) { // not root: root of a user namespace
		out, err = apart(t, syscall.CLONE_NEWUSER)
	}
	why := (*exec.ExitError)(nil)
	switch {
	case err != nil && !errors.As(err, &why) || strings.Contains(out, noMount):
		t.Skipf("a small file system cannot be mounted, neither by this user nor in a user namespace: %v", err)
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	default:
		t.Log(out)
	}
}

// apart runs this test in a mount namespace of its own, so that nothing stays mounted whatever happens.
func apart(t *testing.T, more uintptr) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAFullDisk$", "-test.v")
	cmd.Env = append(os.Environ(), roomEnv+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | more}
	if more != 0 {
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// How large the file system is, and the file that is deleted to make room.
const (
	roomSize   = 64 << 20
	fillerSize = 16 << 20
)

func fullDisk(t *testing.T) {
	room := filepath.Join(t.TempDir(), "room")
	must(t, os.Mkdir(room, 0o700))
	err := syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	if err == nil {
		err = syscall.Mount("tmpfs", room, "tmpfs", 0, fmt.Sprintf("size=%d", roomSize))
	}
	if err != nil {
		t.Skip(noMount, err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(room, syscall.MNT_DETACH) }) // the namespace ends with the process
	f := &full{dir: filepath.Join(room, "data"), temp: filepath.Join(room, "temp"), filler: filepath.Join(room, "filler"), answers: map[string]int{}}
	must(t, errors.Join(os.Mkdir(f.temp, 0o700), os.WriteFile(f.filler, make([]byte, fillerSize), 0o600)))
	if out, err := child("demo", "--data", f.dir, "--no-serve", "--today", "2023-01-20").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v %s", err, out)
	}
	key, err := child("user", "token", "--data", f.dir, "--user", "chair").Output()
	must(t, err)
	f.key = strings.TrimSpace(string(key))
	var cmd *exec.Cmd
	cmd, f.base = served(t, f.dir, &f.said, "TMPDIR="+f.temp)
	ended := false
	t.Cleanup(func() {
		if !ended {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	f.session = f.enter(t)

	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { f.write(t, i, f.byAPI) })
	}
	for i := range 4 {
		wg.Go(func() { f.write(t, 8+i, f.byPage) })
	}
	wg.Wait()
	t.Logf("acknowledged %d hazards, refused %d requests: %v", len(f.kept), len(f.refused), f.answers)
	if len(f.kept) == 0 || len(f.refused) < 12 {
		t.Errorf("too little happened")
	}
	f.reads(t, "full")
	out, err := child("backup", "--data", f.dir, "--out", filepath.Join(room, "b.tar")).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the disk is full, no backup was made") {
		t.Errorf("a backup on a full disk: %v %s", err, out)
	}
	f.clean(t, room, "full")

	must(t, os.Remove(f.filler))
	if !f.byAPI(t, "腾出了空间", 1) {
		t.Errorf("with %d MB free the next write was refused: %v", fillerSize>>20, f.answers)
	}
	if !f.byPage(t, "页面上也能写了", 1) {
		t.Errorf("with %d MB free the next form was refused: %v", fillerSize>>20, f.answers)
	}
	f.reads(t, "with room again")
	f.clean(t, room, "with room again")
	ended = true
	must(t, cmd.Process.Signal(syscall.SIGTERM))
	if err := cmd.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	if log := f.said.String(); strings.Contains(log, "panic") || strings.Contains(log, "SIGBUS") {
		t.Errorf("the log has a panic:\n%s", log)
	}
	if out, err := child("verify", "--data", f.dir).CombinedOutput(); err != nil {
		t.Errorf("verify: %v %s", err, out)
	}
	f.check(t)
}

// full is the server on the small disk, and what it said to whom.
type full struct {
	dir, temp, filler  string
	base, key, session string
	said               buffer

	mu      sync.Mutex
	kept    []string // titles of hazards that were acknowledged
	refused []string // titles of hazards that were refused
	answers map[string]int
}

// buffer may be written and read at once.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) { b.mu.Lock(); defer b.mu.Unlock(); return b.b.Write(p) }
func (b *buffer) String() string              { b.mu.Lock(); defer b.mu.Unlock(); return b.b.String() }

// enough is how many refusals one client takes.
const enough = 6

// write reports hazards until the disk has been full for a while.
func (f *full) write(t *testing.T, client int, do func(*testing.T, string, int) bool) {
	noes := 0
	for n := 0; n < 300 && noes < enough; n++ {
		if !do(t, fmt.Sprintf("写满 %d-%d", client, n), client+n) {
			noes++
		}
	}
	if noes < enough {
		t.Errorf("client %d never met a full disk", client)
	}
}

// grain is a picture that does not become small.
func grain(seed int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), rand.Uint64()))
	m := image.NewGray(image.Rect(0, 0, 480, 360))
	for i := range m.Pix {
		m.Pix[i] = uint8(r.Uint32())
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, m, nil) // into memory
	return b.Bytes()
}

// byAPI sends a photo and a hazard with it; false where either was refused.
func (f *full) byAPI(t *testing.T, title string, seed int) bool {
	var photos struct{ Photos []string }
	if !f.call(t, "photo "+title, "/api/v1/photos", "image/jpeg", grain(seed), &photos) {
		// without its photo it is tried all the same: a few hundred bytes may still have room
		photos.Photos = nil
	}
	raw, err := json.Marshal(map[string]any{"title": title, "photos": photos.Photos})
	if err != nil {
		t.Error(err)
	}
	var told struct{ ID string }
	return f.call(t, title, "/api/v1/hazards", "application/json", raw, &told)
}

// call answers whether the call was done; what was refused must have been so in words.
func (f *full) call(t *testing.T, what, path, kind string, body []byte, into any) bool {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.base+path, bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return false
	}
	r.Header.Set("Authorization", "Bearer "+f.key)
	r.Header.Set("Content-Type", kind)
	code, head, raw := f.do(t, r)
	f.note(what, path, code)
	if code == http.StatusCreated {
		if err := json.Unmarshal(raw, into); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		return true
	}
	var no struct{ Detail string }
	if err := json.Unmarshal(raw, &no); err != nil || code != http.StatusServiceUnavailable || head.Get("Content-Type") != "application/problem+json" || !strings.Contains(no.Detail, "磁盘满了") {
		t.Errorf("%s: %d %s %s", what, code, head.Get("Content-Type"), raw)
	}
	return false
}

// byPage sends the form that people see, with a picture so large that the form lies in temporary files while it is read.
func (f *full) byPage(t *testing.T, title string, seed int) bool {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	err := errors.Join(w.WriteField("title", title), w.WriteField("mode", "named"))
	part, perr := w.CreateFormFile("photos", "a.jpg")
	err = errors.Join(err, perr)
	_, werr := part.Write(grain(seed))
	if err = errors.Join(err, werr); err != nil {
		t.Error(err)
	}
	pad, perr := w.CreateFormFile("other", "b.bin")
	_, werr = pad.Write(make([]byte, 5<<20))
	if err := errors.Join(perr, werr, w.Close()); err != nil {
		t.Error(err)
	}
	code, body := f.form(t, "/safety/hazards", w.FormDataContentType(), b.Bytes())
	f.note(title, "page", code)
	if code == http.StatusSeeOther {
		return true
	}
	if code != http.StatusServiceUnavailable || !strings.Contains(body, "磁盘满了") || !strings.Contains(body, "<main") {
		t.Errorf("%s: %d %.600s", title, code, body)
	}
	return false
}

func (f *full) form(t *testing.T, path, kind string, body []byte) (int, string) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.base+path, bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "xj_session", Value: f.session})
	code, _, raw := f.do(t, r)
	return code, string(raw)
}

func (f *full) do(t *testing.T, r *http.Request) (int, http.Header, []byte) {
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := stay.Do(r)
	if err != nil {
		t.Errorf("%s: %v", r.URL.Path, err)
		return 0, nil, nil
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Errorf("%s: %v", r.URL.Path, err)
	}
	return res.StatusCode, res.Header, raw
}

func (f *full) note(title, path string, code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[fmt.Sprintf("%s %d", path, code)]++
	switch {
	case code >= 400:
		f.refused = append(f.refused, title)
	case !strings.HasPrefix(title, "photo"):
		f.kept = append(f.kept, title)
	}
}

func (f *full) enter(t *testing.T) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.base+"/door/chair", nil)
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	_, head, _ := f.do(t, r)
	for _, c := range (&http.Response{Header: head}).Cookies() {
		if c.Name == "xj_session" {
			return c.Value
		}
	}
	t.Fatal("the chair does not get in")
	return ""
}

// reads looks at pages, among them some that nobody has seen yet.
func (f *full) reads(t *testing.T, when string) {
	t.Helper()
	for _, path := range []string{"/", "/safety/hazards", "/safety/hazards?tab=all", "/year", "/todo", "/inbox", "/people", "/safety/patrols", "/readyz"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.base+path, nil)
		must(t, err)
		r.AddCookie(&http.Cookie{Name: "xj_session", Value: f.session})
		if code, _, raw := f.do(t, r); code != http.StatusOK {
			t.Errorf("%s, %s: %d %.300s", when, path, code, raw)
		}
	}
}

// clean looks for what broken requests and backups have left.
func (f *full) clean(t *testing.T, room, when string) {
	t.Helper()
	for _, pattern := range []string{filepath.Join(f.temp, "*"), filepath.Join(f.dir, "files", "*", "incoming", "*"), filepath.Join(f.dir, "uploads", "*"),
		filepath.Join(room, "*.tar*"), filepath.Join(room, ".xiaojia*")} {
		if left, err := filepath.Glob(pattern); err != nil || len(left) > 0 {
			t.Errorf("%s, left behind: %v %v", when, left, err)
		}
	}
}

// check holds the database against what was said.
func (f *full) check(t *testing.T) {
	t.Helper()
	d, err := db.Open(context.WithoutCancel(t.Context()), f.dir, "", kernel.WallClock{})
	must(t, err)
	defer d.Close()
	count := func(title string) (n int) {
		must(t, d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id
WHERE m.title = $1 AND EXISTS (SELECT 1 FROM audit a WHERE a.org_id = m.org_id AND a.subject_kind = 'matter' AND a.subject_id = m.id)`, title).Scan(&n))
		return n
	}
	for _, title := range f.kept {
		if n := count(title); n != 1 {
			t.Errorf("%s was acknowledged and is there %d times", title, n)
		}
	}
	for _, title := range f.refused {
		if n := count(title); n != 0 {
			t.Errorf("%s was refused and is there", title)
		}
	}
	var whole string
	if err := d.Read.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&whole); err != nil || whole != "ok" {
		t.Errorf("integrity: %s %v", whole, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
