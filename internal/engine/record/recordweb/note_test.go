package recordweb_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
)

const pad = `{"w":358,"h":144,"strokes":[[[20,30,0],[200,90,40]]]}`

// form is a note as the page sends it, with some fields changed.
func form(change ...[2]string) [][2]string {
	out := [][2]string{{"id", kernel.NewID(kernel.MustDate("2024-12-20").At(9, 0))}, {"round", "R1"}, {"title", "群防群治月"}, {"on", "2024-12-18"}, {"body", "排查了三处。"}, {"people", "zhang"}, {"signature", pad}}
	for _, c := range change {
		for i := range out[:7] {
			if out[i][0] == c[0] {
				out[i][1] = c[1]
				c[0] = ""
			}
		}
		if c[0] != "" {
			out = append(out, c)
		}
	}
	return out
}

func TestNewNoteStartsFromItsRound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.get("leader", "/notes/new?round=R1")
	if a.Status != 200 || a.value("#f-title") != "群防群治月" || a.value("#f-on") != "2024-12-20" || len(a.value("input[name=id]")) != 26 {
		t.Errorf("got %d %q %q, want the form filled", a.Status, a.value("#f-title"), a.value("#f-on"))
	}
	if got := a.value("input[name=subject][checked]"); got != "unit:g1" {
		t.Errorf("got %q, want the leader's own group chosen", got)
	}
	if got := a.text("input[name=people] + span"); got != "张敏李国强陈晓芸" {
		t.Errorf("got %q, want the branch by the sound of its groups and nobody else", got)
	}
	for path, want := range map[string]int{"/notes/new?round=patrol": 422, "/notes/new?round=past": 410, "/notes/new": 200} {
		if got := h.get("leader", path); got.Status != want {
			t.Errorf("%s: got %d %q, want %d", path, got.Status, got.text(".oops"), want)
		}
	}
	if got := h.get("member", "/notes/new").Status; got != 403 {
		t.Errorf("a member: got %d, want 403", got)
	}
}

func TestNoteComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.post("leader", form([2]string{"title", ""}, [2]string{"body", "说了一半"}, [2]string{"on", "2024-12-21"}, [2]string{"signature", `{"w":1,"h":1,"strokes":[]}`}), picture(t, 90))
	if a.Status != 422 || a.text("#f-body") != "说了一半" || a.value("#f-on") != "2024-12-21" || a.Doc.Find("input[name=people][checked]").Length() != 1 {
		t.Fatalf("got %d %q %q, want what was typed", a.Status, a.text("#f-body"), a.value("#f-on"))
	}
	if got := a.text(".field-wrong"); !strings.Contains(got, "请在框里签上名字") {
		t.Errorf("got %q, want the sentence at the signature", got)
	}
	if got := a.text("noscript"); !strings.Contains(got, "刚才的 1 张照片已经收到") {
		t.Errorf("got %q, want the photo kept without scripts", got)
	}
	a = h.post("leader", form([2]string{"title", ""}, [2]string{"on", "2024-12-21"}))
	for _, want := range []string{"请写一个标题", "日期不能晚于今天", "请选择这次做到了谁或哪里"} {
		if got := a.text(".field-wrong"); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := h.post("leader", form(), []byte("no photo")); got.Status != 422 || !strings.Contains(got.text(".field-wrong"), "不是照片") {
		t.Errorf("got %d %q, want the sentence at the photos", got.Status, got.text(".field-wrong"))
	}
}

func TestNoteIsSavedOnceAndShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	fields := form([2]string{"all", "1"})
	a := h.post("leader", fields, picture(t, 40), picture(t, 200))
	if a.Status != 303 || a.To != "/notes/"+fields[0][1] {
		t.Fatalf("got %d %q, want the note's page", a.Status, a.To)
	}
	if again := h.post("leader", fields, picture(t, 40), picture(t, 200)); again.To != a.To {
		t.Errorf("sent twice: got %d %q, want the same note", again.Status, again.To)
	}
	if len(h.rounds.done) != 2 {
		t.Errorf("got %v, want both groups done", h.rounds.done)
	}
	page := h.get("member", a.To)
	if got := page.text("main"); !strings.Contains(got, "排查了三处。") || !strings.Contains(got, "张敏") || !strings.Contains(got, "电工组") || strings.Contains(got, "更正") {
		t.Errorf("got %q, want words, people and what it did, and no way to correct it", got)
	}
	if d, _ := page.Doc.Find(".signed path").Attr("d"); d != "M21.0 30.0L201.0 90.0" {
		t.Errorf("got %q, want the signature drawn", d)
	}
	src, _ := page.Doc.Find("main img").First().Attr("src")
	if page.Doc.Find("main img").Length() != 2 || h.get("member", src).Status != 200 {
		t.Errorf("got %d photos, the first at %q does not show", page.Doc.Find("main img").Length(), src)
	}
	if paper := h.get("member", a.To+"/paper"); !strings.Contains(paper.text("main.paper"), "工作记录") || paper.Doc.Find(".paper-sign .signed").Length() != 1 {
		t.Errorf("got %q, want the paper signed", paper.text("main.paper"))
	}
	if got := h.get("other", a.To).Status; got != 404 {
		t.Errorf("another branch: got %d, want 404", got)
	}
	if list := h.get("member", "/notes?measure=safety&year=2024"); list.Doc.Find("main li[data-row]").Length() != 1 || h.get("member", "/notes?year=2023").Doc.Find("main li[data-row]").Length() != 0 {
		t.Errorf("got %q, want the note in its year alone", list.text("main"))
	}
}

