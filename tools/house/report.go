package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Sum is the cost of some files by kind.
type Sum struct{ Go, Templ, YAML, Tests, Generated int }

func (s *Sum) add(f File) {
	switch {
	case f.Generated:
		s.Generated += f.Lines
	case f.Test:
		s.Tests += f.Cost
	case f.Kind == ".templ":
		s.Templ += f.Cost
	case f.Kind == ".yaml":
		s.YAML += f.Lines
	default:
		s.Go += f.Cost
	}
}

// Written is what a budget is about.
func (s Sum) Written() int { return s.Go + s.Templ }

func sum(files []File, has func(string) bool) Sum {
	var s Sum
	for _, f := range files {
		if has(f.Path) {
			s.add(f)
		}
	}
	return s
}

// floors name the folders of each floor, from the ground up (docs/architecture.md).
var floors = []struct {
	Name    string
	Folders []string
}{
	{"1 kernel, catalogue, web", []string{"internal/kernel/", "catalogue/", "web/"}},
	{"2 platform", []string{"internal/platform/"}},
	{"3 register", []string{"internal/register/"}},
	{"4 engine", []string{"internal/engine/"}},
	{"5 measure", []string{"internal/measure/"}},
	{"6 proof", []string{"internal/proof/"}},
	{"7 app, story, cmd", []string{"internal/app/", "internal/story/", "cmd/"}},
	{"beside: checks and tools", []string{"internal/archtest/", "internal/langtest/", "tools/", "bench/"}},
}

// longest is how many files and functions are listed.
const longest = 10

func report(out io.Writer, plan Plan, files []File) error {
	fmt.Fprintf(out, "%-40s %7s %7s %7s %7s %9s\n", fmt.Sprintf("lines by hand (over %d characters: two)", wide), "go", "templ", "tests", "yaml", "generated")
	for _, f := range floors {
		row(out, f.Name, sum(files, func(p string) bool {
			return slices.ContainsFunc(f.Folders, func(d string) bool { return strings.HasPrefix(p, d) })
		}))
	}
	row(out, "all", sum(files, func(string) bool { return true }))
	fmt.Fprintln(out)
	for _, dir := range modules(files) {
		row(out, strings.TrimPrefix(dir, "internal/"), sum(files, func(p string) bool { return strings.HasPrefix(p, dir+"/") }))
	}
	longestFiles(out, files)
	longestFuncs(out, files)
	engines(out, plan, files)
	return costs(out, plan, files)
}

func row(out io.Writer, name string, s Sum) {
	fmt.Fprintf(out, "%-40s %7d %7d %7d %7d %9d\n", name, s.Go, s.Templ, s.Tests, s.YAML, s.Generated)
}

// modules are the folders of engines and measures.
func modules(files []File) []string {
	var out []string
	for _, f := range files {
		if p := strings.Split(f.Path, "/"); len(p) > 3 && (p[1] == "engine" || p[1] == "measure") {
			out = append(out, strings.Join(p[:3], "/"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func longestFiles(out io.Writer, files []File) {
	list := slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Generated || f.Test || f.Kind == ".yaml" })
	slices.SortStableFunc(list, func(a, b File) int { return cmp.Compare(b.Lines, a.Lines) })
	fmt.Fprintln(out, "\nlongest files")
	for _, f := range list[:min(longest, len(list))] {
		fmt.Fprintf(out, "%5d  %s\n", f.Lines, f.Path)
	}
}

func longestFuncs(out io.Writer, files []File) {
	type at struct {
		Func
		path string
	}
	var list []at
	for _, f := range files {
		for _, fn := range f.Funcs {
			if !f.Test {
				list = append(list, at{fn, f.Path})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b at) int { return cmp.Compare(b.Lines, a.Lines) })
	fmt.Fprintln(out, "\nlongest functions")
	for _, x := range list[:min(longest, len(list))] {
		fmt.Fprintf(out, "%5d  %s  %s\n", x.Lines, x.Name, x.path)
	}
}

// engines compares each engine with its budget. Being over is printed and fails nothing.
func engines(out io.Writer, plan Plan, files []File) {
	fmt.Fprintln(out, "\nengines")
	for _, e := range plan.Engines {
		s := sum(files, e.has)
		share := 0.0
		if s.Written() > 0 {
			share = float64(s.Tests) / float64(s.Written())
		}
		fmt.Fprintf(out, "%s: %d of %d lines, %s; %.2f lines of test a line, wanted %.1f, %s\n", e.Name, s.Written(), e.Budget, verdict(s.Written() <= e.Budget), share, e.Tests,
			map[bool]string{true: "ok", false: "too few"}[share >= e.Tests])
	}
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "over"
}

// costs prints one line a mechanism for scripts: cost, code, name, go, templ, yaml, budget, ok or over.
func costs(out io.Writer, plan Plan, files []File) error {
	fmt.Fprintln(out)
	var err error
	for _, m := range plan.Mechanisms {
		s, data := sum(files, m.has), sum(files, func(p string) bool { return anyOf(m.YAML, p) })
		ok := s.Written() <= m.Budget
		if !ok {
			err = errOver
		}
		fmt.Fprintf(out, "cost\t%s\t%s\t%d\t%d\t%d\t%d\t%s\n", m.Code, m.Name, s.Go, s.Templ, data.YAML, m.Budget, verdict(ok))
	}
	return err
}
