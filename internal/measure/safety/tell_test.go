package safety_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/search"
)

// told relays and lists who got what since the last time, by person.
func (w *works) told() string {
	w.t.Helper()
	w.relay()
	out := w.texts(`SELECT person_id || ':' || once FROM notice WHERE read_at = 0 ORDER BY person_id, once`)
	w.exec(`UPDATE notice SET read_at = 1`)
	var short []string
	for _, x := range strings.Fields(out) {
		who, once, _ := strings.Cut(x, ":")
		act, _, _ := strings.Cut(once, "/")
		short = append(short, who+":"+act)
	}
	return strings.Join(short, " ")
}

func TestWhoIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("tao", safety.Hidden, "p1", "灭火器过期")
		steps := []struct {
			by   string
			do   matter.Do
			want string
		}{
			{"an", brought(safety.JudgeAct), "chen:hazard.judge"},
			{"chen", brought(safety.Assign), "chu:hazard.assign lou:hazard.assign yan:hazard.assign"},
			{"lou", brought(safety.AskExtend), "chen:hazard.ask-extend"},
			{"chen", brought(safety.DenyExtend), "chu:hazard.deny-extend lou:hazard.deny-extend"},
			{"chu", brought(safety.AskExtend), "chen:hazard.ask-extend"},
			{"chen", matter.Do{Act: safety.Extend}, "chu:hazard.extend lou:hazard.extend"},
			{"chu", brought(safety.Return), "chen:hazard.return"},
			{"chen", brought(safety.Assign), "chu:hazard.assign lou:hazard.assign yan:hazard.assign"},
			{"lou", brought(safety.Answer), "yan:hazard.answer"},
			{"yan", brought(safety.Fail), "chu:hazard.fail lou:hazard.fail"},
			{"lou", brought(safety.Answer), "yan:hazard.answer"},
			{"chen", brought(safety.Reappoint), "zhang:hazard.reappoint"},
			{"zhang", brought(safety.Verify), "chen:hazard.verify tao:hazard.verify"},
			{"chen", brought(safety.Announce), "tao:hazard.announce"},
			{"chen", matter.Do{Act: safety.CloseHazard}, "tao:hazard.close"},
		}
		if got := w.told(); got != "an:hazard.raise" {
			t.Errorf("raised: told %q", got)
		}
		for i, s := range steps {
			w.act(s.by, h.ID, s.do)
			if got := w.told(); got != s.want {
				t.Errorf("%d %s: told %q, want %q", i, s.do.Act, got, s.want)
			}
		}
		w.raise("an", safety.Named, "p1", "自己看见的")
		if got := w.told(); got != "" {
			t.Errorf("told %q of what he did himself", got)
		}
		for mode, want := range map[safety.Mode]string{safety.Named: "wu:hazard.refuse", safety.Anonymous: ""} {
			x := w.raise("wu", mode, "p3", "另一条")
			if got := w.told(); got != "an:hazard.raise an2:hazard.raise" {
				t.Errorf("in the other branch: told %q", got)
			}
			w.act("an2", x.ID, brought(safety.Refuse))
			if got := w.told(); got != want {
				t.Errorf("refused %s: told %q, want %q", mode, got, want)
			}
		}
	})
}

func TestMajorAndLateGoUp(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h, major := w.raise("wu", safety.Named, "p1", "漏电"), w.raise("wu", safety.Named, "p2", "行车限位失灵")
		w.to(h.ID, matter.Assigned)
		w.told()
		w.act("an", major.ID, matter.Do{Act: safety.JudgeAct, Grade: "major"})
		if got := w.told(); got != "chen:hazard.judge zong:hazard.judge" {
			t.Errorf("major: told %q", got)
		}
		for _, x := range []struct{ day, want string }{
			{"2024-12-24", "chen:hazard.late1 zong:hazard.late1"}, // the major one waits to be assigned
			{"2025-01-02", "chen:hazard.late1 lou:hazard.late1"},  // grade C: seven working days
			{"2025-01-03", ""},
			{"2025-01-07", "zong:hazard.late2"},
			{"2025-01-08", ""},
		} {
			clock.SetDay(x.day)
			for range 2 {
				if err := w.matters.Tick(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			if got := w.told(); got != x.want {
				t.Errorf("%s: told %q, want %q", x.day, got, x.want)
			}
		}
	})
}

