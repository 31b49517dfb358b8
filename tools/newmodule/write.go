package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed shape/*.tmpl
var shape embed.FS

// file is one file of the shape and where it goes. A shared one is written by the first noun of a measure only.
type file struct {
	shape, to string
	shared    bool
}

func files(w Words, number string) []file {
	m := "internal/measure/" + w.Measure + "/"
	migrations := "internal/platform/db/migrations/"
	return []file{
		{"measure.go", m + w.Measure + ".go", true},
		{"covers.go", m + "covers.go", true},
		{"noun.go", m + w.Noun + ".go", false},
		{"noun_test.go", m + w.Noun + "_test.go", false},
		{"perms.go", m + "perms_" + w.Noun + ".go", false},
		{"noun.sql", m + w.Measure + "db/" + w.Noun + ".sql", false},
		{"store.go", m + w.Measure + "db/" + w.Noun + ".go", false},
		{"store_test.go", m + w.Measure + "db/" + w.Noun + "_test.go", false},
		{"routes.go", m + w.Measure + "web/" + w.Noun + "routes.go", false},
		{"handlers.go", m + w.Measure + "web/" + w.Noun + ".go", false},
		{"noun.templ", m + w.Measure + "web/" + w.Noun + ".templ", false},
		{"noun.en.toml", m + w.Measure + "web/" + w.Noun + ".en.toml", false},
		{"migration.postgres.sql", migrations + "postgres/" + number + "_" + w.Noun + ".sql", false},
		{"migration.sqlite.sql", migrations + "sqlite/" + number + "_" + w.Noun + ".sql", false},
	}
}

// write makes all files or none: what is there already is found before the first one is written.
func write(root string, w Words) error {
	number, err := nextMigration(root)
	if err != nil {
		return err
	}
	list := files(w, number)
	for _, f := range list {
		if _, err := os.Stat(filepath.Join(root, f.to)); err == nil && !f.shared {
			return fmt.Errorf("%s is there already", f.to)
		}
	}
	for _, f := range list {
		to := filepath.Join(root, f.to)
		if _, err := os.Stat(to); err == nil {
			continue
		}
		if err := one(to, f.shape, w); err != nil {
			return err
		}
		fmt.Println("  " + f.to)
	}
	return nil
}

func one(to, from string, w Words) error {
	raw, err := shape.ReadFile("shape/" + from + ".tmpl")
	if err != nil {
		return fmt.Errorf("shape: %w", err)
	}
	t, err := template.New(from).Delims("«", "»").Option("missingkey=error").Parse(string(raw))
	if err != nil {
		return fmt.Errorf("shape %s: %w", from, err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, w); err != nil {
		return fmt.Errorf("shape %s: %w", from, err)
	}
	out := b.Bytes()
	if strings.HasSuffix(to, ".go") {
		if out, err = format.Source(out); err != nil {
			return fmt.Errorf("shape %s: %w", from, err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", to, err)
	}
	if err := os.WriteFile(to, out, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", to, err)
	}
	return nil
}

// nextMigration is the number after the last one; both engines have the same numbers.
func nextMigration(root string) (string, error) {
	last := 0
	for _, engine := range []string{"postgres", "sqlite"} {
		list, err := filepath.Glob(filepath.Join(root, "internal/platform/db/migrations", engine, "*.sql"))
		if err != nil {
			return "", fmt.Errorf("migrations: %w", err)
		}
		for _, f := range list {
			var n int
			if _, err := fmt.Sscanf(filepath.Base(f), "%d_", &n); err == nil {
				last = max(last, n)
			}
		}
	}
	if last == 0 {
		return "", fmt.Errorf("no migrations under %s: is this the project's folder?", root)
	}
	return fmt.Sprintf("%05d", last+1), nil
}

// enlist adds a new measure to sqlc.yaml and to archtest's order, behind the measure that is there last.
func enlist(root string, w Words) error {
	if err := edit(filepath.Join(root, "sqlc.yaml"), func(s string) (string, error) { return sqlcLines(s, w.Measure) }); err != nil {
		return err
	}
	return edit(filepath.Join(root, "internal/archtest/arch_test.go"), func(s string) (string, error) { return orderLine(s, w.Measure) })
}

func edit(path string, change func(string) (string, error)) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	out, err := change(string(raw))
	if err != nil {
		return fmt.Errorf("edit %s: %w", path, err)
	}
	if out == string(raw) {
		return nil
	}
	if err := os.WriteFile(path, []byte(out), fs.FileMode(0o644)); err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	return nil
}

// sqlcLines copies the pair of blocks of the reference module.
func sqlcLines(s, measure string) (string, error) {
	if strings.Contains(s, "measure/"+measure+"/"+measure+"db,") {
		return s, nil
	}
	var pair []string
	for _, l := range strings.Split(s, "\n") {
		if strings.Contains(l, "queries: internal/measure/safety/safetydb,") {
			pair = append(pair, strings.ReplaceAll(l, "safety", measure))
		}
	}
	if len(pair) != 2 {
		return "", fmt.Errorf("found %d blocks of the reference module, want 2", len(pair))
	}
	return strings.TrimRight(s, "\n") + "\n" + strings.Join(pair, "\n") + "\n", nil
}

func orderLine(s, measure string) (string, error) {
	if strings.Contains(s, `"internal/measure/`+measure+`"`) {
		return s, nil
	}
	const last = `"internal/measure/safety",`
	if !strings.Contains(s, last) {
		return "", errors.New("the reference module is not in the order")
	}
	return strings.Replace(s, last, last+` "internal/measure/`+measure+`",`, 1), nil
}
