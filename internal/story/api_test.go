package story

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/register/account"
)

// key is a fresh one of a member of the cast.
func (h house) key(t testing.TB, login string, scopes ...account.TokenScope) string {
	t.Helper()
	by, err := h.app.Accounts.As(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	key, err := h.app.Accounts.NewToken(t.Context(), by, account.TokenWish{Name: "test", Scopes: scopes, Days: 1})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// call is one call of the API; head is pairs of a header's name and value.
func (h house) call(t *testing.T, key, method, path string, body any, head ...string) (int, map[string]any) {
	t.Helper()
	var raw []byte
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case []byte:
		raw, kind = b, "image/jpeg"
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), method, api.Root+path, bytes.NewReader(raw))
	r.Header.Set("Content-Type", kind)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	var out map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatalf("%s %s answered %d: %v", method, path, w.Code, err)
	}
	if w.Code >= 400 && !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		t.Errorf("%s %s: %d comes as %q", method, path, w.Code, w.Header().Get("Content-Type"))
	}
	return w.Code, out
}

// TestEveryCallRefuses walks the table of operations as everybody of the cast: no key, a key for something else, and an
// owner who may not are refused, and nobody ever meets an error of ours.
func TestEveryCallRefuses(t *testing.T) {
	t.Parallel()
	h := open(t)
	other := map[string]account.TokenScope{}
	for _, s := range account.TokenScopes() {
		other[string(s)] = account.TokenScopes()[(slices.Index(account.TokenScopes(), s)+1)%4]
	}
	for _, c := range app.Cast {
		by, err := h.app.Accounts.As(t.Context(), c.Login)
		if err != nil {
			t.Fatal(err)
		}
		all, few := h.key(t, c.Login, account.TokenScopes()...), map[string]string{}
		for _, s := range account.TokenScopes() {
			few[string(s)] = h.key(t, c.Login, s)
		}
		for _, o := range h.app.API(nil).Ops() {
			path := brace.ReplaceAllString(strings.Replace(o.Path, "{act}", "judge", 1), "nobody")
			if code, _ := h.call(t, "", o.Method, path, nil); code != http.StatusUnauthorized {
				t.Errorf("%s %s without a key: got %d", o.Method, path, code)
			}
			if code, _ := h.call(t, "xj_nothing", o.Method, path, nil); code != http.StatusUnauthorized {
				t.Errorf("%s %s with a wrong key: got %d", o.Method, path, code)
			}
			if code, _ := h.call(t, few[string(other[o.Scope])], o.Method, path, nil); code != http.StatusForbidden {
				t.Errorf("%s %s as %s with a key for something else: got %d", o.Method, path, c.Login, code)
			}
			code, _ := h.call(t, all, o.Method, path, map[string]any{})
			if may := by.May(o.Perm); may == (code == http.StatusForbidden) || code >= 500 {
				t.Errorf("%s %s as %s, who may: %v: got %d", o.Method, path, c.Login, may, code)
			}
		}
	}
}

// TestCallsSeeWhatPagesSee: the open hazards of the API, page by page, are the lines of the list.
func TestCallsSeeWhatPagesSee(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for _, login := range []string{"chair", "safety-dept", "canteen", "company-chair", "member"} {
			key, session := h.key(t, login, account.ReadHazards), h.enter(t, login)
			for _, query := range []string{"tab=open", "tab=all&grade=C", "tab=open&sort=grade", "tab=open&area=canteen"} {
				doc, err := goquery.NewDocumentFromReader(h.ask(t.Context(), http.MethodGet, "/safety/hazards?"+query, session).Body)
				if err != nil {
					t.Fatal(err)
				}
				var want, got []string
				doc.Find(`#main [data-row] a[href^="/safety/hazards/"]`).Each(func(_ int, a *goquery.Selection) {
					if id := strings.TrimPrefix(a.AttrOr("href", ""), "/safety/hazards/"); len(id) == 26 && !slices.Contains(want, id) {
						want = append(want, id)
					}
				})
				for cursor := ""; ; {
					code, out := h.call(t, key, http.MethodGet, "/hazards?limit=3&"+query+"&cursor="+cursor, nil)
					if code != http.StatusOK {
						t.Fatalf("%s %s: %d %v", login, query, code, out)
					}
					for _, x := range out["items"].([]any) {
						got = append(got, x.(map[string]any)["id"].(string))
					}
					if cursor = out["next"].(string); cursor == "" {
						break
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s %s: calls see %v, pages %v", login, query, got, want)
				}
			}
		}
	})
}

