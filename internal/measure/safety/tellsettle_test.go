package safety_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// unread lists who has which notice unread, by person; what it lists stays unread.
func (w *works) unread() string {
	w.t.Helper()
	w.relay()
	var short []string
	for _, x := range strings.Fields(w.texts(`SELECT person_id || ':' || once FROM notice WHERE read_at = 0 ORDER BY person_id, id`)) {
		act, _, _ := strings.Cut(x, "/")
		short = append(short, act)
	}
	return strings.Join(short, " ")
}

// Each act marks as read what it has settled, and leaves only what still waits for somebody, and the reporter's newest news.
func TestOnlyWhatStillWaitsIsUnread(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("tao", safety.Hidden, "p1", "灭火器过期")
		check := func(what, want string) {
			t.Helper()
			if got := w.unread(); got != want {
				t.Errorf("after %s unread: %q, want %q", what, got, want)
			}
		}
		check("raise", "an:hazard.raise")
		work := "chu:hazard.assign lou:hazard.assign yan:hazard.assign"
		for _, s := range []struct {
			by   string
			do   matter.Do
			want string
		}{
			{"an", brought(safety.JudgeAct), "chen:hazard.judge"},
			{"chen", brought(safety.Assign), work},
			{"lou", brought(safety.AskExtend), "chen:hazard.ask-extend " + work},
			{"chen", brought(safety.DenyExtend), "chu:hazard.assign chu:hazard.deny-extend lou:hazard.assign lou:hazard.deny-extend yan:hazard.assign"},
			{"chu", brought(safety.Return), "chen:hazard.return"},
			{"chen", brought(safety.Assign), work},
			{"lou", brought(safety.Answer), "yan:hazard.answer"},
			{"chen", brought(safety.Reappoint), "zhang:hazard.reappoint"},
			{"zhang", brought(safety.Fail), "chu:hazard.fail lou:hazard.fail"},
			{"lou", brought(safety.Answer), "zhang:hazard.answer"},
			{"zhang", brought(safety.Verify), "chen:hazard.verify tao:hazard.verify"},
			{"chen", brought(safety.Announce), "tao:hazard.announce"},
			{"chen", matter.Do{Act: safety.CloseHazard}, "tao:hazard.close"},
		} {
			w.act(s.by, h.ID, s.do)
			check(string(s.do.Act), s.want)
		}
	})
}

// What is carried round only after the next act has been done asks nobody for what is done.
func TestAnEventThatComesLateAsksNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		w.act("an", h.ID, brought(safety.JudgeAct))
		w.act("chen", h.ID, brought(safety.Assign))
		if got, want := w.unread(), "chu:hazard.assign lou:hazard.assign yan:hazard.assign"; got != want {
			t.Errorf("unread %q, want %q", got, want)
		}
		late := matter.Changed{ID: h.ID, Kind: matter.Hazard, Act: safety.JudgeAct, From: matter.Raised, To: matter.Judged, Version: 2}
		if err := w.teller.Changed(t.Context(), "o1", late); err != nil {
			t.Fatal(err)
		}
		if got, want := w.unread(), "chu:hazard.assign lou:hazard.assign yan:hazard.assign"; got != want {
			t.Errorf("after an event that was carried round twice: %q, want %q", got, want)
		}
	})
}

// A letter waits for its answer, a question for the reporter's; a major hazard is watched until its end.
func TestLettersQuestionsAndMajorsAreSettled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		do := brought(safety.JudgeAct)
		do.Grade = "major"
		w.act("an", h.ID, do)
		assign := brought(safety.Assign)
		assign.Until = brought(safety.AskExtend).Until
		w.act("chen", h.ID, assign)
		l, err := w.issue("chen", h.ID, safety.Advice, advice())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Ask(t.Context(), who("an"), h.ID, "几号机？"); err != nil {
			t.Fatal(err)
		}
		work := "chu:hazard.assign"
		rest := " lou:hazard.assign"
		if got, want := w.unread(), work+" chu:letter.issue"+rest+" wu:hazard.word yan:hazard.assign zong:hazard.judge"; got != want {
			t.Errorf("unread %q, want %q", got, want)
		}
		if err := w.letters.Reply(t.Context(), who("chu"), l.ID, "", "已换"); err != nil {
			t.Fatal(err)
		}
		if err := w.Ask(t.Context(), who("wu"), h.ID, "二号机"); err != nil {
			t.Fatal(err)
		}
		if got, want := w.unread(), "an:hazard.word chen:letter.reply chen:hazard.word "+work+rest+" yan:hazard.assign zong:hazard.judge"; got != want {
			t.Errorf("after the answers unread %q, want %q", got, want)
		}
		w.act("lou", h.ID, brought(safety.Answer))
		w.act("yan", h.ID, brought(safety.Verify))
		announce := brought(safety.Announce)
		announce.Congress = true
		w.act("chen", h.ID, announce)
		w.act("chen", h.ID, matter.Do{Act: safety.CloseHazard})
		if got, want := w.unread(), "wu:hazard.close"; got != want {
			t.Errorf("at the end unread %q, want %q", got, want)
		}
	})
}
