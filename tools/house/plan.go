package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Plan is budgets.yaml.
type Plan struct {
	Mechanisms []Part `yaml:"mechanisms"`
	Engines    []Part `yaml:"engines"`
}

// Part is some files that have a budget together. A pattern is that of path.Match for each folder; ** stands for any number of
// folders.
type Part struct {
	Code   string   `yaml:"code"` // of the mechanism, as in the catalogue
	Name   string   `yaml:"name"`
	Files  []string `yaml:"files"`
	Not    []string `yaml:"not"`    // left out of Files
	YAML   []string `yaml:"yaml"`   // its data
	Budget int      `yaml:"budget"` // lines of Go and templ by hand, without tests
	Tests  float64  `yaml:"tests"`  // an engine's lines of test for each of those, at least
}

func readPlan(raw []byte) (Plan, error) {
	var p Plan
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return p, fmt.Errorf("budgets.yaml: %w", err)
	}
	for _, x := range slices.Concat(p.Mechanisms, p.Engines) {
		if x.Name == "" || len(x.Files) == 0 || x.Budget <= 0 {
			return p, fmt.Errorf("budgets.yaml: %q needs name, files and budget", x.Name)
		}
		for _, g := range slices.Concat(x.Files, x.Not, x.YAML) {
			if _, err := path.Match(g, ""); err != nil {
				return p, fmt.Errorf("budgets.yaml: %s: %q: %w", x.Name, g, err)
			}
		}
	}
	return p, nil
}

// has tells whether a file belongs to the part.
func (p Part) has(file string) bool { return anyOf(p.Files, file) && !anyOf(p.Not, file) }

func anyOf(globs []string, file string) bool {
	return slices.ContainsFunc(globs, func(g string) bool { return match(strings.Split(g, "/"), strings.Split(file, "/")) })
}

// match compares a pattern with a path, folder by folder.
func match(glob, file []string) bool {
	switch {
	case len(glob) == 0:
		return len(file) == 0
	case glob[0] == "**":
		return match(glob[1:], file) || len(file) > 0 && match(glob, file[1:])
	case len(file) == 0:
		return false
	}
	ok, err := path.Match(glob[0], file[0]) // readPlan has tried every pattern
	return err == nil && ok && match(glob[1:], file[1:])
}
