package dutyweb_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
)

func TestRoundSaysWhatToDoAndWhoIsMissing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen")
	id := h.roundOf("S8.canteen")
	a := h.get("rep", "/rounds/"+id)
	if got, _ := a.Doc.Find(".panel-now a.btn-primary").Attr("href"); got != "/safety/patrols/new?place=canteen&round="+id {
		t.Errorf("got %q, want the patrol of the first place", got)
	}
	for sel, want := range map[string]string{"#targets li b": "一食堂二食堂", "dl.facts": "李国强", "section[aria-label]": "每周五"} {
		if got := a.text(sel); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", sel, got, want)
		}
	}
	if got := h.get("member", "/rounds/"+id).Doc.Find(".panel-now, details.reveal form").Length(); got != 0 {
		t.Errorf("a member is offered %d acts, want none", got)
	}
	if got := h.get("other", "/rounds/"+id).Status; got != 404 {
		t.Errorf("another branch: got %d, want 404", got)
	}
}

func TestAClosedRoundNamesWhoHeldTheOfficeThen(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen")
	id := h.roundOf("S8.canteen")
	h.clock.SetDay("2025-06-02")
	h.must(h.s.Open(t.Context()))
	if got := h.get("rep", "/rounds/"+id).text("dl.facts"); !strings.Contains(got, "李国强") || strings.Contains(got, "后来的人") {
		t.Errorf("closed: got %q, want the holder of its day", got)
	}
	if got := h.get("rep", "/rounds/"+h.roundOf("S8.canteen")).text("dl.facts"); !strings.Contains(got, "后来的人") {
		t.Errorf("open: got %q, want the holder of today", got)
	}
}

func TestExcuseNeedsAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen")
	id := h.roundOf("S8.canteen")
	a := h.post("chair", "/rounds/"+id+"/excuse", "target", "place:second", "reason", "停")
	if a.Status != 422 {
		t.Fatalf("got %d, want 422", a.Status)
	}
	form := a.Doc.Find("details[open] form")
	if typed, _ := form.Find("input[name=reason]").Attr("value"); typed != "停" || !strings.Contains(form.Find(".field-wrong").Text(), "请写明原因") {
		t.Errorf("got %q with %q, want what was typed and the sentence", typed, form.Text())
	}
	if a := h.post("chair", "/rounds/"+id+"/excuse", "target", "place:second", "reason", "停工检修"); a.Status != 303 {
		t.Fatalf("got %d, want 303", a.Status)
	}
	a = h.get("member", "/rounds/"+id+"?state=excused")
	if got := a.text("#targets"); !strings.Contains(got, "二食堂") || !strings.Contains(got, "停工检修") {
		t.Errorf("got %q, want place and reason for everybody", got)
	}
	if a := h.post("rep", "/rounds/"+id+"/excuse", "target", "place:canteen", "reason", "没空去"); a.Status != 403 {
		t.Errorf("a representative: got %d, want 403", a.Status)
	}
	if a := h.post("chair", "/rounds/"+id+"/unexcuse", "target", "place:second"); a.Status != 303 {
		t.Errorf("got %d, want 303", a.Status)
	}
	if got := h.get("chair", "/rounds/"+id).text("#targets li b"); got != "一食堂二食堂" {
		t.Errorf("got %q, want both missing again", got)
	}
	if a := h.post("chair", "/rounds/"+id+"/excuse", "many", "1", "reason", "停业装修"); a.Status != 422 || !strings.Contains(a.text("details[open] .field-wrong"), "请先选几个") {
		t.Errorf("nothing chosen: got %d %q", a.Status, a.text(".field-wrong"))
	}
	if a := h.post("chair", "/rounds/"+id+"/excuse", "many", "1", "target", "place:canteen", "target", "place:second", "reason", "停业装修"); a.Status != 303 {
		t.Errorf("several at once: got %d %q", a.Status, a.text(".field-wrong"))
	}
	if got := h.get("member", "/rounds/"+id).text(".trail"); !strings.Contains(got, "免去 一食堂、二食堂：停业装修") {
		t.Errorf("got %q, want the history to name both", got)
	}
}

func TestDoneTargetShowsProofAndHowLate(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen")
	id := h.roundOf("S8.canteen")
	h.clock.SetDay("2024-12-23")
	h.must(h.db.InTx(t.Context(), actor("rep"), func(tx db.Tx) error {
		return h.s.Done(tx, record.Completion{Round: duty.RoundID(id), Unit: "b1", Subjects: []record.Ref{{Kind: "place", ID: "canteen"}}, Proof: record.Ref{Kind: "run", ID: "R1"},
			On: kernel.MustDate("2024-12-23"), By: "rep"})
	}))
	a := h.get("member", "/rounds/"+id+"?state=done")
	if got := a.text("#targets li"); !strings.Contains(got, "晚 3 天") || !strings.Contains(got, "12月23日 做到") {
		t.Errorf("got %q, want the day and how late", got)
	}
	if a.Doc.Find(`#targets a[href="/safety/patrols/R1"]`).Length() != 1 {
		t.Error("no link to the patrol that did it")
	}
}

// A patrol that counts for several rounds says so on the page of each.
func TestOnePatrolForTwoRoundsSaysSo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen", "S8.holiday")
	h.clock.SetDay("2024-12-20")
	for _, code := range []string{"S8.canteen", "S8.holiday"} {
		h.must(h.db.InTx(t.Context(), actor("rep"), func(tx db.Tx) error {
			return h.s.Done(tx, record.Completion{Round: duty.RoundID(h.roundOf(code)), Unit: "b1", Subjects: []record.Ref{{Kind: "place", ID: "canteen"}}, Proof: record.Ref{Kind: "run", ID: "R1"},
				On: kernel.MustDate("2024-12-20"), By: "rep"})
		}))
		got := strings.Contains(h.get("member", "/rounds/"+h.roundOf(code)+"?state=done").text("#targets li"), "同一次巡视还算了另外 1 轮")
		if want := code == "S8.holiday"; got != want {
			t.Errorf("after %s: says of another round %v, want %v", code, got, want)
		}
	}
}

func TestNamesOfPeoplesGroupsAreForThoseWhoDoIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-01", "S5.newcomer")
	id := h.roundOf("S5.newcomer")
	for who, want := range map[string]bool{"chair": true, "leader": true, "member": false, "rep": false} {
		if got := strings.Contains(h.get(who, "/rounds/"+id).text("main"), "张敏"); got != want {
			t.Errorf("%s reads the name: got %v, want %v", who, got, want)
		}
	}
}

func TestEnglishRoundHasNoChineseOutsideItsMark(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-01", "S8.canteen", "S8.holiday", "S1.enrol")
	for _, path := range []string{"/rounds/" + h.roundOf("S8.canteen"), "/rounds/" + h.roundOf("S8.holiday"), "/duties", "/duties?measure=warmth", "/duties/new"} {
		a := h.send("chair", "GET", path, nil, "en")
		if text := a.Doc.Find("main").Text(); a.Status != 200 || strings.Contains(text, i18n.Missing) {
			t.Errorf("%s: got %d and %q, want everything translated", path, a.Status, missing(text))
		}
	}
}

// missing is the first sentence without translation.
func missing(text string) string {
	_, rest, _ := strings.Cut(text, i18n.Missing)
	return strings.SplitN(rest, "\n", 2)[0]
}
