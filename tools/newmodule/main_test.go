package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for noun, want := range map[string]string{"ticket": "tickets", "policy": "policies", "survey": "surveys", "box": "boxes", "bus": "buses", "visit": "visits"} {
		w, err := words("voice", noun, "单子", "")
		if err != nil || w.Nouns != want {
			t.Errorf("plural of %s = %q, %v; want %q", noun, w.Nouns, err, want)
		}
	}
	for _, wrong := range []string{"", "Ticket", "two words", "报修", "1st", "../x"} {
		if _, err := words("voice", wrong, "单子", ""); err == nil {
			t.Errorf("noun %q was taken", wrong)
		}
	}
}

// TestNewModuleStands makes a noun of a new measure and a second one of the same in a copy of the tree: both compile,
// pass their tests and stand on the floors.
func TestNewModuleStands(t *testing.T) {
	t.Parallel()
	dir := copied(t)
	for _, args := range [][]string{{"-measure", "voice", "-noun", "ticket", "-zh", "报修单", "-en", "Repair request"}, {"-measure", "voice", "-noun", "policy", "-zh", "约定"}} {
		if err := run(append(args, "-root", dir)); err != nil {
			t.Fatal(err)
		}
	}
	generators := tools(t)
	in(t, dir, filepath.Join(generators, "sqlc"), "generate")
	in(t, dir, filepath.Join(generators, "templ"), "generate", "-path", "internal/measure/voice")
	for _, f := range strings.Fields(in(t, dir, "gofmt", "-l", "internal/measure/voice")) {
		if !strings.HasSuffix(f, "_templ.go") {
			t.Errorf("gofmt would change %s", f)
		}
	}
	in(t, dir, "go", "build", "./internal/measure/voice/...")
	in(t, dir, "go", "vet", "./internal/measure/voice/...")
	in(t, dir, "go", "test", "./internal/measure/voice/...", "./internal/archtest")
	if err := run([]string{"-measure", "voice", "-noun", "ticket", "-root", dir}); err == nil {
		t.Error("the same noun was written twice")
	}
}

// copied is a copy of what the new module stands on.
func copied(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), "../.."
	for _, f := range []string{"go.mod", "go.sum", "sqlc.yaml"} {
		raw, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, f), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []string{"internal", "catalogue", "web", "cmd"} {
		if err := os.CopyFS(filepath.Join(dir, d), os.DirFS(filepath.Join(root, d))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tools is the folder of the generators; make builds them where they are missing.
func tools(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	in(t, root, "make", "--no-print-directory", ".tools/sqlc", ".tools/templ")
	return filepath.Join(root, ".tools")
}

func in(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), "GOFLAGS=-trimpath")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
