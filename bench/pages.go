package main

import (
	"errors"
	"fmt"
	"time"
)

const connections = 16

// page is one page under load.
type page struct {
	job, login, path string
	share, stretch   float64       // of the bare handler; 0: only CPU counts
	cpu, cpuStretch  time.Duration // the most a request may cost
}

func pagesOf(list bool) []page {
	all := []page{
		{"hazard list of 50, filters, one branch", "chair", "/safety/hazards?tab=open&grade=C", .09, .20, 650 * time.Microsecond, 0},
		{"hazard list of 50, filters, whole union", "company-chair", "/safety/hazards?tab=open&grade=C", .09, .20, 650 * time.Microsecond, 0},
		{"board by unit and status", "company-chair", "/safety/hazards/board", 0, 0, 600 * time.Microsecond, 400 * time.Microsecond},
	}
	if list {
		all = append(all, page{"home of the chair", "chair", "/", 0, 0, 2 * time.Millisecond, time.Millisecond})
	}
	return all
}

func (r *run) pages() error {
	dir, err := r.folder("hundred", manyPeople, manyHazards)
	if err != nil {
		return err
	}
	p, err := r.serve(dir)
	if err != nil {
		return err
	}
	for _, pg := range pagesOf(true) {
		for _, how := range []struct {
			words string
			ask   func(base, path, cookie string) request
		}{{"", get}, {", made anew", anew}} {
			med, limit, err := r.page(p, pg, how.ask)
			if err != nil {
				return errors.Join(fmt.Errorf("%s: %w", pg.job, err), p.stop())
			}
			if pg.share > 0 {
				r.fast(pg.job+how.words, med.perSecond, limit.perSecond, pg.share, pg.stretch, fmt.Sprintf("bare %d kB", limit.bytes>>10))
			}
			r.cheap(pg.job+how.words+", CPU", med.cpu, pg.cpu, pg.cpuStretch)
		}
	}
	return errors.Join(p.stop(), r.unkept(dir))
}

// unkept is what the first look after a write costs: nothing is remembered, the figure of what waits for somebody neither.
func (r *run) unkept(dir string) error {
	p, err := r.serve(dir, "--keep", "off")
	if err != nil {
		return err
	}
	for _, pg := range pagesOf(true) {
		med, _, err := r.page(p, pg, anew)
		if err != nil {
			return errors.Join(fmt.Errorf("%s, nothing kept: %w", pg.job, err), p.stop())
		}
		r.told(pg.job+", nothing kept, CPU", med.cpu)
	}
	return p.stop()
}

// page measures one page turn about with a bare handler that sends as many bytes.
func (r *run) page(p *process, pg page, ask func(base, path, cookie string) request) (med, limit shot, err error) {
	cookie, err := p.door(pg.login)
	if err != nil {
		return med, limit, err
	}
	warm, err := load(p, connections, r.round/2, ask(p.base, pg.path, cookie))
	if err != nil {
		return med, limit, err
	}
	b, err := bareServer(warm.bytes)
	if err != nil {
		return med, limit, err
	}
	defer func() { _ = b.cmd.Process.Kill() }()
	var got, limits []shot
	for range rounds {
		for _, m := range []struct {
			p   *process
			req request
			to  *[]shot
		}{{b, get(b.base, "/", cookie), &limits}, {p, ask(p.base, pg.path, cookie), &got}} {
			s, err := load(m.p, connections, r.round, m.req)
			if err != nil {
				return med, limit, err
			}
			*m.to = append(*m.to, s)
		}
	}
	rate := func(s shot) float64 { return s.perSecond }
	return median(got, rate), median(limits, rate), nil
}

// million lays the same pages over ten times as many hazards.
func (r *run) million() error {
	cpu := map[string]time.Duration{}
	for _, size := range []struct {
		name    string
		hazards int
	}{{"hundred", manyHazards}, {"million", 10 * manyHazards}} {
		dir, err := r.folder(size.name, manyPeople, size.hazards)
		if err != nil {
			return err
		}
		p, err := r.serve(dir)
		if err != nil {
			return err
		}
		for _, pg := range pagesOf(false) {
			med, _, err := r.page(p, pg, anew)
			if err != nil {
				return errors.Join(err, p.stop())
			}
			if small, ok := cpu[pg.job]; ok {
				r.cheap(pg.job+", a million against 100,000", med.cpu, small*3/2, small*6/5)
			}
			cpu[pg.job] = med.cpu
		}
		if err := p.stop(); err != nil {
			return err
		}
	}
	return nil
}
