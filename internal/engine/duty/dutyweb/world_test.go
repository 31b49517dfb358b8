package dutyweb_test

import (
	"context"
	"errors"
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

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/duty/dutyweb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	assets "xiaojia/web"
)

var set = authz.NewSet(duty.Rules(), record.Rules(), people.Rules())

// cast is who can be signed in: the session's token is the name.
var cast = map[string][]authz.Grant{
	"chair":  {{Office: authz.Member, Unit: "b1", Branch: "b1"}, {Office: authz.Chair, Unit: "b1", Branch: "b1"}},
	"rep":    {{Office: authz.Member, Unit: "b1", Branch: "b1"}, {Office: authz.WorkerRep, Unit: "b1", Branch: "b1"}},
	"leader": {{Office: authz.Member, Unit: "b1", Branch: "b1"}, {Office: authz.GroupLeader, Unit: "g1", Branch: "b1"}},
	"second": {{Office: authz.Member, Unit: "b1", Branch: "b1"}, {Office: authz.GroupLeader, Unit: "g2", Branch: "b1"}},
	"member": {{Office: authz.Member, Unit: "b1", Branch: "b1"}},
	"other":  {{Office: authz.Member, Unit: "b2", Branch: "b2"}, {Office: authz.Chair, Unit: "b2", Branch: "b2"}},
}

func actor(name string) authz.Actor {
	grants, ok := cast[name]
	if !ok {
		return authz.Actor{}
	}
	return set.Resolve(authz.Actor{Org: "o1", Account: name, Person: name, Name: name, Branch: grants[0].Branch, Grants: grants})
}

// house is one branch behind the real handler.
type house struct {
	t     *testing.T
	db    *db.DB
	clock *dbtest.Clock
	s     *duty.Service
	reads dutydb.Reads
	pages *dutyweb.Pages
	book  *i18n.Book
	http  http.Handler
	held  map[authz.Office]bool
}

type register map[catalogue.TargetKind][]duty.Subject

func (g register) Resolve(_ context.Context, _ string, _ org.UnitID, sel catalogue.Selector) ([]duty.Subject, error) {
	return g[sel.Kind], nil
}

func subject(kind, id, slice string) duty.Subject {
	return duty.Subject{Ref: record.Ref{Kind: kind, ID: id}, Slice: org.UnitID(slice)}
}

var subjects = register{
	catalogue.TheBranch:  {subject(record.KindUnit, "b1", "b1")},
	catalogue.EachPlace:  {subject(record.KindPlace, "canteen", "b1"), subject(record.KindPlace, "second", "b1")},
	catalogue.EachGroup:  {subject(record.KindUnit, "g1", "g1"), subject(record.KindUnit, "g2", "g2")},
	catalogue.EachPerson: {subject(record.KindPerson, "zhang", "g1")},
	catalogue.EachFamily: {subject(record.KindHousehold, "zhang", "g1")},
}

var chart = org.NewChart("o1", []org.Unit{
	{ID: "c", Kind: org.Company, Name: kernel.Words{Zh: "公司工会"}},
	{ID: "b1", Branch: "b1", Kind: org.Branch, Name: kernel.Words{Zh: "科一分工会", En: "Branch One"}},
	{ID: "g1", Branch: "b1", Parent: "b1", Kind: org.Group, Name: kernel.Words{Zh: "机修组"}},
	{ID: "g2", Branch: "b1", Parent: "b1", Kind: org.Group, Name: kernel.Words{Zh: "电工组"}},
}, []org.Place{{ID: "canteen", Unit: "b1", Kind: "canteen", Name: kernel.Words{Zh: "一食堂"}}, {ID: "second", Unit: "b1", Kind: "canteen", Name: kernel.Words{Zh: "二食堂"}}})

