package account_test

import (
	"errors"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/people"
)

func TestTheFirstChairSetsUp(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		h := parts(t, d, clock)
		first, err := h.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		second, err := h.SetupLink(t.Context())
		if err != nil || second == first {
			t.Fatalf("second link: %q %v", second, err)
		}
		bad := account.Founding{No: "K100", Name: "周主席", Password: "k100"}
		_, err = h.founder.SetUp(t.Context(), first, bad, "")
		var many kernel.Problems
		if !errors.As(err, &many) || len(many) != 4 {
			t.Errorf("bad form: got %v, want four problems", err)
		}
		_, err = h.founder.SetUp(t.Context(), "made up", founding(), "")
		wantKind(t, "a made-up link", err, kernel.Gone)
		token, err := h.founder.SetUp(t.Context(), first, founding(), "Firefox")
		if err != nil {
			t.Fatal(err)
		}
		a := h.who(t, token)
		if a.Name != "周主席" || !a.Holds(authz.Chair) || !a.Holds(authz.Member) || len(a.Org) != 4 || !a.May(people.EditPeople) || a.May(people.Appointing(authz.Chair)) {
			t.Errorf("got %+v", a)
		}
		_, err = h.founder.SetUp(t.Context(), second, founding(), "")
		wantKind(t, "the second link, after the first was used", err, kernel.Gone)
		_, _, err = h.Look(t.Context(), second)
		wantKind(t, "the form of the second link", err, kernel.Gone)
		if link, err := h.SetupLink(t.Context()); link != "" || err != nil {
			t.Errorf("a third link: got %q %v", link, err)
		}
		if _, err := h.Accept(t.Context(), second, good, ""); err == nil {
			t.Error("a set-up link lets somebody join")
		}
	})
}

func TestJoinLoginAndReset(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "13812345678", h.group, "", "")
		link, err := h.InviteFor(t.Context(), h.who(t, h.chair), p)
		if err != nil {
			t.Fatal(err)
		}
		if i, who, err := h.Look(t.Context(), link); err != nil || i.Purpose != account.Join || who.Name != "张敏" {
			t.Errorf("look: got %+v %+v %v", i, who, err)
		}
		for _, weak := range []string{"短", "k01", "13812345678", "13812345678a", "aaaaaaaaa", "12345678", strings.Repeat("长", 201)} {
			_, err := h.Accept(t.Context(), link, weak, "")
			wantKind(t, "password "+weak, err, kernel.Invalid)
		}
		if _, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good, From: "1.1.1.1"}); err == nil {
			t.Error("in before the link was used")
		}
		token, err := h.Accept(t.Context(), link, good, "Chrome")
		if err != nil {
			t.Fatal(err)
		}
		if a := h.who(t, token); a.Person != string(p) || a.Org != h.org || a.Branch != string(h.branch) || !a.Holds(authz.Member) {
			t.Errorf("got %+v", a)
		}
		_, err = h.Accept(t.Context(), link, good, "")
		wantKind(t, "the link twice", err, kernel.Gone)
		for _, login := range []string{"K01", "k01", " Ｋ０１ ", "13812345678"} {
			if _, err := h.Login(t.Context(), account.Knock{Login: login, Password: good, From: "1.1.1.2"}); err != nil {
				t.Errorf("login %q: %v", login, err)
			}
		}
		for login, pw := range map[string]string{"K01": good + "x", "nobody": good, "": good, "13812345679": good} {
			_, err := h.Login(t.Context(), account.Knock{Login: login, Password: pw, From: "1.1.1.3"})
			wantKind(t, "login "+login, err, kernel.Invalid)
		}
		reset, err := h.InviteFor(t.Context(), h.who(t, h.chair), p)
		if err != nil {
			t.Fatal(err)
		}
		if i, _, err := h.Look(t.Context(), reset); err != nil || i.Purpose != account.Reset {
			t.Errorf("look: got %+v %v", i, err)
		}
		if _, err := h.Accept(t.Context(), reset, good+"又三次", ""); err != nil {
			t.Fatal(err)
		}
		if a := h.who(t, token); a.Account != "" {
			t.Error("the old session lives on after a new password")
		}
		_, err = h.Login(t.Context(), account.Knock{Login: "K01", Password: good, From: "1.1.1.4"})
		wantKind(t, "the old password", err, kernel.Invalid)
	})
}

func TestTwoPeopleWithOnePhoneSignInByNumberOnly(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.joined(t, h.person(t, "K01", "张敏", "13812345678", "", "", ""), good)
		h.joined(t, h.person(t, "K02", "李宁", "13812345678", "", "", ""), good)
		_, err := h.Login(t.Context(), account.Knock{Login: "13812345678", Password: good, From: "1.1.1.1"})
		wantKind(t, "a shared phone", err, kernel.Invalid)
	})
}
