package people_test

import (
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/people"
)

// Who looked, at whom and why is read by those who oversee the branch, newest first, and by nobody else.
func TestWhoLookedIsListedByScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		looks := []struct {
			by  authz.Actor
			no  string
			f   people.Secret
			why string
		}{{h.chair(), "K01", people.SecretPhone, "通知慰问时间"}, {h.companyChair(), "K01", people.SecretID, "办理补助核对"}, {h.as(authz.Chair, h.b, h.b, ""), "K06", people.SecretPhone, "约走访时间"}}
		for _, l := range looks {
			if _, err := h.Reveal(t.Context(), l.by, h.byNo[l.no], l.f, l.why); err != nil {
				t.Fatalf("%s: %v", l.why, err)
			}
		}
		whys := func(by authz.Actor, f people.RevealFilter) string {
			var out []string
			for cursor, more := "", true; more; more = cursor != "" {
				l, err := h.AllReveals(t.Context(), by, f, cursor, 1)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range l.Rows {
					if r.Name == "" {
						t.Errorf("%+v names nobody", r)
					}
					out = append(out, r.Why)
				}
				cursor = l.Next
			}
			return strings.Join(out, " ")
		}
		today := d.Clock.Now().Date()
		all := "约走访时间 办理补助核对 通知慰问时间"
		for name, c := range map[string]struct {
			by   authz.Actor
			f    people.RevealFilter
			want string
		}{
			"company chair":      {h.companyChair(), people.RevealFilter{}, all},
			"auditor":            {h.as(authz.Auditor, h.root, "", ""), people.RevealFilter{}, all},
			"chair":              {h.chair(), people.RevealFilter{}, "办理补助核对 通知慰问时间"},
			"chair of b":         {h.as(authz.Chair, h.b, h.b, ""), people.RevealFilter{}, "约走访时间"},
			"member":             {h.member(), people.RevealFilter{}, ""},
			"administrator":      {h.as(authz.Admin, h.root, "", ""), people.RevealFilter{}, ""},
			"leader":             {h.as(authz.GroupLeader, h.team, h.a, ""), people.RevealFilter{}, ""},
			"of one item":        {h.companyChair(), people.RevealFilter{Field: people.SecretID}, "办理补助核对"},
			"of one person":      {h.companyChair(), people.RevealFilter{Of: h.byNo["K01"]}, "办理补助核对 通知慰问时间"},
			"by number":          {h.companyChair(), people.RevealFilter{Name: "k06"}, "约走访时间"},
			"by a part of it":    {h.companyChair(), people.RevealFilter{Name: "0"}, ""},
			"by nobody's name":   {h.companyChair(), people.RevealFilter{Name: "%"}, ""},
			"by a name":          {h.companyChair(), people.RevealFilter{Name: "桂"}, "约走访时间"},
			"of today":           {h.companyChair(), people.RevealFilter{On: kernel.Span{From: today, To: today}}, all},
			"until yesterday":    {h.companyChair(), people.RevealFilter{On: kernel.Span{To: today.Add(-1)}}, ""},
			"from tomorrow":      {h.companyChair(), people.RevealFilter{On: kernel.Span{From: today.Add(1)}}, ""},
			"of another union":   {authz.Actor{Org: "o2", System: true}, people.RevealFilter{}, ""},
			"one out of a scope": {h.chair(), people.RevealFilter{Of: h.byNo["K06"]}, ""},
		} {
			if got := whys(c.by, c.f); got != c.want {
				t.Errorf("%s: got %q, want %q", name, got, c.want)
			}
		}
		if _, err := h.AllReveals(t.Context(), h.companyChair(), people.RevealFilter{}, "x", 1); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("a made-up cursor: %v", err)
		}
	})
}
