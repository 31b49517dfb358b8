package web_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/web"
)

type clockAt struct{ at *kernel.Time }

func (c clockAt) Now() kernel.Time { return *c.at }

// TestAPageIsKeptWhileNothingIsWritten: the handler runs again for another person, language, address, minute or write, and
// for nobody else; a page that sets a cookie is never kept; who has the page gets 304.
func TestAPageIsKeptWhileNothingIsWritten(t *testing.T) {
	t.Parallel()
	ran, version, now := 0, uint64(1), kernel.MustDate("2024-12-20").At(10, 0)
	book, err := i18n.Read()
	if err != nil {
		t.Fatal(err)
	}
	routes := &web.Routes{}
	page := func(c *web.Ctx) error {
		ran++
		if c.Query("cookie") != "" {
			http.SetCookie(c.W, &http.Cookie{Name: "x", Value: "y"})
		}
		return c.Render(templ.Raw(fmt.Sprintf("<p>%s %d</p>", c.Actor.Account, ran)))
	}
	routes.Get("/list", authz.SignedIn, page)
	routes.Keep("/list")
	h := web.Serve(web.Config{Clock: clockAt{&now}, Book: book, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Enter: "/enter", MaxBody: 1 << 20,
		Version: func(string) uint64 { return version },
		Who: func(_ context.Context, token string) (authz.Actor, string, error) {
			return authz.Actor{Account: token}, token, nil
		}}, routes, http.NotFoundHandler())
	ask := func(who, address string, head ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
		for i := 0; i+1 < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	first := ask("wang", "/list")
	for _, s := range []struct {
		name string
		do   func() *httptest.ResponseRecorder
		runs int
	}{
		{"again", func() *httptest.ResponseRecorder { return ask("wang", "/list") }, 0},
		{"somebody else", func() *httptest.ResponseRecorder { return ask("zhang", "/list") }, 1},
		{"another address", func() *httptest.ResponseRecorder { return ask("wang", "/list?tab=all") }, 1},
		{"in English", func() *httptest.ResponseRecorder { return ask("wang", "/list", "Accept-Language", "en") }, 1},
		{"a part of it", func() *httptest.ResponseRecorder { return ask("wang", "/list", "X-Part", "rows") }, 1},
		{"with a cookie", func() *httptest.ResponseRecorder { return ask("wang", "/list?cookie=1") }, 1},
		{"with a cookie again", func() *httptest.ResponseRecorder { return ask("wang", "/list?cookie=1") }, 1},
		{"after a write", func() *httptest.ResponseRecorder { version++; return ask("wang", "/list") }, 1},
		{"a minute later", func() *httptest.ResponseRecorder { now += kernel.Time(60_000_000); return ask("wang", "/list") }, 1},
	} {
		before := ran
		w := s.do()
		if ran-before != s.runs || w.Code != http.StatusOK {
			t.Errorf("%s: made %d times, want %d; %d", s.name, ran-before, s.runs, w.Code)
		}
	}
	if w := ask("wang", "/list", "If-None-Match", ask("wang", "/list").Header().Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("who has it: %d %q", w.Code, w.Body)
	}
	if got := first.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("over plain http: %q", got)
	}
	if got := ask("", "/list").Code; got != http.StatusSeeOther {
		t.Errorf("a visitor: %d", got)
	}
}
