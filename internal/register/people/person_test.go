package people_test

import (
	"errors"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

const goodID = "11010519491231002X" // the example of GB 11643

func TestWhoEditsWhom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for i, c := range []struct {
			name       string
			by         authz.Actor
			own, other kernel.Kind // of changing K01 of a and K06 of b; -1 is allowed
		}{
			{"chair", h.chair(), -1, kernel.NotFound}, {"company chair", h.companyChair(), -1, -1},
			{"member", h.member(), kernel.Forbidden, kernel.NotFound}, {"administrator", h.as(authz.Admin, h.root, "", ""), kernel.Forbidden, kernel.Forbidden},
			{"representative", h.as(authz.MemberRep, h.a, h.a, ""), kernel.Forbidden, kernel.NotFound}, {"nobody", authz.Actor{Org: "o1"}, kernel.NotFound, kernel.NotFound},
		} {
			for no, want := range map[string]kernel.Kind{"K01": c.own, "K06": c.other} {
				e := people.Entry{Person: h.get(t, no).Person}
				e.Post, e.Phone = strings.Repeat("岗", i+1), "13812345678"
				err := h.Update(t.Context(), c.by, e)
				if want == -1 && err != nil || want != -1 && (err == nil || kernel.KindOf(err) != want) {
					t.Errorf("%s changes %s: got %v, want kind %d", c.name, no, err, want)
				}
			}
			_, err := h.Create(t.Context(), c.by, people.Entry{Person: people.Person{Branch: h.a, No: "N" + string(rune('a'+i)), Name: "新人"}})
			if (err == nil) != (c.own == -1) {
				t.Errorf("%s creates: got %v", c.name, err)
			}
		}
	})
}

func TestWrongFieldsAreAllNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		wage := kernel.Money(-1)
		bad := people.Entry{Person: people.Person{Branch: h.a, No: "工号", Sex: "x", Birth: day("2020-01-01"), Joined: day("2001-01-01"), Phone: "12", Department: h.team, Group: h.dept}, IDNumber: "110105194912310021", Wage: &wage}
		_, err := h.Create(t.Context(), prog, bad)
		var many kernel.Problems
		if !errors.As(err, &many) {
			t.Fatalf("got %v, want problems", err)
		}
		var fields []string
		for _, p := range many {
			fields = append(fields, p.Field)
		}
		if got, want := strings.Join(sorted(fields), " "), "birth department group id_number joined name no phone sex wage"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		_, err = h.Create(t.Context(), prog, people.Entry{Person: people.Person{Branch: h.a, No: "k01", Name: "又一个"}})
		wantKind(t, "a staff number twice", err, kernel.Invalid)
		_, err = h.Create(t.Context(), prog, people.Entry{Person: people.Person{Branch: h.b, No: "K9", Name: "错组", Group: h.team}})
		wantKind(t, "a group of another branch", err, kernel.Invalid)
	})
}

func TestDepartmentsAndGroupsCountTheirPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		want := func(what string, dept, team int) {
			t.Helper()
			n, err := db.Counts(t.Context(), d.Read, "o1", people.UnitCounter, "")
			if err != nil || n[string(h.dept)] != dept || n[string(h.team)] != team {
				t.Errorf("%s: got %d and %d, want %d and %d (%v)", what, n[string(h.dept)], n[string(h.team)], dept, team, err)
			}
		}
		want("at first", 2, 1)
		e := people.Entry{Person: h.get(t, "K02").Person}
		e.Group = h.team
		if err := h.Update(t.Context(), prog, e); err != nil {
			t.Fatal(err)
		}
		want("one more in the group", 2, 2)
		if err := h.Leave(t.Context(), prog, h.byNo["K02"], 2, day("2024-12-20")); err != nil {
			t.Fatal(err)
		}
		want("one has left", 1, 1)
		if err := h.Return(t.Context(), prog, h.byNo["K02"], 3); err != nil {
			t.Fatal(err)
		}
		want("and is back", 2, 2)
		b, err := h.Import(t.Context(), prog, people.ImportOptions{Unit: h.a}, sheet(roster.Row{No: "K90", Name: "新人", Department: "装配车间", Team: "钳工班"}), nil)
		if err != nil {
			t.Fatal(err)
		}
		want("one imported", 3, 3)
		if _, err := h.Undo(t.Context(), prog, b.ID); err != nil {
			t.Fatal(err)
		}
		want("and taken back", 2, 2)
	})
}

func TestAFormIsReadAsARosterIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id, err := h.Create(t.Context(), h.chair(), people.Entry{Person: people.Person{Branch: h.a, No: "ｋ８０", Name: "林 静", Phone: "138-0000 1111"}, IDNumber: goodID})
		if err != nil {
			t.Fatal(err)
		}
		h.byNo["K80"] = id
		if p := h.get(t, "K80"); p.No != "K80" || p.Name != "林静" || p.Birth != day("1949-12-31") || p.Sex != "女" || p.Phone != "138****1111" {
			t.Errorf("got %+v", p.Person)
		}
		e, err := h.ForEdit(t.Context(), h.chair(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, drop := range []bool{false, true} {
			e.DropPhone = drop
			if err := h.Update(t.Context(), h.chair(), e); err != nil {
				t.Fatal(err)
			}
			e.Version++
			if got := h.get(t, "K80").Phone; (got == "") != drop {
				t.Errorf("drop %v: got phone %q", drop, got)
			}
		}
	})
}

func TestUpdateKeepsWhatIsSealedAndTellsTheSecondTab(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		wage := kernel.Money(790538)
		id, err := h.Create(t.Context(), h.chair(), people.Entry{Person: people.Person{Branch: h.a, No: "K77", Name: "赵六", Sex: "女", Phone: "13900001111"}, IDNumber: " 11010519491231002x", Wage: &wage})
		if err != nil {
			t.Fatal(err)
		}
		h.byNo["K77"] = id
		if got := h.count(t, h.a); got != 6 {
			t.Errorf("counter: got %d, want 6", got)
		}
		e, err := h.ForEdit(t.Context(), h.chair(), id)
		if err != nil || e.Phone != "" || e.Kept.Phone != "139****1111" || !e.Kept.Wage || e.IDNumber != "" {
			t.Fatalf("for edit: got %+v %v", e, err)
		}
		e.Name, e.Branch = "赵柳", h.b
		wantKind(t, "a chair moves him to another branch", h.Update(t.Context(), h.chair(), e), kernel.Forbidden)
		if err := h.Update(t.Context(), h.companyChair(), e); err != nil {
			t.Fatal(err)
		}
		if a, b := h.count(t, h.a), h.count(t, h.b); a != 5 || b != 2 {
			t.Errorf("counters: got %d %d, want 5 2", a, b)
		}
		wantKind(t, "the second tab", h.Update(t.Context(), h.companyChair(), e), kernel.Conflict)
		if got := h.names(t, h.companyChair(), people.Filter{Text: "zl"}); got != "赵柳" {
			t.Errorf("found by the new initials: got %q", got)
		}
		for f, want := range map[people.Secret]string{people.SecretID: goodID, people.SecretWage: "790538", people.SecretPhone: "13900001111"} {
			got, err := h.Reveal(t.Context(), h.companyChair(), id, f, "办理补助核对")
			if err != nil || got != want {
				t.Errorf("reveal %s: got %q %v, want %q", f, got, err, want)
			}
		}
		if p := h.get(t, "K77"); p.IDMask != "110***********002X" || !p.HasID || !p.HasWage || len(p.Reveals) != 3 {
			t.Errorf("page: got %+v", p)
		}
		_, err = h.Create(t.Context(), prog, people.Entry{Person: people.Person{Branch: h.a, No: "K78", Name: "同号", Sex: "女"}, IDNumber: goodID})
		wantKind(t, "an ID number twice", err, kernel.Invalid)
		noPlainText(t, d)
	})
}

