package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
)

func server(t *testing.T, actor authz.Actor, h Handler) http.Handler {
	t.Helper()
	book, err := i18n.Read()
	if err != nil {
		t.Fatal(err)
	}
	routes := &Routes{}
	routes.Get("/page", "see", h)
	routes.Post("/page", "see", h)
	return Serve(Config{Clock: kernel.WallClock{}, Book: book, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Enter: "/enter", MaxBody: 1 << 10,
		Who:  func(context.Context, string) (authz.Actor, string, error) { return actor, "s", nil },
		Oops: func(_ *Ctx, _ int, text string) templ.Component { return templ.Raw(text) }}, routes, http.NotFoundHandler())
}

func ask(h http.Handler, method, body string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/page", strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: SessionCookie, Value: "x"})
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var seeing = authz.Actor{Account: "a", Scopes: map[authz.Perm]authz.Scope{"see": {Org: "o1"}}}

func TestErrorsBecomePagesInOnePlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{kernel.Err(kernel.NotFound, "没有这一件"), 404, "没有这一件"}, {kernel.Err(kernel.Conflict, "别人刚动过"), 409, "别人刚动过"},
		{kernel.Wrong("title", "写一句"), 422, "写一句"}, {kernel.Err(kernel.Busy, "过会儿"), 503, "过会儿"},
		{errors.New("secret address 10.0.0.7"), 500, "不是你的问题"},
	} {
		w := ask(server(t, seeing, func(*Ctx) error { return c.err }), "GET", "")
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) || strings.Contains(w.Body.String(), "10.0.0.7") {
			t.Errorf("%v: got %d %q", c.err, w.Code, w.Body)
		}
	}
	if w := ask(server(t, seeing, func(*Ctx) error { panic("in the handler") }), "GET", ""); w.Code != 500 {
		t.Errorf("panic: got %d", w.Code)
	}
}

func TestWhoMayNotIsRefused(t *testing.T) {
	t.Parallel()
	reached := func(*Ctx) error { t.Error("the handler was reached"); return nil }
	if w := ask(server(t, authz.Actor{Account: "a"}, reached), "GET", ""); w.Code != 403 {
		t.Errorf("a person: got %d", w.Code)
	}
	if w := ask(server(t, authz.Nobody, reached), "GET", ""); w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/enter?to=") {
		t.Errorf("a visitor: got %d to %s", w.Code, w.Header().Get("Location"))
	}
	if w := ask(server(t, seeing, reached), "POST", "a=1", "Sec-Fetch-Site", "cross-site"); w.Code != 403 {
		t.Errorf("a form from another site: got %d", w.Code)
	}
}

func TestATooLargeFormIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := server(t, seeing, func(c *Ctx) error { _, err := c.Form(); return err })
	if w := ask(h, "POST", "a="+strings.Repeat("x", 4<<10)); w.Code != 413 || !strings.Contains(w.Body.String(), "太大") {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

func TestRoutesWithoutDefenceDoNotStart(t *testing.T) {
	t.Parallel()
	known := []authz.Rule{{Office: "chair", Perm: "see"}}
	h := func(*Ctx) error { return nil }
	for what, add := range map[string]func(*Routes){
		"no permission":      func(r *Routes) { r.Get("/a", "", h) },
		"unknown permission": func(r *Routes) { r.Get("/a", "fly", h) },
		"no example":         func(r *Routes) { r.Get("/a/{id}", "see", h) },
	} {
		r := &Routes{}
		add(r)
		if r.Check(known) == nil {
			t.Errorf("%s: accepted", what)
		}
	}
	good := &Routes{}
	good.Get("/a/{id}", "see", h, Example("a"))
	if err := good.Check(known); err != nil {
		t.Error(err)
	}
}

func TestTheBucketFillsAgain(t *testing.T) {
	t.Parallel()
	l, now := NewLimiter(1, 3), time.Unix(1000, 0)
	for i, want := range []bool{true, true, true, false} {
		if got := l.take("a", now); got != want {
			t.Errorf("write %d: got %v", i, got)
		}
	}
	if !l.take("b", now) || !l.take("a", now.Add(1100*time.Millisecond)) {
		t.Error("another address, or a second later, must pass")
	}
}

// Only a proxy that was named is believed, and only about the next address that is no proxy.
func TestWhoseAddressIsCounted(t *testing.T) {
	t.Parallel()
	cfg := Config{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.2/32")}}
	for _, c := range []struct {
		remote, forwarded, proto, addr string
		secure                         bool
	}{
		{"192.168.1.7:4000", "1.2.3.4", "https", "192.168.1.7", false},
		{"127.0.0.1:4000", "", "", "127.0.0.1", false},
		{"127.0.0.1:4000", "6.6.6.6, 192.168.1.7", "https", "192.168.1.7", true},
		{"127.0.0.1:4000", "192.168.1.7, 10.0.0.2", "http", "192.168.1.7", false},
		{"127.0.0.1:4000", "made up", "HTTPS", "127.0.0.1", true},
		{"[::1]:4000", "1.2.3.4", "https", "::1", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		r.Header.Set("X-Forwarded-For", c.forwarded)
		r.Header.Set("X-Forwarded-Proto", c.proto)
		if got := cfg.client(r); got.Addr != c.addr || got.Secure != c.secure {
			t.Errorf("%s for %q: got %+v", c.remote, c.forwarded, got)
		}
	}
}

// The same form has the same name, a form with anything changed another one; a page that gave no value has none.
func TestAFormHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	name := func(pairs ...string) string {
		once, err := NewForm(pairs...).Once()
		if err != nil {
			t.Fatal(err)
		}
		return once
	}
	secret := kernel.BlindID()
	if a, b := name("once", secret, "title", "x"), name("title", "x", "once", secret); a != b || a == "" {
		t.Errorf("the same form: %q and %q", a, b)
	}
	if name("once", secret, "title", "x") == name("once", secret, "title", "y") || name("once", secret) == name("once", kernel.BlindID()) {
		t.Error("two forms have one name")
	}
	if got := name("title", "x") + name("once", "guess"); got != "" {
		t.Errorf("without a value of the page: %q", got)
	}
}

// Over https a cookie goes back over https alone, also one that holds a sentence for a minute.
func TestASentenceIsNotToldOverPlainHTTP(t *testing.T) {
	for _, secure := range []bool{true, false} {
		w := httptest.NewRecorder()
		c := &Ctx{W: w, R: httptest.NewRequest(http.MethodGet, "/", http.NoBody), Client: Client{Secure: secure}}
		c.SetFlash("存好了。")
		c.Cookie("lang", "en")
		for _, k := range w.Result().Cookies() {
			if k.Secure != secure {
				t.Errorf("%s: secure is %v at an address where it is %v", k.Name, k.Secure, secure)
			}
		}
	}
}

// Who hangs up is no error of ours: nothing in the log, and not counted as one.
func TestWhoHangsUpIsNoError(t *testing.T) {
	t.Parallel()
	book, err := i18n.Read()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	var m Meter
	routes := &Routes{}
	routes.Get("/page", authz.Public, func(c *Ctx) error {
		<-c.R.Context().Done()
		return fmt.Errorf("list: %w", c.R.Context().Err())
	})
	h := Serve(Config{Clock: kernel.WallClock{}, Book: book, Log: slog.New(slog.NewTextHandler(&said, nil)), Enter: "/enter", MaxBody: 1 << 10, Meter: &m,
		Oops: func(_ *Ctx, _ int, text string) templ.Component { return templ.Raw(text) }}, routes, http.NotFoundHandler())
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/page", nil))
	var counted strings.Builder
	if err := m.Write(&counted); err != nil {
		t.Fatal(err)
	}
	if w.Body.Len() > 0 || said.Len() > 0 || !strings.Contains(counted.String(), `status="499"`) {
		t.Errorf("answered %q, logged %q, counted\n%s", w.Body, &said, &counted)
	}
}

// A browser is told to come by https alone where people come by it, and never else.
func TestHTTPSAlone(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		w := httptest.NewRecorder()
		Serve(Config{Secure: secure}, &Routes{}, http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if got := w.Header().Get("Strict-Transport-Security"); (got == "max-age=2592000") != secure || !secure && got != "" {
			t.Errorf("https %v: %q", secure, got)
		}
	}
}
