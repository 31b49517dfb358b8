package people_test

import (
	"slices"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
)

var term = kernel.Span{From: day("2024-01-01"), To: day("2026-12-31")}

// Every office, appointed by everybody: the whole table of decisions.md 12.
func TestWhoAppointsWhom(t *testing.T) {
	t.Parallel()
	branch := []authz.Office{"worker-rep", "member-rep", "group-leader", "group-inspector", "food-sup", "committee"}
	outer := []authz.Office{"dept-contact", "contractor", "site-contact", "hse", "logistics"}
	company := []authz.Office{"chair", "company-chair", "company-committee", "auditor", "admin"}
	in := func(o authz.Office, lists ...[]authz.Office) bool { return slices.Contains(slices.Concat(lists...), o) }
	all := append(slices.Concat(branch, outer, company), "member")
	grant := func(o authz.Office) authz.Actor {
		return set.Resolve(authz.Actor{Org: "o1", Person: "p", Grants: []authz.Grant{{Office: o, Unit: "a", Branch: "a"}}})
	}
	for _, holder := range all {
		by := grant(holder)
		for _, o := range all {
			for _, at := range []org.UnitID{"a", "b", ""} {
				want := holder == authz.Chair && at == "a" && in(o, branch, outer) || holder == authz.CompanyChair && in(o, outer, company)
				if got := people.MayAppoint(by, o, at); got != want {
					t.Errorf("%s appoints %s at %q: got %v, want %v", holder, o, at, got, want)
				}
				rank := want || holder == authz.CompanyChair && in(o, branch)
				if got := people.Outranks(by, o, at); got != rank {
					t.Errorf("%s outranks %s at %q: got %v, want %v", holder, o, at, got, rank)
				}
			}
		}
	}
	if people.MayAppoint(authz.Nobody, "chair", "") || !people.MayAppoint(prog, "chair", "a") {
		t.Error("nobody appoints, or the program does not")
	}
}

// Two officers appoint the same person to the same office in the same second: one of them is told.
func TestTwoOfficersAtOnceAppointOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		a := people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}
		said := make(chan error)
		for range 24 {
			go func() { _, err := h.Appoint(t.Context(), h.chair(), a); said <- err }()
		}
		won := 0
		for range 24 {
			if err := <-said; err == nil {
				won++
			} else if kernel.KindOf(err) != kernel.Invalid {
				t.Errorf("got %v, want it said at the field", err)
			}
		}
		if p := h.get(t, "K01"); won != 1 || len(p.Mandates) != 1 || !p.Mandates[0].Backdated() {
			t.Errorf("%d appointed, mandates %+v", won, p.Mandates)
		}
	})
}

func TestAppoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		open, long := kernel.Span{From: term.From}, kernel.Span{From: term.From, To: day("2029-01-01")}
		for name, c := range map[string]struct {
			by   authz.Actor
			a    people.Appointment
			want kernel.Kind
		}{
			"by a member":            {h.member(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.Forbidden},
			"by the administrator":   {h.as(authz.Admin, h.root, "", ""), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.Forbidden},
			"by the chair of b":      {h.as(authz.Chair, h.b, h.b, ""), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.Forbidden},
			"a chair by a chair":     {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.Chair, Unit: h.a, Term: term}, kernel.Forbidden},
			"himself":                {h.as(authz.Chair, h.a, h.a, "K01"), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.Forbidden},
			"the company himself":    {h.as(authz.CompanyChair, h.root, "", "K06"), people.Appointment{Person: h.byNo["K06"], Office: authz.Auditor, Unit: h.root, Term: term}, kernel.Forbidden},
			"member by mandate":      {prog, people.Appointment{Person: h.byNo["K01"], Office: authz.Member, Unit: h.a, Term: term}, kernel.Invalid},
			"no such office":         {prog, people.Appointment{Person: h.byNo["K01"], Office: "king", Unit: h.a, Term: term}, kernel.Invalid},
			"at the wrong unit":      {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.dept, Term: term}, kernel.Invalid},
			"without an end":         {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: open}, kernel.Invalid},
			"without a beginning":    {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: kernel.Span{To: term.To}}, kernel.Invalid},
			"backwards":              {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: kernel.Span{From: term.To, To: term.From}}, kernel.Invalid},
			"more than five years":   {h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: long}, kernel.Invalid},
			"somebody of b":          {h.chair(), people.Appointment{Person: h.byNo["K06"], Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.Invalid},
			"no member":              {h.chair(), people.Appointment{Person: h.byNo["K04"], Office: authz.MemberRep, Unit: h.a, Term: term}, kernel.Invalid},
			"nobody":                 {h.chair(), people.Appointment{Person: "ghost", Office: authz.WorkerRep, Unit: h.a, Term: term}, kernel.NotFound},
			"no member as 职工代表":      {h.chair(), people.Appointment{Person: h.byNo["K04"], Office: authz.WorkerRep, Unit: h.a, Term: term}, -1},
			"a contact without term": {h.chair(), people.Appointment{Person: h.byNo["K02"], Office: authz.DeptContact, Unit: h.dept, Term: open}, -1},
			"a chair":                {h.companyChair(), people.Appointment{Person: h.byNo["K05"], Office: authz.Chair, Unit: h.a, Term: term}, -1},
			"an auditor":             {h.companyChair(), people.Appointment{Person: h.byNo["K06"], Office: authz.Auditor, Unit: h.root, Term: term}, -1},
		} {
			_, err := h.Appoint(t.Context(), c.by, c.a)
			if c.want == -1 && err != nil || c.want != -1 && (err == nil || kernel.KindOf(err) != c.want) {
				t.Errorf("%s: got %v, want kind %d", name, err, c.want)
			}
		}
		_, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: h.byNo["K04"], Office: authz.WorkerRep, Unit: h.a, Term: kernel.Span{From: day("2026-12-31"), To: day("2027-12-31")}})
		wantKind(t, "twice on the last day", err, kernel.Invalid)
		if _, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: h.byNo["K04"], Office: authz.WorkerRep, Unit: h.a, Term: kernel.Span{From: day("2027-01-01"), To: day("2027-12-31")}}); err != nil {
			t.Errorf("the next term: %v", err)
		}
		inbox, _, err := notify.Inbox(t.Context(), d.Read, "o1", string(h.byNo["K05"]), notify.Filter{})
		if err != nil || len(inbox) != 1 || inbox[0].Args[1] != "分工会主席" {
			t.Errorf("inbox of the new chair: got %+v %v", inbox, err)
		}
	})
}

func TestMandatesEndOnTheirLastDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, s := newHouse(t, d), peopledb.Store{}
		id, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term})
		if err != nil {
			t.Fatal(err)
		}
		on := func(d string) int {
			t.Helper()
			all, err := s.MandatesOn(t.Context(), h.d.Read, "o1", day(d))
			if err != nil {
				t.Fatal(err)
			}
			holders, err := s.Holders(t.Context(), h.d.Read, "o1", authz.WorkerRep, h.a, day(d))
			if err != nil || len(holders) != len(all) {
				t.Fatalf("holders: got %v %v, want %v", holders, err, all)
			}
			if _, ok := all.Of(h.byNo["K01"], authz.WorkerRep, day(d)); ok != (len(all) == 1) {
				t.Errorf("%s: of %v, on %v", d, ok, all)
			}
			return len(all)
		}
		for d, want := range map[string]int{"2023-12-31": 0, "2024-01-01": 1, "2026-12-31": 1, "2027-01-01": 0} {
			if got := on(d); got != want {
				t.Errorf("%s: got %d, want %d", d, got, want)
			}
		}
		end := func(by authz.Actor, version int, last, why string) error {
			return h.EndMandate(t.Context(), by, id, version, day(last), why)
		}
		wantKind(t, "a member ends it", end(h.member(), 1, "2024-12-19", "x"), kernel.Forbidden)
		wantKind(t, "he himself", end(h.as(authz.Chair, h.a, h.a, "K01"), 1, "2024-12-19", "x"), kernel.Forbidden)
		wantKind(t, "before it began", end(h.chair(), 1, "2023-12-19", "x"), kernel.Invalid)
		wantKind(t, "without a reason", end(h.chair(), 1, "2024-12-19", ""), kernel.Invalid)
		wantKind(t, "from an old page", end(h.chair(), 0, "2024-12-19", "调离"), kernel.Conflict)
		if err := end(h.chair(), 1, "2024-12-19", "调离岗位"); err != nil {
			t.Fatal(err)
		}
		if a, b := on("2024-12-19"), on("2024-12-20"); a != 1 || b != 0 {
			t.Errorf("after the end: got %d %d, want 1 0", a, b)
		}
		past, err := s.HeldAt(t.Context(), d.Read, "o1", h.a, authz.WorkerRep, authz.MemberRep)
		if err != nil || len(past) != 1 || past[0].Why != "调离岗位" || past[0].Name != "张敏" || past[0].Version != 2 {
			t.Errorf("held at: got %+v %v", past, err)
		}
	})
}

