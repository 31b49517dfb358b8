package safetyweb_test

import (
	"fmt"
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

// 去签名 with something missing stores all that was typed, figures that nobody can read among it, and leads to a page that can
// be reloaded and lists what is missing, each line with the place where it is filled in.
func TestWhatIsMissingIsListedAndStandsAtItsItem(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Del("v-CT02")
	f.Set("v-CT13", "fail") // without a word
	f.Set("n-CT14", "七十五")
	f.Del("v-CT14")
	f.Set("escort", "王师傅")
	f.Set("act", "sign")
	sent := h.post("zhang", card, f)
	if to := sent.Header().Get("Location"); sent.Code != http.StatusSeeOther || to != card+"/edit?check=all" {
		t.Fatalf("led to %d %q", sent.Code, to)
	}
	if got := strings.Join(sent.Header().Values("Set-Cookie"), " "); !strings.Contains(got, "zhang.patrol."+run1) {
		t.Errorf("the device is not told that it may forget: %q", got)
	}
	p := h.get("zhang", card+"/edit?check=all")
	var lines []string
	p.doc.Find("[data-lacks] li a").Each(func(_ int, s *goquerySelection) {
		lines = append(lines, s.AttrOr("href", "")+" "+strings.Join(strings.Fields(s.Text()), " "))
	})
	for i, want := range []string{"#i-CT02 CT02 还没看", "#i-CT13 CT13 不合格要写一句或拍一张", "#i-CT14 CT14 “七十五”认不出是几"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d of %q, want %q", i, lines, want)
		}
	}
	for item, want := range map[string]string{"CT14": "“七十五”认不出是几", "CT13": "不合格要写一句或拍一张", "CT02": "还没看"} {
		if got := p.doc.Find("#i-" + item + " > .field-wrong").Text(); !strings.Contains(got, want) {
			t.Errorf("at %s: %q, want %q", item, got, want)
		}
	}
	if p.doc.Find(`#i-CT14 input[name=n-CT14]`).AttrOr("value", "") != "七十五" || p.doc.Find(`input[name=escort]`).AttrOr("value", "") != "王师傅" {
		t.Error("what was typed did not come back")
	}
	if got := p.doc.Find("[data-count-text]").Text(); got != fmt.Sprintf("%d / %d 项", len(h.card.Items)-3, len(h.card.Items)) {
		t.Errorf("progress %q, want three items that are not complete", got)
	}
	if got := p.doc.Find(`input[name=version]`).AttrOr("value", ""); got != "2" {
		t.Errorf("the form stands on version %q, want the one that was stored", got)
	}
	if p := h.get("zhang", card+"/sign"); p.Header().Get("Location") != card+"/edit?check=all" {
		t.Errorf("signing an unfinished one leads to %q", p.Header().Get("Location"))
	}
	if p := h.get("zhang", card+"/edit"); p.doc.Find("[data-lacks]").Length() != 0 || p.doc.Find("#i-CT02 .field-wrong").Length() != 0 || p.doc.Find("#i-CT14 > .field-wrong").Length() != 1 {
		t.Error("without being asked only the figure that cannot be read says something")
	}
}

// 暂存 stores a day or a partner that cannot stand as it was, with the sentence at its field, and everything else as typed.
func TestKeepingNeverLosesWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	f := h.full("1")
	f.Set("on", "2024-12-21")
	f.Set("good", "地面干净")
	f.Set("act", "keep")
	p := h.do(h.upload(f, "p-CT13", picture(t)), "zhang")
	if p.Code != 422 || !strings.Contains(p.doc.Find("#team .field-wrong").Text(), "不能晚于今天") || p.doc.Find(`input[name=on]`).AttrOr("value", "") != "2024-12-20" {
		t.Errorf("tomorrow: %d %q", p.Code, p.doc.Find("#team").Text())
	}
	if got := p.doc.Find(`meta[name=draft-done]`).AttrOr("content", ""); got != "zhang/patrol/"+run1 || p.doc.Find(`input[name=version]`).AttrOr("value", "") != "2" {
		t.Errorf("the device may forget %q on version %s, want this card: all else is stored", got, p.doc.Find(`input[name=version]`).AttrOr("value", ""))
	}
	if got := h.text(`SELECT good || ' ' || on_day || ' ' || (SELECT count(*) FROM attachment) FROM run`); !strings.HasPrefix(got, "地面干净 2024-12-20") || !strings.HasSuffix(got, " 1") {
		t.Errorf("stored %q", got)
	}
	if n := p.doc.Find("#i-CT13 [data-photo-list] li").Length(); n != 1 || p.doc.Find("#i-CT13 li[data-photo-sent]").Length() != 0 {
		t.Errorf("%d photos shown, want the stored one", n)
	}
	f.Set("version", "2")
	f.Set("on", "2024-12-20")
	f.Set("with", "wang")
	f["keep-CT13"] = []string{p.doc.Find(`input[name=keep-CT13]`).AttrOr("value", "")}
	p = h.post("zhang", card, f)
	if p.Code != 422 || !strings.Contains(p.doc.Find("#team .field-wrong").Text(), "请选另一类代表") || h.text(`SELECT with_person FROM run`) != "li" {
		t.Errorf("a third person: %d %q", p.Code, p.doc.Find("#team .field-wrong").Text())
	}
}

