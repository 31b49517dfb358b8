package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The words and exit codes that scripts rely on, on the way from a folder to its copy.
func TestUpkeepFromAFolderToItsCopy(t *testing.T) {
	t.Parallel()
	dir, to, bare := settled(t), t.TempDir(), t.TempDir()
	file, again, all := filepath.Join(to, "b.tar"), filepath.Join(to, "again"), filepath.Join(to, "all.zip")
	for _, c := range []struct {
		args string
		code int
		out  string // how the answer begins
		say  string // what the messages hold
	}{
		{"backup --data " + dir, 2, "", "--out F is needed"},
		{"backup --data " + filepath.Join(to, "nowhere") + " --out " + file, 1, "", "no data folder"},
		{"backup --data " + dir + " --out " + file, 0, "good " + file, "抄数据库"},
		{"backup --data " + dir + " --out " + file, 1, "", "is there already"},
		{"restore --data " + again, 2, "", "--from F is needed"},
		{"restore --from " + file + " --data " + dir, 1, "", "not empty"},
		{"restore --from " + file + " --data " + again, 0, "restored " + file, ""},
		{"restore --from " + file + " --data " + again, 1, "", "not empty"},
		{"verify --data " + again, 0, "good: no findings", "lines of history"},
		{"verify --data " + again + " --json", 0, `{"counts":{`, ""},
		{"verify --data " + filepath.Join(to, "nowhere"), 1, "", "no data folder"},
		{"verify --data " + again + " --quick", 2, "", "quick"},
		{"export --data " + again + " --out " + all, 2, "", "--all is needed"},
		{"export --all --data " + again + " --out " + all, 0, "exported " + all, ""},
		{"migrate --data " + again, 0, "schema is up to date", ""},
		{"migrate --data " + filepath.Join(to, "nowhere"), 1, "", "no data folder"},
		{"migrate --data " + bare, 1, "", "no data folder"},
		{"user token --data " + bare + " --user chair", 1, "", "no data folder"},
		{"import people --data " + bare + " --unit x --file x", 1, "", "no data folder"},
	} {
		code, out, say := call(t, strings.Fields(c.args)...)
		if code != c.code || !strings.HasPrefix(out, c.out) || c.out == "" && out != "" || !strings.Contains(say, c.say) {
			t.Errorf("%s: got %d %q %q, want %d %q %q", c.args, code, out, say, c.code, c.out, c.say)
		}
	}
	if _, err := os.Stat(filepath.Join(to, "nowhere")); err == nil {
		t.Error("looking for a folder made it")
	}
	if left, err := os.ReadDir(bare); err != nil || len(left) > 0 {
		t.Errorf("looking at a folder left %v in it (%v)", left, err)
	}
}

// A damaged picture is a line on stdout and exit code 1, as words and as an object.
func TestVerifySaysWhichRow(t *testing.T) {
	t.Parallel()
	dir := demoFolder(t)
	pictures, err := filepath.Glob(filepath.Join(dir, "files", "*", "*", "*", "*"))
	if err != nil || len(pictures) == 0 {
		t.Fatal("no pictures", err)
	}
	if err := os.WriteFile(pictures[0], []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ := call(t, "verify", "--data", dir)
	cells := strings.Split(strings.TrimSpace(out), "\t")
	if code != 1 || len(cells) != 3 || cells[0] != "file" || !strings.HasSuffix(cells[1], filepath.Base(pictures[0])) || !strings.Contains(cells[2], "damaged") {
		t.Errorf("got %d %q", code, out)
	}
	code, out, _ = call(t, "verify", "--data", dir, "--json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var f struct{ Table, Key, What string }
	var sum struct{ Findings int }
	if code != 1 || len(lines) != 2 || json.Unmarshal([]byte(lines[0]), &f) != nil || json.Unmarshal([]byte(lines[1]), &sum) != nil || f.Table != "file" || f.What == "" || sum.Findings != 1 {
		t.Errorf("got %d %q", code, out)
	}
	file := filepath.Join(t.TempDir(), "b.tar")
	if code, out, say := call(t, "backup", "--data", dir, "--out", file); code != 1 || out != "" || !strings.Contains(say, "does not count as a backup") {
		t.Errorf("a backup of it: got %d %q %q", code, out, say)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("it has the name of a good one")
	}
}

// demoFolder is a demo of the first weeks.
func demoFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if code, _, say := call(t, "demo", "--no-serve", "--data", dir, "--today", "2023-02-10"); code != 0 {
		t.Fatal(say)
	}
	return dir
}
