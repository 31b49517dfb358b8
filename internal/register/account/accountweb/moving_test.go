package accountweb

import (
	"context"
	"io"
	"log/slog"
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
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
	assets "xiaojia/web"
)

// house is an empty installation with its pages.
type house struct {
	t       *testing.T
	http    http.Handler
	acc     *account.Service
	roster  *people.Service
	units   *org.Service
	moving  *Moving
	session string
	to      string // where the last answer led
	lang    string
}

func newHouse(t *testing.T, addr, public string) *house {
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
	h := &house{t: t, units: org.NewService(d, orgdb.Store{}, dir, cat.PlaceKinds)}
	h.roster = people.NewService(people.Parts{DB: d, Store: peopledb.Store{}, Ring: ring, Units: h.units, Bus: outbox.NewBus(), Offices: cat.Offices, Groups: cat.Groups})
	set := authz.NewSet(org.Rules(), people.Rules(), account.Rules())
	h.acc = account.NewService(d, accountdb.Store{}, set)
	pack, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	book, err := i18n.Read(ui.English, English, account.English, people.English, org.English)
	if err != nil {
		t.Fatal(err)
	}
	frame := &ui.Frame{Assets: pack, Shell: func(*web.Ctx) (ui.Shell, error) { return ui.Shell{}, nil }}
	h.moving = NewMoving(MovingParts{Frame: frame, DB: d, Accounts: h.acc, Founder: account.NewFounder(h.acc, h.units, h.roster), Roster: h.roster, Directory: dir,
		PublicURL: public, Addr: addr, Under: func(context.Context, string, org.UnitID) (Under, error) { return Under{}, nil }})
	h.moving.lan = func() ([]string, error) { return []string{"192.168.1.20", "10.0.0.7"}, nil }
	routes := &web.Routes{}
	h.moving.Routes(routes)
	New(Parts{Frame: frame, Accounts: h.acc, Count: true}).Routes(routes)
	routes.Get("/start", authz.SignedIn, func(c *web.Ctx) error {
		steps, err := h.moving.Start(c, nil)
		if err != nil {
			return err
		}
		return c.JSON(200, steps)
	})
	if err := routes.Check(set.Rules()); err != nil {
		t.Fatal(err)
	}
	h.http = web.Serve(web.Config{Clock: d.Clock, Book: book, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Enter: "/enter", MaxBody: 1 << 20, Who: h.acc.Who,
		Oops: func(_ *web.Ctx, _ int, s string) templ.Component {
			return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, s); return err })
		}}, routes, http.NotFoundHandler())
	return h
}

func (h *house) want(path string, status int, pairs []string, sentences ...string) *goquery.Document {
	h.t.Helper()
	method, v := "GET", url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
		method = "POST"
	}
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: web.SessionCookie, Value: h.session})
	r.AddCookie(&http.Cookie{Name: "lang", Value: h.lang})
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	for _, k := range w.Result().Cookies() {
		if k.Name == web.SessionCookie {
			h.session = k.Value
		}
	}
	if h.to = w.Header().Get("Location"); h.to == "" {
		h.to = path
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	text := strings.Join(strings.Fields(doc.Text()), " ")
	if w.Code != status {
		h.t.Fatalf("%s %s: got %d, want %d: %.500s", method, path, w.Code, status, text)
	}
	for _, s := range sentences {
		if !strings.Contains(text, s) {
			h.t.Errorf("%s does not say %q: %.900s", path, s, text)
		}
	}
	return doc
}

const good = "院里海棠花开了三次"

var founding = []string{"company", "机械公司工会", "branch", "科一分工会", "name", "周主席", "no", "K100", "until", "2027-12-31", "password", good}

func with(pairs []string, name, value string) []string {
	out := append([]string{}, pairs...)
	for i := 0; i < len(out); i += 2 {
		if out[i] == name {
			out[i+1] = value
		}
	}
	return out
}

