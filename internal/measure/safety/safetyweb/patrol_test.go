package safetyweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const card = "/safety/patrols/" + run1

func TestAPatrolFromTheWallToTwoSignatures(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	wall := h.get("zhang", "/p/AAAAAA")
	start, _ := wall.doc.Find("a.btn-primary").Attr("href")
	if start != "/safety/patrols/new?place=p1&round=week51" {
		t.Fatalf("the wall leads to %q", start)
	}
	begin := h.get("zhang", start)
	with, _ := begin.doc.Find(`input[name=with][checked]`).Attr("value")
	if with != "li" || len(begin.doc.Find(`input[name=id]`).AttrOr("value", "")) != 26 {
		t.Errorf("with %q, id %q; want the only partner chosen and an id", with, begin.doc.Find(`input[name=id]`).AttrOr("value", ""))
	}
	h.begun()
	h.begun() // pressed twice: one card
	if got := h.text(`SELECT count(*) FROM run`); got != "1" {
		t.Errorf("%s runs, want 1", got)
	}
	f := h.full("1")
	f.Set("v-CT13", "fail")
	f.Set("note-CT13", "有过期罐头")
	f.Set("act", "sign")
	if p := h.post("zhang", card, f); p.Header().Get("Location") != card+"/sign" {
		t.Fatalf("去签名 led to %d %q %s", p.Code, p.Header().Get("Location"), p.doc.Find(".field-wrong").Text())
	}
	mine := h.get("zhang", card+"/sign")
	if got := mine.doc.Find(`input[name=person]`).AttrOr("value", ""); got != "zhang" || !strings.Contains(mine.doc.Text(), "成为隐患") {
		t.Errorf("the pad is for %q; the page must say what becomes a hazard", got)
	}
	h.signAs("zhang", "zhang")
	if got := h.get("zhang", card+"/sign").doc.Find(`input[name=person]`).AttrOr("value", ""); got != "li" {
		t.Errorf("after the first signature the pad is for %q, want the other one", got)
	}
	h.signAs("li", "li")
	done := h.get("wang", card)
	if done.Code != 200 || done.doc.Find(".signed svg").Length() != 2 || !strings.Contains(done.doc.Text(), "隐患 24-CT13 · 待定级") {
		t.Errorf("record %d with %d signatures: %s", done.Code, done.doc.Find(".signed svg").Length(), done.doc.Find("main").Text())
	}
	if p := h.get("zhang", card+"/edit"); p.Header().Get("Location") != card {
		t.Errorf("editing a signed one leads to %q, want the record", p.Header().Get("Location"))
	}
	paper := h.get("wang", card+"/paper").doc.Find("main.paper").Text()
	for _, want := range []string{"CT-20241220-0001", "定期", "张敏", "李国强", "食堂检查表 2024.1", "24-CT13", "下次复查日"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the paper lacks %q: %s", want, paper)
		}
	}
}

func TestWhatIsMissingStandsAtItsItem(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Del("v-CT02")
	f.Set("v-CT13", "fail") // without a word
	f.Set("n-CT14", "冷")
	f.Set("escort", "王师傅")
	f.Set("act", "sign")
	p := h.post("zhang", card, f)
	if p.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d, want 422", p.Code)
	}
	if got := p.doc.Find("#i-CT14 .field-wrong").Text(); !strings.Contains(got, "“冷”不是数") {
		t.Errorf("at the figure: %q", got)
	}
	if p.doc.Find(`#i-CT14 input[name=n-CT14]`).AttrOr("value", "") != "冷" || p.doc.Find(`input[name=escort]`).AttrOr("value", "") != "王师傅" {
		t.Error("what was typed did not come back")
	}
	f.Set("n-CT14", "5")
	p = h.post("zhang", card, f)
	if got := p.doc.Find("#i-CT13 > .field-wrong").Text(); !strings.Contains(got, "不合格要写一句或拍一张") {
		t.Errorf("at the failed item: %q", got)
	}
	if got := p.doc.Find("#i-CT02 > .field-wrong").Text(); !strings.Contains(got, "还没看") {
		t.Errorf("at the open item: %q", got)
	}
	if got := p.doc.Find(`input[name=version]`).AttrOr("value", ""); got != "2" {
		t.Errorf("the form stands on version %q, want the one that was stored with it", got)
	}
	if p := h.get("zhang", card+"/sign"); p.Header().Get("Location") != card+"/edit" {
		t.Errorf("signing an unfinished one leads to %q", p.Header().Get("Location"))
	}
}

func TestAFigureSpeaksForItself(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Del("v-CT14")
	f.Set("n-CT14", "12") // the refrigerator is too warm
	h.post("zhang", card, f)
	if got := h.text(`SELECT verdict || ' ' || number FROM answer WHERE item = 'CT14'`); got != "fail 12" {
		t.Errorf("stored %q, want a failure", got)
	}
	f.Set("version", "2")
	f.Set("n-CT14", "4.50")
	h.post("zhang", card, f)
	if got := h.text(`SELECT verdict || ' ' || number FROM answer WHERE item = 'CT14'`); got != "pass 4.5" {
		t.Errorf("stored %q, want a pass", got)
	}
}

