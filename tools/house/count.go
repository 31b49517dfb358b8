package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

// wide is how many characters a line may have before it counts twice: otherwise a budget of lines would be kept by longer lines.
const wide = 120

// File is one file of Go, templ or YAML.
type File struct {
	Path      string // from the project's folder, with slashes
	Kind      string // its extension: .go, .templ or .yaml
	Test      bool
	Generated bool
	Lines     int
	Cost      int // lines, those over wide twice
	Funcs     []Func
}

// Func is one function or templ component that is written by hand.
type Func struct {
	Name  string
	Lines int
}

// generatedBy is how generated Go says so, in the form that Go's own tools look for.
var generatedBy = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// walk reads every Go, templ and YAML file of the project.
func walk(root string) ([]File, error) {
	var out []File
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "node_modules" || d.Name() == "testdata" || path != root && strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if ext := filepath.Ext(path); ext != ".go" && ext != ".templ" && ext != ".yaml" {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := count(filepath.ToSlash(rel), raw)
		out = append(out, f)
		return err
	})
	return out, err
}

// count measures one file.
func count(path string, raw []byte) (File, error) {
	f := File{Path: path, Kind: filepath.Ext(path), Test: strings.HasSuffix(path, "_test.go")}
	f.Generated = f.Kind == ".go" && generatedBy.Match(raw)
	for line := range bytes.Lines(raw) {
		f.Lines++
		f.Cost++
		if utf8.RuneCount(bytes.TrimRight(line, "\r\n")) > wide {
			f.Cost++
		}
	}
	var err error
	switch {
	case f.Kind == ".templ":
		f.Funcs = components(raw)
	case f.Kind == ".go" && !f.Generated:
		f.Funcs, err = functions(path, raw)
	}
	return f, err
}

// functions are those of a Go file.
func functions(path string, raw []byte) ([]Func, error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path, raw, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", path, err)
	}
	var out []Func
	for _, d := range parsed.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			out = append(out, Func{Name: fn.Name.Name, Lines: set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1})
		}
	}
	return out, nil
}

// opened is the first line of a function or component in a templ file; templ's formatter puts the last one, a brace, at the margin.
var opened = regexp.MustCompile(`^(?:templ|func) (?:\([^)]*\) )?(\w+)`)

// components are those of a templ file.
func components(raw []byte) []Func {
	var out []Func
	open := false
	for line := range bytes.Lines(raw) {
		if m := opened.FindSubmatch(line); m != nil {
			out, open = append(out, Func{Name: string(m[1])}), true
		}
		if !open {
			continue
		}
		out[len(out)-1].Lines++
		open = !bytes.HasPrefix(line, []byte("}"))
	}
	return out
}
