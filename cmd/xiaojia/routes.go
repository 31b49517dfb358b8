package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"

	"xiaojia/internal/app"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/story"
)

type routeLine struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Perm    string `json:"perm"`
	Example string `json:"example,omitempty"` // address of the demo's example
}

var segment = regexp.MustCompile(`\{[^}]+\}`)

// routes prints the table of contents; on a demo folder with the address of each page's example.
func routes(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("routes", say)
	f.Common(&cfg)
	f.Bool("json", true, "as JSON")
	if err := f.Parse(args); err != nil {
		return err
	}
	a, err := app.Open(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	defer a.Close()
	list := []routeLine{}
	for _, r := range a.Routes().List() {
		l := routeLine{Method: r.Method, Path: r.Path, Perm: string(r.Perm)}
		if r.Method == http.MethodGet {
			l.Example = r.Path
			if r.Example != "" {
				l.Example = a.Example(ctx, r.Path, story.Example(string(r.Example)), segment)
			}
		}
		list = append(list, l)
	}
	return json.NewEncoder(out).Encode(list)
}