func TestTwoTabsAreShownBoth(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	first, second := h.full("1"), h.full("1")
	first.Set("good", "地面干净")
	h.post("zhang", card, first)
	second.Set("v-CT13", "fail")
	second.Set("note-CT13", "有过期罐头")
	p := h.post("li", card, second)
	if p.Code != http.StatusConflict {
		t.Fatalf("status %d, want 409", p.Code)
	}
	rows := p.doc.Find("tbody tr").Text()
	if !strings.Contains(rows, "不合格 · 有过期罐头") || !strings.Contains(rows, "地面干净") || p.doc.Find("tbody tr").Length() != 2 {
		t.Errorf("differences %q, want both and no more", rows)
	}
	mine := url.Values{}
	p.doc.Find("form").Last().Find("input, button").Each(func(_ int, s *goquerySelection) {
		mine.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	if q := h.post("li", card, mine); q.Header().Get("Location") != card+"/edit" {
		t.Fatalf("用我的: %d %s", q.Code, q.Body)
	}
	if got := h.text(`SELECT good || '|' || version FROM run`); got != "|3" {
		t.Errorf("stored %q, want mine on top of theirs", got)
	}
	if q := h.post("li", card, url.Values{"act": {"stored"}}); q.Header().Get("Location") != card+"/edit" || !strings.Contains(strings.Join(q.Header().Values("Set-Cookie"), " "), "li.patrol."+run1) {
		t.Errorf("用存着的: %d %v", q.Code, q.Header())
	}
}

func TestPhotosComeBackAndFakesAreRefused(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Set("v-CT13", "fail")
	fake := h.do(h.upload(f, "p-CT13", []byte("no picture")), "zhang")
	if fake.Code != 422 || fake.doc.Find("#i-CT13 .item-fail .field-wrong").Text() == "" {
		t.Errorf("a fake: %d %q", fake.Code, fake.doc.Find("#i-CT13").Text())
	}
	if p := h.do(h.upload(f, "p-CT13", picture(t)), "zhang"); p.Code != http.StatusSeeOther {
		t.Fatalf("a photo: %d %s", p.Code, p.doc.Find("main").Text())
	}
	p := h.get("zhang", card+"/edit")
	hash := p.doc.Find(`input[name=keep-CT13]`).AttrOr("value", "")
	if img := p.doc.Find(`#i-CT13 img`).AttrOr("src", ""); len(hash) != 64 || !strings.HasPrefix(img, "/f/") || img == "/f/"+hash {
		t.Errorf("photo %q shown as %q, want its small form", hash, img)
	}
	f.Set("version", "2")
	f.Set("keep-CT13", hash)
	f.Set("drop-CT13", hash)
	f.Set("note-CT13", "有过期罐头")
	h.post("zhang", card, f)
	if got := h.text(`SELECT count(*) FROM attachment`); got != "0" {
		t.Errorf("%s photos, want the dropped one gone", got)
	}
}

func TestReportNowSavesFirst(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Set("v-CT13", "fail")
	f.Set("act", "now:CT13")
	if p := h.post("zhang", card, f); p.Code != 422 || !strings.Contains(p.doc.Find("#i-CT13").Text(), "不合格要写一句或拍一张") {
		t.Errorf("without a word: %d", p.Code)
	}
	f.Set("version", "2")
	f.Set("note-CT13", "有过期罐头")
	for range 2 { // pressed twice
		if p := h.post("zhang", card, f); p.Header().Get("Location") != card+"/edit#i-CT13" {
			t.Fatalf("%d %s", p.Code, p.doc.Find(".field-wrong").Text())
		}
	}
	if got := h.text(`SELECT count(*) FROM matter`); got != "1" {
		t.Errorf("%s hazards, want one", got)
	}
	if got := h.get("zhang", card+"/edit").doc.Find("#i-CT13 .item-fail").Text(); !strings.Contains(got, "已经报成隐患 24-CT13") || strings.Contains(got, "现在就报") {
		t.Errorf("the item says %q", got)
	}
}

func TestPutIsOneUnitAndHarmlessTwice(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	f := h.full("0")
	f.Set("sign-zhang", ink)
	for i := range 2 {
		p := h.do(h.form(http.MethodPut, card, f), "zhang")
		if p.Code != 200 || !strings.Contains(p.Body.String(), `"state":"signing"`) || !strings.Contains(p.Body.String(), `"version":1`) {
			t.Fatalf("put %d: %d %s", i, p.Code, p.Body)
		}
	}
	if got := h.text(`SELECT count(*) FROM signature`) + h.text(`SELECT count(*) FROM run`); got != "11" {
		t.Errorf("signatures and runs %s, want one of each", got)
	}
	f.Set("good", "地面干净")
	if p := h.do(h.form(http.MethodPut, card, f), "zhang"); p.Code != http.StatusConflict || !strings.Contains(p.Body.String(), `"version":1`) {
		t.Errorf("on top of an old version: %d %s", p.Code, p.Body)
	}
	f.Set("v-CT13", "maybe")
	if p := h.do(h.form(http.MethodPut, card, f), "zhang"); p.Code != 422 || !strings.Contains(p.Body.String(), `"CT13"`) {
		t.Errorf("nonsense: %d %s", p.Code, p.Body)
	}
}
