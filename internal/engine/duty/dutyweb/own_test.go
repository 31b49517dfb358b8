package dutyweb_test

import (
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/engine/duty"
)

// switchRoom is an own duty as the form sends it.
var switchRoom = []string{"name", "配电房每周看一眼", "measure", "safety", "kind", "weekly", "weekday", "3", "who", "committee", "targets", "place", "place", "canteen", "form", "note", "on", "2024-12-20"}

func TestOwnDutyShowsItsNextDaysBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	a := h.post("chair", "/duties/new", append([]string{"act", "look"}, switchRoom...)...)
	if got, want := a.text("#preview li"), "12月25日 每周三 12月31日 每周三，遇休息日提前到 12月31日（周二） 2025年1月8日 每周三"; a.Status != 200 || !strings.HasPrefix(got, want) || a.Doc.Find("#preview li").Length() != 4 {
		t.Fatalf("got %d %q, want four days beginning with %q", a.Status, got, want)
	}
	seen, _ := a.Doc.Find("input[name=seen]").Attr("value")
	changed := slices.Clone(switchRoom)
	changed[7] = "4"
	if a := h.post("chair", "/duties/new", append([]string{"act", "save", "seen", seen}, changed...)...); a.Status != 200 || !strings.HasPrefix(a.text("#preview li"), "12月26日 每周四") {
		t.Errorf("a changed rhythm: got %d %q, want its days shown first", a.Status, a.text("#preview li"))
	}
	a = h.post("chair", "/duties/new", append([]string{"act", "save", "seen", seen}, switchRoom...)...)
	if a.Status != 303 || !strings.HasPrefix(a.To, "/duties/") {
		t.Fatalf("got %d %q, want the new duty's page", a.Status, a.To)
	}
	page := h.get("member", a.To)
	if got := page.text("dl.facts"); !strings.Contains(got, "一食堂") || !strings.Contains(got, "本分工会自定") {
		t.Errorf("got %q, want place and origin", got)
	}
	if href, _ := page.Doc.Find("aside li a.fact").First().Attr("href"); !strings.HasPrefix(href, "/rounds/") {
		t.Errorf("got %q, want the next round written already", href)
	}
}

func TestOwnDutyComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	a := h.post("chair", "/duties/new", "act", "look", "name", "巡逻", "what", "看一圈", "kind", "weekly", "targets", "place_kind", "kinds", "canteen", "form", "patrol", "on", "2024-12-01")
	if a.Status != 422 {
		t.Fatalf("got %d, want 422", a.Status)
	}
	if name, _ := a.Doc.Find("#f-name").Attr("value"); name != "巡逻" || a.text("#f-what") != "看一圈" || a.Doc.Find("#kinds-canteen[checked], #kind-weekly[checked]").Length() != 2 {
		t.Errorf("got name %q, what %q: what was typed is lost", name, a.text("#f-what"))
	}
	for _, want := range []string{"从今天或以后的一天起", "请选检查表"} {
		if got := a.text(".field-wrong"); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	a = h.post("chair", "/duties/new", "act", "look", "name", "", "kind", "weekly", "targets", "branch", "form", "note")
	for _, want := range []string{"请写名称", "每周的事项要选星期一到星期日中的一天", "请选择由谁来做", "请选择属于哪一项举措"} {
		if got := a.text(".field-wrong"); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := h.post("rep", "/duties/new", switchRoom...).Status; got != 403 {
		t.Errorf("a representative: got %d, want 403", got)
	}
}

func TestDutiesByMeasureAndRetired(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	h.adopt("2024-12-01", "S8.canteen", "S2.month", "W7.census")
	a := h.get("member", "/duties")
	if got := a.text("table"); !strings.Contains(got, "食堂每周巡视") || !strings.Contains(got, "待核实") || strings.Contains(got, "普查") {
		t.Errorf("got %q, want the safety duties with their evidence", got)
	}
	all, err := h.reads.Duties(t.Context(), actor("chair").Scope(duty.SeeDuties), "b1")
	h.must(err)
	i := slices.IndexFunc(all, func(d duty.Duty) bool { return d.Code == "S2.month" })
	if got := h.post("chair", "/duties/"+string(all[i].ID)+"/retire", "on", "2024-12-01"); got.Status != 422 || !strings.Contains(got.text("#e-on"), "停用的日子不能早于今天") {
		t.Errorf("yesterday: got %d %q, want the sentence at the day", got.Status, got.text("#e-on"))
	}
	if got := h.post("chair", "/duties/"+string(all[i].ID)+"/retire", "on", "2024-12-20").Status; got != 303 {
		t.Fatalf("got %d, want 303", got)
	}
	a = h.get("member", "/duties")
	if got := a.text("details table"); !strings.Contains(got, "群防群治月") || strings.Contains(a.text("section table"), "群防群治月") {
		t.Errorf("got %q, want the retired one apart", got)
	}
}