// What cannot be stored at all comes back as it was sent; its photos step back where the device has the originals, and a
// name of a picture that one only knows attaches nothing.
func TestPicturesOfOthersAreNotAttached(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	foreign := strings.Repeat("e", 64)
	h.exec(`INSERT INTO file (org_id, hash, kind, size, at) VALUES ('o1','` + foreign + `','image/jpeg',1,0)`)
	f := h.full("1")
	f.Set("v-CT13", "fail")
	f.Set("note-CT13", strings.Repeat("长", 1001))
	f.Set("keep-CT13", foreign)
	p := h.do(h.upload(f, "p-CT13", picture(t)), "zhang")
	sent := p.doc.Find("#i-CT13 li[data-photo-sent] input[name=keep-CT13]")
	if p.Code != 422 || sent.Length() != 1 || p.doc.Find("#i-CT13 [data-photo-list] li").Length() != 1 {
		t.Fatalf("%d, %d photos handed back of %d", p.Code, sent.Length(), p.doc.Find("#i-CT13 [data-photo-list] li").Length())
	}
	f.Set("note-CT13", "有过期罐头")
	for _, keep := range []struct {
		name  string
		value string
		who   string
		want  string
	}{{"a picture that he only knows", foreign, "zhang", "0"}, {"another one's under a seal", sent.AttrOr("value", ""), "li", "0"}, {"his own under its seal", sent.AttrOr("value", ""), "zhang", "1"}} {
		f.Set("keep-CT13", keep.value)
		f.Set("version", h.text(`SELECT version FROM run`))
		if p := h.post(keep.who, card, f); p.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", keep.name, p.Code, p.doc.Find(".field-wrong").Text())
		}
		if got := h.text(`SELECT count(*) FROM attachment`); got != keep.want {
			t.Errorf("%s: %s attached, want %s", keep.name, got, keep.want)
		}
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
	if got := h.get("zhang", card+"/edit").doc.Find("#i-CT14 .item-says").Text(); got != "12 ℃，应 0–8 ℃：不合格" {
		t.Errorf("the page explains %q", got)
	}
	f.Set("version", "2")
	f.Set("v-CT14", "pass") // ticked against the figure
	h.post("zhang", card, f)
	if got := h.text(`SELECT verdict FROM answer WHERE item = 'CT14'`); got != "fail" {
		t.Errorf("ticked as good: stored %q", got)
	}
	f.Set("act", "sign")
	if p := h.post("zhang", card, f); p.Header().Get("Location") != card+"/sign" {
		t.Errorf("a figure that fails asks for more: %q", p.Header().Get("Location"))
	}
	f.Del("act")
	f.Set("n-CT14", "４．５０度")
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
	if fake.Code != 422 || fake.doc.Find("#i-CT13 .item-fail .field-wrong").Text() == "" || h.text(`SELECT verdict FROM answer WHERE item = 'CT13'`) != "fail" {
		t.Errorf("a fake: %d %q; all but the fake is stored", fake.Code, fake.doc.Find("#i-CT13").Text())
	}
	f.Set("version", "2")
	if p := h.do(h.upload(f, "p-CT13", picture(t)), "zhang"); p.Code != http.StatusSeeOther {
		t.Fatalf("a photo: %d %s", p.Code, p.doc.Find("main").Text())
	}
	p := h.get("zhang", card+"/edit")
	hash := p.doc.Find(`input[name=keep-CT13]`).AttrOr("value", "")
	if img := p.doc.Find(`#i-CT13 img`).AttrOr("src", ""); len(hash) != 64 || !strings.HasPrefix(img, "/f/") || img == "/f/"+hash {
		t.Errorf("photo %q shown as %q, want its small form", hash, img)
	}
	f.Set("version", "3")
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
	if p := h.post("zhang", card, f); p.Header().Get("Location") != card+"/edit?check=CT13#i-CT13" {
		t.Errorf("without a word: %d %q", p.Code, p.Header().Get("Location"))
	}
	if p := h.get("zhang", card+"/edit?check=CT13"); p.doc.Find(".field-wrong:not(:empty)").Length() != 1 || !strings.Contains(p.doc.Find("#i-CT13").Text(), "不合格要写一句或拍一张") {
		t.Errorf("without a word: %q", p.doc.Find(".field-wrong").Text())
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
