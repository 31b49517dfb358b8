package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func built(t *testing.T) *Assets {
	t.Helper()
	a, err := read(fstest.MapFS{
		"dist/.gitkeep":             {},
		"dist/app.css":              {Data: []byte(strings.Repeat("body{color:red}", 100))},
		"dist/app.js":               {Data: []byte("0")},
		"dist/manifest.webmanifest": {Data: []byte("{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPathCarriesTheContent(t *testing.T) {
	t.Parallel()
	a := built(t)
	if got, want := a.Path("app.css"), regexp.MustCompile(`^/assets/app\.[0-9a-f]{8}\.css$`); !want.MatchString(got) {
		t.Errorf("Path(app.css) = %q, want %s", got, want)
	}
	if got, want := a.Path("icons.svg"), "/assets/icons.svg"; got != want {
		t.Errorf("Path of a file that is not built = %q, want %q", got, want)
	}
	if got, want := a.Missing(), []string{"icons.svg", "favicon.svg"}; !slices.Equal(got, want) {
		t.Errorf("Missing = %q, want %q", got, want)
	}
}

func TestEmptyDistStillBuilds(t *testing.T) {
	t.Parallel()
	a, err := read(fstest.MapFS{"dist/.gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Missing(); !slices.Equal(got, needed) {
		t.Errorf("Missing = %q, want all of %q", got, needed)
	}
	if _, err := New(); err != nil {
		t.Errorf("New: %v", err)
	}
}

func TestServe(t *testing.T) {
	t.Parallel()
	a := built(t)
	hashed := a.Path("app.css")
	cases := []struct {
		name, method, path, header, value string
		status                            int
		kind, cache                       string
	}{
		{"hashed", "GET", hashed, "", "", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"plain", "GET", "/assets/app.css", "", "", 200, "text/css; charset=utf-8", "no-cache"},
		{"manifest", "GET", "/assets/manifest.webmanifest", "", "", 200, "application/manifest+json", "no-cache"},
		{"script", "HEAD", a.Path("app.js"), "", "", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"unchanged", "GET", "/assets/app.css", "If-None-Match", `"` + strings.TrimPrefix(hashed, Prefix) + `"`, 304, "text/css; charset=utf-8", "no-cache"},
		{"old hash", "GET", "/assets/app.00000000.css", "", "", 404, "text/plain; charset=utf-8", ""},
		{"keep-file", "GET", "/assets/.gitkeep", "", "", 404, "text/plain; charset=utf-8", ""},
		{"post", "POST", hashed, "", "", 405, "text/plain; charset=utf-8", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(c.method, c.path, nil)
			if c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			w := httptest.NewRecorder()
			a.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("status = %d, want %d", w.Code, c.status)
			}
			if got := w.Header().Get("Content-Type"); got != c.kind {
				t.Errorf("Content-Type = %q, want %q", got, c.kind)
			}
			if got := w.Header().Get("Cache-Control"); got != c.cache {
				t.Errorf("Cache-Control = %q, want %q", got, c.cache)
			}
		})
	}
}

func TestServeSqueezed(t *testing.T) {
	t.Parallel()
	a := built(t)
	r := httptest.NewRequest(http.MethodGet, a.Path("app.css"), nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	if got, want := w.Header().Get("Content-Encoding"), "gzip"; got != want {
		t.Fatalf("Content-Encoding = %q, want %q", got, want)
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Repeat("body{color:red}", 100); string(got) != want {
		t.Errorf("body has %d bytes, want %d", len(got), len(want))
	}
}

func TestIconsAreNamedOnce(t *testing.T) {
	t.Parallel()
	names := Icons()
	if got := len(slices.Compact(slices.Clone(names))); got != len(names) {
		t.Errorf("icons.txt has %d names, %d of them different", len(names), got)
	}
	if !IconExists("house") || IconExists("no-such-icon") || IconExists("") {
		t.Errorf("IconExists: house %t, no-such-icon %t, empty %t; want true, false, false", IconExists("house"), IconExists("no-such-icon"), IconExists(""))
	}
}

func TestWordsAreSentences(t *testing.T) {
	t.Parallel()
	words, err := Words()
	if err != nil {
		t.Fatal(err)
	}
	for key, text := range words {
		if text == "" || !regexp.MustCompile(`^[a-z]+\.[a-z]+$`).MatchString(key) {
			t.Errorf("word %q = %q: want a key noun.case and a sentence", key, text)
		}
	}
	if len(words) == 0 {
		t.Error("no words at all")
	}
}
