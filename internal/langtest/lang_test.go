// Package langtest reads the whole code as text and checks that every Chinese sentence of it has an English one with
// the same arguments (decision 25). It holds nothing but tests.
package langtest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// pair is one translation and the file that holds it.
type pair struct{ English, File string }

// translations reads all files that lie beside the code, as the program's book reads them.
func translations(t *testing.T) map[string][]pair {
	t.Helper()
	out := map[string][]pair{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return aside(d.Name())
		}
		if !strings.HasSuffix(path, ".toml") {
			return nil
		}
		var part map[string]string
		if _, err := toml.DecodeFile(path, &part); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for zh, en := range part {
			out[zh] = append(out[zh], pair{en, path})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// aside leaves out folders that hold no code of the program.
func aside(dir string) error {
	if dir == "testdata" || dir == "node_modules" || dir == "tools" || strings.HasPrefix(dir, ".") && dir != "." && dir != ".." {
		return filepath.SkipDir
	}
	return nil
}

// TestEverySentenceHasEnglish prints what is missing as lines that can be pasted into the module's en.toml.
func TestEverySentenceHasEnglish(t *testing.T) {
	t.Parallel()
	have, missing := translations(t), map[string]map[string]string{}
	sentences, _ := said(t)
	for _, s := range append(sentences, scriptWords(t)...) {
		if _, ok := have[s.Text]; ok {
			continue
		}
		if why, ok := noSentence[s.Text]; ok && why != "" {
			continue
		}
		if missing[s.Dir] == nil {
			missing[s.Dir] = map[string]string{}
		}
		missing[s.Dir][s.Text] = s.Where
	}
	for _, dir := range slices.Sorted(maps.Keys(missing)) {
		var b strings.Builder
		for _, zh := range slices.Sorted(maps.Keys(missing[dir])) {
			fmt.Fprintf(&b, "%q = \"\" # %s\n", zh, filepath.Base(missing[dir][zh]))
		}
		t.Errorf("%s lacks %d translations:\n%s", dir, len(missing[dir]), b.String())
	}
}

// TestTranslationsFit checks the English half: there, in English, with the verbs of the Chinese one, once.
func TestTranslationsFit(t *testing.T) {
	t.Parallel()
	for zh, pairs := range translations(t) {
		for _, p := range pairs {
			switch {
			case strings.TrimSpace(p.English) == "":
				t.Errorf("%s: %q has an empty translation", p.File, zh)
			case hasHan(p.English):
				t.Errorf("%s: the English of %q holds Chinese: %q", p.File, zh, p.English)
			case !maps.Equal(verbs(zh), verbs(p.English)):
				t.Errorf("%s: %q takes %v, its English %q takes %v", p.File, zh, verbs(zh), p.English, verbs(p.English))
			case p.English != pairs[0].English:
				t.Errorf("%q is %q in %s and %q in %s", zh, pairs[0].English, pairs[0].File, p.English, p.File)
			}
		}
	}
}

// TestArgumentsFillTheVerbs finds calls that give more or fewer arguments than their sentence has verbs.
func TestArgumentsFillTheVerbs(t *testing.T) {
	t.Parallel()
	seen := 0
	sentences, _ := said(t)
	for _, s := range sentences {
		if s.Args < 0 || s.Alone {
			continue
		}
		seen++
		want := 0
		for n := range verbs(s.Text) {
			want = max(want, n)
		}
		if s.Args != want {
			t.Errorf("%s: %q gets %d arguments, wants %d", s.Where, s.Text, s.Args, want)
		}
	}
	if seen < 100 {
		t.Errorf("only %d sentences with their arguments were found; the walk has lost its way", seen)
	}
}

// TestTemplatesPrintNoCode finds words that a page shows as code or not at all.
func TestTemplatesPrintNoCode(t *testing.T) {
	t.Parallel()
	_, lost := said(t)
	for _, l := range lost {
		t.Errorf("%s: a call and braces on one line make the braces its children: put the call on a line of its own", l)
	}
}

// scriptWords are the sentences that the islands say.
func scriptWords(t *testing.T) []sentence {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "web", "words.json"))
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	var out []sentence
	for key, zh := range words {
		out = append(out, sentence{Text: zh, Dir: "web/words.json, in internal/platform/ui", Where: key, Args: -1})
	}
	return out
}

// embedded finds the variables that hold a translation file.
var embedded = regexp.MustCompile(`(?m)^//go:embed \S*\.toml\nvar (\w+) string$`)

// TestBookHasEveryFile: a file of translations that internal/app does not put into the book is one that nobody reads.
func TestBookHasEveryFile(t *testing.T) {
	t.Parallel()
	var app strings.Builder
	_, files := sources(t)
	for path := range files {
		if filepath.ToSlash(filepath.Dir(path)) == root+"/internal/app" {
			app.WriteString(read(t, path))
		}
	}
	for path, f := range files {
		for _, m := range embedded.FindAllStringSubmatch(read(t, path), -1) {
			if name := f.Name.Name + "." + m[1]; !strings.Contains(app.String(), name) {
				t.Errorf("internal/app does not give %s to the book of translations", name)
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
