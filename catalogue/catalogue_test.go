package catalogue

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

func loaded(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryMechanismHasADuty(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	has := map[string]int{}
	for _, d := range c.Duties {
		has[d.Mechanism()]++
	}
	want := strings.Fields(`S1 S2 S3 S4 S5 S6 S7 S8 S9 W1 W2 W3 W4 W5 W6 W7 W8 W9 W10
		V1 V2 V3 V4 V5 V6 V7 V8 V9 V10 C1 C2 C3 H1 H2 H3`)
	for _, m := range want {
		if has[m] == 0 {
			t.Errorf("%s: got no duty, want at least one", m)
		}
	}
	for m, n := range map[string]int{"S8": 5, "W6": 4, "W7": 1, "W8": 1, "W10": 1, "V9": 3, "C3": 3} {
		if has[m] != n {
			t.Errorf("%s: got %d duties, want %d", m, has[m], n)
		}
	}
	if len(has) != len(want) {
		t.Errorf("got duties of %d mechanisms, want %d", len(has), len(want))
	}
}

func TestTheAwardReportsRhythms(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, x := range []struct {
		code   string
		kind   RhythmKind
		target TargetKind
		form   Form
		card   string
	}{
		{"S8.canteen", Weekly, EachPlace, Patrol, "CT"},
		{"S8.living", Monthly, EachPlace, Patrol, "DM"},
		{"S8.production", Monthly, EachPlace, Patrol, "PD"},
		{"S8.chemical", Weekly, EachPlace, Patrol, "HZ"},
		{"S8.holiday", BeforeBlock, EachPlace, Patrol, ""},
		{"W7.census", Quarterly, EachGroup, Note, ""},
		{"W8.check", Yearly, EachFamily, Note, ""},
		{"W9.spring", BeforeFestival, EachPerson, Note, ""},
		{"W10.site", Yearly, EachSite, Note, ""},
		{"V1.survey", Yearly, EachGroup, Note, ""},
	} {
		d, ok := c.Duty(x.code)
		if !ok || d.Rhythm.Kind != x.kind || d.Targets.Kind != x.target || d.Form != x.form || d.Card != x.card {
			t.Errorf("%s: got %+v, want %+v", x.code, d, x)
		}
	}
	if d, _ := c.Duty("V1.survey"); d.Rhythm.EndMonth != 3 {
		t.Errorf("the survey is due in month %d, want 3", d.Rhythm.EndMonth)
	}
	for _, code := range []string{"V9.aircon", "V9.health", "V9.goods"} {
		if d, _ := c.Duty(code); d.Rhythm.EndMonth != 5 || d.Rhythm.EndDay != 31 {
			t.Errorf("%s is due %d-%d, want 5-31", code, d.Rhythm.EndMonth, d.Rhythm.EndDay)
		}
	}
}

func TestTheFiveGroupsAreVisited(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	visited := map[string]bool{}
	for _, d := range c.DutiesOf(Warmth) {
		if d.Mechanism() == "W9" {
			for _, g := range d.Targets.Values {
				visited[g] = true
			}
		}
	}
	for _, g := range []string{"hardship", "outposted", "backbone", "retired-hardship", "model-worker"} {
		if !visited[g] {
			t.Errorf("no festival reaches %s", g)
		}
	}
}

func TestOnlyInspectionsArePatrols(t *testing.T) {
	t.Parallel()
	for _, d := range loaded(t).Duties {
		if patrol := strings.HasPrefix(d.Code, "S8.") || d.Code == "S3.joint"; patrol != (d.Form == Patrol) {
			t.Errorf("%s: got form %s", d.Code, d.Form)
		}
		if d.Form == Patrol && !slices.Equal(d.Signers, []string{"worker-rep", "member-rep"}) {
			t.Errorf("%s: got signers %v, want both representatives", d.Code, d.Signers)
		}
	}
}

func TestDutiesOfKeepsAll(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	n := 0
	for _, m := range []Measure{Safety, Warmth, Voice, Culture, Proof} {
		list := c.DutiesOf(m)
		n += len(list)
		for _, d := range list {
			if d.Measure != m {
				t.Errorf("%s: got measure %s, want %s", d.Code, d.Measure, m)
			}
		}
	}
	if n != len(c.Duties) || n < 45 {
		t.Errorf("got %d duties in the measures, want all %d", n, len(c.Duties))
	}
}

func TestClocksAsDecided(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for key, want := range map[string]struct {
		n    int
		unit ClockUnit
	}{
		"judge": {1, WorkingDays}, "rectify.major": {0, ByPlan}, "rectify.A": {24, RunningHours},
		"rectify.B": {3, WorkingDays}, "rectify.C": {7, WorkingDays}, "rectify.D": {15, WorkingDays},
		"verify": {3, WorkingDays}, "letter.answer": {10, CalendarDays},
	} {
		if k, ok := c.Clock(key); !ok || k.Amount != want.n || k.Unit != want.unit {
			t.Errorf("%s: got %+v, want %+v", key, k, want)
		}
	}
	for _, g := range []string{"major", "A", "B", "C", "D"} {
		if got, ok := c.Grade(g); !ok || got.Clock != "rectify."+g {
			t.Errorf("grade %s: got clock %q", g, got.Clock)
		}
	}
}

func TestMajorSituationsOfAMachineryWorks(t *testing.T) {
	t.Parallel()
	var got []string
	for _, m := range loaded(t).Majors {
		got = append(got, m.Code)
		if m.Source.Title == "" || m.Source.Article == "" || m.Source.Since != kernel.MustDate("2023-05-15") {
			t.Errorf("%s: got source %+v", m.Code, m.Source)
		}
	}
	want := strings.Fields("M1 M2 J5 J6 J7 D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 K1 K2")
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Readers are shown the title and number of a rule; pages that hosted a copy are never named.
func TestNoAddressInTheFiles(t *testing.T) {
	t.Parallel()
	address := regexp.MustCompile(`(?i)https?:|www\.|\.(com|cn|org|net)\b`)
	seen := 0
	err := fs.WalkDir(shipped, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		seen++
		b, err := fs.ReadFile(shipped, name)
		if at := address.Find(b); at != nil {
			t.Errorf("%s: got %q, want no address", name, at)
		}
		return err
	})
	if err != nil || seen != 16 {
		t.Errorf("got %d files, %v; want 16", seen, err)
	}
}