// noPlainText looks for the ID number in every text of the row and of the audit.
func noPlainText(t *testing.T, d *db.DB) {
	t.Helper()
	for _, q := range []string{"SELECT id_blind || id_mask || note || name FROM person", "SELECT why || field FROM reveal", "SELECT text || args FROM notice"} {
		rows, err := d.Read.QueryContext(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(s, goodID) || strings.Contains(s, "790538") {
				t.Errorf("%s: plain secret in %q", q, s)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRevealIsForTheChairAndTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.byNo["K01"]
		for name, c := range map[string]struct {
			by   authz.Actor
			f    people.Secret
			why  string
			want kernel.Kind
		}{
			"member":             {h.member(), people.SecretPhone, "想打个电话", kernel.Forbidden},
			"administrator":      {h.as(authz.Admin, h.root, "", ""), people.SecretPhone, "想打个电话", kernel.Forbidden},
			"leader":             {h.as(authz.GroupLeader, h.team, h.a, ""), people.SecretPhone, "想打个电话", kernel.Forbidden},
			"chair of b":         {h.as(authz.Chair, h.b, h.b, ""), people.SecretPhone, "想打个电话", kernel.NotFound},
			"no reason":          {h.chair(), people.SecretPhone, " 看看 ", kernel.Invalid},
			"no such field":      {h.chair(), "salary", "想打个电话", kernel.Invalid},
			"endless reason":     {h.chair(), people.SecretPhone, strings.Repeat("长", 101), kernel.Invalid},
			"nobody of that one": {authz.Actor{Org: "o2", System: true}, people.SecretPhone, "想打个电话", kernel.NotFound},
		} {
			if got, err := h.Reveal(t.Context(), c.by, id, c.f, c.why); err == nil || kernel.KindOf(err) != c.want || got != "" {
				t.Errorf("%s: got %q %v, want kind %d", name, got, err, c.want)
			}
		}
		if got, err := h.Reveal(t.Context(), h.chair(), id, people.SecretPhone, "通知慰问时间"); err != nil || got != "13812345678" {
			t.Fatalf("chair: got %q %v", got, err)
		}
		inbox, _, err := notify.Inbox(t.Context(), d.Read, "o1", string(id), notify.Filter{})
		if err != nil || len(inbox) != 1 || inbox[0].Args[2] != "通知慰问时间" {
			t.Errorf("inbox: got %+v %v", inbox, err)
		}
	})
}

func TestLeavingEndsEverything(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.byNo["K01"]
		var told []people.Left
		outbox.On(h.bus, func(_ db.Tx, e people.Left) error { told = []people.Left{e}; return nil })
		term := kernel.Span{From: day("2024-01-01"), To: day("2026-12-31")}
		if _, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: id, Office: authz.MemberRep, Unit: h.a, Term: term}); err != nil {
			t.Fatal(err)
		}
		if err := h.PutLabel(t.Context(), h.chair(), people.Label{Person: id, Key: "backbone", Term: kernel.Span{From: day("2024-01-01")}}); err != nil {
			t.Fatal(err)
		}
		v := h.get(t, "K01").Version
		wantKind(t, "a member", h.Leave(t.Context(), h.member(), id, v, day("2024-12-19")), kernel.Forbidden)
		wantKind(t, "in the future", h.Leave(t.Context(), h.chair(), id, v, day("2024-12-21")), kernel.Invalid)
		wantKind(t, "oneself", h.Leave(t.Context(), h.as(authz.Chair, h.a, h.a, "K01"), id, v, day("2024-12-19")), kernel.Forbidden)
		wantKind(t, "an old page", h.Leave(t.Context(), h.chair(), id, v-1, day("2024-12-19")), kernel.Conflict)
		if err := h.Leave(t.Context(), h.chair(), id, v, day("2024-12-19")); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "twice", h.Leave(t.Context(), h.chair(), id, v+1, day("2024-12-19")), kernel.Conflict)
		p := h.get(t, "K01")
		if p.Left != day("2024-12-19") || p.Mandates[0].Term.To != p.Left || p.Mandates[0].Why == "" || p.Labels[0].Term.To != p.Left {
			t.Errorf("got %+v", p)
		}
		if len(told) != 1 || told[0] != (people.Left{Person: id, On: p.Left}) {
			t.Errorf("told: got %v", told)
		}
		if got := h.names(t, h.chair(), people.Filter{Text: "张敏"}) + h.names(t, h.chair(), people.Filter{Text: "张敏", Left: true}); got != "" {
			t.Errorf("still found: %s", got)
		}
		if got := h.names(t, h.chair(), people.Filter{Left: true}); got != "张敏" || h.count(t, h.a) != 4 {
			t.Errorf("left: got %s, %d here", got, h.count(t, h.a))
		}
		if err := h.Return(t.Context(), h.chair(), id, p.Version); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "back twice", h.Return(t.Context(), h.chair(), id, p.Version+1), kernel.Conflict)
		if got := h.names(t, h.chair(), people.Filter{Text: "张敏"}); got != "张敏" || h.count(t, h.a) != 5 {
			t.Errorf("back: got %q, %d here", got, h.count(t, h.a))
		}
	})
}

func TestGetShowsOneselfWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		self := h.as(authz.Contractor, h.dept, h.a, "K01")
		p, err := h.Get(t.Context(), self, h.byNo["K01"])
		if err != nil || !p.Full || p.Phone != "13812345678" || p.MayEdit || p.MayReveal {
			t.Errorf("oneself: got %+v %v", p, err)
		}
		_, err = h.Get(t.Context(), self, h.byNo["K02"])
		wantKind(t, "somebody else", err, kernel.NotFound)
		p, err = h.Get(t.Context(), h.member(), h.byNo["K01"])
		if err != nil || p.Full || p.Phone != "" || p.Labels != nil || p.Reveals != nil || p.Department != org.UnitID(h.dept) {
			t.Errorf("a colleague: got %+v %v", p, err)
		}
		_, err = h.ForEdit(t.Context(), h.member(), h.byNo["K01"])
		wantKind(t, "a member's form", err, kernel.Forbidden)
	})
}
