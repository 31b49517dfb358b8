package safety_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

var roles = []matter.Role{matter.Reporter, matter.Judge, matter.Chair, matter.Owner, matter.Rectifier, matter.Verifier, matter.Above, matter.StandIn}

// table is decision 8 written down a second time, by hand: from where, who, who never, to where.
var table = map[matter.Act]struct{ from, who, never, to string }{
	"judge":       {"raised", "judge stand-in", "", "judged"},
	"regrade":     {"judged assigned", "judge stand-in", "", ""},
	"refuse":      {"raised", "judge stand-in", "", "closed"},
	"withdraw":    {"raised", "reporter", "", "closed"},
	"merge":       {"raised judged", "judge stand-in chair", "", "closed"},
	"assign":      {"judged", "chair", "", "assigned"},
	"return":      {"assigned", "rectifier owner", "", "judged"},
	"transfer":    {"assigned", "chair", "", "assigned"},
	"ask-extend":  {"assigned", "rectifier owner", "", "assigned"},
	"extend":      {"assigned", "chair", "", "assigned"},
	"deny-extend": {"assigned", "chair", "", "assigned"},
	"answer":      {"assigned", "rectifier owner", "", "answered"},
	"reappoint":   {"answered", "chair", "", "answered"},
	"verify":      {"answered", "verifier", "rectifier owner", "verified"},
	"fail":        {"answered", "verifier", "rectifier owner", "assigned"},
	"announce":    {"verified", "chair", "", "announced"},
	"urge":        {"raised judged assigned answered verified announced", "above", "", ""},
	"close":       {"announced", "chair above", "rectifier", "closed"},
}

