package main

import (
	"io"
	"log/slog"
	"testing"

	"xiaojia/internal/app"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/register/people/peopleweb"
)

// TestEveryRightHasWords keeps the rights page whole when a module brings a new permission.
func TestEveryRightHasWords(t *testing.T) {
	t.Parallel()
	a, err := app.Open(t.Context(), config.Config{Data: t.TempDir()}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if p := peopleweb.Nameless(a.Set); len(p) > 0 {
		t.Errorf("name these in peopleweb/permwords.go: %v", p)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
