package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
)

// Config is what the edge needs from the rest of the program.
type Config struct {
	Clock   kernel.Clock
	Book    *i18n.Book
	Log     *slog.Logger
	Who     func(ctx context.Context, token string) (authz.Actor, string, error) // the actor of a session cookie, and the session
	Oops    func(c *Ctx, status int, sentence string) templ.Component            // the page of an error
	Enter   string                                                               // where visitors sign in
	MaxBody int64                                                                // of a form with files; one without may send maxPlain
	Limiter *Limiter                                                             // nil for none
	Proxies []netip.Prefix                                                       // whose word about their clients is believed
	Version func(org string) uint64                                              // changes with every write of a union; nil keeps no page
	Meter   *Meter                                                               // nil counts nothing
	Secure  bool                                                                 // people come over https alone
	keeper  *keeper
}

// maxPlain is how much a form without files may send: the longest words with a signature, many times over.
const maxPlain = 1 << 20

// SessionCookie carries the session's token.
const SessionCookie = "xj_session"

// Serve answers by the table of routes and hands the rest to next.
func Serve(cfg Config, routes *Routes, next http.Handler) http.Handler {
	cfg.keeper = &keeper{}
	mux := http.NewServeMux()
	for _, rt := range routes.list {
		mux.Handle(rt.Method+" "+pattern(rt.Path), cfg.serve(rt))
	}
	mux.Handle("/", next)
	guard := http.NewCrossOriginProtection()
	return headers(cfg.Secure, guard.Handler(mux))
}

func pattern(path string) string {
	if path == "/" {
		return "/{$}"
	}
	return path
}

// policy refuses scripts, styles and pictures from anywhere but this program.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"

// onlySecure keeps browsers from asking over plain http for thirty days: long enough to protect, short enough for a house that
// gives its certificate up.
const onlySecure = "max-age=2592000"

func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		if secure {
			h.Set("Strict-Transport-Security", onlySecure)
		}
		h.Set("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
		next.ServeHTTP(w, r)
	})
}

// serve is the way of one request: limit, who is it, may he, the handler, and one place for what went wrong.
func (cfg Config) serve(rt Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, rec := time.Now(), &recorder{ResponseWriter: w}
		defer tidy(r)
		c := &Ctx{W: rec, R: r, Now: cfg.Clock.Now(), Client: cfg.client(r), MaxBody: cfg.bound(rt)}
		err := cfg.handle(c, rt)
		switch {
		case errors.Is(err, errHungUp) || err != nil && Status(err) == hungUp:
			rec.status = cmp.Or(rec.status, hungUp)
		case err != nil:
			cfg.answer(c, rec, err)
		}
		cfg.Meter.Saw(rt.Method, rt.Path, rec.status, time.Since(start))
		cfg.Log.LogAttrs(r.Context(), slog.LevelDebug, "request", slog.String("route", rt.Method+" "+rt.Path),
			slog.Int("status", rec.status), slog.Duration("took", time.Since(start)))
	})
}

// bound is how much a request of a route may send.
func (cfg Config) bound(rt Route) int64 {
	if rt.Files {
		return cfg.MaxBody
	}
	return min(cfg.MaxBody, maxPlain)
}

func (cfg Config) handle(c *Ctx, rt Route) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	c.prefs(cfg.Book)
	if rt.Method != http.MethodGet {
		c.R.Body = http.MaxBytesReader(c.W, c.R.Body, c.MaxBody)
		if !cfg.Limiter.Allow(c.Client.Addr) {
			return kernel.Err(kernel.Busy, "点得太快了，请过一会儿再试。")
		}
	}
	if k, err := c.R.Cookie(SessionCookie); err == nil {
		if c.Actor, c.Session, err = cfg.Who(c.R.Context(), k.Value); err != nil {
			return fmt.Errorf("session: %w", err)
		}
	}
	if !c.Actor.May(rt.Perm) {
		return cfg.refuse(c, rt)
	}
	if rt.Method == http.MethodGet && c.Part() == "" {
		c.takeFlash()
	}
	return cfg.page(c, rt)
}

