package recordweb_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/engine/record/recordweb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	assets "xiaojia/web"
)

var set = authz.NewSet(record.Rules())

var cast = map[string][]authz.Grant{
	"chair":  {{Office: authz.Chair, Unit: "b1", Branch: "b1"}},
	"leader": {{Office: authz.GroupLeader, Unit: "g1", Branch: "b1"}},
	"member": {{Office: authz.Member, Unit: "b1", Branch: "b1"}},
	"other":  {{Office: authz.Chair, Unit: "b2", Branch: "b2"}},
}

func actor(name string) authz.Actor {
	grants, ok := cast[name]
	if !ok {
		return authz.Actor{}
	}
	return set.Resolve(authz.Actor{Org: "o1", Account: name, Person: name, Name: name, Branch: grants[0].Branch, Grants: grants})
}

// rounds stands for the duty engine: two groups, of which a note does what it names.
type rounds struct{ done map[record.Ref]record.Ref }

var groups = []record.Ref{{Kind: record.KindUnit, ID: "g1"}, {Kind: record.KindUnit, ID: "g2"}}

func (r *rounds) Brief(_ context.Context, a authz.Actor, id record.RoundID) (record.RoundBrief, error) {
	b := record.RoundBrief{ID: id, Unit: "b1", Name: kernel.Words{Zh: "群防群治月"}, Measure: catalogue.Safety, Form: catalogue.Note, Opens: kernel.MustDate("2024-12-01"),
		Due: kernel.MustDate("2024-12-31"), Closes: kernel.MustDate("2025-01-30"), Open: id == "R1"}
	switch {
	case id == "patrol":
		b.Form = catalogue.Patrol
	case id == "past":
		b.Closes = kernel.MustDate("2024-12-19")
	case id == "private" && a.Person == "member":
		return b, kernel.Err(kernel.Forbidden, "这一轮的名字只给办这件事的人看")
	}
	for _, g := range groups {
		b.Targets = append(b.Targets, record.TargetBrief{Ref: g, Slice: org.UnitID(g.ID), Missing: r.done[g].ID == "", Proof: r.done[g]})
	}
	return b, nil
}

func (r *rounds) Done(_ db.Tx, c record.Completion) error {
	for g, proof := range r.done {
		if c.Replaces.ID != "" && proof == c.Replaces {
			delete(r.done, g)
		}
	}
	for _, s := range c.Subjects {
		r.done[s] = c.Proof
	}
	return nil
}

var chart = org.NewChart("o1", []org.Unit{
	{ID: "b1", Branch: "b1", Kind: org.Branch, Name: kernel.Words{Zh: "科一分工会", En: "Branch One"}},
	{ID: "g1", Branch: "b1", Parent: "b1", Kind: org.Group, Name: kernel.Words{Zh: "机修组"}},
	{ID: "g2", Branch: "b1", Parent: "b1", Kind: org.Group, Name: kernel.Words{Zh: "电工组"}},
}, nil)

type house struct {
	t      *testing.T
	db     *db.DB
	rounds *rounds
	http   http.Handler
}

func newHouse(t *testing.T) *house {
	t.Helper()
	clock := dbtest.NewClock("2024-12-20")
	h := &house{t: t, db: dbtest.SQLite(t, clock), rounds: &rounds{map[record.Ref]record.Ref{}}}
	h.must(h.db.InTx(t.Context(), authz.Program("o1"), rows))
	cat, err := catalogue.Load()
	h.must(err)
	s := record.New(h.db, recorddb.Store{}, h.rounds, outbox.NewBus())
	photos := recordweb.NewPhotos(h.db, files.NewStore(t.TempDir()), files.NewIntake(files.Standard()), s)
	frame := &ui.Frame{Assets: &assets.Assets{}, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }}
	pages := recordweb.New(frame, s, recorddb.NewReads(h.db.Read), recordweb.Parts{Read: h.db.Read, Catalogue: cat, Photos: photos, Rounds: h.rounds,
		Chart: func(context.Context, string) (*org.Chart, error) { return chart, nil },
		Find: func(ctx context.Context, by authz.Actor, text string) ([]record.NoteID, error) {
			hits, err := search.Find(ctx, h.db, by.Org, text, map[string]authz.Scope{record.KindNote: by.Scope(record.SeeNotes)}, 50)
			out := []record.NoteID{}
			for _, x := range hits {
				out = append(out, record.NoteID(x.ID))
			}
			return out, err
		},
		Names: named})
	book, err := i18n.Read(recordweb.English, record.English, ui.English)
	h.must(err)
	var routes web.Routes
	pages.Routes(&routes)
	h.must(routes.Check(set.Rules()))
	h.http = web.Serve(web.Config{Clock: clock, Book: book, Log: slog.New(slog.DiscardHandler), Enter: "/enter", MaxBody: 8 << 20,
		Who:  func(_ context.Context, token string) (authz.Actor, string, error) { return actor(token), token, nil },
		Oops: oops}, &routes, http.NotFoundHandler())
	return h
}

func oops(_ *web.Ctx, _ int, sentence string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<p class=oops>"+sentence+"</p>")
		return err
	})
}

func rows(tx db.Tx) error {
	var errs []error
	for _, q := range []string{
		`INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`,
		`INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','b1','b1','branch','科一分工会'), ('o1','b2','b2','branch','科二分工会')`,
		`INSERT INTO unit (org_id, id, parent_id, branch_id, kind, name_zh) VALUES ('o1','g1','b1','b1','group','机修组'), ('o1','g2','b1','b1','group','电工组')`,
		`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, group_id, at) VALUES ('o1','chair','b1','1','陈晓芸','chenxiaoyun','cxy',NULL,1),
		 ('o1','leader','b1','2','李国强','liguoqiang','lgq','g1',1), ('o1','zhang','b1','3','张敏','zhangmin','zm','g2',1), ('o1','other','b2','4','外人','wairen','wr',NULL,1)`,
	} {
		_, err := tx.ExecContext(tx.Ctx(), q)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

type answer struct {
	Status int
	To     string
	Doc    *goquery.Document
}

func (a answer) text(selector string) string {
	return strings.Join(strings.Fields(a.Doc.Find(selector).Text()), " ")
}

// value is what a field holds.
func (a answer) value(selector string) string {
	v, _ := a.Doc.Find(selector).Attr("value")
	return v
}

func (h *house) get(who, path string) answer {
	h.t.Helper()
	return h.send(who, httptest.NewRequest("GET", path, nil))
}

// post sends the form with its files, as a browser does.
func (h *house) post(who string, fields [][2]string, photos ...[]byte) answer {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, f := range fields {
		h.must(m.WriteField(f[0], f[1]))
	}
	for _, p := range photos {
		w, err := m.CreateFormFile("photos", "photo.jpg")
		h.must(err)
		_, err = w.Write(p)
		h.must(err)
	}
	h.must(m.Close())
	r := httptest.NewRequest("POST", "/notes", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return h.send(who, r)
}

func (h *house) send(who string, r *http.Request) answer {
	h.t.Helper()
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	if strings.HasPrefix(w.Header().Get("Content-Type"), "image/") {
		_, err := jpeg.Decode(w.Body)
		h.must(err)
		return answer{Status: w.Code}
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	h.must(err)
	return answer{w.Code, w.Header().Get("Location"), doc}
}

// picture is a small photo of one colour.
func picture(t *testing.T, grey uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: grey}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// named stands for the names of subjects.
func named(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error) {
	out := map[record.Ref]string{}
	for _, r := range refs {
		out[r] = c.P.W(chart.Name(org.UnitID(r.ID)))
	}
	return out, nil
}