func in(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

// clocks and days as the program has them.
func laws(t interface{ Fatal(...any) }) (matter.Clocks, *calendar.Workdays) {
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return matter.CatalogueClocks{Catalogue: cat}, calendar.NewWorkdays(calendar.Published())
}

// standing is a matter in a state with everybody named.
func standing(s matter.State) matter.Matter {
	m := matter.Matter{ID: "m1", Kind: matter.Hazard, Unit: "b1", State: s, Reporter: "wu", Owner: "ct", Rectifier: "lou", Verifier: "yan", Grade: "C", Version: 3, Due: kernel.MustDate("2024-12-31").At(23, 59)}
	if s == matter.Closed {
		m.Outcome = matter.Solved
	}
	return m
}

func TestEveryActRoleAndState(t *testing.T) {
	t.Parallel()
	flow := safety.HazardFlow()
	cl, days := laws(t)
	if len(flow.Steps) != len(table) {
		t.Errorf("got %d acts, want %d", len(flow.Steps), len(table))
	}
	for act, row := range table {
		for _, state := range matter.States() {
			for _, role := range roles {
				may := in(row.from, string(state)) && in(row.who, string(role)) && !in(row.never, string(role))
				err := flow.May(standing(state), act, []matter.Role{role})
				if (err == nil) != may {
					t.Errorf("%s as %s in %s: got %v, may is %v", act, role, state, err, may)
				}
				do := brought(act)
				do.Into, do.Until = "m0", cmpDate(do.Until)
				got, err := flow.Apply(standing(state), []matter.Role{role}, do, cl, days, kernel.MustDate("2024-12-20").At(9, 0))
				if (err == nil) != may {
					t.Errorf("apply %s as %s in %s: got %v, may is %v", act, role, state, err, may)
				}
				want := standing(state).State
				if may && row.to != "" {
					want = matter.State(row.to)
				}
				if got.State != want {
					t.Errorf("apply %s as %s in %s: got %s, want %s", act, role, state, got.State, want)
				}
			}
		}
	}
}

// cmpDate gives acts that need a day the day that is asked for.
func cmpDate(d kernel.Date) kernel.Date {
	if d.IsZero() {
		return kernel.MustDate("2024-12-25")
	}
	return d
}

func TestABarWinsOverARight(t *testing.T) {
	t.Parallel()
	flow := safety.HazardFlow()
	for _, c := range []struct {
		act   matter.Act
		state matter.State
		roles []matter.Role
		may   bool
	}{
		{safety.Verify, matter.Answered, []matter.Role{matter.Verifier, matter.Rectifier}, false},
		{safety.Verify, matter.Answered, []matter.Role{matter.Verifier, matter.Owner}, false},
		{safety.Verify, matter.Answered, []matter.Role{matter.Verifier, matter.Reporter}, true},
		{safety.Fail, matter.Answered, []matter.Role{matter.Verifier, matter.Chair}, true},
		{safety.CloseHazard, matter.Announced, []matter.Role{matter.Chair, matter.Rectifier}, false},
		{safety.CloseHazard, matter.Announced, []matter.Role{matter.Above}, true},
		{safety.JudgeAct, matter.Raised, nil, false},
	} {
		if err := flow.May(standing(c.state), c.act, c.roles); (err == nil) != c.may {
			t.Errorf("%s as %v: got %v, may is %v", c.act, c.roles, err, c.may)
		}
	}
}

// Each missing piece is named at its field; with everything there nothing is said.
func TestEvidence(t *testing.T) {
	t.Parallel()
	cl, days := laws(t)
	flow, now := safety.HazardFlow(), kernel.MustDate("2024-12-20").At(9, 0)
	day := func(s string) kernel.Date { return kernel.MustDate(s) }
	five := brought(safety.Assign)
	with := func(edit func(*matter.Do)) matter.Do { do := five; edit(&do); return do }
	for name, c := range map[string]struct {
		state  matter.State
		grade  string
		do     matter.Do
		fields string
	}{
		"no grade":             {matter.Raised, "", matter.Do{Act: safety.JudgeAct}, "grade"},
		"no such grade":        {matter.Raised, "", matter.Do{Act: safety.JudgeAct, Grade: "E"}, "grade"},
		"nothing fixed":        {matter.Judged, "C", matter.Do{Act: safety.Assign}, "owner rectifier measure doer verifier"},
		"verifies himself":     {matter.Judged, "C", with(func(d *matter.Do) { d.Verifier = d.Rectifier }), "verifier"},
		"in the past":          {matter.Judged, "C", with(func(d *matter.Do) { d.Until = day("2024-12-19") }), "until"},
		"longer than grade C":  {matter.Judged, "C", with(func(d *matter.Do) { d.Until = day("2025-01-02") }), "until"},
		"seven working days":   {matter.Judged, "C", with(func(d *matter.Do) { d.Until = day("2024-12-31") }), ""},
		"major without plan":   {matter.Judged, "major", five, "until"},
		"major by plan":        {matter.Judged, "major", with(func(d *matter.Do) { d.Until = day("2025-06-30") }), ""},
		"transfer unexplained": {matter.Assigned, "C", with(func(d *matter.Do) { d.Act, d.Reason = safety.Transfer, " " }), "reason"},
		"no photo":             {matter.Assigned, "C", matter.Do{Act: safety.Answer, Words: "换了"}, "photos"},
		"no words":             {matter.Assigned, "C", matter.Do{Act: safety.Answer, Photos: []string{"x"}}, "words"},
		"too many words":       {matter.Assigned, "C", matter.Do{Act: safety.Answer, Photos: []string{"x"}, Words: strings.Repeat("长", 501)}, "words"},
		"fail unexplained":     {matter.Answered, "C", matter.Do{Act: safety.Fail}, "reason"},
		"names the rectifier":  {matter.Answered, "C", matter.Do{Act: safety.Reappoint, Verifier: "lou", Reason: "x"}, "verifier"},
		"told tomorrow":        {matter.Verified, "C", matter.Do{Act: safety.Announce, How: "公示栏", On: day("2024-12-21")}, "on"},
		"congress not told":    {matter.Verified, "major", matter.Do{Act: safety.Announce, How: "公示栏", On: day("2024-12-20")}, "congress"},
		"congress told":        {matter.Verified, "major", matter.Do{Act: safety.Announce, How: "公示栏", On: day("2024-12-20"), Congress: true}, ""},
		"into itself":          {matter.Raised, "", matter.Do{Act: safety.Merge, Into: "m1"}, "into"},
	} {
		m := standing(c.state)
		m.Grade = c.grade
		_, err := flow.Apply(m, roles[:3:3], c.do, cl, days, now)
		if c.state == matter.Assigned && c.do.Act == safety.Answer {
			_, err = flow.Apply(m, []matter.Role{matter.Rectifier}, c.do, cl, days, now)
		}
		if c.state == matter.Answered && c.do.Act == safety.Fail {
			_, err = flow.Apply(m, []matter.Role{matter.Verifier}, c.do, cl, days, now)
		}
		if got := fieldsOf(err); got != c.fields {
			t.Errorf("%s: got %q (%v), want %q", name, got, err, c.fields)
		}
	}
}

func fieldsOf(err error) string {
	var out []string
	if p, ok := err.(kernel.Problems); ok {
		for _, e := range p {
			out = append(out, e.Field)
		}
	} else if err != nil {
		out = append(out, "error")
	}
	return strings.Join(out, " ")
}

func TestClocks(t *testing.T) {
	t.Parallel()
	cl, days := laws(t)
	flow, now := safety.HazardFlow(), kernel.MustDate("2024-12-31").At(16, 30) // a Tuesday; the next day is off
	for _, c := range []struct {
		act   matter.Act
		state matter.State
		role  matter.Role
		grade string
		until string
		want  string
	}{
		{safety.JudgeAct, matter.Raised, matter.Judge, "C", "", "2025-01-02 23:59"},
		{safety.Assign, matter.Judged, matter.Chair, "A", "", "2025-01-01 16:30"},
		{safety.Assign, matter.Judged, matter.Chair, "A", "2025-01-01", "2025-01-01 16:30"},
		{safety.Assign, matter.Judged, matter.Chair, "B", "", "2025-01-06 23:59"},
		{safety.Assign, matter.Judged, matter.Chair, "B", "2025-01-03", "2025-01-03 23:59"},
		{safety.Assign, matter.Judged, matter.Chair, "C", "", "2025-01-10 23:59"},
		{safety.Assign, matter.Judged, matter.Chair, "D", "", "2025-01-22 23:59"},
		{safety.Assign, matter.Judged, matter.Chair, "major", "2025-06-30", "2025-06-30 23:59"},
		{safety.Answer, matter.Assigned, matter.Rectifier, "C", "", "2025-01-06 23:59"},
		{safety.Fail, matter.Answered, matter.Verifier, "C", "", "2025-01-06 23:59"},
		{safety.Extend, matter.Assigned, matter.Chair, "C", "2025-02-14", "2025-02-14 23:59"},
		{safety.AskExtend, matter.Assigned, matter.Owner, "C", "2025-02-14", "2024-12-31 23:59"}, // asking alone gives no time
	} {
		m := standing(c.state)
		m.Grade, m.LateAt, m.Escalated = c.grade, 1, 1
		do := brought(c.act)
		do.Grade, do.Until = c.grade, kernel.Date{}
		if c.until != "" {
			do.Until = kernel.MustDate(c.until)
		}
		got, err := flow.Apply(m, []matter.Role{c.role}, do, cl, days, now)
		h, min := got.Due.Clock()
		if err != nil || got.Due.Date().String()+" "+clock(h, min) != c.want {
			t.Errorf("%s %s %s: got %s %s (%v), want %s", c.act, c.grade, c.until, got.Due.Date(), clock(h, min), err, c.want)
		}
		fresh := c.act != safety.AskExtend
		level := map[bool]int{true: matter.Company}[c.grade == "major"]
		if fresh && (got.Late() || got.Escalated != level) || !fresh && !got.Late() {
			t.Errorf("%s %s: late %v, level %d", c.act, c.grade, got.Late(), got.Escalated)
		}
	}
}

func clock(h, m int) string {
	two := func(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
	return two(h) + ":" + two(m)
}

// Whoever does what in whatever order: solved means that somebody who did not rectify verified it after the last answer,
// and that it was announced after that; a version grows by one; nothing is done to a closed one.
func TestNoWayAroundVerifyAndAnnounce(t *testing.T) {
	t.Parallel()
	flow := safety.HazardFlow()
	cl, days := laws(t)
	rapid.Check(t, func(t *rapid.T) {
		folk := []people.ID{"a", "b", "c"}
		m := matter.Matter{ID: "m1", Kind: matter.Hazard, Unit: "b1", State: matter.Raised, Reporter: rapid.SampledFrom(folk).Draw(t, "reporter"), Due: kernel.MustDate("2024-12-23").At(23, 59), Version: 1}
		var verifiedBy people.ID
		announced := false
		now := kernel.MustDate("2024-12-20").At(9, 0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			me := rapid.SampledFrom(folk).Draw(t, "me")
			step := rapid.SampledFrom(flow.Steps).Draw(t, "act")
			do := matter.Do{Act: step.Act, Reason: "因为", Words: "看过", Photos: []string{"x"}, Grade: rapid.SampledFrom([]string{"A", "D", "major"}).Draw(t, "grade"),
				Owner: org.UnitID("u"), Rectifier: rapid.SampledFrom(folk).Draw(t, "rectifier"), Verifier: rapid.SampledFrom(folk).Draw(t, "verifier"), Measure: "换", Doer: "他",
				Until: now.Date(), Into: "m0", How: "会上", On: now.Date(), Congress: true}
			old := m
			var err error
			if m, err = flow.Apply(old, personal(t, me, old), do, cl, days, now); err != nil {
				if m.State != old.State || m.Version != old.Version {
					t.Fatalf("a refused %s changed %v to %v", do.Act, old, m)
				}
				continue
			}
			if old.State == matter.Closed || m.Version != old.Version+1 {
				t.Fatalf("%s on %v gave %v", do.Act, old, m)
			}
			switch do.Act {
			case safety.Verify:
				if verifiedBy = me; me == old.Rectifier {
					t.Fatalf("%s verified his own work", me)
				}
			case safety.Announce:
				announced = verifiedBy != ""
			case safety.Answer, safety.Fail:
				verifiedBy, announced = "", false
			}
			if m.Outcome == matter.Solved && (m.State != matter.Closed || !announced || verifiedBy == "" || verifiedBy == m.Rectifier) {
				t.Fatalf("solved without verify (%q) and announce (%v): %v", verifiedBy, announced, m)
			}
			if m.State == matter.Closed && m.Outcome == "" || m.State != matter.Closed && m.Due.IsZero() {
				t.Fatalf("closed without outcome, or open without a deadline: %v", m)
			}
		}
	})
}

// personal is the roles that follow from who somebody is, and any offices on top.
func personal(t *rapid.T, me people.ID, m matter.Matter) []matter.Role {
	out := rapid.SliceOfDistinct(rapid.SampledFrom([]matter.Role{matter.Judge, matter.Chair, matter.Owner, matter.Above}), rapid.ID).Draw(t, "offices")
	for p, r := range map[people.ID]matter.Role{m.Reporter: matter.Reporter, m.Rectifier: matter.Rectifier, m.Verifier: matter.Verifier} {
		if p == me {
			out = append(out, r)
		}
	}
	return out
}
