package account_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func TestWhoMayLetWhomIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		root := func() org.UnitID {
			c, err := h.units.Directory().Of(t.Context(), h.org)
			if err != nil {
				t.Fatal(err)
			}
			return c.Company().ID
		}()
		leader := h.person(t, "K02", "组长", "", h.group, h.group, authz.GroupLeader)
		rep := h.person(t, "K03", "代表", "", h.group, h.branch, authz.WorkerRep)
		plain := h.person(t, "K04", "组员", "", h.group, "", "")
		other := h.person(t, "K05", "外组", "", "", "", "")
		second := h.person(t, "K06", "副主席", "", h.group, h.branch, authz.Chair)
		auditor := h.person(t, "K07", "经审", "", "", root, authz.Auditor)
		boss := h.person(t, "K08", "公司主席", "", "", root, authz.CompanyChair)
		admin := h.person(t, "K09", "管理员", "", "", root, authz.Admin)
		all := []people.ID{leader, rep, plain, other, second, auditor, boss, admin}
		for name, c := range map[string]struct {
			by   authz.Actor
			want string // one letter a person, in the order of all
		}{
			"member":                  {h.who(t, h.joined(t, other, good)), "........"},
			"group leader":            {h.who(t, h.joined(t, leader, good)), "..y....."},
			"representative":          {h.who(t, h.joined(t, rep, good)), "........"},
			"chair":                   {h.who(t, h.chair), "yyyy...."},
			"company chair":           {h.who(t, h.joined(t, boss, good)), "yyyyyyyy"},
			"administrator":           {h.who(t, h.joined(t, admin, good)), "..yy...."},
			"auditor":                 {h.who(t, h.joined(t, auditor, good)), "........"},
			"the program":             {authz.Program(h.org), "yyyyyyyy"},
			"nobody":                  {authz.Actor{Org: h.org}, "........"},
			"another union's program": {authz.Program("zzzz"), "........"},
		} {
			got := ""
			for _, p := range all {
				_, err := h.InviteFor(t.Context(), c.by, p)
				switch kernel.KindOf(err) {
				case kernel.Forbidden, kernel.NotFound:
					got += "."
				default:
					if err != nil {
						t.Fatal(err)
					}
					got += "y"
				}
			}
			if got != c.want {
				t.Errorf("%s: got %s, want %s", name, got, c.want)
			}
		}
	})
}

func TestLinksAndSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", "", "")
		old, err := h.InviteFor(t.Context(), authz.Program(h.org), p)
		if err != nil {
			t.Fatal(err)
		}
		link, err := h.InviteFor(t.Context(), authz.Program(h.org), p)
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Accept(t.Context(), old, good, "")
		wantKind(t, "the link before the last", err, kernel.Gone)
		h.clock.Set(h.clock.Now().Add(7 * 24 * time.Hour))
		_, err = h.Accept(t.Context(), link, good, "")
		wantKind(t, "a link of last week", err, kernel.Gone)
		token := h.joined(t, p, good)
		a := h.who(t, token)
		second, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good, Device: "Edge"})
		if err != nil {
			t.Fatal(err)
		}
		list, err := h.Devices(t.Context(), a)
		if err != nil || len(list) != 2 {
			t.Fatalf("devices: got %v %v", list, err)
		}
		_, mine, _ := h.Who(t.Context(), second)
		wantKind(t, "ending another's session", h.End(t.Context(), h.who(t, h.chair), mine), kernel.NotFound)
		if err := h.End(t.Context(), a, mine); err != nil {
			t.Fatal(err)
		}
		if h.who(t, second).Account != "" || h.who(t, token).Account == "" {
			t.Error("the wrong one of two devices is out")
		}
		h.clock.Set(h.clock.Now().Add(30 * 24 * time.Hour))
		if h.who(t, token).Account != "" {
			t.Error("a session of last month lives")
		}
	})
}

func TestMandatesOfTodayCount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", h.branch, authz.WorkerRep)
		h.joined(t, p, good)
		for d, want := range map[string]bool{"2026-12-31": true, "2027-01-01": false} {
			h.clock.SetDay(d)
			token, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good, From: d})
			if err != nil {
				t.Fatal(err)
			}
			if a := h.who(t, token); a.Holds(authz.WorkerRep) != want || want && !a.HoldsAt(authz.WorkerRep, string(h.branch)) {
				t.Errorf("%s: got %+v, want representative %v", d, a.Grants, want)
			}
		}
	})
}

func TestALeaverIsOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", "", "")
		token := h.joined(t, p, good)
		if err := h.roster.Leave(t.Context(), h.who(t, h.chair), p, 1, day("2024-12-19")); err != nil {
			t.Fatal(err)
		}
		h.Forget()
		if h.who(t, token).Account != "" {
			t.Error("still in")
		}
		_, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good})
		wantKind(t, "login", err, kernel.Invalid)
		_, err = h.InviteFor(t.Context(), h.who(t, h.chair), p)
		wantKind(t, "a new link", err, kernel.Conflict)
	})
}

func TestGuessingEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good)
		for i := range 8 {
			_, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: fmt.Sprint("wrong", i), From: fmt.Sprint("10.0.0.", i)})
			wantKind(t, "guess", err, kernel.Invalid)
		}
		if _, err := h.Login(t.Context(), account.Knock{Login: "k01", Password: good, From: "10.0.0.99"}); err == nil {
			t.Error("the ninth try within a quarter of an hour is let in")
		}
		for i := range 40 {
			_, _ = h.Login(t.Context(), account.Knock{Login: fmt.Sprint("name", i), Password: "wrong", From: "10.0.0.7"}) // the answers are in the test above
		}
		if _, err := h.Login(t.Context(), account.Knock{Login: "K100", Password: good, From: "10.0.0.7"}); err == nil {
			t.Error("an address that tried forty names is let in")
		}
		if _, err := h.Login(t.Context(), account.Knock{Login: "K100", Password: good, From: "10.0.0.8"}); err != nil {
			t.Errorf("another address: %v", err)
		}
	})
}

func TestTheDatabaseKnowsNoTokenAndNoPassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		link, err := h.InviteFor(t.Context(), authz.Program(h.org), h.person(t, "K01", "张敏", "", "", "", ""))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"SELECT token FROM session", "SELECT token FROM invite", "SELECT secret FROM account"} {
			rows, err := h.d.Read.QueryContext(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for ; rows.Next(); n++ {
				var s string
				if err := rows.Scan(&s); err != nil {
					t.Fatal(err)
				}
				if s == h.chair || s == link || strings.Contains(s, good) {
					t.Errorf("%s: got a plain secret", q)
				}
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil || n == 0 {
				t.Errorf("%s: %d rows, %v", q, n, err)
			}
		}
	})
}

func TestDoorAndAs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", h.branch, authz.WorkerRep)
		if err := h.Open(t.Context(), authz.Program(h.org), "worker-rep", p); err != nil {
			t.Fatal(err)
		}
		token, err := h.Door(t.Context(), "worker-rep", "Chrome")
		if err != nil {
			t.Fatal(err)
		}
		as, err := h.As(t.Context(), "worker-rep")
		if a := h.who(t, token); err != nil || a.Person != string(p) || as.Person != a.Person || len(as.Scopes) != len(a.Scopes) || !as.Holds(authz.WorkerRep) {
			t.Errorf("door %+v, as %+v %v", a, as, err)
		}
		_, err = h.Login(t.Context(), account.Knock{Login: "worker-rep"})
		wantKind(t, "an account without password", err, kernel.Invalid)
		_, err = h.Door(t.Context(), "nobody", "")
		wantKind(t, "an unknown door", err, kernel.NotFound)
	})
}

// A link that somebody made before does not open an office that its maker could not give; the one who gave it may let him in.
func TestAnAppointmentEndsOthersLinks(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		leader := h.who(t, h.joined(t, h.person(t, "K02", "组长", "", h.group, h.group, authz.GroupLeader), good))
		member, chair := h.person(t, "K04", "组员", "", h.group, "", ""), h.who(t, h.chair)
		old, err := h.InviteFor(t.Context(), leader, member)
		if err != nil {
			t.Fatal(err)
		}
		rep := people.Appointment{Person: member, Office: authz.WorkerRep, Unit: h.branch, Term: kernel.Span{From: day("2024-12-20"), To: day("2025-12-31")}}
		if _, err := h.roster.Appoint(t.Context(), chair, rep); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Accept(t.Context(), old, good, ""); kernel.KindOf(err) != kernel.Gone {
			t.Errorf("the leader's old link: %v, want Gone", err)
		}
		fresh, err := h.InviteFor(t.Context(), chair, member)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Accept(t.Context(), fresh, good, ""); err != nil {
			t.Errorf("the chair's new link: %v", err)
		}
	})
}