func newHouse(t *testing.T, day string) *house {
	t.Helper()
	h := &house{t: t, clock: dbtest.NewClock(day), held: map[authz.Office]bool{authz.WorkerRep: true, authz.Chair: true}}
	h.db = dbtest.SQLite(t, h.clock)
	cat, err := catalogue.Load()
	h.must(err)
	h.must(h.db.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return rows(tx) }))
	known := func(context.Context, string) (*calendar.Workdays, error) {
		return calendar.NewWorkdays(calendar.Published()), nil
	}
	h.reads = dutydb.NewReads(h.db.Read)
	h.s = duty.New(h.db, cat, dutydb.NewStore(h.db.Read), subjects, known, outbox.NewBus())
	frame := &ui.Frame{Assets: &assets.Assets{}, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }}
	h.pages = dutyweb.New(frame, h.s, h.reads, dutyweb.Parts{Read: h.db.Read, Catalogue: cat,
		Chart: func(context.Context, string) (*org.Chart, error) { return chart, nil },
		Names: func(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error) {
			out := map[record.Ref]string{}
			for _, r := range refs {
				switch r.Kind {
				case record.KindUnit:
					out[r] = c.P.W(chart.Name(org.UnitID(r.ID)))
				case record.KindPlace:
					out[r] = c.P.W(chart.PlaceName(org.PlaceID(r.ID)))
				default:
					out[r] = "张敏"
				}
			}
			return out, nil
		},
		Held: func(context.Context, string, org.UnitID) (map[authz.Office]bool, error) {
			return h.held, nil
		},
		Mandates: func(_ context.Context, _ authz.Actor, on kernel.Date) (people.Mandates, error) {
			if on.After(kernel.MustDate("2025-01-01")) {
				return people.Mandates{{Person: "later", Name: "后来的人", Office: authz.WorkerRep, Unit: "b1"}}, nil
			}
			return people.Mandates{{Person: "rep", Name: "李国强", Office: authz.WorkerRep, Unit: "b1"}}, nil
		}})
	h.serve(frame)
	return h
}

func (h *house) serve(frame *ui.Frame) {
	var err error
	h.book, err = i18n.Read(dutyweb.English, duty.English, ui.English)
	h.must(err)
	var routes web.Routes
	h.pages.Routes(&routes)
	h.must(routes.Check(set.Rules()))
	cfg := web.Config{Clock: h.clock, Book: h.book, Log: slog.New(slog.DiscardHandler), Enter: "/enter", MaxBody: 1 << 20,
		Who: func(_ context.Context, token string) (authz.Actor, string, error) { return actor(token), token, nil },
		Oops: func(_ *web.Ctx, _ int, sentence string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
				_, err := io.WriteString(w, "<p class=oops>"+sentence+"</p>")
				return err
			})
		}}
	h.http = web.Serve(cfg, &routes, http.NotFoundHandler())
}

func rows(tx db.Tx) error {
	var errs []error
	for _, q := range []string{
		`INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`,
		`INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','b1','b1','branch','科一分工会'), ('o1','b2','b2','branch','科二分工会')`,
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

// adopt puts duties in force and opens their rounds.
func (h *house) adopt(on string, codes ...string) {
	h.t.Helper()
	h.must(h.s.Adopt(h.t.Context(), actor("chair"), "b1", codes, kernel.MustDate(on)))
	h.must(h.s.Open(h.t.Context()))
}

// roundOf is the one round of a duty that is open and due soonest.
func (h *house) roundOf(code string) string {
	h.t.Helper()
	all, err := h.reads.Duties(h.t.Context(), actor("chair").Scope(duty.SeeDuties), "b1")
	h.must(err)
	for _, d := range all {
		if d.Code != code {
			continue
		}
		list, err := h.reads.Rounds(h.t.Context(), actor("chair").Scope(duty.SeeDuties), d.ID, nil, 200)
		h.must(err)
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].State == duty.Open {
				return string(list[i].ID)
			}
		}
	}
	h.t.Fatalf("no open round of %s", code)
	return ""
}

type answer struct {
	Status int
	To     string
	Doc    *goquery.Document
}

// text is what a person reads at a selector, blanks pressed together.
func (a answer) text(selector string) string {
	return strings.Join(strings.Fields(a.Doc.Find(selector).Text()), " ")
}

func (h *house) get(who, path string) answer { h.t.Helper(); return h.send(who, "GET", path, nil, "") }

func (h *house) post(who, path string, pairs ...string) answer {
	h.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return h.send(who, "POST", path, v, "")
}

func (h *house) send(who, method, path string, form url.Values, lang string) answer {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: who})
	if lang != "" {
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
	}
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(w.Body)
	h.must(err)
	return answer{w.Code, w.Header().Get("Location"), doc}
}
