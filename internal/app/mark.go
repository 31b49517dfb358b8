package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// Mark says that a folder is a demo, and how far its clock stands from the machine's.
type Mark struct {
	Demo   bool          `json:"demo"`
	Offset time.Duration `json:"offset"`
}

const markFile = "demo.json"

// ReadMark reads a folder's mark; a folder without one is real.
func ReadMark(dir string) (Mark, bool, error) {
	raw, err := os.ReadFile(filepath.Join(dir, markFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Mark{}, false, nil
	}
	if err != nil {
		return Mark{}, false, fmt.Errorf("read mark: %w", err)
	}
	var m Mark
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, false, fmt.Errorf("read mark: %w", err)
	}
	return m, m.Demo, nil
}

// WriteMark marks a folder as a demo.
func WriteMark(dir string, m Mark) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write mark: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, markFile), raw, 0o600); err != nil {
		return fmt.Errorf("write mark: %w", err)
	}
	return nil
}

// Example fills the {…} of a path with the record that the story named; a second {…} has its own example, named after it.
func (a *App) Example(ctx context.Context, path, setting string, segment *regexp.Regexp) string {
	value := func(name string) string {
		var v string
		if err := a.DB.Read.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&v); err != nil {
			return ""
		}
		return v
	}
	id := value(setting)
	if id == "" {
		return ""
	}
	first := true
	return segment.ReplaceAllStringFunc(path, func(s string) string {
		if first {
			first = false
			return id
		}
		return value("example." + s[1:len(s)-1])
	})
}
