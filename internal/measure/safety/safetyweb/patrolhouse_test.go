package safetyweb_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/engine/record/recordweb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/measure/safety/safetyweb"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	assets "xiaojia/web"
)

const (
	run1 = "01JFHXY0000000000000000001"
	ink  = `{"w":360,"h":144,"strokes":[[[20,100,0],[80,40,30],[160,110,60]]]}`
)

// patrolHouse is a branch with a canteen, two representatives, a weekly round, and the real handler.
type patrolHouse struct {
	t     *testing.T
	db    *db.DB
	h     http.Handler
	card  catalogue.Card
	cast  map[string]authz.Actor
	reps  people.Mandates
	clock *dbtest.Clock
	pages *safetyweb.PatrolPages
}

func openPatrols(t *testing.T) *patrolHouse {
	t.Helper()
	clock := dbtest.NewClock("2024-12-20")
	h := &patrolHouse{t: t, db: dbtest.SQLite(t, clock), clock: clock, cast: map[string]authz.Actor{}}
	h.reps = people.Mandates{h.mandate("zhang", "张敏", authz.WorkerRep), h.mandate("li", "李国强", authz.MemberRep)}
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	h.card, _ = cat.Card("CT", "")
	bus := outbox.NewBus()
	records := record.New(h.db, recorddb.Store{}, noCloser{}, bus)
	patrols := safety.NewPatrols(safety.PatrolParts{DB: h.db, Cards: cat, Runs: checklistdb.Store{}, Memory: checklistdb.Store{}, Signatures: records,
		Mandates: h, Duties: duty.New(h.db, cat, dutydb.NewStore(h.db.Read), nil, nil, bus), Hazards: bareRaiser{}, Place: h.placeOf, Reads: safetydb.NewPatrolReads(h.db.Read), Bus: bus})
	outbox.On(bus, patrols.SignatureDenied)
	photos := recordweb.NewPhotos(h.db, files.NewStore(t.TempDir()), files.NewIntake(files.Standard()), records)
	built, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	h.pages = safetyweb.NewPatrolPages(safetyweb.PatrolParts{
		Frame:   &ui.Frame{Assets: built, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }},
		Patrols: patrols, Chart: h.chart, ByCode: h.byCode, Take: photos.Take, Attachments: recorddb.NewReads(h.db.Read).Attachments, Deny: records.Deny,
		OpenAt: func(*web.Ctx, org.PlaceID) (int, error) { return 3, nil },
		At: safetyweb.PlaceKnown{
			Rounds: func(*web.Ctx, org.PlaceID) ([]safetyweb.PlaceRound, error) {
				return []safetyweb.PlaceRound{{Name: kernel.Words{Zh: "职工食堂巡视"}, Period: "2024-W51", Due: kernel.MustDate("2024-12-20"), Href: "/rounds/week51"},
					{Name: kernel.Words{Zh: "留样检查"}, Period: "2024-W51", Due: kernel.MustDate("2024-12-22"), Done: true, Href: "/rounds/w"}}, nil
			},
			Reps: func(*web.Ctx, org.UnitID) ([]string, error) { return []string{"张敏", "李国强"}, nil },
			History: func(*web.Ctx, org.PlaceID) ([]audit.Entry, error) {
				return []audit.Entry{{Name: "陈晓芸", Text: "建立场所"}}, nil
			},
		},
		Seal: func(kind, value string) string { return "sealed-" + kind + "-" + strings.ReplaceAll(value, "/", "-") },
	})
	h.serve()
	h.story()
	return h
}

func (h *patrolHouse) serve() {
	book, err := i18n.Read(safetyweb.PatrolEnglish)
	if err != nil {
		h.t.Fatal(err)
	}
	routes := &web.Routes{}
	h.pages.Routes(routes)
	set := authz.NewSet(safety.PatrolRules(), org.Rules())
	if err := routes.Check(set.Rules()); err != nil {
		h.t.Fatal(err)
	}
	for who, offices := range map[string][]authz.Office{"zhang": {authz.Member, authz.WorkerRep}, "li": {authz.Member, authz.MemberRep}, "wang": {authz.Member}, "chair": {authz.Member, authz.Chair}} {
		a := authz.Actor{Org: "o1", Account: who, Person: who, Name: who, Branch: "b1"}
		for _, o := range offices {
			a.Grants = append(a.Grants, authz.Grant{Office: o, Unit: "b1", Branch: "b1"})
		}
		h.cast[who] = set.Resolve(a)
	}
	cfg := web.Config{Clock: h.clock, Book: book, Log: slog.New(slog.DiscardHandler), MaxBody: 8 << 20, Enter: "/enter",
		Who: func(_ context.Context, token string) (authz.Actor, string, error) { return h.cast[token], token, nil },
		Oops: func(_ *web.Ctx, _ int, sentence string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, "<p>"+templ.EscapeString(sentence)+"</p>")
				return err
			})
		}}
	h.h = web.Serve(cfg, routes, http.NotFoundHandler())
}

func (h *patrolHouse) story() {
	h.exec(`INSERT INTO unit (org_id, id, kind, name_zh) VALUES ('o1','b1','branch','科一分工会')`,
		`INSERT INTO place (org_id, id, unit_id, kind, name_zh, code) VALUES ('o1','p1','b1','canteen','一食堂','AAAAAA')`)
	for who, name := range map[string]string{"zhang": "张敏", "li": "李国强", "wang": "王芳", "chair": "陈晓芸"} {
		h.exec(`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, at) VALUES ('o1','` + who + `','b1','` + who + `','` + name + `','x','x',0)`)
	}
	h.exec(`INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, rhythm, who, targets, form, adopted_on) VALUES ('o1','d1','b1','S8.canteen','S8','safety','食堂每周巡视','{}','[]','{}','patrol','2024-01-01')`,
		`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state, targets) VALUES ('o1','week51','d1','b1','safety','patrol','2024-W51','2024-12-16','2024-12-20','2024-12-29','{}','open',1)`,
		`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state) VALUES ('o1','week51','place','p1','b1','open')`)
}

