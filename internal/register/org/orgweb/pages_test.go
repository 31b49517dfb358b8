package orgweb_test

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

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/org/orgweb"
	assets "xiaojia/web"
)

// house serves the real pages over a company union with two branches.
type house struct {
	t          *testing.T
	http       http.Handler
	units      *org.Service
	root, a, b org.UnitID
	actors     map[string]authz.Actor
	lang       string
}

var prog = authz.Program("o1")

func newHouse(t *testing.T) *house {
	t.Helper()
	d := dbtest.SQLite(t, dbtest.NewClock("2024-12-20"))
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, units: org.NewService(d, orgdb.Store{}, org.NewDirectory(d, orgdb.Store{}), cat.PlaceKinds), actors: map[string]authz.Actor{}}
	if err := d.InTx(t.Context(), prog, func(tx db.Tx) error {
		u, err := h.units.Found(tx, kernel.Words{Zh: "机械公司工会"})
		h.root = u.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h.a, h.b = h.unit(org.Branch, h.root, "科一分工会"), h.unit(org.Branch, h.root, "科二分工会")
	set := authz.NewSet(org.Rules())
	for who, g := range map[string]authz.Grant{"chair": {Office: authz.Chair, Unit: string(h.a), Branch: string(h.a)}, "member": {Office: authz.Member, Unit: string(h.a), Branch: string(h.a)},
		"company": {Office: authz.CompanyChair, Unit: string(h.root)}} {
		h.actors[who] = set.Resolve(authz.Actor{Org: "o1", Account: who, Person: who, Name: who, Branch: g.Branch, Grants: []authz.Grant{g}})
	}
	pack, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := i18n.Read(ui.English, orgweb.English, org.English)
	if err != nil {
		t.Fatal(err)
	}
	routes := &web.Routes{}
	orgweb.New(&ui.Frame{Assets: pack, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }}, h.units, func(context.Context, string) (map[org.UnitID]int, error) { return map[org.UnitID]int{h.a: 12}, nil }).Routes(routes)
	if err := routes.Check(set.Rules()); err != nil {
		t.Fatal(err)
	}
	h.http = web.Serve(web.Config{Clock: d.Clock, Book: book, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Enter: "/enter", MaxBody: 1 << 20,
		Who: func(_ context.Context, token string) (authz.Actor, string, error) { return h.actors[token], token, nil },
		Oops: func(_ *web.Ctx, _ int, s string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, s); return err })
		}}, routes, http.NotFoundHandler())
	return h
}