func snap(t *testing.T, grey uint8) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range m.Pix {
		m.Pix[i] = grey + uint8(i%7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAHazardByCalls goes the whole loop: reported by a member, judged, assigned, handed in, checked, announced, closed.
func TestAHazardByCalls(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		keys := map[string]string{}
		for _, login := range []string{"member", "safety-dept", "chair", "canteen"} {
			keys[login] = h.key(t, login, account.TokenScopes()...)
		}
		report := map[string]any{"title": "灭火器压力不足"}
		code, first := h.call(t, keys["member"], http.MethodPost, "/hazards", report, "Idempotency-Key", "1")
		if code != http.StatusCreated {
			t.Fatalf("reported: %d %v", code, first)
		}
		if code, again := h.call(t, keys["member"], http.MethodPost, "/hazards", report, "Idempotency-Key", "1"); code != http.StatusCreated || again["id"] != first["id"] {
			t.Errorf("sent again: %d %v, want %v", code, again, first)
		}
		if code, _ := h.call(t, keys["member"], http.MethodPost, "/hazards", map[string]any{"title": "另一条"}, "Idempotency-Key", "1"); code != http.StatusConflict {
			t.Errorf("the same key for something else: %d", code)
		}
		if code, out := h.call(t, keys["chair"], http.MethodPost, "/hazards", report, "Idempotency-Key", "1"); code != http.StatusCreated || out["id"] == first["id"] {
			t.Errorf("somebody else's key of the same name: %d %v", code, out)
		}
		at := "/hazards/" + first["id"].(string)
		if code, out := h.call(t, keys["member"], http.MethodPost, at+"/photos", snap(t, 20)); code != http.StatusOK || len(out["photos"].([]any)) != 1 {
			t.Errorf("a photo by a second call: %d %v", code, out)
		}
		if code, _ := h.call(t, keys["chair"], http.MethodPost, at+"/photos", snap(t, 30)); code != http.StatusNotFound {
			t.Errorf("a photo by somebody else: %d", code)
		}
		photo := func(login string, grey uint8) []string {
			code, out := h.call(t, keys[login], http.MethodPost, "/photos", snap(t, grey))
			if code != http.StatusCreated {
				t.Fatalf("photo of %s: %d %v", login, code, out)
			}
			return []string{out["photos"].([]any)[0].(string)}
		}
		canteen, err := h.app.Accounts.As(t.Context(), "canteen")
		if err != nil {
			t.Fatal(err)
		}
		chair, err := h.app.Accounts.As(t.Context(), "chair")
		if err != nil {
			t.Fatal(err)
		}
		if code, out := h.call(t, keys["safety-dept"], http.MethodPost, at+"/judge", map[string]any{}); code != http.StatusUnprocessableEntity || !strings.Contains(flat(out), "body.grade") {
			t.Errorf("judged without a grade: %d %v", code, out)
		}
		for _, s := range []struct {
			by, act string
			body    map[string]any
		}{
			{"safety-dept", "judge", map[string]any{"grade": "C", "version": first["version"]}},
			{"chair", "assign", map[string]any{"owner": canteen.Grants[0].Unit, "rectifier": canteen.Person, "verifier": chair.Person, "measure": "换新的", "doer": "厨师长"}},
			{"canteen", "answer", map[string]any{"words": "换好了", "photos": photo("canteen", 60)}},
			{"chair", "verify", map[string]any{"words": "看过，换了", "photos": photo("chair", 90)}},
			{"chair", "announce", map[string]any{"how": "班前会", "on": h.app.DB.Clock.Now().Date().String()}},
			{"chair", "close", map[string]any{}},
		} {
			code, out := h.call(t, keys[s.by], http.MethodPost, at+"/"+s.act, s.body, "Idempotency-Key", "2"+s.act)
			if code != http.StatusOK {
				t.Fatalf("%s by %s: %d %v", s.act, s.by, code, out)
			}
			if code, again := h.call(t, keys[s.by], http.MethodPost, at+"/"+s.act, s.body, "Idempotency-Key", "2"+s.act); code != http.StatusOK || again["version"] != out["version"] {
				t.Errorf("%s again: %d, version %v, want %v", s.act, code, again["version"], out["version"])
			}
			if code, _ := h.call(t, keys[s.by], http.MethodPost, at+"/"+s.act, s.body, "Idempotency-Key", "3"+s.act); code < 400 || code >= 500 {
				t.Errorf("%s as another call: %d", s.act, code)
			}
		}
		code, out := h.call(t, keys["member"], http.MethodGet, at, nil)
		if code != http.StatusOK || out["state"] != "closed" || out["outcome"] != "solved" || len(out["photos"].([]any)) != 3 {
			t.Errorf("at the end: %d %v", code, out)
		}
	})
}

