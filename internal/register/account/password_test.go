package account_test

import (
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/people"
)

func TestWhoKnowsThePasswordChangesIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "13812345678", h.group, "", "")
		phone := h.joined(t, p, good)
		desk, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good, Device: "电脑"})
		if err != nil {
			t.Fatal(err)
		}
		by, session, err := h.Who(t.Context(), phone)
		if err != nil {
			t.Fatal(err)
		}
		const next = "院里海棠又开了一次"
		for name, c := range map[string]struct {
			in    account.NewPassword
			field string
		}{
			"a wrong old one": {account.NewPassword{Old: "不是这个密码", New: next}, "old"}, "the same again": {account.NewPassword{Old: good, New: good}, "password"},
			"a weak one": {account.NewPassword{Old: good, New: "13812345678"}, "password"},
		} {
			err := h.ChangePassword(t.Context(), by, c.in)
			if e, ok := err.(*kernel.Error); !ok || e.Field != c.field {
				t.Errorf("%s: got %v, want it at %s", name, err, c.field)
			}
		}
		if err := h.ChangePassword(t.Context(), by, account.NewPassword{Old: good, New: next, Session: session}); err != nil {
			t.Fatal(err)
		}
		if h.who(t, desk).Account == "" {
			t.Error("the other device is out, though nobody asked for it")
		}
		if err := h.ChangePassword(t.Context(), by, account.NewPassword{Old: next, New: good, Session: session, Others: true}); err != nil {
			t.Fatal(err)
		}
		if h.who(t, desk).Account != "" || h.who(t, phone).Account == "" {
			t.Error("want this device in and the other one out")
		}
		if n, _, err := notify.Inbox(t.Context(), h.d.Read, h.org, string(p), notify.Filter{}); err != nil || len(n) == 0 || n[0].Href != "/me" {
			t.Errorf("told: got %+v %v", n, err)
		}
		for range 10 {
			if err := h.ChangePassword(t.Context(), by, account.NewPassword{Old: "猜一猜看看", New: next}); err == nil {
				t.Fatal("a guess was right")
			}
		}
		if err := h.ChangePassword(t.Context(), by, account.NewPassword{Old: good, New: next}); err == nil {
			t.Error("guessing is not stopped")
		}
	})
}

func TestASheetOfLinksNeverStopsInTheMiddle(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		chair := h.who(t, h.chair)
		zhang, li := h.person(t, "K01", "张敏", "", h.group, "", ""), h.person(t, "K02", "李宁", "", "", "", "")
		h.joined(t, li, good)
		links, refused, err := h.InviteAll(t.Context(), chair, []people.ID{zhang, people.ID(chair.Person), li})
		if err != nil || len(links) != 2 || len(refused) != 1 || refused[0].Name != "周主席" || refused[0].Why.Kind != kernel.Forbidden {
			t.Fatalf("got %v and refused %v, %v", links, refused, err)
		}
		for i, want := range []account.Purpose{account.Join, account.Reset} {
			if got, who, err := h.Look(t.Context(), links[i].Token); err != nil || got.Purpose != want || who.Name != links[i].Name {
				t.Errorf("%s: got %+v %v, want %s", links[i].Name, got, err, want)
			}
		}
		leader := authz.NewSet(account.Rules()).Resolve(authz.Actor{Org: h.org, Account: "l", Person: "l", Grants: []authz.Grant{{Office: authz.GroupLeader, Unit: string(h.group), Branch: string(h.branch)}}})
		links, refused, err = h.InviteAll(t.Context(), leader, []people.ID{zhang, li})
		if err != nil || len(links) != 1 || len(refused) != 1 || refused[0].Name != "李宁" {
			t.Errorf("a leader: got %v and refused %v, %v", links, refused, err)
		}
	})
}
