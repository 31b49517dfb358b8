package web

import (
	"net/http"
	"strconv"
	"strings"
)

// ServeHTTP answers GET and HEAD below Prefix: a hashed name may be kept for ever, a plain one is asked again each time.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	one, ok := a.byName[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	one.head(w.Header(), name == one.hashed)
	if match := r.Header.Get("If-None-Match"); match != "" && strings.Contains(match, one.tag()) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := one.body
	if one.squeeze != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		body = one.squeeze
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		w.Write(body) //nolint:errcheck // the reader has gone; there is nobody left to tell
	}
}

func (one *asset) tag() string { return `"` + one.hashed + `"` }

func (one *asset) head(h http.Header, forever bool) {
	h.Set("Content-Type", one.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", one.tag())
	h.Set("Cache-Control", "no-cache")
	if forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
}