func (h *patrolHouse) exec(all ...string) {
	h.t.Helper()
	err := h.db.InTx(h.t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for _, q := range all {
			if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// text reads one value.
func (h *patrolHouse) text(query string) string {
	h.t.Helper()
	var s string
	if err := h.db.Read.QueryRowContext(h.t.Context(), query).Scan(&s); err != nil {
		h.t.Fatal(query, err)
	}
	return s
}

func (h *patrolHouse) mandate(who, name string, o authz.Office) people.Mandate {
	return people.Mandate{ID: who, Person: people.ID(who), Name: name, Office: o, Unit: "b1", Term: kernel.Span{From: kernel.MustDate("2023-01-01"), To: kernel.MustDate("2027-12-31")}}
}

func (h *patrolHouse) HeldAt(_ context.Context, _ db.DBTX, _ string, _ org.UnitID, offices ...authz.Office) (people.Mandates, error) {
	if len(offices) == 1 && offices[0] == authz.Chair {
		return people.Mandates{h.mandate("chair", "陈晓芸", authz.Chair)}, nil
	}
	return h.reps, nil
}

var canteen = org.Place{ID: "p1", Unit: "b1", Kind: "canteen", Name: kernel.Words{Zh: "一食堂", En: "Canteen one"}, Code: "AAAAAA", Owner: "logistics"}

func (h *patrolHouse) placeOf(_ context.Context, _ string, id org.PlaceID) (org.Place, error) {
	if id != canteen.ID {
		return org.Place{}, kernel.Err(kernel.NotFound, "没有这个地点。")
	}
	return canteen, nil
}

func (h *patrolHouse) byCode(_ context.Context, code string) (string, org.Place, error) {
	if code != canteen.Code {
		return "", org.Place{}, kernel.Err(kernel.NotFound, "没有这个地点。")
	}
	return "o1", canteen, nil
}

func (h *patrolHouse) chart(context.Context, string) (*org.Chart, error) {
	return org.NewChart("o1", []org.Unit{{ID: "b1", Branch: "b1", Kind: org.Branch, Name: kernel.Words{Zh: "科一分工会"}}, {ID: "logistics", Kind: org.Department, Name: kernel.Words{Zh: "后勤部"}}}, []org.Place{canteen}), nil
}

// page is one answer.
type page struct {
	*httptest.ResponseRecorder
	doc *goquery.Document
}

func (h *patrolHouse) do(r *http.Request, who string) page {
	h.t.Helper()
	if who != "" {
		r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	}
	w := httptest.NewRecorder()
	h.h.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		h.t.Fatal(err)
	}
	return page{w, doc}
}

func (h *patrolHouse) get(who, path string) page {
	h.t.Helper()
	return h.do(httptest.NewRequest(http.MethodGet, path, nil), who)
}

func (h *patrolHouse) post(who, path string, f url.Values) page {
	h.t.Helper()
	return h.do(h.form(http.MethodPost, path, f), who)
}

func (h *patrolHouse) form(method, path string, f url.Values) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// begun is a card that 张敏 has begun with 李国强 and not filled in.
func (h *patrolHouse) begun() {
	h.t.Helper()
	p := h.post("zhang", "/safety/patrols", url.Values{"id": {run1}, "place": {"p1"}, "round": {"week51"}, "on": {"2024-12-20"}, "with": {"li"}})
	if p.Code != http.StatusSeeOther {
		h.t.Fatalf("begin: %d %s", p.Code, p.Body)
	}
}

// full is the form of a card with every item passed, as a phone sends it.
func (h *patrolHouse) full(version string) url.Values {
	f := url.Values{"version": {version}, "card": {h.card.Code}, "card_version": {h.card.Version}, "place": {"p1"}, "round": {"week51"}, "on": {"2024-12-20"}, "with": {"li"}}
	for _, i := range h.card.Items {
		f.Set("v-"+i.Code, "pass")
		switch {
		case i.Type == catalogue.Count && i.Limit.Op == catalogue.AtMost:
			f.Set("n-"+i.Code, i.Limit.Max.String())
		case i.Type == catalogue.Count:
			f.Set("n-"+i.Code, i.Limit.Min.String())
		case i.Type == catalogue.Until:
			f.Set("d-"+i.Code, "2024-12-20")
		}
	}
	return f
}

func (h *patrolHouse) content() string {
	return h.text(`SELECT content FROM run WHERE id = '` + run1 + `'`)
}

func (h *patrolHouse) signAs(who, person string) page {
	h.t.Helper()
	return h.post(who, "/safety/patrols/"+run1+"/sign", url.Values{"person": {person}, "content": {h.content()}, "signature": {ink}})
}

// upload is the card's form with one picture.
func (h *patrolHouse) upload(f url.Values, field string, picture []byte) *http.Request {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, all := range f {
		for _, v := range all {
			if err := m.WriteField(name, v); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	w, err := m.CreateFormFile(field, "photo-1.jpg")
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := w.Write(picture); err != nil {
		h.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/safety/patrols/"+run1, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return r
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
