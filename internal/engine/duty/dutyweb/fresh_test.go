package dutyweb_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/authz"
)

func TestAnEmptyBranchPicksWhatItWillDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	a := h.get("chair", "/duties")
	ticked := func(code string) int { return a.Doc.Find(`input[name=code][value="` + code + `"][checked]`).Length() }
	if ticked("S8.canteen") != 1 || ticked("W7.census") != 1 {
		t.Errorf("canteen %d, census %d: what can be done is ticked", ticked("S8.canteen"), ticked("W7.census"))
	}
	if got := a.Doc.Find(`input[name=code][value="S8.chemical"]`).Length(); got != 0 {
		t.Error("patrols of a store that is not there can be ticked")
	}
	if href, _ := a.Doc.Find("details li a").First().Attr("href"); !strings.HasPrefix(href, "/places/new?kind=") || !strings.Contains(a.text("details"), "先建：") {
		t.Errorf("got %q, want the way to make the place", href)
	}
	if got := a.text(".flash.soon"); !strings.Contains(got, "会员代表") || strings.Contains(got, "职工代表") {
		t.Errorf("got %q, want the offices that nobody holds", got)
	}
	if got := h.get("member", "/duties").Doc.Find("form[action='/duties/adopt']").Length(); got != 0 {
		t.Error("a member is offered to adopt")
	}
}

func TestOnlyWhatIsTickedAndCanBeDoneIsAdopted(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	if got := h.post("chair", "/duties/adopt"); got.Status != 422 || !strings.Contains(got.text(".oops"), "先勾选") {
		t.Errorf("nothing ticked: got %d %q", got.Status, got.text(".oops"))
	}
	if got := h.post("chair", "/duties/adopt", "code", "S8.canteen", "code", "S8.chemical"); got.Status != 409 || !strings.Contains(got.text(".oops"), "先建好") {
		t.Errorf("a store that is not there: got %d %q", got.Status, got.text(".oops"))
	}
	if got := h.post("chair", "/duties/adopt", "code", "S8.canteen", "code", "W7.census", "measure", "warmth"); got.Status != 303 || got.To != "/duties?measure=warmth" {
		t.Fatalf("got %d %q", got.Status, got.To)
	}
	all, err := h.reads.Duties(t.Context(), actor("chair").Scope(duty.SeeDuties), "b1")
	h.must(err)
	if len(all) != 2 {
		t.Errorf("got %d duties, want the two that were ticked", len(all))
	}
	h.roundOf("S8.canteen") // its round is open at once
	a := h.get("chair", "/duties?measure=safety")
	if got := a.Doc.Find(`input[name=code][checked]`).Length(); got != 0 {
		t.Errorf("later %d are ticked unasked", got)
	}
}

func TestABranchWithoutAChairSaysWhoComesFirst(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	if got := h.get("member", "/duties").text(".empty, section"); !strings.Contains(got, "这里还没有在做的") || strings.Contains(got, "还没有主席") {
		t.Errorf("with a chair: got %q", got)
	}
	h.held[authz.Chair] = false
	a := h.get("member", "/duties")
	if href, _ := a.Doc.Find(`a[href="/rights?office=chair"]`).Attr("href"); href == "" || !strings.Contains(a.text("section"), "还没有主席") {
		t.Errorf("without a chair: got %q", a.text("section"))
	}
}