func TestEachSeesTheMandatesOfHisBranch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, a := range []people.Appointment{
			{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, {Person: h.byNo["K05"], Office: authz.Chair, Unit: h.a, Term: term}, {Person: h.byNo["K06"], Office: authz.WorkerRep, Unit: h.b, Term: term}, {Person: h.byNo["K06"], Office: authz.Auditor, Unit: h.root, Term: term},
		} {
			if _, err := h.Appoint(t.Context(), prog, a); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			by   authz.Actor
			want int
		}{"member of a": {h.member(), 2}, "member of b": {h.as(authz.Member, h.b, h.b, "K06"), 1}, "auditor": {h.as(authz.Auditor, h.root, "", ""), 4},
			"chair": {h.chair(), 2}, "company chair": {h.companyChair(), 4}, "contractor": {h.as(authz.Contractor, h.dept, h.a, ""), 0}} {
			got, err := h.Mandates(t.Context(), c.by, day("2024-12-20"))
			if err != nil || len(got) != c.want {
				t.Errorf("%s: got %d %v, want %d", name, len(got), err, c.want)
			}
		}
		many, err := h.MandatesOfMany(t.Context(), h.chair(), []people.ID{h.byNo["K01"], h.byNo["K05"], h.byNo["K02"]})
		if err != nil || len(many) != 2 {
			t.Errorf("of a page: got %v %v", many, err)
		}
	})
}

func TestLabels(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		put := func(by authz.Actor, key, from, to string) error {
			return h.PutLabel(t.Context(), by, people.Label{Person: h.byNo["K01"], Key: key, Term: kernel.Span{From: day(from), To: day(to)}, Detail: "市级"})
		}
		wantKind(t, "a member", put(h.member(), "hardship", "2024-01-01", ""), kernel.Forbidden)
		wantKind(t, "unknown group", put(h.chair(), "rich", "2024-01-01", ""), kernel.Invalid)
		wantKind(t, "women", put(h.chair(), people.Women, "2024-01-01", ""), kernel.Invalid)
		wantKind(t, "backwards", put(h.chair(), "hardship", "2024-01-02", "2024-01-01"), kernel.Invalid)
		wantKind(t, "no day", put(h.chair(), "hardship", "", ""), kernel.Invalid)
		if err := put(h.chair(), "hardship", "2024-01-01", ""); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "twice at a time", put(h.chair(), "hardship", "2024-05-01", ""), kernel.Invalid)
		if err := put(h.chair(), "hardship", "2024-01-01", "2024-04-30"); err != nil {
			t.Errorf("ending it: %v", err)
		}
		if err := put(h.chair(), "hardship", "2024-05-01", ""); err != nil {
			t.Errorf("again later: %v", err)
		}
		if got := h.get(t, "K01").Labels; len(got) != 2 || got[0].Term.To != day("2024-04-30") || !got[1].Term.To.IsZero() || got[1].Detail != "市级" {
			t.Errorf("got %+v", got)
		}
	})
}
