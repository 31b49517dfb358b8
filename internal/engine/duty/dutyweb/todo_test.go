package dutyweb_test

import (
	"net/http/httptest"
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

func (h *house) todos(who string) []ui.Item {
	h.t.Helper()
	c := &web.Ctx{R: httptest.NewRequest("GET", "/todo", nil), Actor: actor(who), P: h.book.Printer(i18n.Zh), Now: h.clock.Now()}
	out, err := h.pages.Todos(c)
	h.must(err)
	return out
}

func TestTodosAreForWhoDoesIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-12-16", "S8.canteen", "W7.census")
	rep := h.todos("rep")
	if len(rep) != 1 || rep[0].Title != "食堂每周巡视" || rep[0].Act != "去巡视" || rep[0].Href != "/safety/patrols/new?round="+h.roundOf("S8.canteen") || rep[0].Chip != "calm" {
		t.Errorf("representative: got %+v, want the canteen alone", rep)
	}
	for _, who := range []string{"member", "other", "nobody"} {
		if got := h.todos(who); len(got) != 0 {
			t.Errorf("%s: got %+v, want nothing", who, got)
		}
	}
	h.clock.SetDay("2024-12-23")
	if got := h.todos("rep"); len(got) == 0 || got[0].Chip != "late" || got[0].Due != "超期 3 天" {
		t.Errorf("after the due day: got %+v, want it late", got)
	}
}

func TestGroupLeaderIsDoneWithHisGroup(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2025-10-28")
	h.adopt("2025-10-01", "S5.annual")
	if got := h.todos("leader"); len(got) != 1 || got[0].Act != "记一笔" {
		t.Fatalf("got %+v, want the training", got)
	}
	h.must(h.db.InTx(t.Context(), actor("leader"), func(tx db.Tx) error {
		return h.s.Done(tx, record.Completion{Round: duty.RoundID(h.roundOf("S5.annual")), Unit: "b1", Subjects: []record.Ref{{Kind: record.KindUnit, ID: "g1"}},
			Proof: record.Ref{Kind: record.KindNote, ID: "N1"}, On: kernel.MustDate("2025-10-28"), By: "leader"})
	}))
	if got := h.todos("leader"); len(got) != 0 {
		t.Errorf("got %+v, want nothing: the other group is another leader's", got)
	}
}