// refuse sends a visitor to the door, and tells a person that he may not.
func (cfg Config) refuse(c *Ctx, rt Route) error {
	if c.Actor.Account != "" {
		return kernel.Err(kernel.Forbidden, "这一页不归你管。要办这件事，请找分工会主席。")
	}
	if rt.Method != http.MethodGet {
		return kernel.Err(kernel.Gone, "登录已经过期。填好的都在，请重新进门再试。")
	}
	http.Redirect(c.W, c.R, cfg.Enter+"?to="+url.QueryEscape(c.R.URL.RequestURI()), http.StatusSeeOther)
	return nil
}

// answer turns an error into a page, once; what is not for people stays in the log with its route and never with its address.
func (cfg Config) answer(c *Ctx, rec *recorder, err error) {
	err = kernel.Room(err)
	status, text := Status(err), "出错了，不是你的问题。已经记下来，请稍后再试。"
	var e *kernel.Error
	if errors.As(err, &e) {
		text = c.P.Err(e)
	} else {
		text = c.P.T(text)
	}
	if status >= 500 {
		cfg.Log.Error("request", "route", c.R.Pattern, "err", err)
	}
	if rec.status != 0 {
		cfg.Log.Error("failed after the answer had begun", "route", c.R.Pattern, "err", err)
		return
	}
	if c.sent() || strings.Contains(c.R.Header.Get("Accept"), "application/json") {
		if err := c.JSON(status, map[string]string{"error": text}); err != nil && !errors.Is(err, errHungUp) {
			cfg.Log.Error("answer", "err", err)
		}
		return
	}
	c.R.Header.Del("X-Part")
	if err := c.RenderStatus(status, cfg.Oops(c, status, text)); err != nil && !errors.Is(err, errHungUp) {
		cfg.Log.Error("error page", "err", err)
		http.Error(c.W, text, status)
	}
}

// hungUp is what web servers count where the visitor did not wait for the answer.
const hungUp = 499

// Status maps a kind to HTTP, here and nowhere else.
func Status(err error) int {
	if errors.Is(err, context.Canceled) {
		return hungUp
	}
	switch kernel.KindOf(err) {
	case kernel.Invalid:
		return http.StatusUnprocessableEntity
	case kernel.NotFound:
		return http.StatusNotFound
	case kernel.Forbidden:
		return http.StatusForbidden
	case kernel.Conflict:
		return http.StatusConflict
	case kernel.TooLarge:
		return http.StatusRequestEntityTooLarge
	case kernel.Busy:
		return http.StatusServiceUnavailable
	case kernel.Gone:
		return http.StatusGone
	}
	return http.StatusInternalServerError
}

// recorder remembers the status that was sent.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(s int) {
	if r.status == 0 {
		r.status = s
	}
	r.ResponseWriter.WriteHeader(s)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (c *Ctx) prefs(book *i18n.Book) {
	lang := cookie(c.R, "lang")
	if lang == "" && !strings.Contains(c.R.Header.Get("Accept-Language"), "zh") && strings.HasPrefix(c.R.Header.Get("Accept-Language"), "en") {
		lang = "en"
	}
	c.P = book.Printer(i18n.Lang(lang))
	c.Prefs = Prefs{Lang: c.P.Lang, Theme: cookie(c.R, "theme"), Size: cookie(c.R, "size")}
	if c.Prefs.Theme != "xiaojia" && c.Prefs.Theme != "xiaojia-night" {
		c.Prefs.Theme = ""
	}
	if c.Prefs.Size != "large" {
		c.Prefs.Size = ""
	}
}

func cookie(r *http.Request, name string) string {
	k, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}

// NotFound is the page of an address that no route has.
func NotFound(cfg Config) http.Handler {
	return cfg.serve(Route{Method: http.MethodGet, Path: "*", Perm: authz.Public, handle: func(*Ctx) error {
		return kernel.Err(kernel.NotFound, "没有这一页。地址也许打错了。")
	}})
}

// tidy removes what a large form left beside the database while it was read.
func tidy(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll() // the next start of the machine does it else
	}
}