func TestCorrectionIsANewVersionThatNamesTheOld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first := h.post("leader", form([2]string{"subject", "unit:g1"}), picture(t, 40), picture(t, 200)).To
	id := strings.TrimPrefix(first, "/notes/")
	page := h.get("chair", "/notes/new?replaces="+id)
	keep := page.value("input[name=old_photo]")
	if page.text("#f-body") != "排查了三处。" || page.value("input[name=subject][checked]") != "unit:g1" || page.Doc.Find("input[name=old_photo][checked]").Length() != 2 {
		t.Fatalf("got %q, want the old version filled in", page.text("form"))
	}
	a := h.post("chair", form([2]string{"replaces", id}, [2]string{"body", "排查了四处。"}, [2]string{"subject", "unit:g2"}, [2]string{"old_photo", keep}, [2]string{"old_photo", strings.Repeat("a", 64)}))
	if a.Status != 303 {
		t.Fatalf("got %d %q, want 303", a.Status, a.text(".field-wrong, .flash"))
	}
	if got := h.rounds.done; len(got) != 1 || got[groups[1]].ID != strings.TrimPrefix(a.To, "/notes/") {
		t.Errorf("got %v, want the other group done by the new version", got)
	}
	if h.get("leader", first).Doc.Find(`.flash a[href="`+a.To+`"]`).Length() != 1 || h.get("leader", a.To).Doc.Find(`.flash a[href="`+first+`"]`).Length() != 1 {
		t.Error("the two versions do not lead to each other")
	}
	if got := h.get("leader", a.To).Doc.Find("main img").Length(); got != 1 {
		t.Errorf("got %d photos, want the kept one alone", got)
	}
	if got := h.get("chair", first).Doc.Find(`a[href^="/notes/new?replaces"]`).Length(); got != 0 {
		t.Error("an old version offers a correction")
	}
}

func TestEnglishNoteIsTranslated(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	to := h.post("leader", form([2]string{"all", "1"}), picture(t, 40)).To
	for _, path := range []string{"/notes", "/notes/new", "/notes/new?round=R1", to, to + "/paper", "/notes/new?replaces=" + strings.TrimPrefix(to, "/notes/")} {
		r := httptest.NewRequest("GET", path, nil)
		r.AddCookie(&http.Cookie{Name: "lang", Value: "en"})
		a := h.send("leader", r)
		if _, rest, found := strings.Cut(a.Doc.Find("body").Text(), i18n.Missing); found || a.Doc.Find("main").Length() == 0 && a.Status == 200 {
			t.Errorf("%s: got %d, not translated: %q", path, a.Status, rest[:min(60, len(rest))])
		}
	}
}

func TestNotesAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.post("leader", form([2]string{"title", "班前安全喊话"}, [2]string{"body", "说了吊装和临边。"}, [2]string{"subject", "unit:g1"}))
	at := h.post("chair", form([2]string{"title", "劳保用品发放"}, [2]string{"body", "手套两百双。"}, [2]string{"subject", "unit:g2"})).To
	for q, want := range map[string]string{"吊装": "班前安全喊话", "手套": "劳保用品发放", "电焊": ""} {
		a := h.get("chair", "/notes?q="+url.QueryEscape(q))
		if got := a.text("[data-row] a.font-medium"); got != want {
			t.Errorf("%s: got %q, want %q", q, got, want)
		}
		if strings.Contains(a.Doc.Text(), "没有这样的记录") != (want == "") {
			t.Errorf("%s: the empty state is there: %t", q, want != "")
		}
	}
	id := strings.TrimPrefix(at, "/notes/")
	if a := h.post("chair", form([2]string{"replaces", id}, [2]string{"title", "劳保用品发放"}, [2]string{"body", "口罩两百个。"}, [2]string{"subject", "unit:g2"})); a.Status != 303 {
		t.Fatalf("got %d %q", a.Status, a.text(".field-wrong"))
	}
	if got := h.get("chair", "/notes?q="+url.QueryEscape("手套")).text("[data-row] a.font-medium"); got != "" {
		t.Errorf("the words before the correction find %q, want nothing", got)
	}
	if got := h.get("chair", "/notes?q="+url.QueryEscape("口罩")).text("[data-row] a.font-medium"); got != "劳保用品发放" {
		t.Errorf("the corrected words find %q", got)
	}
}