// What went up and is late still stands in the company chair's 待办 and nowhere else of his; a line of 台账 has its names.
func TestTheCompanyPressesAndTheLedgerNames(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		major := w.raise("wu", safety.Named, "p2", "行车限位失灵")
		w.to(w.raise("wu", safety.Named, "p1", "漏电").ID, matter.Assigned)
		w.act("an", major.ID, matter.Do{Act: safety.JudgeAct, Grade: "major"})
		zong := safety.SeenHazards(who("zong"))
		if todo, err := w.reads.ToDo(t.Context(), zong); err != nil || len(todo) != 0 {
			t.Errorf("in time: %v, %v", todo, err)
		}
		clock.SetDay("2024-12-24")
		if err := w.matters.Tick(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		todo, err := w.reads.ToDo(t.Context(), zong)
		if err != nil || len(todo) != 1 || todo[0].Do.Zh != "督办" || todo[0].Grade != "major" {
			t.Errorf("late: %v, %v", todo, err)
		}
		var lines []string
		err = w.reads.Rows(t.Context(), who("chen").Scope(safety.ExportHazards), safety.HazardFilter{Tab: safety.OpenTab}, func(r safety.LedgerRow) error {
			lines = append(lines, r.Title+"/"+r.Responsible+"/"+r.Measure+"/"+r.Raised.String())
			return nil
		})
		if got := strings.Join(lines, " "); err != nil || got != "行车限位失灵///2024-12-20 漏电/"+cast["lou"].name+"/换新的灭火器/2024-12-20" {
			t.Errorf("ledger: %q, %v", got, err)
		}
	})
}

// A reaction that runs again sends nothing again, and what was done meanwhile is not reminded of.
func TestToldOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		w.told()
		e := matter.Changed{ID: h.ID, Kind: matter.Hazard, Act: "raise", Version: 1}
		for range 2 {
			if err := w.teller.Changed(t.Context(), "o1", e); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.teller.Overdue(t.Context(), "o1", matter.Overdue{ID: h.ID, Kind: matter.Hazard, Level: 1, Version: 1}); err != nil {
			t.Fatal(err)
		}
		if n := w.texts(`SELECT CAST(count(*) AS TEXT) FROM notice`); n != "1" {
			t.Errorf("got %s notices, want 1", n)
		}
		if err := w.teller.Changed(t.Context(), "o1", matter.Changed{ID: "x", Kind: "demand", Act: "raise"}); err != nil {
			t.Errorf("another kind: %v", err)
		}
	})
}

func TestLettersAndTalkAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h, nameless := w.raise("wu", safety.Named, "p1", "漏电"), w.raise("wu", safety.Anonymous, "p1", "拆防护罩")
		w.to(h.ID, matter.Assigned)
		w.told()
		l, err := w.issue("chen", h.ID, safety.Advice, advice())
		check := func(what, want string, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if got := w.told(); got != want {
				t.Errorf("%s: told %q, want %q", what, got, want)
			}
		}
		check("issue", "chu:letter.issue", err)
		check("receive", "chen:letter.receive", w.letters.Receive(t.Context(), who("chu"), l.ID, ""))
		check("reply", "chen:letter.reply", w.letters.Reply(t.Context(), who("chu"), l.ID, "", "已换"))
		check("question", "wu:hazard.word", w.Ask(t.Context(), who("an"), h.ID, "几号机？"))
		check("answer", "an:hazard.word chen:hazard.word", w.Ask(t.Context(), who("wu"), h.ID, "二号机"))
		check("a question to nobody", "", w.Ask(t.Context(), who("an"), nameless.ID, "几号机？"))
		check("an anonymous answer", "an:hazard.word", w.AnswerByReceipt(t.Context(), nameless.Receipt, "三号机"))
	})
}

// Search finds a hazard where the seeker may look, never by who reported it.
func TestHazardsAreFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("tao", safety.Named, "p1", "行车限位失灵")
		w.to(h.ID, matter.Assigned)
		w.relay()
		for _, c := range []struct {
			by, words string
			n         int
		}{{"chen", "限位", 1}, {"chen", h.No, 1}, {"ke", "限位", 0}, {"chu", "限位", 1}, {"chen", "陶然", 0}} {
			hits, err := search.Find(t.Context(), d, "o1", c.words, map[string]authz.Scope{"hazard": safety.SeenHazards(who(c.by)).Scope}, 10)
			if err != nil || len(hits) != c.n || c.n == 1 && hits[0].ID != string(h.ID) {
				t.Errorf("%s seeks %s: got %v, %v, want %d", c.by, c.words, hits, err, c.n)
			}
		}
	})
}
