// Package story is the living demo: a branch of some 240 people, its cast, and two years played day by day through the
// real use cases under a clock of its own. No row is written by hand.
package story

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/story/scene"
)

// Begins is the first working day of the story: the branch adopts its duties on New Year 2023.
var Begins = kernel.MustDate("2023-01-03")

// Today is the day on which the demo stands, where nothing else is said.
var Today = kernel.MustDate("2024-12-20")

// clock is set by the story from day to day.
type clock struct {
	mu sync.Mutex
	at kernel.Time
}

func (c *clock) Now() kernel.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

// set never goes back: what happens later on a day happens after what was before.
func (c *clock) set(at kernel.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = max(c.at.Add(time.Millisecond), at)
}

// teller plays the story over an open program.
type teller struct {
	ctx        context.Context
	app        *app.App
	clock      *clock
	org        string
	branch     org.UnitID
	actors     map[string]authz.Actor
	ids        map[string]people.ID // login → person
	album      *scene.Album
	kept       map[string]string // scene and variant → hash of the stored picture
	open       []*affair         // hazards under way
	last       kernel.Date
	said       int
	spots      []spot // what its members report by themselves
	branchName string
	repairs    string      // the department that answers where a place names none
	slack      int         // how many rounds of a hundred are forgotten or come late
	second     *teller     // the other branch of the company union
	joins      kernel.Date // when it begins
}

// Play fills an empty folder with the story up to the day, tells its progress as days done of all, and leaves the folder
// marked as a demo whose clock stands at that day.
func Play(ctx context.Context, cfg config.Config, today kernel.Date, log *slog.Logger, progress func(done, of int)) error {
	return play(ctx, cfg, today, secondFrom, log, progress)
}

func play(ctx context.Context, cfg config.Config, today, joins kernel.Date, log *slog.Logger, progress func(done, of int)) error {
	cl := &clock{at: Begins.At(7, 30)}
	a, err := app.OpenWith(ctx, cfg, log, cl, true)
	if err != nil {
		return err
	}
	defer a.Close()
	t := &teller{ctx: ctx, app: a, clock: cl, actors: map[string]authz.Actor{}, ids: map[string]people.ID{}, album: scene.NewAlbum(), kept: map[string]string{}, last: today, joins: joins, spots: spots, slack: 6, repairs: "设备维修科"}
	if err := t.moveIn(); err != nil {
		return fmt.Errorf("move in: %w", err)
	}
	days := today.Sub(Begins)
	for d := Begins; !d.After(today); d = d.Add(1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := t.day(d); err != nil {
			return fmt.Errorf("%v: %w", d, err)
		}
		progress(d.Sub(Begins), days)
	}
	if err := t.underway(today); err != nil {
		return fmt.Errorf("under way: %w", err)
	}
	if err := t.ownDuty(); err != nil {
		return fmt.Errorf("own duty: %w", err)
	}
	if err := t.examples(); err != nil {
		return fmt.Errorf("examples: %w", err)
	}
	now := today.At(10, 8)
	return app.WriteMark(cfg.Data, app.Mark{Demo: true, Offset: time.Duration(int64(now)-time.Now().UnixMicro()) * time.Microsecond})
}

// day is one day of the branch: what falls due opens, patrols go out, hazards move on, the rest is noted down.
func (t *teller) day(d kernel.Date) error {
	t.clock.set(d.At(7, 40))
	if err := t.app.Duties.Open(t.ctx); err != nil {
		return fmt.Errorf("open rounds: %w", err)
	}
	if err := t.app.Matters.Tick(t.ctx, t.app.DB); err != nil {
		return fmt.Errorf("tick: %w", err)
	}
	w, err := t.app.Almanac.Workdays(t.ctx, t.org)
	if err != nil {
		return err
	}
	if d == t.joins {
		if err := t.openSecond(d); err != nil {
			return fmt.Errorf("second branch: %w", err)
		}
	}
	if w.Is(d) {
		if err := t.work(d); err != nil {
			return err
		}
		if t.second != nil {
			if err := t.second.work(d); err != nil {
				return fmt.Errorf("second branch: %w", err)
			}
		}
	}
	if err := t.app.Relay(t.ctx); err != nil { // as the server's job does
		return err
	}
	if d == t.last.Add(-7) {
		return t.readUp()
	}
	return nil
}

// work is what the people of a branch do on a working day.
func (t *teller) work(d kernel.Date) error {
	if err := t.rounds(d); err != nil {
		return fmt.Errorf("rounds: %w", err)
	}
	if err := t.reports(d); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	if err := t.affairs(d); err != nil {
		return fmt.Errorf("hazards: %w", err)
	}
	return nil
}

// chance is a number below n that depends on the words alone: the same story every time.
func chance(n int, words ...any) int {
	h := uint64(1469598103934665603)
	for _, b := range []byte(fmt.Sprint(words...)) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	h ^= h >> 29
	return int(h % uint64(n))
}
