package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
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

func (a *App) listen(srv *http.Server, ln net.Listener) error {
	if a.Config.TLSCert != "" {
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
	if a.Config.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + listening
}
