// Command bench measures what each job of the program costs, as a ratio to a limit that is measured in the same run: a bare
// handler that sends as many bytes, SQLite with one row a commit. It starts the server itself.
//
//	go run ./bench [-bin bin/xiaojia] [-dir FOLDER] [-database URL] [-round 1s] [-full] [part …]
//
// Words are parts of jobs' names: only these are measured. -full adds a million hazards, which takes some minutes and 6 GB.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Size of what is measured: a company union of ten thousand people.
const (
	manyHazards = 100_000
	manyPeople  = 10_000
)

// rounds is how often each job is measured, turn about with its limit; the median counts.
const rounds = 5

// run is one measuring.
type run struct {
	ctx      context.Context
	bin, dir string
	database string
	round    time.Duration
	full     bool
	parts    []string
	table    []line
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		bare(os.Args[2:])
		return
	}
	r := &run{}
	flag.StringVar(&r.bin, "bin", "bin/xiaojia", "the program")
	flag.StringVar(&r.dir, "dir", "", "folder that is kept between runs (default: a new one that is removed)")
	flag.StringVar(&r.database, "database", "", "a PostgreSQL instead of SQLite: databases named bench_… are made in it and stay")
	flag.DurationVar(&r.round, "round", time.Second, "how long one round takes")
	flag.BoolVar(&r.full, "full", false, "a million hazards too")
	flag.Parse()
	r.parts = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r.ctx = ctx
	if err := r.all(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	if r.print() > 0 {
		os.Exit(1)
	}
}

func (r *run) all() error {
	if r.dir == "" {
		dir, err := os.MkdirTemp("", "xiaojia-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		r.dir = dir
	}
	fmt.Printf("%s, %d cores, %s, %s, rounds of %s, medians of %d\n\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), runtime.Version(), r.engine(), r.round, rounds)
	for _, job := range []struct {
		name string
		do   func() error
	}{{"pages", r.pages}, {"create", r.create}, {"start", r.start}, {"round", r.coverage}, {"excel", r.excel}, {"million", r.million}} {
		if !r.wanted(job.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s …\n", job.name)
		if err := job.do(); err != nil {
			return fmt.Errorf("%s: %w", job.name, err)
		}
	}
	return nil
}

func (r *run) engine() string {
	if r.database != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

func (r *run) wanted(name string) bool {
	if name == "million" && !r.full {
		return false
	}
	for _, p := range r.parts {
		if strings.Contains(name, p) {
			return true
		}
	}
	return len(r.parts) == 0
}

// folder is a demo of the given size, made once and kept in the run's folder.
func (r *run) folder(name string, people, hazards int) (string, error) {
	dir := filepath.Join(r.dir, name)
	done := dir + ".ready"
	if _, err := os.Stat(done); err == nil {
		return dir, nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := r.fresh(dir, ""); err != nil {
		return "", err
	}
	args := []string{"demo", "--data", dir, "--no-serve", "--members", fmt.Sprint(people), "--hazards", fmt.Sprint(hazards)}
	if err := r.command(args...); err != nil {
		return "", err
	}
	return dir, os.WriteFile(done, nil, 0o600)
}
