package dutyweb_test

import (
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
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

// made adds switchRoom and leads to its page.
func (h *house) made() string {
	h.t.Helper()
	a := h.post("chair", "/duties/new", append([]string{"act", "look"}, switchRoom...)...)
	seen, _ := a.Doc.Find("input[name=seen]").Attr("value")
	a = h.post("chair", "/duties/new", append([]string{"act", "save", "seen", seen}, switchRoom...)...)
	if a.Status != 303 {
		h.t.Fatalf("got %d %q, want the own duty added", a.Status, a.text(".field-wrong"))
	}
	return a.To
}

func TestOwnDutyIsChangedFromTodayOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	at := h.made()
	id := duty.ID(strings.TrimPrefix(at, "/duties/"))
	h.clock.SetDay("2024-12-23") // the week's round is open
	h.must(h.s.Open(t.Context()))
	page := h.get("chair", at+"/edit")
	if name, _ := page.Doc.Find("#f-name").Attr("value"); name != "配电房每周看一眼" || page.Doc.Find("#kind-weekly[checked], #weekday-3[checked], #targets-place[checked], #who-committee[checked]").Length() != 4 {
		t.Fatalf("got %d, name %q: want the form filled with the duty", page.Status, name)
	}
	version, _ := page.Doc.Find("input[name=version]").Attr("value")
	monthly := []string{"version", version, "name", "配电房每月看一遍", "measure", "safety", "kind", "monthly", "before_end", "0", "who", "committee", "targets", "place", "place", "second", "form", "note", "on", "今天"}
	if a := h.post("chair", at, append([]string{"act", "save"}, monthly...)...); a.Status != 200 || !strings.HasPrefix(a.text("#preview li"), "12月31日") {
		t.Fatalf("got %d %q, want the new days shown before they hold", a.Status, a.text("#preview li"))
	} else {
		seen, _ := a.Doc.Find("input[name=seen]").Attr("value")
		monthly = append(monthly, "act", "save", "seen", seen)
	}
	if a := h.post("chair", at, monthly...); a.Status != 303 {
		t.Fatalf("got %d %q, want it changed", a.Status, a.text(".field-wrong"))
	}
	list, err := h.reads.Rounds(t.Context(), actor("chair").Scope(duty.SeeDuties), id, nil, 200)
	h.must(err)
	var open []string
	for _, r := range list {
		if r.State == duty.Open {
			open = append(open, string(r.Period))
		}
		if r.State == duty.Planned && strings.Contains(string(r.Period), "W") {
			t.Errorf("round %s of the old rhythm is still planned", r.Period)
		}
	}
	if slices.Sort(open); !slices.Equal(open, []string{"2024-12", "2024-W52"}) {
		t.Errorf("open: %v, want the week that had begun and the new month", open)
	}
	if a := h.post("chair", at, monthly...); a.Status != 422 || !strings.Contains(a.Doc.Text(), "刚刚有人改过") {
		t.Errorf("the version of before: got %d, want it said that somebody was faster", a.Status)
	}
	for who, want := range map[string]int{"rep": 403, "other": 404} {
		if got := h.post(who, at, monthly...).Status; got != want {
			t.Errorf("%s: got %d, want %d", who, got, want)
		}
	}
}

func TestDutyOfTheCatalogueIsNotChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-20")
	h.adopt("2024-12-16", "S8.canteen")
	all, err := h.reads.Duties(t.Context(), actor("chair").Scope(duty.SeeDuties), "b1")
	h.must(err)
	if got := h.get("chair", "/duties/"+string(all[0].ID)+"/edit").Status; got != 404 {
		t.Errorf("the form: got %d, want 404", got)
	}
	err = h.s.ChangeOwn(t.Context(), actor("chair"), all[0].ID, 1, duty.OwnDuty{Unit: "b1", Name: all[0].Name, Measure: catalogue.Safety, Rhythm: all[0].Rhythm, Who: all[0].Who, Targets: all[0].Targets})
	if kernel.KindOf(err) != kernel.Conflict {
		t.Errorf("the use case: got %v, want a conflict", err)
	}
}