func flat(v any) string {
	raw, _ := json.Marshal(v) // made of JSON
	return string(raw)
}

// TestRoundsAndPeopleByCalls: coverage adds up, a page goes on where the one before ended, secrets stay away.
func TestRoundsAndPeopleByCalls(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		chair, member := h.key(t, "chair", account.TokenScopes()...), h.key(t, "member", account.TokenScopes()...)
		code, out := h.call(t, chair, http.MethodGet, "/rounds?year=2023&limit=200", nil)
		if code != http.StatusOK || len(out["items"].([]any)) < 20 {
			t.Fatalf("rounds: %d %s", code, flat(out)[:200])
		}
		seen := map[string]bool{}
		for _, x := range out["items"].([]any) {
			r := x.(map[string]any)
			c := r["coverage"].(map[string]any)
			if c["targets"].(float64)-c["done"].(float64)-c["excused"].(float64) != c["missing"].(float64) {
				t.Errorf("round %s: %v does not add up", r["id"], c)
			}
			if seen[r["id"].(string)] || len(seen) > 8 || r["state"] == "planned" {
				continue
			}
			seen[r["id"].(string)] = true
			code, whole := h.call(t, chair, http.MethodGet, "/rounds/"+r["id"].(string), nil)
			if code != http.StatusOK || whole["why"] == "" {
				t.Errorf("round %s: %d %v", r["id"], code, whole)
			}
			code, targets := h.call(t, chair, http.MethodGet, "/rounds/"+r["id"].(string)+"/targets?state=done&limit=200", nil)
			if code == http.StatusOK && float64(len(targets["items"].([]any))) != min(c["done"].(float64), 200) {
				t.Errorf("round %s: %d done by name, %v by figure", r["id"], len(targets["items"].([]any)), c["done"])
			}
		}
		var ids []string
		for cursor := ""; ; {
			code, out := h.call(t, member, http.MethodGet, "/people?limit=50&cursor="+cursor, nil)
			if code != http.StatusOK {
				t.Fatalf("people: %d %v", code, out)
			}
			for _, x := range out["items"].([]any) {
				p := x.(map[string]any)
				ids = append(ids, p["id"].(string))
				if _, has := p["birth"]; has && p["name"] != "王桂芬" {
					t.Errorf("a member reads the birthday of %v", p["name"])
				}
			}
			if cursor = out["next"].(string); cursor == "" {
				break
			}
		}
		slices.Sort(ids)
		if n := len(ids); n < 200 || len(slices.Compact(ids)) != n {
			t.Errorf("people: %d lines, some twice: %v", n, len(slices.Compact(ids)) != n)
		}
	})
}

// TestPhotosInAForm: what curl -F sends is taken like a plain picture; what is no picture is refused in words.
func TestPhotosInAForm(t *testing.T) {
	t.Parallel()
	h := open(t)
	key := h.key(t, "chair", account.WriteHazards)
	send := func(content []byte) (int, string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		f, err := w.CreateFormFile("photo", "a.jpg")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write(content) // into memory
		_ = w.Close()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, api.Root+"/photos", &b)
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.Header.Set("Authorization", "Bearer "+key)
		rec := httptest.NewRecorder()
		h.http.ServeHTTP(rec, r)
		return rec.Code, rec.Body.String()
	}
	if code, body := send(snap(t, 5)); code != http.StatusCreated {
		t.Errorf("a picture in a form: %d %s", code, body)
	}
	if code, body := send([]byte("not a picture at all")); code != http.StatusUnprocessableEntity || strings.Contains(body, "出错了") {
		t.Errorf("no picture: %d %s", code, body)
	}
}