func (h *house) unit(k org.UnitKind, parent org.UnitID, name string) org.UnitID {
	h.t.Helper()
	id, err := h.units.AddUnit(h.t.Context(), prog, org.NewUnit{Kind: k, Parent: parent, Name: kernel.Words{Zh: name}})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// want sends a request (pairs make it a form) and looks for sentences in the answer.
func (h *house) want(who, path string, status int, pairs []string, sentences ...string) *goquery.Document {
	h.t.Helper()
	method, body := "GET", ""
	if pairs != nil {
		v := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		method, body = "POST", v.Encode()
	}
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	r.AddCookie(&http.Cookie{Name: "lang", Value: h.lang})
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	text := strings.Join(strings.Fields(doc.Text()), " ")
	if w.Code != status {
		h.t.Fatalf("%s %s as %s: got %d, want %d: %.400s", method, path, who, w.Code, status, text)
	}
	for _, s := range sentences {
		if !strings.Contains(text, s) {
			h.t.Errorf("%s as %s does not say %q: %.900s", path, who, s, text)
		}
	}
	return doc
}

func TestAChairOrdersHisOwnBranch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.want("chair", "/units", 303, []string{"kind", "department", "parent", string(h.a), "name", "装配车间"})
	next := h.want("chair", "/units?kind=department&parent="+string(h.a), 200, nil, "科一分工会", "12 人")
	if kind := next.Find("#add-kind option[selected]").Text(); kind != "部门" {
		t.Errorf("after a department the form begins with %q", kind)
	}
	h.want("chair", "/units", 422, []string{"kind", "department", "parent", string(h.a), "name", "装配车间"}, "这里已经有“装配车间”了")
	h.want("chair", "/units", 403, []string{"kind", "department", "parent", string(h.b), "name", "别人的车间"}, "这个单位不归你管")
	doc := h.want("chair", "/units", 200, nil, "科一分工会", "科二分工会", "装配车间", "建一个单位")
	if n := doc.Find("form[action='/units/" + string(h.b) + "']").Length(); n != 0 {
		t.Errorf("the chair may rename another branch")
	}
	h.want("chair", "/units/"+string(h.a), 422, []string{"version", "1", "name", ""}, "请填名称。")
	h.want("chair", "/units/"+string(h.a)+"/close", 422, []string{"version", "1"}, "下面还有 1 个单位或场所")
	h.want("chair", "/units/"+string(h.a), 303, []string{"version", "1", "name", "科一新分工会"})
	h.want("chair", "/units/"+string(h.a), 422, []string{"version", "1", "name", "又改"}, "刚刚被别人改过")
	group := h.unit(org.Group, h.a, "钳工班")
	dept := next.Find("#add-parent option").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == "装配车间" }).AttrOr("value", "")
	h.want("chair", "/units/"+string(group)+"/move", 422, []string{"version", "1", "parent", string(h.b)}, "小组只能移到本分工会")
	h.want("chair", "/units/"+string(group)+"/move", 303, []string{"version", "1", "parent", dept})
	h.want("member", "/units", 200, nil, "科一新分工会")
	h.want("member", "/units", 403, []string{"kind", "group", "parent", string(h.a), "name", "组"})
	h.want("company", "/units", 303, []string{"kind", "branch", "parent", string(h.root), "name", "科三分工会"})
}

func TestPlacesHaveACodeAndAnOwner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cook := h.unit(org.Contractor, h.root, "鑫味餐饮")
	h.want("chair", "/places", 200, nil, "还没有场所")
	h.want("chair", "/places/new", 200, nil, "鑫味餐饮", "还没定")
	h.want("chair", "/places/new", 422, []string{"kind", "moon", "name", ""}, "请填名称。", "请选场所的种类。")
	h.want("chair", "/places/new", 422, []string{"kind", "", "name", "一处"}, "请选场所的种类。") // nothing is chosen for the officer
	h.want("chair", "/places/new", 303, []string{"kind", "canteen", "name", "职工食堂", "owner", string(cook)})
	doc := h.want("member", "/places", 200, nil, "食堂", "职工食堂", "鑫味餐饮", "共 1 处")
	if code := doc.Find("td.font-mono").Text(); len(code) != 6 {
		t.Errorf("code on the wall: %q", code)
	}
	if doc.Find("a[href$='/edit']").Length() != 0 {
		t.Error("a member may change a place")
	}
	edit, _ := h.want("chair", "/places", 200, nil).Find("a[href$='/edit']").Attr("href")
	h.want("chair", edit, 200, nil, "修改“职工食堂”")
	h.want("chair", edit, 303, []string{"version", "1", "kind", "canteen", "name", "一食堂"})
	h.want("chair", edit, 422, []string{"version", "1", "kind", "canteen", "name", "二食堂"}, "刚刚被别人改过")
	h.want("member", edit, 403, nil)
	h.want("chair", strings.Replace(edit, "/edit", "/close", 1), 303, []string{"version", "2"})
	h.want("chair", edit, 404, nil)
}

func TestEnglishPagesLackNoSentence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.lang = "en"
	h.want("chair", "/places/new", 303, []string{"kind", "canteen", "name", "职工食堂"})
	for _, path := range []string{"/units", "/places", "/places/new"} {
		doc := h.want("chair", path, 200, nil)
		if s := doc.Text(); strings.Contains(s, i18n.Missing) {
			t.Errorf("%s lacks a translation: %.80s", path, s[strings.Index(s, i18n.Missing):])
		}
	}
}