// settle sets the house up by its link.
func (h *house) settle() {
	h.t.Helper()
	token, err := h.acc.SetupLink(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	h.want("/setup/"+token, 303, founding)
}

func TestTheFirstChairSetsTheHouseUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	token, err := h.acc.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := "/setup/" + token
	h.want(at, 200, nil, "安个家", "你是分工会主席")
	h.want("/setup/nothing", 410, nil)
	doc := h.want(at, 422, with(with(founding, "company", ""), "until", "2039-01-01"), "请填公司工会的名称。", "最长五年")
	if v, _ := doc.Find("#f-branch").Attr("value"); v != "科一分工会" {
		t.Errorf("what was typed is gone: %q", v)
	}
	if _, there := doc.Find("#f-password").Attr("value"); there {
		t.Error("the password came back")
	}
	h.want(at, 422, with(founding, "password", "123"), "密码")
	h.want(at, 303, founding)
	h.want("/start", 200, nil, "把单位建起来", "做第一次巡视")
	h.want(at, 410, founding)
}

func TestALinkIsShownOnceWithItsCode(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	h.settle()
	l, err := h.roster.List(t.Context(), h.actor(), people.Filter{}, "", 10)
	if err != nil || len(l.Rows) != 1 {
		t.Fatalf("%v %v", l, err)
	}
	id, err := h.roster.Create(t.Context(), h.actor(), people.Entry{Person: people.Person{Branch: l.Rows[0].Branch, No: "K01", Name: "张敏", IsMember: true}})
	if err != nil {
		t.Fatal(err)
	}
	h.want("/people/"+string(id)+"/invite", 303, []string{"x", ""})
	doc := h.want(h.to, 200, nil, "张敏", "12月28日 前有效", "只留 15 分钟")
	href := doc.Find("[data-link]").Text()
	h.want(h.to, 200, nil, href) // a reload makes no new link
	if copied, _ := doc.Find("[data-copy]").Attr("data-copy"); copied != href {
		t.Errorf("copies %q, want the link", copied)
	}
	sheet := h.to
	if !strings.HasPrefix(href, "http://192.168.1.20:8080/join/") || doc.Find("svg[role=img] path").Length() != 1 {
		t.Errorf("link: %q", href)
	}
	h.want("/people/invites", 422, []string{"x", ""}, "请先勾选要请进来的人。")
	all := h.want("/people/invites?all=1", 200, nil, "张敏", "周主席", "进过门")
	if n := all.Find("[name=person][checked]").Length(); n != 0 {
		t.Errorf("%d are ticked for the officer", n)
	}
	if s := h.want("/people/invites", 200, nil, "张敏").Find("form[data-tick]").Text(); strings.Contains(s, "周主席") {
		t.Error("who has joined is listed unasked")
	}
	h.want("/people/invites?q=zhangmin", 200, nil, "张敏")
	group, err := h.units.AddUnit(t.Context(), h.actor(), org.NewUnit{Kind: org.Group, Parent: l.Rows[0].Branch, Name: kernel.Words{Zh: "钳工班"}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := h.roster.ForEdit(t.Context(), h.actor(), id)
	if e.Group = group; err == nil {
		err = h.roster.Update(t.Context(), h.actor(), e)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := h.want("/people/invites?group="+string(group), 200, nil, "张敏").Find("[name=person][checked]").Length(); n != 1 {
		t.Errorf("of a chosen group %d are ticked, want who has not joined", n)
	}
	h.want("/people/invites?q=wang", 200, nil, "没有这样的人")
	h.want("/people/invites", 303, []string{"person", string(id), "person", string(l.Rows[0].ID)})
	h.want(h.to, 200, nil, "张敏", "周主席 没有做", "链接要由能任免这个职务的人来发")
	chair := h.session
	h.session = h.joined(id, "张敏")
	h.want(sheet, 403, nil)
	h.session = ""
	h.want(strings.TrimPrefix(href, "http://192.168.1.20:8080"), 410, nil, "这个链接用过了，或者过期了")
	h.session = chair
	h.want("/people/"+string(l.Rows[0].ID)+"/invite", 403, []string{"x", ""}, "链接要由能任免这个职务的人来发")
}

// joined lets somebody in by a link of his own and gives the session.
func (h *house) joined(id people.ID, name string) string {
	h.t.Helper()
	token, err := h.acc.InviteFor(h.t.Context(), h.actor(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	session, err := h.acc.Accept(h.t.Context(), token, good+name, "test")
	if err != nil {
		h.t.Fatal(err)
	}
	return session
}

func (h *house) actor() authz.Actor {
	h.t.Helper()
	a, _, err := h.acc.Who(h.t.Context(), h.session)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func TestPhonesAreToldTheWay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ addr, public, says string }{
		{"127.0.0.1:8080", "", "现在只有本机打得开"},
		{"0.0.0.0:8080", "", "http://192.168.1.20:8080"},
		{":9000", "", "http://10.0.0.7:9000"},
		{"0.0.0.0:8080", "https://home.example", "已经是 https"},
	} {
		h := newHouse(t, c.addr, c.public)
		h.settle()
		h.want("/connect", 200, nil, c.says)
	}
}

func TestTheDoorSaysThatTheHouseIsNotSetUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	h.want("/enter", 200, nil, "这个家还没有安好", "一次性链接")
	h.settle()
	h.session = ""
	if s := h.want("/enter", 200, nil).Text(); strings.Contains(s, "还没有安好") {
		t.Error("the house is set up, and the door says that it is not")
	}
}

func TestAPasswordIsChangedOnItsPage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	h.settle()
	h.want("/me", 200, nil, "修改密码")
	doc := h.want("/me/password", 422, []string{"old", "不是这个", "password", "秋天里的最后一场雨"}, "现在的密码不对。")
	if doc.Find("input[type=password][value]").Length() != 0 {
		t.Error("a password comes back into the page")
	}
	h.want("/me/password", 422, []string{"old", good, "password", good}, "新密码和旧的一样")
	h.want("/me/password", 303, []string{"old", good, "password", "秋天里的最后一场雨", "others", "1"})
	h.want("/me", 200, nil, "修改密码") // this device stays
	h.session = ""
	h.want("/enter", 422, []string{"login", "K100", "password", good})
	h.want("/enter", 303, []string{"login", "K100", "password", "秋天里的最后一场雨"})
}

func TestTheStartEndsWhenAllIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	h.settle()
	a, branch := h.actor(), org.UnitID(h.actor().Branch)
	under := Under{Patrolled: true}
	h.moving.Under = func(context.Context, string, org.UnitID) (Under, error) { return under, nil }
	if _, err := h.units.AddUnit(t.Context(), a, org.NewUnit{Kind: org.Group, Parent: branch, Name: kernel.Words{Zh: "钳工班"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.units.AddPlace(t.Context(), a, org.Place{Unit: branch, Kind: "canteen", Name: kernel.Words{Zh: "食堂"}}); err != nil {
		t.Fatal(err)
	}
	var reps []people.ID
	for i, o := range []authz.Office{authz.WorkerRep, authz.MemberRep} {
		no := []string{"K01", "K02"}[i]
		id, err := h.roster.Create(t.Context(), a, people.Entry{Person: people.Person{Branch: branch, No: no, Name: "某" + no, IsMember: true}})
		if err != nil {
			t.Fatal(err)
		}
		reps = append(reps, id)
		h.want("/start", 200, nil, "任命职工代表和会员代表")
		if _, err := h.roster.Appoint(t.Context(), a, people.Appointment{Person: id, Office: o, Unit: branch, Term: kernel.Span{From: kernel.MustDate("2024-12-20"), To: kernel.MustDate("2026-12-19")}}); err != nil {
			t.Fatal(err)
		}
	}
	h.want("/start", 200, nil, "采用今年要做的事", "请两位代表进门", "任命安环部门")
	under.Adopted = true
	h.want("/start", 200, nil, "请两位代表进门")
	for _, id := range reps {
		token, err := h.acc.InviteFor(t.Context(), a, id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.acc.Accept(t.Context(), token, "一句自己记得住的话", "手机"); err != nil {
			t.Fatal(err)
		}
	}
	if s := h.want("/start", 200, nil).Text(); strings.TrimSpace(s) != "null" { // a branch without 安环部门 of its own goes on
		t.Errorf("all is there, and yet: %s", s)
	}
}

func TestMovingInSpeaksEnglish(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "0.0.0.0:8080", "")
	token, err := h.acc.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.lang = "en"
	pages := []*goquery.Document{h.want("/setup/"+token, 200, nil)}
	h.want("/setup/"+token, 303, founding)
	for _, path := range []string{"/connect", "/people/invites"} {
		pages = append(pages, h.want(path, 200, nil))
	}
	for _, p := range pages {
		if s := p.Text(); strings.Contains(s, i18n.Missing) {
			t.Errorf("lacks a translation: %.120s", s[strings.Index(s, i18n.Missing):])
		}
	}
}
