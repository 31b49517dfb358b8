package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/proof/upkeep"
)

// backup writes one proved file and prints where it is.
func backup(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("backup", say)
	f.Common(&cfg)
	file := f.String("out", "", "file to write")
	if err := need(f.Parse(args), *file, "--out F"); err != nil {
		return err
	}
	k, err := app.Keep(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	made, err := k.Backup(ctx, *file, steps(say))
	if err == nil {
		err = k.Remember(ctx, made)
	}
	if err = errors.Join(err, k.DB.Close()); err != nil {
		return err
	}
	c := made.Proof.Counts
	_, err = fmt.Fprintf(out, "good %s: %d bytes, %d pictures, restored and checked: %d lines of history, %d counters, %d matters, %d signatures, in %.1f s\n",
		made.File, made.Size, made.Pictures, c.History, c.Counters, c.Matters, c.Signatures, made.Took.Seconds())
	return err
}

// restore puts a backup into an empty folder.
func restore(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("restore", say)
	f.Common(&cfg)
	file := f.String("from", "", "backup to read")
	if err := need(f.Parse(args), *file, "--from F"); err != nil {
		return err
	}
	m, err := upkeep.Restore(ctx, *file, cfg.Data, cfg.Database, kernel.WallClock{})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "restored %s into %s: of %s, schema %d, %d files; everybody signs in anew\n", *file, cfg.Data, m.Created.Local().Format("2006-01-02 15:04:05"), m.Schema, len(m.Entries))
	return err
}

// verify prints a line for each row that is not as it must be: table, key, what. With --json each line is an object, the last
// one the summary.
func verify(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("verify", say)
	f.Common(&cfg)
	asJSON := f.Bool("json", false, "an object a line")
	if err := f.Parse(args); err != nil {
		return err
	}
	k, err := app.Keep(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	var werr error
	r, err := k.CheckNow(ctx, func(x upkeep.Finding) {
		if *asJSON {
			werr = errors.Join(werr, lines.Encode(map[string]string{"table": x.Table, "key": x.Key, "what": x.English()}))
		} else if _, e := fmt.Fprintln(out, x); e != nil {
			werr = e
		}
	})
	if err = errors.Join(err, werr, k.DB.Close()); err != nil {
		return err
	}
	c := r.Counts
	if *asJSON {
		if err := lines.Encode(map[string]any{"findings": r.N, "counts": c, "seconds": r.Took.Seconds()}); err != nil {
			return err
		}
	}
	fmt.Fprintf(say, "looked at %d lines of history, %d pictures, %d counters, %d rounds, %d matters, %d signatures (%d cannot be made anew) in %.1f s\n",
		c.History, c.Pictures, c.Counters, c.Rounds, c.Matters, c.Signatures, c.Skipped, r.Took.Seconds())
	if r.N > 0 {
		return fmt.Errorf("%d findings", r.N)
	}
	if !*asJSON {
		_, err = fmt.Fprintln(out, "good: no findings")
	}
	return err
}

// need is a flag that has no default.
func need(err error, value, name string) error {
	if err == nil && value == "" {
		return fmt.Errorf("%w: %s is needed", config.ErrUsage, name)
	}
	return err
}

// steps prints how far something has come, a line a step.
func steps(say io.Writer) func(upkeep.Step) {
	shown, at := "", time.Time{}
	return func(s upkeep.Step) {
		if s.Name != shown || time.Since(at) > 2*time.Second {
			shown, at = s.Name, time.Now()
			if s.Of > 0 {
				fmt.Fprintf(say, "%s %d/%d\n", s.Name, s.Done, s.Of)
			} else {
				fmt.Fprintln(say, s.Name)
			}
		}
	}
}

// export writes everything as tables that other programs read.
func export(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("export", say)
	f.Common(&cfg)
	file := f.String("out", "", "zip to write")
	all := f.Bool("all", false, "everything; there is no smaller export yet")
	err := need(f.Parse(args), *file, "--out F")
	if err == nil && !*all {
		err = fmt.Errorf("%w: --all is needed", config.ErrUsage)
	}
	if err != nil {
		return err
	}
	k, err := app.Keep(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	e, err := k.Export(ctx, *file)
	if err = errors.Join(err, k.DB.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "exported %s: %d tables, %d rows, %d pictures; ID numbers are masked\n", *file, e.Tables, e.Rows, e.Pictures)
	return err
}
