// Command xiaojia is the whole program: serve · demo · import · backup · restore · verify · export · migrate ·
// user · routes · version.
// Exit codes: 0 good, 1 failed, 2 wrong use. Results go to stdout, progress and messages to stderr.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"xiaojia/internal/app"
	"xiaojia/internal/platform/config"
)

// version is set by the linker of a release.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app.Version = version
	os.Exit(exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr), os.Stderr))
}

type command func(ctx context.Context, args []string, out, say io.Writer) error

var usage = `xiaojia serve    --data DIR --addr HOST:PORT [--database URL] [--public-url URL] [--tls-cert F --tls-key F] [--smtp URL --smtp-from ADDRESS]
         [--backup-dir DIR --backup-at 02:30 --backup-keep 14]
xiaojia demo     --data DIR --addr HOST:PORT [--no-serve] [--today 2024-12-20] [--members N] [--hazards N]
xiaojia import   people --data DIR --unit UNIT --file F [--dry-run] --json [--reveal]
xiaojia backup   --data DIR [--database URL] --out F
xiaojia restore  --from F --data DIR [--database URL]
xiaojia verify   --data DIR [--database URL] [--json]
xiaojia export   --all --data DIR [--database URL] --out F
xiaojia migrate  --data DIR [--database URL]
xiaojia user     invite --data DIR --person NO · token --data DIR --user LOGIN
xiaojia routes   --data DIR
xiaojia version
`

func run(ctx context.Context, args []string, out, say io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(say, usage)
		return config.ErrUsage
	}
	cmd, ok := map[string]command{"serve": serve, "migrate": migrate, "version": printVersion, "demo": demo, "routes": routes, "import": importPeople, "user": user,
		"backup": backup, "restore": restore, "verify": verify, "export": export}[args[0]]
	if !ok {
		fmt.Fprintf(say, "xiaojia: no command %q\n%s", args[0], usage)
		return config.ErrUsage
	}
	return cmd(ctx, args[1:], out, say)
}

func exit(err error, say io.Writer) int {
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, config.ErrUsage):
		fmt.Fprintln(say, "xiaojia:", err)
		return 2
	}
	fmt.Fprintln(say, "xiaojia:", err)
	return 1
}

func logger(say io.Writer) *slog.Logger {
	level := slog.LevelInfo
	if os.Getenv("XIAOJIA_LOG") == "debug" {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(say, &slog.HandlerOptions{Level: level}))
}

func serve(ctx context.Context, args []string, _, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("serve", say)
	f.Common(&cfg)
	f.Serving(&cfg)
	if err := f.Parse(args); err != nil {
		return err
	}
	if err := cfg.Check(); err != nil {
		return err
	}
	debug.SetGCPercent(300)
	a, err := app.Open(ctx, cfg, logger(say))
	if err != nil {
		return err
	}
	err = a.Serve(ctx, func(url string) { welcome(ctx, a, url, say) })
	return errors.Join(err, a.Close())
}

// welcome prints, in one piece, where to look and the one-time link of an empty installation.
func welcome(ctx context.Context, a *app.App, url string, say io.Writer) {
	text := "小家 " + url + "\n"
	for _, m := range a.Assets.Missing() {
		text += "missing " + m + ": run make web, pages will look bare\n"
	}
	token, err := a.Accounts.SetupLink(ctx)
	switch {
	case err != nil:
		text += "set-up link: " + err.Error() + "\n"
	case token != "":
		text += "还没有人，请打开这个一次性链接开始 / nobody is here yet, open this one-time link:\n  " + url + "/setup/" + token + "\n"
	}
	fmt.Fprint(say, text)
}

func migrate(ctx context.Context, args []string, out, say io.Writer) error {
	var cfg config.Config
	f := config.NewSet("migrate", say)
	f.Common(&cfg)
	if err := f.Parse(args); err != nil {
		return err
	}
	a, err := existing(ctx, cfg, say)
	if err != nil {
		return err
	}
	u := a.Upgrade
	switch {
	case u.Steps == 0:
		fmt.Fprintf(out, "schema is up to date (%d)\n", u.To)
	case u.Before != "":
		fmt.Fprintf(out, "schema %d → %d (steps: %d), tried on a copy first; the database from before is %s\n", u.From, u.To, u.Steps, u.Before)
	default: // PostgreSQL
		fmt.Fprintf(out, "schema %d → %d (steps: %d), tried on a copy first\n", u.From, u.To, u.Steps)
	}
	return a.Close()
}

func printVersion(_ context.Context, _ []string, out, _ io.Writer) error {
	rev := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				rev = " " + s.Value[:12]
			}
		}
	}
	_, err := fmt.Fprintf(out, "xiaojia %s%s\n", version, rev)
	return err
}
