package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/story"
)

// demo opens a living branch: it plays the story into an empty folder once, and refuses any folder that is not a demo.
func demo(ctx context.Context, args []string, _, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("demo", say)
	f.Common(&cfg)
	f.Serving(&cfg)
	noServe := f.Bool("no-serve", false, "make the folder and stop")
	day := f.String("today", story.Today.String(), "the day on which the demo stands")
	var size story.Size
	f.IntVar(&size.Members, "members", 0, "fill the roster up to so many people with made-up rows")
	f.IntVar(&size.Hazards, "hazards", 0, "fill the list of hazards up to so many with made-up rows")
	if err := f.Parse(args); err != nil {
		return err
	}
	if err := cfg.Check(); err != nil {
		return err
	}
	today, err := kernel.ParseDate(*day)
	if err != nil || today.Before(story.Begins) {
		return fmt.Errorf("%w: --today is a day from %v on", config.ErrUsage, story.Begins)
	}
	if err := prepare(ctx, cfg, today, say); err != nil {
		return err
	}
	if err := fill(ctx, cfg, size, say); err != nil {
		return err
	}
	if *noServe {
		return nil
	}
	a, err := app.Open(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	err = a.Serve(ctx, func(url string) { fmt.Fprintf(say, "小家 %s\n", url) })
	return errors.Join(err, a.Close())
}

func prepare(ctx context.Context, cfg config.Config, today kernel.Date, say io.Writer) error {
	entries, err := os.ReadDir(cfg.Data)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("data folder: %w", err)
	}
	if len(entries) > 0 {
		if _, marked, err := app.ReadMark(cfg.Data); err != nil || !marked {
			return errors.Join(fmt.Errorf("%s is not a demo folder, and is left alone", cfg.Data), err)
		}
		return nil
	}
	start, shown := time.Now(), -1
	err = story.Play(ctx, cfg, today, logger(say), func(done, of int) {
		if p := done * 20 / max(of, 1); p != shown {
			shown = p
			fmt.Fprintf(say, "\r演两年 %3d%%", p*5)
		}
	})
	fmt.Fprintf(say, "\r演两年 %.1f s\n", time.Since(start).Seconds())
	if err != nil {
		return errors.Join(err, os.RemoveAll(cfg.Data))
	}
	return nil
}

// fill brings a demo up to a size, for load tests.
func fill(ctx context.Context, cfg config.Config, size story.Size, say io.Writer) (err error) {
	if size == (story.Size{}) {
		return nil
	}
	a, err := app.Open(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	start := time.Now()
	err = story.Crowd(ctx, a, size, func(done, of int) { fmt.Fprintf(say, "\r添数据 %d/%d", done, of) })
	fmt.Fprintf(say, "\r添数据 %.1f s          \n", time.Since(start).Seconds())
	return err
}
