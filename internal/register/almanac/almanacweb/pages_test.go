package almanacweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/almanac/almanacdb"
	"xiaojia/internal/register/almanac/almanacweb"
	assets "xiaojia/web"
)

func serve(t *testing.T) func(who, lang string, pairs ...string) (int, *goquery.Document) {
	t.Helper()
	d := dbtest.SQLite(t, dbtest.NewClock("2026-11-20"))
	pack, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := i18n.Read(ui.English, almanacweb.English, almanac.English)
	if err != nil {
		t.Fatal(err)
	}
	set, routes := authz.NewSet(almanac.Rules()), &web.Routes{}
	almanacweb.New(&ui.Frame{Assets: pack, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }}, almanac.NewService(d, almanacdb.Store{}, outbox.NewBus(), func(context.Context, string) (int, error) { return 1, nil })).Routes(routes)
	if err := routes.Check(set.Rules()); err != nil {
		t.Fatal(err)
	}
	srv := web.Serve(web.Config{Clock: d.Clock, Book: book, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Enter: "/enter", MaxBody: 1 << 20,
		Who: func(_ context.Context, who string) (authz.Actor, string, error) {
			return set.Resolve(authz.Actor{Org: "o1", Account: who, Person: who, Branch: "a", Grants: []authz.Grant{{Office: authz.Office(who), Unit: "a", Branch: "a"}}}), who, nil
		},
		Oops: func(_ *web.Ctx, _ int, s string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, s); return err })
		}}, routes, http.NotFoundHandler())
	return func(who, lang string, pairs ...string) (int, *goquery.Document) {
		t.Helper()
		method, v := "GET", url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
			method = "POST"
		}
		r := httptest.NewRequestWithContext(t.Context(), method, "/almanac", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
		w := httptest.NewRecorder()
		srv.ServeHTTP(w, r)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.Code, doc
	}
}

func TestTheNextYearIsEnteredFromTheNotice(t *testing.T) {
	t.Parallel()
	do := serve(t)
	status, doc := do("chair", "zh")
	if v, _ := doc.Find("#f-year").Attr("value"); status != 200 || v != "2027" || !strings.Contains(doc.Text(), "国办发明电〔2025〕7号") {
		t.Fatalf("got %d, next year %q", status, v)
	}
	status, doc = do("chair", "zh", "year", "2027", "off", "二月八号", "work", "", "source", "通知", "step", "save")
	if status != 422 || !strings.Contains(doc.Find("#e-off").Text(), "读不出是哪一天") {
		t.Errorf("unreadable day: got %d %q", status, doc.Find(".field-wrong").Text())
	}
	status, doc = do("chair", "zh", "year", "2027", "off", "01-01 02-08~12", "work", "02-20", "source", "通知", "step", "look")
	if status != 200 || !strings.Contains(doc.Find("[data-preview]").Text(), "2月20日") || !strings.Contains(doc.Find("[data-preview]").Text(), "春节") {
		t.Errorf("preview: got %d %q", status, doc.Find("[data-preview]").Text())
	}
	status, doc = do("chair", "zh", "year", "2027", "off", "01-01 02-06", "work", "02-20", "source", "", "step", "save")
	if status != 422 || doc.Find("#e-source").Length() != 1 || !strings.Contains(doc.Find("#e-off").Text(), "是周末") {
		t.Errorf("wrong days: got %d %q", status, doc.Find(".field-wrong").Text())
	}
	if status, _ = do("member", "zh", "year", "2027", "off", "01-01", "source", "通知", "step", "save"); status != 403 {
		t.Errorf("a member enters: got %d", status)
	}
	if status, _ = do("chair", "zh", "year", "2027", "off", "01-01 02-08~12", "work", "02-20", "source", "通知一", "version", "0", "step", "save"); status != 303 {
		t.Fatalf("save: got %d", status)
	}
	_, doc = do("member", "zh")
	if s := doc.Text(); !strings.Contains(s, "通知一") || !strings.Contains(s, "本单位录入") {
		t.Errorf("the entered year does not show")
	}
	if status, _ = do("chair", "zh", "year", "2027", "off", "01-01", "source", "通知二", "version", "0", "step", "save"); status != 422 {
		t.Errorf("a second tab: got %d, want 422 with a sentence", status)
	}
	if _, doc = do("chair", "en"); strings.Contains(doc.Text(), i18n.Missing) {
		t.Errorf("lacks a translation: %.200s", doc.Text()[strings.Index(doc.Text(), i18n.Missing):])
	}
}
