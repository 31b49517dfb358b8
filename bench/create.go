package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

// fastDisk is the rate of the limit above which a rate of its own counts instead of a share.
const (
	fastDisk   = 6000
	fastCreate = 3500
)

func (r *run) create() error {
	base, err := r.folder("hundred", manyPeople, manyHazards)
	if err != nil {
		return err
	}
	dir := filepath.Join(r.dir, "create") // what is written here would disturb those who read
	if err := exec.CommandContext(r.ctx, "cp", "-a", base, dir).Run(); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := r.fresh(dir, base); err != nil {
		return err
	}
	key, err := r.key(dir, "chair")
	if err != nil {
		return err
	}
	p, err := r.serve(dir)
	if err != nil {
		return err
	}
	raw, err := newRaw(filepath.Join(r.dir, "raw.db"))
	if err != nil {
		return errors.Join(err, p.stop())
	}
	defer raw.db.Close()
	var limits []float64
	got := map[int][]shot{}
	for range rounds {
		n, err := raw.rate(r.round)
		if err != nil {
			return errors.Join(err, p.stop())
		}
		limits = append(limits, n)
		for _, clients := range []int{16, 64} {
			s, err := load(p, clients, r.round, report(p.base, key))
			if err != nil {
				return errors.Join(err, p.stop())
			}
			got[clients] = append(got[clients], s)
		}
	}
	if err := p.stop(); err != nil {
		return err
	}
	self := func(n float64) float64 { return n }
	rate := func(s shot) float64 { return s.perSecond }
	limit, at16, at64 := median(limits, self), median(got[16], rate), median(got[64], rate)
	least := .6
	if limit > fastDisk {
		least = min(least, fastCreate/limit)
	}
	r.fast("create a hazard by the API, 16 clients", at16.perSecond, limit, least, .9, "one row a commit")
	r.fast("create a hazard by the API, 64 clients", at64.perSecond, limit, least, .9, "one row a commit")
	r.cheap("create a hazard, CPU", at16.cpu, 250*time.Microsecond, 180*time.Microsecond)
	return r.alone(dir, key, at16)
}

// alone measures the same server with one transaction a request.
func (r *run) alone(dir, key string, shared shot) error {
	if r.database != "" {
		return nil
	}
	p, err := r.serve(dir, "--commits", "alone")
	if err != nil {
		return err
	}
	var got []shot
	for range rounds {
		s, err := load(p, 16, r.round, report(p.base, key))
		if err != nil {
			return errors.Join(err, p.stop())
		}
		got = append(got, s)
	}
	one := median(got, func(s shot) float64 { return s.perSecond })
	r.fast("the same against one transaction a request", shared.perSecond, one.perSecond, 2, 0, "the same server, commits not shared")
	return p.stop()
}

func report(base, key string) request {
	return func(client, turn int) []byte {
		body := fmt.Sprintf(`{"title":"护栏松动 %d-%d","description":"二楼平台护栏松动，靠上去会晃。","grade":"C"}`, client, turn)
		return fmt.Appendf(nil, "POST /api/v1/hazards HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", base, key, len(body), body)
	}
}

// key is an API key of somebody of the cast, made by the command.
func (r *run) key(dir, login string) (string, error) {
	cmd := exec.CommandContext(r.ctx, r.bin, r.with([]string{"user", "token", "--data", dir, "--user", login})...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("user token: %w: %s", err, said.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// raw is the limit of writing: SQLite, synchronous=FULL, one row and one commit at a time, prepared.
type raw struct {
	db   *sql.DB
	stmt *sql.Stmt
	n    int
}

func newRaw(file string) (*raw, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(8000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER)"); err != nil {
		return nil, err
	}
	stmt, err := db.PrepareContext(context.Background(), "INSERT INTO t (a, b, c) VALUES (?, ?, ?)")
	return &raw{db: db, stmt: stmt}, err
}

func (w *raw) rate(d time.Duration) (float64, error) {
	start, n := time.Now(), 0
	for ; time.Since(start) < d; n++ {
		w.n++
		if _, err := w.stmt.Exec("护栏松动", "二楼平台护栏松动，靠上去会晃。", w.n); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(start).Seconds(), nil
}
