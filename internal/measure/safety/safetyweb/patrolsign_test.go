package safetyweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

func TestAnEditRemovesTheSignatureAndSaysWhose(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	h.post("zhang", card, h.full("1"))
	h.signAs("zhang", "zhang")
	if got := h.get("li", card+"/edit").doc.Find(".note").Text(); !strings.Contains(got, "张敏已经签名") {
		t.Errorf("before the edit: %q", got)
	}
	f := h.full("2")
	f.Set("good", "地面干净")
	p := h.post("li", card, f)
	r := h.form(http.MethodGet, card+"/edit", nil)
	for _, k := range p.Result().Cookies() {
		r.AddCookie(k)
	}
	next := h.do(r, "li")
	if got := next.doc.Find(".flash"); got.Length() != 1 || !strings.Contains(got.Text(), "张敏的签名作废") {
		t.Errorf("after the edit: %d times %q, want it said once", got.Length(), got.Text())
	}
	if got := next.doc.Find(`meta[name=draft-done]`).AttrOr("content", ""); got != "li/patrol/"+run1 {
		t.Errorf("the device may forget %q", got)
	}
	if got := h.text(`SELECT count(*) FROM signature`); got != "0" {
		t.Errorf("%s signatures stand", got)
	}
	if got := h.get("li", card+"/edit").doc.Find(`meta[name=draft-done]`).Length(); got != 0 {
		t.Error("a later visit makes the device forget again")
	}
}

func TestSignaturesThatAreRefused(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	h.post("zhang", card, h.full("1"))
	sign := func(who, person, content, signature string) page {
		return h.post(who, card+"/sign", url.Values{"person": {person}, "content": {content}, "signature": {signature}})
	}
	for _, c := range []struct {
		name string
		p    page
		code int
		says string
	}{
		{"nothing drawn", sign("zhang", "zhang", h.content(), ""), 422, "请在框里签上名字"},
		{"a dot", sign("zhang", "zhang", h.content(), `{"w":360,"h":144,"strokes":[[[5,5,0]]]}`), 422, "只是一个点"},
		{"markup", sign("zhang", "zhang", h.content(), `<svg onload="x">`), 422, "没有读懂"},
		{"another content", sign("zhang", "zhang", "0000", ink), 422, "内容已经改过"},
		{"a third person", sign("zhang", "wang", h.content(), ink), 422, "只有一起检查的两个人能签"},
		{"somebody who does not inspect", sign("wang", "wang", h.content(), ink), 404, "没有这份记录"},
	} {
		if c.p.Code != c.code || !strings.Contains(c.p.doc.Text(), c.says) {
			t.Errorf("%s: %d %q, want %d %q", c.name, c.p.Code, c.p.doc.Find("main").Text(), c.code, c.says)
		}
	}
	h.reps[1].Term.To = kernel.MustDate("2024-12-19")
	h.signAs("zhang", "zhang")
	if p := h.signAs("zhang", "li"); p.Code != 422 || !strings.Contains(p.doc.Text(), "任期到 2024-12-19 为止") {
		t.Errorf("an ended mandate: %d %q", p.Code, p.doc.Find(".flash").Text())
	}
	if got := h.text(`SELECT count(*) FROM signature`); got != "1" {
		t.Errorf("%s signatures, want the one that is good", got)
	}
}

func TestNotMySignatureOnAnotherPhone(t *testing.T) {
	t.Parallel()
	h := openPatrols(t)
	h.begun()
	h.post("zhang", card, h.full("1"))
	h.signAs("zhang", "zhang")
	h.signAs("zhang", "li") // on the same phone
	if h.get("zhang", card).doc.Find(`form[action$="/deny"]`).Length() != 0 {
		t.Error("who signed himself is offered to deny it")
	}
	p := h.get("li", card)
	if p.doc.Find(`form[action$="/deny"]`).Length() != 1 || !strings.Contains(p.doc.Text(), "没有核对身份") {
		t.Fatalf("li reads %s", p.doc.Find("main").Text())
	}
	if p := h.post("li", card+"/deny", nil); p.Code != http.StatusSeeOther {
		t.Fatalf("deny: %d %s", p.Code, p.Body)
	}
	p = h.get("li", card)
	if got := h.text(`SELECT state FROM run`); got != "signing" || !strings.Contains(p.doc.Text(), "本人说不是他签的") || !strings.Contains(p.doc.Text(), "等李国强签名") {
		t.Errorf("state %s, page %s", got, p.doc.Find("main").Text())
	}
	h.clock.SetDay("2024-12-24")
	if p := h.post("zhang", card+"/deny", nil); p.Code != http.StatusGone {
		t.Errorf("denying after two days: %d, want 410", p.Code)
	}
	h.clock.SetDay("2024-12-20")
	if p := h.signAs("li", "li"); p.Header().Get("Location") != card || h.text(`SELECT proof FROM signature WHERE person_id = 'li'`) != "session" {
		t.Errorf("signing himself after the denial: %d %s", p.Code, p.doc.Find(".flash").Text())
	}
}
