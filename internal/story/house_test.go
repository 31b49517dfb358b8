package story

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/web"
)

// house is a demo of two months, open for requests.
type house struct {
	app  *app.App
	http http.Handler
}

func open(t testing.TB) house {
	t.Helper()
	return opened(t, "", secondFrom)
}

// each opens the demo on both engines, with its second branch in it, and runs the test beside others.
func each(t *testing.T, fn func(*testing.T, house)) {
	t.Parallel()
	joins := kernel.MustDate("2023-02-01")
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); fn(t, opened(t, "", joins)) })
	if os.Getenv(dbtest.PostgresEnv) == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not set: start PostgreSQL with tools/postgres.sh", dbtest.PostgresEnv)
		}
		return
	}
	t.Run("postgres", func(t *testing.T) { t.Parallel(); fn(t, opened(t, dbtest.PostgresAddress(t), joins)) })
}

func opened(t testing.TB, database string, joins kernel.Date) house {
	t.Helper()
	cfg := config.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", RateLimit: "off", Database: database}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	if err := play(t.Context(), cfg, kernel.MustDate("2023-03-03"), joins, quiet, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), cfg, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() }) // the test is over
	h, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return house{a, h}
}

func (h house) ask(ctx context.Context, method, path, session string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, method, path, nil)
	r.Header.Set("Accept-Language", "zh-CN")
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if session != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: session})
	}
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	return w
}

// enter signs a member of the cast in by the door.
func (h house) enter(t *testing.T, login string) string {
	t.Helper()
	w := h.ask(t.Context(), http.MethodPost, "/door/"+login, "")
	for _, c := range w.Result().Cookies() {
		if c.Name == web.SessionCookie {
			return c.Value
		}
	}
	t.Fatalf("%s does not get in: %d", login, w.Code)
	return ""
}
