package safety_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

const (
	worker = authz.WorkerRep
	member = authz.MemberRep
)

func mandate(who string, o authz.Office, from, to string) people.Mandate {
	names := map[string]string{"zhang": "张敏", "li": "李国强", "wang": "王芳", "sun": "孙立"}
	return people.Mandate{ID: who + "-" + string(o), Person: people.ID(who), Name: names[who], Office: o, Unit: "b1",
		Term: kernel.Span{From: kernel.MustDate(from), To: kernel.MustDate(to)}}
}

// held: 张敏 is workers' and 李国强 members' representative, 王芳 is both, 孙立's term as members' representative is over.
func held() people.Mandates {
	elsewhere := mandate("sun", member, "2023-01-01", "2027-12-31")
	elsewhere.Unit = "b2"
	return people.Mandates{
		mandate("zhang", worker, "2023-01-01", "2027-12-31"), mandate("li", member, "2023-01-01", "2027-12-31"),
		mandate("wang", worker, "2023-01-01", "2027-12-31"), mandate("wang", member, "2024-06-01", "2027-12-31"),
		mandate("sun", member, "2021-01-01", "2024-12-19"), elsewhere,
	}
}

func patrol(by, with string) safety.Patrol {
	return safety.Patrol{Run: checklist.Run{Unit: "b1", By: people.ID(by), Content: "now", State: checklist.Drafted,
		Draft: checklist.Draft{ID: "01JFHXY0000000000000000001", With: people.ID(with), On: kernel.MustDate("2024-12-20")}}}
}

type stroke struct {
	who     string
	office  authz.Office
	content string
}

func TestSign(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		by, with string
		on       string
		sign     []stroke
		offices  string // that the standing signatures bear, in order
		state    checklist.State
		says     string // of the last stroke, where it is refused
	}{
		{"one signature waits", "zhang", "li", "", []stroke{{"zhang", "", ""}}, "worker-rep", checklist.Signing, ""},
		{"two representatives", "zhang", "li", "", []stroke{{"zhang", "", ""}, {"li", "", ""}}, "worker-rep member-rep", checklist.Signed, ""},
		{"the second may be first", "zhang", "li", "", []stroke{{"li", "", ""}, {"zhang", "", ""}}, "member-rep worker-rep", checklist.Signed, ""},
		{"the same person twice", "zhang", "li", "", []stroke{{"zhang", "", ""}, {"zhang", "", ""}}, "worker-rep", checklist.Signing, "这个人已经签过了。"},
		{"holder of both counts once", "wang", "li", "", []stroke{{"wang", worker, ""}, {"wang", member, ""}}, "worker-rep", checklist.Signing, "这个人已经签过了。"},
		{"holder of both leaves the other's office", "wang", "zhang", "", []stroke{{"wang", "", ""}, {"zhang", "", ""}}, "member-rep worker-rep", checklist.Signed, ""},
		{"holder of both takes what is left", "zhang", "wang", "", []stroke{{"zhang", "", ""}, {"wang", "", ""}}, "worker-rep member-rep", checklist.Signed, ""},
		{"two workers' representatives", "zhang", "wang", "2024-05-31", []stroke{{"zhang", "", ""}, {"wang", "", ""}}, "worker-rep", checklist.Signing, "王芳的会员代表任期从 2024-06-01 开始，2024-05-31 还不能签。请分工会主席核对任期。"},
		{"the same office twice", "zhang", "wang", "", []stroke{{"zhang", "", ""}, {"wang", worker, ""}}, "worker-rep", checklist.Signing, "王芳也是职工代表，一次巡视要一名职工代表、一名会员代表。请换一位会员代表来签。"},
		{"a term that ended yesterday", "zhang", "sun", "", []stroke{{"sun", "", ""}}, "", checklist.Drafted, "孙立的会员代表任期到 2024-12-19 为止，2024-12-20 不能签。请分工会主席登记新的任期。"},
		{"on the last day of the term", "zhang", "sun", "2024-12-19", []stroke{{"sun", "", ""}}, "member-rep", checklist.Signing, ""},
		{"an office never held", "zhang", "li", "", []stroke{{"li", worker, ""}}, "", checklist.Drafted, "签名的人在 2024-12-20 不是这里的职工代表或会员代表。请分工会主席任命，或者换一位代表。"},
		{"somebody else", "zhang", "li", "", []stroke{{"wang", "", ""}}, "", checklist.Drafted, "只有一起检查的两个人能签。"},
		{"alone", "zhang", "", "", []stroke{{"zhang", "", ""}}, "", checklist.Drafted, "请先选和你一起检查的代表。"},
		{"what was shown is old", "zhang", "li", "", []stroke{{"zhang", "", "before"}}, "", checklist.Drafted, "内容已经改过，请看过新的再签。"},
		{"after both", "zhang", "li", "", []stroke{{"zhang", "", ""}, {"li", "", ""}, {"li", "", ""}}, "worker-rep member-rep", checklist.Signed, "这份记录已经签完，不能再改。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := patrol(c.by, c.with), error(nil)
			if c.on != "" {
				p.On = kernel.MustDate(c.on)
			}
			for _, s := range c.sign {
				content := p.Content
				if s.content != "" {
					content = s.content
				}
				p, err = p.Sign(record.Signature{Person: people.ID(s.who), Office: s.office, Content: content}, held())
			}
			says := ""
			if err != nil {
				says = err.Error()
			}
			var offices []string
			for _, s := range p.Standing() {
				offices = append(offices, string(s.Office))
				if s.Mandate != string(s.Person)+"-"+string(s.Office) || s.Owner != p.ID.Ref() {
					t.Errorf("signature names mandate %q of %v", s.Mandate, s.Owner)
				}
			}
			if says != c.says || strings.Join(offices, " ") != c.offices || p.State != c.state {
				t.Errorf("got %v, %s, %q\nwant %s, %s, %q", offices, p.State, says, c.offices, c.state, c.says)
			}
		})
	}
}

