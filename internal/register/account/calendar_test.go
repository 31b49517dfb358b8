package account_test

import (
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
)

// An address opens what its person may see today; a new one ends the old one, and leaving ends both.
func TestACalendarAddress(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", h.branch, authz.WorkerRep)
		me := h.who(t, h.joined(t, p, good))
		_, err := h.Subscription(t.Context(), me)
		wantKind(t, "no address yet", err, kernel.NotFound)
		old, err := h.Subscribe(t.Context(), me, false, "zh")
		if err != nil {
			t.Fatal(err)
		}
		token, err := h.Subscribe(t.Context(), me, true, "en")
		if err != nil {
			t.Fatal(err)
		}
		f, a, err := h.ByCalendar(t.Context(), token)
		if err != nil || a.Person != string(p) || !a.Holds(authz.WorkerRep) || !f.Holidays || f.Lang != "en" {
			t.Fatalf("got %+v %+v %v", f, a, err)
		}
		gone := kernel.Err(kernel.NotFound, "没有这个日历。").Error()
		dead := func(what, token string) {
			t.Helper()
			if _, a, err := h.ByCalendar(t.Context(), token); kernel.KindOf(err) != kernel.NotFound || err.Error() != gone || a.Account != "" {
				t.Errorf("%s: %+v %v", what, a, err)
			}
		}
		dead("the address before", old)
		dead("a made up one", kernel.BlindID())
		dead("no address", "")
		if err := h.Fetched(t.Context(), a, token, f, "{}"); err != nil {
			t.Fatal(err)
		}
		if f, err := h.Subscription(t.Context(), me); err != nil || f.Fetched != day("2024-12-20") {
			t.Errorf("fetched %v %v", f, err)
		}
		h.clock.SetDay("2027-01-02")
		if _, a, err := h.ByCalendar(t.Context(), token); err != nil || a.Holds(authz.WorkerRep) {
			t.Errorf("after the term: %+v %v", a.Grants, err)
		}
		if err := h.roster.Leave(t.Context(), authz.Program(h.org), p, 1, day("2027-01-01")); err != nil {
			t.Fatal(err)
		}
		dead("a leaver's", token)
		chair := h.who(t, h.chair)
		last, err := h.Subscribe(t.Context(), chair, false, "zh")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Unsubscribe(t.Context(), chair); err != nil {
			t.Fatal(err)
		}
		dead("an ended one", last)
		var kept int
		if err := h.d.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM feed").Scan(&kept); err != nil || kept != 0 {
			t.Errorf("%d addresses are kept, %v", kept, err)
		}
	})
}

// FuzzCalendarToken: what reaches the table is of one shape.
func FuzzCalendarToken(f *testing.F) {
	for _, s := range []string{"", kernel.BlindID(), strings.Repeat("A", 26), strings.Repeat("a", 26), strings.Repeat("食", 9), "../../../etc/passwd", strings.Repeat("A", 25) + "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := len(s) == 26 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
		if kernel.IsBlindID(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	})
}