// TestAnEndedKeyOpensNothing: a key ends when it is stopped, and with the account of who has left.
func TestAnEndedKeyOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	key := h.key(t, "member", account.ReadHazards)
	by, err := h.app.Accounts.As(t.Context(), "member")
	if err != nil {
		t.Fatal(err)
	}
	if code, _ := h.call(t, key, http.MethodGet, "/hazards", nil); code != http.StatusOK {
		t.Fatalf("a good key: %d", code)
	}
	mine, err := h.app.Accounts.MyTokens(t.Context(), by)
	if err != nil || len(mine) != 1 || mine[0].Seen.IsZero() {
		t.Fatalf("the list of keys: %v %v", mine, err)
	}
	chair, err := h.app.Accounts.As(t.Context(), "chair")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.app.Accounts.EndToken(t.Context(), chair, mine[0].Hash); err == nil {
		t.Error("somebody else's key was ended")
	}
	if err := h.app.Accounts.EndToken(t.Context(), by, mine[0].Hash); err != nil {
		t.Fatal(err)
	}
	if code, _ := h.call(t, key, http.MethodGet, "/hazards", nil); code != http.StatusUnauthorized {
		t.Errorf("an ended key: %d", code)
	}
}

// FuzzCalls: whatever a program sends, it is answered with a status of the caller's making and never with an error of ours.
func FuzzCalls(f *testing.F) {
	h := open(f)
	key := h.key(f, "chair", account.TokenScopes()...)
	f.Add("POST", "/hazards", `{"title":"灯不亮"}`)
	f.Add("POST", "/hazards", `{"title":"灯不亮","grade":"Z","photos":["x"],"reporter_mode":"anonymous"}`)
	f.Add("POST", "/hazards/x/judge", `{"grade":"C","version":-1}`)
	f.Add("POST", "/hazards/x/announce", `{"how":"班前会","on":"2023-02-30"}`)
	f.Add("GET", "/hazards?limit=1&cursor=Wy04XQ&sort=grade&state=closed&q=灯", "")
	f.Add("GET", "/people?cursor=e30&q=%00", "")
	f.Add("GET", "/rounds/x/targets?state=done&cursor=W10", "")
	f.Add("POST", "/photos", "\x00\xff")
	f.Fuzz(func(t *testing.T, method, path, body string) {
		if method != http.MethodPost {
			method = http.MethodGet
		}
		u, err := url.Parse(api.Root + "/" + strings.TrimLeft(path, "/"))
		if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, api.Root) {
			return
		}
		r, err := http.NewRequestWithContext(t.Context(), method, u.String(), strings.NewReader(body))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+key)
		w := httptest.NewRecorder()
		h.http.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %s %q: %d %s", method, u, body, w.Code, w.Body)
		}
	})
}

// A key that was made on the machine opens what its owner may see; the history does not say that he made it, and he is told.
func TestAKeyMadeOnTheMachineIsTold(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		key, err := h.app.Accounts.TokenFor(t.Context(), " CHAIR ", account.TokenWish{Name: "报表", Scopes: account.TokenScopes(), Days: 30})
		must(t, err)
		if code, out := h.call(t, key, http.MethodGet, "/hazards?limit=1", nil); code != http.StatusOK {
			t.Errorf("the key: %d %v", code, out)
		}
		chair, err := h.app.Accounts.As(t.Context(), "chair")
		must(t, err)
		lines, err := audit.History(t.Context(), h.app.DB.Read, chair.Org, audit.Subject{Kind: "person", ID: chair.Person})
		must(t, err)
		last := lines[len(lines)-1]
		if last.Act != "token.new" || last.Actor != "" || !strings.Contains(last.Text, "在服务器上") {
			t.Errorf("the history says %+v", last)
		}
		if told := h.rows(t, `SELECT text FROM notice WHERE href = '/me/tokens' AND person_id = '`+chair.Person+`'`); len(told) != 1 || !strings.Contains(told[0], "在服务器上") {
			t.Errorf("told: %q", told)
		}
		if _, err := h.app.Accounts.TokenFor(t.Context(), "nobody", account.TokenWish{Name: "x", Scopes: account.TokenScopes(), Days: 1}); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("for nobody: %v", err)
		}
	})
}