func TestLift(t *testing.T) {
	t.Parallel()
	sign := func(p safety.Patrol, who string) safety.Patrol {
		p, err := p.Sign(record.Signature{Person: people.ID(who), Content: p.Content}, held())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one := sign(patrol("zhang", "li"), "li")
	both := sign(one, "zhang")
	for name, c := range map[string]struct {
		p    safety.Patrol
		want checklist.State
		left int
	}{"of a signed patrol": {both, checklist.Signing, 1}, "the only one": {one, checklist.Drafted, 0}} {
		got, err := c.p.Lift("li")
		if err != nil || got.State != c.want || len(got.Standing()) != c.left || got.SignedBy("li") {
			t.Errorf("%s: got %s with %d, %v; want %s with %d", name, got.State, len(got.Standing()), err, c.want, c.left)
		}
	}
	again, err := both.Lift("li")
	if err != nil {
		t.Fatal(err)
	}
	if got := sign(again, "li"); got.State != checklist.Signed {
		t.Errorf("signed again: %s, want signed", got.State)
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	only := func(all ...people.Mandate) people.Mandates { return all }
	m := held()
	for _, c := range []struct {
		name string
		m    people.Mandates
		on   string
		want []string // what is missing
	}{
		{"enough", m, "2024-12-20", nil},
		{"nobody", nil, "2024-12-20", []string{"worker-rep: 这里还没有职工代表。请分工会主席任命。", "member-rep: 这里还没有会员代表。请分工会主席任命。"}},
		{"a term that is over", only(m[0], m[4]), "2024-12-20", []string{"member-rep: 孙立的会员代表任期到 2024-12-19 为止，2024-12-20 不能签。请分工会主席登记新的任期。"}},
		{"another branch's", only(m[0], m[5]), "2024-12-20", []string{"member-rep: 这里还没有会员代表。请分工会主席任命。"}},
		{"one person in both", only(m[2], m[3]), "2024-12-20", []string{"pair: 现在只有王芳一个人，巡视要两个不同的人签。请分工会主席再任命一名代表。"}},
		{"one in both and another", only(m[2], m[3], m[0]), "2024-12-20", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := safety.ReadinessOf(c.m, "b1", kernel.MustDate(c.on)).Problems
			if want := strings.Join(c.want, "; "); got.Error() != want {
				t.Errorf("got  %s\nwant %s", got.Error(), want)
			}
		})
	}
}

func TestCoverageOf(t *testing.T) {
	t.Parallel()
	day := kernel.MustDate
	target := func(place, duty, opens, due, state, done string) safety.PatrolTarget {
		return safety.PatrolTarget{Place: "p1", PlaceName: kernel.Words{Zh: place}, Duty: duty, Opens: day(opens), Due: day(due), State: state, DoneOn: day(done)}
	}
	weekly := func(opens, due, state, done string) safety.PatrolTarget {
		return target("食堂", "weekly", opens, due, state, done)
	}
	got := safety.CoverageOf(2024, []safety.PatrolTarget{
		weekly("2024-12-23", "2024-12-27", "open", ""), weekly("2024-12-16", "2024-12-20", "open", ""), weekly("2024-12-09", "2024-12-13", "open", ""),
		weekly("2024-12-02", "2024-12-06", "done", "2024-12-09"), weekly("2024-11-25", "2024-11-29", "done", "2024-11-29"),
		weekly("2024-11-18", "2024-11-22", "excused", ""), target("食堂", "holiday", "2024-12-20", "2024-12-27", "open", ""),
	}, day("2024-12-20"))
	if len(got.Rows) != 2 {
		t.Fatalf("got %d rows, want one for each duty at the place", len(got.Rows))
	}
	var nov, dec []string
	for _, c := range got.Rows[1].Months[10] {
		nov = append(nov, string(c.Shows))
	}
	for _, c := range got.Rows[1].Months[11] {
		dec = append(dec, string(c.Shows))
	}
	if n, d := strings.Join(nov, " "), strings.Join(dec, " "); n != "excused done" || d != "late-done missed due ahead" {
		t.Errorf("got %s / %s, want excused done / late-done missed due ahead", n, d)
	}
	if got.Count[safety.CoverDue] != 2 || got.Count[safety.CoverMissed] != 1 {
		t.Errorf("counts %v", got.Count)
	}
}
