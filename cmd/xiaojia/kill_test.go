package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// childEnv makes the test's own binary the program itself, so that it can be killed.
const childEnv = "XIAOJIA_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		code := exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr), os.Stderr)
		stop()
		os.Exit(code)
	}
	os.Exit(m.Run())
}

func child(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childEnv+"=1")
	return cmd
}

// served starts the program on a folder and answers with its address; log gets what it says afterwards.
func served(t *testing.T, dir string, log io.Writer, env ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := child("serve", "--data", dir, "--addr", "127.0.0.1:0", "--rate-limit", "off")
	cmd.Env = append(cmd.Env, env...)
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(said)
	for line, err := lines.ReadString('\n'); err == nil; line, err = lines.ReadString('\n') {
		if _, at, ok := strings.Cut(line, "http://"); ok {
			go func() { _, _ = io.Copy(log, lines) }() // so that it never waits for a reader
			return cmd, "http://" + strings.TrimSpace(at)
		}
	}
	t.Fatal("the server printed no address")
	return nil, ""
}

// TestKilledWhileSixteenWrite kills the server without warning, again and again: all that was acknowledged is there, whole and
// counted, and nothing is there twice. XIAOJIA_TEST_KILLS says how often (twice, else).
func TestKilledWhileSixteenWrite(t *testing.T) {
	t.Parallel()
	kills, err := strconv.Atoi(os.Getenv("XIAOJIA_TEST_KILLS"))
	if err != nil {
		kills = 2
	}
	dir := t.TempDir()
	if out, err := child("demo", "--data", dir, "--no-serve", "--today", "2023-01-20").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v %s", err, out)
	}
	key, err := child("user", "token", "--data", dir, "--user", "chair").Output()
	if err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	for range kills {
		for id := range writeUntilKilled(t, dir, strings.TrimSpace(string(key))) {
			acknowledged[id] = true
		}
	}
	if len(acknowledged) == 0 {
		t.Fatal("nothing was written before the kills")
	}
	t.Logf("%d acknowledged over %d kills", len(acknowledged), kills)
	if out, err := child("verify", "--data", dir).CombinedOutput(); err != nil {
		t.Errorf("verify: %v %s", err, out)
	}
	d, err := db.Open(t.Context(), dir, "", kernel.WallClock{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for id := range acknowledged {
		var n int
		err := d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM matter m JOIN hazard h ON h.org_id = m.org_id AND h.matter_id = m.id
WHERE m.id = $1 AND EXISTS (SELECT 1 FROM audit a WHERE a.org_id = m.org_id AND a.subject_kind = 'matter' AND a.subject_id = m.id)`, id).Scan(&n)
		if err != nil || n != 1 {
			t.Errorf("%s was acknowledged and is there %d times, %v", id, n, err)
		}
	}
	var whole string
	if err := d.Read.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&whole); err != nil || whole != "ok" {
		t.Errorf("integrity: %s %v", whole, err)
	}
}

// writeUntilKilled reports hazards from sixteen sides, kills the server in the middle and answers what it acknowledged.
func writeUntilKilled(t *testing.T, dir, key string) map[string]bool {
	t.Helper()
	cmd, base := served(t, dir, io.Discard)
	var mu sync.Mutex
	out := map[string]bool{}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/api/v1/hazards", bytes.NewReader([]byte(`{"title":"护栏松动"}`)))
				if err != nil {
					return
				}
				r.Header.Set("Authorization", "Bearer "+key)
				r.Header.Set("Content-Type", "application/json")
				res, err := http.DefaultClient.Do(r)
				if err != nil {
					return // killed
				}
				var told struct{ ID string }
				err = json.NewDecoder(res.Body).Decode(&told)
				res.Body.Close()
				if res.StatusCode != http.StatusCreated || err != nil {
					return
				}
				mu.Lock()
				out[told.ID] = true
				n := len(out)
				mu.Unlock()
				if n == 100 {
					_ = cmd.Process.Kill() // others are in the middle of theirs
				}
			}
		})
	}
	wg.Wait()
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed, and says so
	return out
}
