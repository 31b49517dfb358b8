// Package app is the composition root: the only place that knows every module. It wires them by constructor calls that
// are read from top to bottom, lists the reactions between them, and runs the server and its jobs.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/overview/overviewweb"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/register/people/peopleweb"
)

// App is the program over one data folder.
type App struct {
	Modules
	Config  config.Config
	DB      *db.DB
	Log     *slog.Logger
	Demo    bool
	Keeper  *upkeep.Keeper
	Upgrade db.Upgrade // what opening the folder did to its schema
	jobs    *jobs.Runner
	calls   *api.API
	meter   web.Meter
	shelf   *peopleweb.Shelf // a roster, for the hour between its upload and its import

	overview *overviewweb.Pages
	days     days
	post     notify.Channel // nil without a mail server
	todos    db.Memo[todoAt, int]
}

// Open opens the data folder, brings its schema up to date and puts the modules together.
func Open(ctx context.Context, cfg config.Config, log *slog.Logger) (*App, error) {
	mark, demo, err := ReadMark(cfg.Data)
	if err != nil {
		return nil, err
	}
	return OpenWith(ctx, cfg, log, kernel.WallClock{Offset: mark.Offset}, demo)
}

// OpenWith is Open with a clock: the demo's story and tests have their own.
func OpenWith(ctx context.Context, cfg config.Config, log *slog.Logger, clock kernel.Clock, demo bool) (*App, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	d, err := db.Open(ctx, cfg.Data, cfg.Database, clock)
	if err != nil {
		return nil, err
	}
	if cfg.Keep == "off" {
		d.KeepNothing()
	}
	if cfg.Commits == "alone" {
		d.CommitAlone()
	}
	up, err := d.Migrate(ctx)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	ring, err := keyRing(ctx, d, cfg.File("keys.json"))
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{Config: cfg, DB: d, Log: log, Demo: demo, Keeper: keeper(cfg, d, log, demo), Upgrade: up, shelf: peopleweb.NewShelf(cfg.File("uploads")),
		todos: db.Memo[todoAt, int]{Most: todosMost}}
	if a.Modules, err = assemble(a, ring); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if a.post, err = a.channel(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	f := a.frame()
	a.days = days{a.dutyPages(f).Days, a.hazardPages(f).Days}
	a.jobs = jobs.NewRunner(d, log, a.schedule()...)
	return a, nil
}

// Close ends the database; the server has been drained before.
func (a *App) Close() error { return a.DB.Close() }

// RunJobs runs jobs until ctx ends.
func (a *App) RunJobs(ctx context.Context) {
	a.jobs.Due(ctx)
	debug.FreeOSMemory() // what the first run needed is not needed again
	a.jobs.Start(ctx)
}

// maxBody is what one form may send: six photos of a phone with room to spare.
const maxBody = 48 << 20

// Handler is the whole program over HTTP. It refuses to start with a route that nobody defends.
func (a *App) Handler() (http.Handler, error) {
	routes := a.Routes()
	err := routes.Check(a.Set.Rules())
	if err != nil {
		return nil, err
	}
	cfg := web.Config{Clock: a.DB.Clock, Book: a.Book, Log: a.Log, Who: a.Accounts.Who, Oops: a.oops, Enter: "/enter", MaxBody: maxBody, Secure: strings.HasPrefix(a.URL(""), "https://"), Version: a.DB.Version, Meter: &a.meter}
	if cfg.Proxies, err = a.Config.ProxyList(); err != nil {
		return nil, err
	}
	if a.Config.RateLimit != "off" {
		cfg.Limiter = web.NewLimiter(5, 60)
	}
	a.calls = a.API(cfg.Limiter)
	if err := a.calls.Check(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", a.Assets)
	mux.Handle(api.Root+"/", a.calls)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := a.DB.Ping(ctx); err != nil {
			http.Error(w, "database", http.StatusServiceUnavailable)
		}
	})
	return web.Serve(cfg, routes, a.orNotFound(cfg, mux)), nil
}

// orNotFound answers assets and health, and a page in words for every other address.
func (a *App) orNotFound(cfg web.Config, mux *http.ServeMux) http.Handler {
	missing := web.NotFound(cfg)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		missing.ServeHTTP(w, r)
	})
}
