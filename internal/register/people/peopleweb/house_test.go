package peopleweb_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
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
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
	"xiaojia/internal/register/people/peopleweb"
	assets "xiaojia/web"
)

// house serves the real pages over a company union with one branch, a department, a group and three people.
type house struct {
	t                        *testing.T
	http                     http.Handler
	people                   *people.Service
	units                    *org.Service
	root, branch, dept, team org.UnitID
	zhang, li, wang          people.ID
	actors                   map[string]authz.Actor
	lang                     string
}

var (
	prog = authz.Program("o1")
	day  = kernel.MustDate
)

func newHouse(t *testing.T) *house {
	t.Helper()
	d := dbtest.SQLite(t, dbtest.NewClock("2024-12-20"))
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.Open(filepath.Join(t.TempDir(), "ring.json"))
	if err != nil {
		t.Fatal(err)
	}
	dir := org.NewDirectory(d, orgdb.Store{})
	h := &house{t: t, actors: map[string]authz.Actor{}, units: org.NewService(d, orgdb.Store{}, dir, cat.PlaceKinds)}
	h.people = people.NewService(people.Parts{DB: d, Store: peopledb.Store{}, Ring: ring, Units: h.units, Bus: outbox.NewBus(), Offices: cat.Offices, Groups: cat.Groups})
	h.settle(d)
	set := authz.NewSet(people.Rules(), org.Rules())
	h.cast(set)
	pack, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := i18n.Read(ui.English, peopleweb.English, people.English, catalogue.English, org.English)
	if err != nil {
		t.Fatal(err)
	}
	frame := &ui.Frame{Assets: pack, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{Office: "会员"}, nil }}
	standing := func(context.Context, authz.Actor, people.ID) (string, bool, bool, error) { return "", false, true, nil }
	routes := &web.Routes{}
	peopleweb.New(peopleweb.Parts{Frame: frame, DB: d, People: h.people, Directory: dir, Set: set, Standing: standing, Invites: people.EditPeople,
		Shelf: peopleweb.NewShelf(filepath.Join(t.TempDir(), "uploads"))}).Routes(routes)
	if err := routes.Check(set.Rules()); err != nil {
		t.Fatal(err)
	}
	cfg := web.Config{Clock: d.Clock, Book: book, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Enter: "/enter", MaxBody: 30 << 20,
		Who: func(_ context.Context, token string) (authz.Actor, string, error) { return h.actors[token], token, nil },
		Oops: func(c *web.Ctx, status int, sentence string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, sentence); return err })
		}}
	h.http = web.Serve(cfg, routes, http.NotFoundHandler())
	return h
}

func (h *house) settle(d *db.DB) {
	h.t.Helper()
	if err := d.InTx(h.t.Context(), prog, func(tx db.Tx) error {
		u, err := h.units.Found(tx, kernel.Words{Zh: "机械公司工会"})
		h.root = u.ID
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	h.branch = h.unit(org.Branch, h.root, "科一分工会")
	h.dept = h.unit(org.Department, h.branch, "装配车间")
	h.team = h.unit(org.Group, h.dept, "钳工班")
	wage := kernel.Money(850050)
	h.zhang = h.person(people.Entry{Person: people.Person{No: "K01", Name: "张敏", Sex: "女", Department: h.dept, Group: h.team, IsMember: true, Phone: "13812345678"},
		IDNumber: "11010519491231002X", Wage: &wage})
	h.li = h.person(people.Entry{Person: people.Person{No: "K02", Name: "李国强", Sex: "男", IsMember: true, Post: "=HYPERLINK(\"http://x\",\"点我\")"}})
	h.wang = h.person(people.Entry{Person: people.Person{No: "K03", Name: "王桂芬", Sex: "女", IsMember: true}})
}

func (h *house) unit(k org.UnitKind, parent org.UnitID, name string) org.UnitID {
	h.t.Helper()
	id, err := h.units.AddUnit(h.t.Context(), prog, org.NewUnit{Kind: k, Parent: parent, Name: kernel.Words{Zh: name}})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *house) person(e people.Entry) people.ID {
	h.t.Helper()
	e.Branch = h.branch
	id, err := h.people.Create(h.t.Context(), prog, e)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// cast is the chair 李国强, the member 王桂芬 and the administrator, each known by a cookie.
func (h *house) cast(set *authz.Set) {
	for token, a := range map[string]struct {
		person people.ID
		office authz.Office
		unit   org.UnitID
	}{"chair": {h.li, authz.Chair, h.branch}, "member": {h.wang, authz.Member, h.branch}, "company": {"boss", authz.CompanyChair, h.root}} {
		branch := string(h.branch)
		if a.office == authz.CompanyChair {
			branch = ""
		}
		h.actors[token] = set.Resolve(authz.Actor{Org: "o1", Account: token, Person: string(a.person), Name: token, Branch: branch,
			Grants: []authz.Grant{{Office: a.office, Unit: string(a.unit), Branch: branch}}})
	}
}

// answer is what came back.
type answer struct {
	*goquery.Document
	status int
	to     string
	raw    []byte
	said   string // the sentence that the next page shows
}

func (a answer) text() string { return strings.Join(strings.Fields(a.Document.Text()), " ") }

func (h *house) do(who, method, path, kind string, body io.Reader) answer {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, body)
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	r.AddCookie(&http.Cookie{Name: "lang", Value: h.lang})
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	raw := bytes.Clone(w.Body.Bytes())
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	a := answer{doc, w.Code, w.Header().Get("Location"), raw, ""}
	for _, k := range w.Result().Cookies() {
		if k.Name == "xj_flash" {
			text, err := base64.RawURLEncoding.DecodeString(k.Value)
			if err != nil {
				h.t.Fatal(err)
			}
			a.said = string(text)
		}
	}
	return a
}

func (h *house) get(who, path string) answer { h.t.Helper(); return h.do(who, "GET", path, "", nil) }

func (h *house) post(who, path string, pairs ...string) answer {
	h.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return h.do(who, "POST", path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
}

// upload sends a file as the first step of an import does.
func (h *house) upload(who, name string, file []byte) answer {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("unit", string(h.branch)); err != nil {
		h.t.Fatal(err)
	}
	w, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = w.Write(file)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return h.do(who, "POST", "/people/import", m.FormDataContentType(), &b)
}

func (h *house) want(a answer, status int, sentences ...string) answer {
	h.t.Helper()
	if a.status != status {
		h.t.Fatalf("got status %d, want %d: %.600s", a.status, status, a.text())
	}
	for _, s := range sentences {
		if !strings.Contains(a.text(), s) {
			h.t.Errorf("the page does not say %q: %.1200s", s, a.text())
		}
	}
	return a
}

func (h *house) wantNot(a answer, sentences ...string) {
	h.t.Helper()
	for _, s := range sentences {
		if strings.Contains(a.text(), s) {
			h.t.Errorf("the page says %q", s)
		}
	}
}

// fields are a form's hidden and typed values, to be sent again.
func (a answer) fields(form string) []string {
	var out []string
	a.Find(form + " input, " + form + " select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		value, _ := s.Attr("value")
		if goquery.NodeName(s) == "select" {
			value, _ = s.Find("option[selected]").First().Attr("value")
		}
		if _, ticked := s.Attr("checked"); (kind == "checkbox" || kind == "radio") && !ticked {
			return
		}
		if name != "" {
			out = append(out, name, value)
		}
	})
	return out
}
