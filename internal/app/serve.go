package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// drainFor is how long a stopping server waits for requests that are under way.
const drainFor = 15 * time.Second

// slowest is how long a phone may take to send its photos.
const slowest = 10 * time.Minute

// Serve listens until ctx ends, then lets requests finish. ready is called with the address once it listens.
func (a *App) Serve(ctx context.Context, ready func(url string)) error {
	h, err := a.Handler()
	if err != nil {
		return err
	}
	if err := a.shelf.Clear(); err != nil {
		return err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: slowest, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	ln, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := a.debug(ctx); err != nil {
		return err
	}
	jobsCtx, stop := context.WithCancel(ctx)
	idle := make(chan struct{})
	go func() { a.RunJobs(jobsCtx); close(idle) }()
	failed := make(chan error, 1)
	go func() { failed <- a.listen(srv, ln) }()
	ready(a.URL(ln.Addr().String()))
	select {
	case err = <-failed:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
		defer cancel()
		err = srv.Shutdown(grace)
	}
	stop()
	<-idle
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// debug serves what those need who watch the machine, Go's profiler and the metrics, where it was asked for.
func (a *App) debug(ctx context.Context) error {
	if a.Config.Debug == "" {
		return nil
	}
	ln, err := net.Listen("tcp", a.Config.Debug)
	if err != nil {
		return fmt.Errorf("profiler: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /metrics", a.metrics)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = srv.Close() }) // the program is ending
	go func() { _ = srv.Serve(ln) }()                  // until then
	return nil
}

func (a *App) listen(srv *http.Server, ln net.Listener) error {
	switch {
	case a.Config.ACME != "":
		m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(a.Config.ACME), Cache: autocert.DirCache(a.Config.File("certificates"))}
		srv.TLSConfig = m.TLSConfig()
		return srv.ServeTLS(ln, "", "")
	case a.Config.TLSCert != "":
		return srv.ServeTLS(ln, a.Config.TLSCert, a.Config.TLSKey)
	}
	return srv.Serve(ln)
}

// URL is the address that people use: the public one where it is set.
func (a *App) URL(listening string) string {
	if a.Config.PublicURL != "" {
		return a.Config.PublicURL
	}
	scheme := "http"
	if a.Config.ACME != "" {
		return "https://" + a.Config.ACME
	}
	if a.Config.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + listening
}
