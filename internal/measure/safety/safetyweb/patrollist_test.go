package safetyweb_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/platform/web"
)

func TestWhoSeesThePlaceAndWhatHeCanDo(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	visitor := h.get("", "/p/AAAAAA")
	main, _ := visitor.doc.Find("a.btn-primary").Attr("href")
	if visitor.Code != 200 || main != "/safety/hazards/new?code=AAAAAA&place=p1" || !strings.Contains(visitor.doc.Text(), "后勤部") {
		t.Errorf("a visitor gets %d, %q, %s", visitor.Code, main, visitor.doc.Find("main").Text())
	}
	if strings.Contains(visitor.doc.Text(), "没办完的隐患") || strings.Contains(visitor.doc.Text(), "开始巡视") {
		t.Error("a visitor reads of hazards or is offered a patrol")
	}
	member := h.get("wang", "/p/AAAAAA")
	if !strings.Contains(member.doc.Text(), "3 条") || strings.Contains(member.doc.Text(), "开始巡视") {
		t.Errorf("a member reads %s", member.doc.Find("main").Text())
	}
	for _, word := range []string{"张敏", "这里要做的"} {
		if strings.Contains(visitor.doc.Find("main").Text(), word) {
			t.Errorf("a visitor reads %q", word)
		}
	}
	for _, who := range []string{"wang", "chair"} {
		place := h.get(who, "/p/AAAAAA")
		text := place.doc.Find("main").Text()
		for _, word := range []string{"张敏", "职工食堂巡视 · 第 51 周", "今天到期", "做到了"} {
			if !strings.Contains(text, word) {
				t.Errorf("%s does not read %q: %s", who, word, text)
			}
		}
		manages := place.doc.Find("a[href='/places/p1/edit']").Length() == 1 && place.doc.Find("a[href='/places/p1/qr']").Length() == 1 && strings.Contains(text, "陈晓芸")
		if manages != (who == "chair") {
			t.Errorf("%s is offered to change the place: %v", who, manages)
		}
	}
	if p := h.get("", "/p/ZZZZZZ"); p.Code != 404 {
		t.Errorf("an unknown code: %d", p.Code)
	}
	sheet := h.get("chair", "/places/AAAAAA/qr")
	if d := sheet.doc.Find("main svg path").AttrOr("d", ""); sheet.Code != 200 || !strings.HasPrefix(d, "M0 0h7v1h-7z") || !strings.Contains(sheet.doc.Text(), "http://example.com/p/AAAAAA") {
		t.Errorf("sheet %d with %.30q", sheet.Code, d)
	}
	if !strings.Contains(sheet.doc.Text(), "没有加密") {
		t.Error("the sheet does not say what plain http lacks")
	}
	if p := h.get("zhang", "/places/qr"); p.Code != 403 {
		t.Errorf("a representative prints codes: %d", p.Code)
	}
}

func TestListSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	p := h.get("zhang", "/safety/patrols")
	cell := p.doc.Find(`td[data-label="12月"] a`)
	if p.Code != 200 || cell.AttrOr("href", "") != "/rounds/week51" || !strings.Contains(cell.AttrOr("aria-label", ""), "该做") {
		t.Errorf("%d, the week's cell %q leads to %q", p.Code, cell.AttrOr("aria-label", ""), cell.AttrOr("href", ""))
	}
	if p.doc.Find("[role=alert]").Length() != 0 {
		t.Error("a warning though both mandates are held")
	}
	h.reps = h.reps[:1]
	if got := h.get("zhang", "/safety/patrols").doc.Find("[role=alert]").Text(); !strings.Contains(got, "还没有会员代表") || !strings.Contains(got, "陈晓芸") {
		t.Errorf("warning %q, want what is missing and who can appoint", got)
	}
	if got := h.get("zhang", "/safety/patrols/new?place=p1").doc.Find("[role=alert]").Text(); !strings.Contains(got, "还没有会员代表") {
		t.Errorf("at the start: %q", got)
	}
	for path, want := range map[string]int{"/safety/patrols?after=x": 422, "/safety/patrols/new?place=nowhere": 404, "/safety/patrols/" + run1: 404} {
		if got := h.get("zhang", path).Code; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if got := h.get("wang", "/safety/patrols/new").Code; got != 403 {
		t.Errorf("a member starts a patrol: %d", got)
	}
}

func TestTodosAndHeroFollowThePatrol(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	steps := func(who string) string {
		var out []string
		c := &web.Ctx{R: h.form(http.MethodGet, "/", nil), Actor: h.cast[who], Now: h.clock.Now(), P: printer(t)}
		items, err := h.pages.Todos(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			out = append(out, i.Act+" "+i.Href)
		}
		hero, err := h.pages.Hero(c)
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(strings.Join(slices.Concat(out, []string{hero.Title}), ", "), card, "")
	}
	for _, step := range []struct {
		do                func()
		name              string
		zhang, li, member string
	}{
		{func() {}, "nothing begun", "开始今天的巡视", "开始今天的巡视", ""},
		{h.begun, "begun", "继续填 /edit, 接着填巡视", "接着填巡视", ""},
		{func() { h.post("zhang", card, h.full("1")); h.signAs("zhang", "zhang") }, "one signature", "开始巡视", "去签名 /sign, 去签名", ""},
		{func() { h.signAs("li", "li") }, "signed", "开始巡视", "开始巡视", ""}, // nothing due: a visit of their own accord is always open
	} {
		step.do()
		if a, b, c := steps("zhang"), steps("li"), steps("wang"); a != step.zhang || b != step.li || c != step.member {
			t.Errorf("%s: got %q, %q, %q; want %q, %q, %q", step.name, a, b, c, step.zhang, step.li, step.member)
		}
	}
}
