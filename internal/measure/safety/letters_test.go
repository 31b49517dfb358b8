package safety_test

import (
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

// advice is a letter's words; until when follows from 五定 where nobody says it.
func advice() safety.Wanted {
	return safety.Wanted{Advice: "立即更换灭火器，逐个登记有效期。", StopWork: true}
}

// issue drafts a letter and sends it.
func (w *works) issue(by string, id matter.ID, k safety.LetterKind, n safety.Wanted) (safety.Letter, error) {
	l, err := w.letters.Draft(w.t.Context(), who(by), id, k, n)
	if err != nil {
		return l, err
	}
	return w.letters.Issue(w.t.Context(), who(by), l.ID, l.Version)
}

func TestLetterFromIssueToReply(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Hidden, "p1", "灭火器过期")
		w.to(h.ID, matter.Assigned)
		l, err := w.issue("chen", h.ID, safety.Advice, advice())
		if err != nil || l.No != "科一安监〔2024〕1 号" || l.To != "ct" || l.ReplyDue.String() != "2024-12-30" || !l.StopWork || l.Until.String() != "2024-12-31" {
			t.Fatalf("got %+v, %v", l, err)
		}
		if _, err := w.issue("chen", h.ID, safety.Advice, advice()); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("a second one: got %v", err)
		}
		o, err := w.issue("an", h.ID, safety.Order, advice())
		if err != nil || o.No != "科一安环〔2024〕1 号" {
			t.Errorf("order: got %s, %v", o.No, err)
		}
		todo := func(by string) (n int) {
			list, err := w.reads.ToDo(t.Context(), safety.SeenHazards(who(by)))
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				if x.Kind == "letter" {
					n++
				}
			}
			return n
		}
		if todo("chu") != 2 || todo("lou") != 0 {
			t.Errorf("待办: the contractor has %d letters, another unit %d", todo("chu"), todo("lou"))
		}
		if err := w.letters.Receive(t.Context(), who("chu"), l.ID, ""); err != nil {
			t.Fatal(err)
		}
		if err := w.letters.Receive(t.Context(), who("chu"), l.ID, ""); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("signs twice: got %v", err)
		}
		clock.SetDay("2025-01-02")
		if err := w.letters.Reply(t.Context(), who("chu"), l.ID, "褚老板", "已经全部更换。"); err != nil {
			t.Fatal(err)
		}
		if err := w.letters.Reply(t.Context(), who("lou"), o.ID, "楼管", "后勤代复。"); err != nil {
			t.Errorf("the rectifier answers for the unit: %v", err)
		}
		v, err := w.reads.Letter(t.Context(), safety.SeenHazards(who("chu")), l.ID)
		if err != nil || v.Received != "褚师傅" || v.RecvOn.String() != "2024-12-20" || v.Reply != "已经全部更换。" || v.RepliedBy != "chu" || v.Hazard.Reporter != "" {
			t.Errorf("got %+v, %v", v, err)
		}
		if !(safety.Letter{IssuedOn: v.IssuedOn, ReplyDue: v.ReplyDue}).Late(clock.Now().Date()) || v.Late(clock.Now().Date()) {
			t.Error("late before the reply, not after it")
		}
		if err := w.letters.Reply(t.Context(), who("chu"), l.ID, "", "又一次"); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("answers twice: got %v", err)
		}
		n, err := w.issue("chen", h.ID, safety.Advice, safety.Wanted{To: "hq", Advice: "请配合。", Until: kernel.MustDate("2025-01-31")})
		if err != nil || n.No != "科一安监〔2025〕1 号" {
			t.Errorf("a new year, another unit: got %s, %v", n.No, err)
		}
		if _, err := w.reads.Letter(t.Context(), safety.SeenHazards(who("lou")), n.ID); err != nil {
			t.Errorf("the unit that it goes to reads it: %v", err)
		}
		for _, stranger := range []string{"ding", "ke", "guan"} {
			if _, err := w.reads.Letter(t.Context(), sightOf(who(stranger)), n.ID); kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s reads it: %v", stranger, err)
			}
		}
	})
}

func TestWhoIssues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		to := func(u org.UnitID) safety.Wanted {
			return safety.Wanted{To: u, Advice: "请配合。", Until: kernel.MustDate("2024-12-31")}
		}
		with := func(n safety.Wanted, edit func(*safety.Wanted)) safety.Wanted { edit(&n); return n }
		for name, c := range map[string]struct {
			by    string
			state matter.State
			k     safety.LetterKind
			n     safety.Wanted
			kind  kernel.Kind
			ok    bool
		}{
			"not graded yet":            {"chen", matter.Raised, safety.Advice, to("hq"), kernel.Conflict, false},
			"verified already":          {"chen", matter.Verified, safety.Advice, to("hq"), kernel.Conflict, false},
			"the safety department":     {"an", matter.Judged, safety.Advice, to("hq"), kernel.Forbidden, false},
			"the chair orders":          {"chen", matter.Judged, safety.Order, to("hq"), kernel.Forbidden, false},
			"a representative":          {"zhang", matter.Judged, safety.Advice, to("hq"), kernel.Forbidden, false},
			"the other branch":          {"ke", matter.Judged, safety.Advice, to("hq"), kernel.NotFound, false},
			"nobody answers yet":        {"chen", matter.Judged, safety.Advice, advice(), kernel.Conflict, false},
			"to a unit that is not":     {"chen", matter.Judged, safety.Advice, to("aq2"), kernel.Invalid, false},
			"without words":             {"chen", matter.Judged, safety.Advice, with(to("hq"), func(n *safety.Wanted) { n.Advice = " " }), kernel.Invalid, false},
			"until yesterday":           {"chen", matter.Judged, safety.Advice, with(to("hq"), func(n *safety.Wanted) { n.Until = kernel.MustDate("2024-12-19") }), kernel.Invalid, false},
			"later than 五定 says":        {"chen", matter.Assigned, safety.Advice, with(to("ct"), func(n *safety.Wanted) { n.Until = kernel.MustDate("2025-01-20") }), kernel.Invalid, false},
			"of no kind":                {"chen", matter.Judged, "wish", to("hq"), kernel.Invalid, false},
			"the chair advises":         {"chen", matter.Judged, safety.Advice, to("hq"), 0, true},
			"as 五定 says":                {"chen", matter.Assigned, safety.Advice, safety.Wanted{}, 0, true},
			"the safety department may": {"an", matter.Judged, safety.Order, to("hq"), 0, true},
		} {
			h := w.raise("wu", safety.Named, "p1", name)
			w.to(h.ID, c.state)
			_, err := w.issue(c.by, h.ID, c.k, c.n)
			got := kernel.KindOf(err)
			if _, many := err.(kernel.Problems); many {
				got = kernel.Invalid
			}
			if (err == nil) != c.ok || err != nil && got != c.kind {
				t.Errorf("%s: got %v, want kind %d", name, err, c.kind)
			}
		}
	})
}

func TestWhoAnswersAndNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "一")
		w.to(h.ID, matter.Judged)
		l, err := w.issue("chen", h.ID, safety.Advice, safety.Wanted{To: "hq", Advice: "请配合。", Until: kernel.MustDate("2024-12-31")})
		if err != nil {
			t.Fatal(err)
		}
		for by, want := range map[string]kernel.Kind{"chen": kernel.Forbidden, "zhang": kernel.Forbidden, "chu": kernel.NotFound, "guan": kernel.NotFound} {
			if err := w.letters.Reply(t.Context(), who(by), l.ID, "", "好"); kernel.KindOf(err) != want || err == nil {
				t.Errorf("%s replies: got %v, want kind %d", by, err, want)
			}
		}
		for by, may := range map[string]bool{"chen": true, "ke": false, "an": true, "an2": false, "wu": false} {
			err := w.letters.SetPrefix(t.Context(), who(by), "b1", safety.Advice, "科一工劳")
			if (err == nil) != may {
				t.Errorf("%s sets the prefix: %v", by, err)
			}
		}
		if err := w.letters.SetPrefix(t.Context(), who("chen"), "b1", safety.Advice, "科一〔x"); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("brackets: got %v", err)
		}
		for _, no := range []org.UnitID{"aq", "co", "nix"} { // whoever reaches all still numbers for branches only
			if err := w.letters.SetPrefix(t.Context(), who("an"), no, safety.Advice, "x"); kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s is no branch: got %v", no, err)
			}
		}
		other := w.raise("wu", safety.Named, "p1", "四")
		w.to(other.ID, matter.Assigned)
		if l, err := w.issue("chen", other.ID, safety.Advice, advice()); err != nil || l.No != "科一工劳〔2024〕2 号" {
			t.Errorf("own prefix: got %s, %v", l.No, err)
		}
	})
}

// A draft has no number and is read by those who decide alone; what was issued keeps its number when it is withdrawn.
func TestDraftsAndWithdrawnLetters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "灭火器过期")
		w.to(h.ID, matter.Assigned)
		l, err := w.letters.Draft(t.Context(), who("chen"), h.ID, safety.Advice, safety.Wanted{})
		if err != nil || l.No != "" || l.Advice != "换新的灭火器" || l.Until.String() != "2024-12-31" || l.To != "ct" {
			t.Fatalf("got %+v, %v", l, err)
		}
		if again, err := w.letters.Draft(t.Context(), who("chen"), h.ID, safety.Advice, safety.Wanted{}); err != nil || again.ID != l.ID {
			t.Errorf("a second draft: got %s, %v, want the first", again.ID, err)
		}
		for by, sees := range map[string]bool{"chen": true, "an": true, "chu": false, "lou": false, "wu": false} {
			if _, err := w.reads.Letter(t.Context(), safety.SeenHazards(who(by)), l.ID); (err == nil) != sees {
				t.Errorf("%s reads the draft: %v", by, err)
			}
			told, err := w.reads.Seen(t.Context(), safety.SeenHazards(who(by)), h.ID)
			if err != nil || len(told.Letters) != map[bool]int{true: 1}[sees] {
				t.Errorf("%s finds %d letters at the hazard, %v", by, len(told.Letters), err)
			}
		}
		if err := w.letters.Receive(t.Context(), who("chu"), l.ID, ""); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("received before it was sent: %v", err)
		}
		n := l.Wanted
		n.Inspectors, n.Basis = "张卫、李娟", "GB 50140 第 5.1 条"
		if err := w.letters.Redraft(t.Context(), who("chen"), l.ID, l.Version, n); err != nil {
			t.Fatal(err)
		}
		if err := w.letters.Redraft(t.Context(), who("chen"), l.ID, l.Version, n); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("an old version: %v", err)
		}
		if l, err = w.letters.Issue(t.Context(), who("chen"), l.ID, 2); err != nil || l.No != "科一安监〔2024〕1 号" || l.Inspectors != "张卫、李娟" {
			t.Fatalf("got %+v, %v", l, err)
		}
		if err := w.letters.Redraft(t.Context(), who("chen"), l.ID, l.Version, n); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("changed after it was sent: %v", err)
		}
		w.told()
		for by, want := range map[string]kernel.Kind{"an": kernel.Forbidden, "chu": kernel.Forbidden, "ke": kernel.NotFound} {
			if err := w.letters.Void(t.Context(), who(by), l.ID, "写错了"); kernel.KindOf(err) != want || err == nil {
				t.Errorf("%s withdraws it: %v", by, err)
			}
		}
		if err := w.letters.Void(t.Context(), who("chen"), l.ID, " "); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := w.letters.Void(t.Context(), who("chen"), l.ID, "单位写错了"); err != nil {
			t.Fatal(err)
		}
		if got := w.told(); got != "chu:letter.void" {
			t.Errorf("told %q", got)
		}
		v, err := w.reads.Letter(t.Context(), safety.SeenHazards(who("chu")), l.ID)
		if err != nil || !v.Void() || v.No != "科一安监〔2024〕1 号" || v.VoidWhy != "单位写错了" {
			t.Errorf("got %+v, %v", v.Letter, err)
		}
		if err := w.letters.Reply(t.Context(), who("chu"), l.ID, "", "好"); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("answered though withdrawn: %v", err)
		}
		if next, err := w.issue("chen", h.ID, safety.Advice, advice()); err != nil || next.No != "科一安监〔2024〕2 号" {
			t.Errorf("another one after it: got %s, %v", next.No, err)
		}
		gone, err := w.letters.Draft(t.Context(), who("an"), h.ID, safety.Order, advice())
		if err == nil {
			err = w.letters.Drop(t.Context(), who("an"), gone.ID)
		}
		if n := w.texts(`SELECT CAST(count(*) AS TEXT) FROM letter`); err != nil || n != "2" {
			t.Errorf("a dropped draft: %v, %s letters, want 2", err, n)
		}
	})
}

// Two who issue at once issue one letter (found by reading: nothing kept them apart on PostgreSQL).
func TestOneLetterOfAKindAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		for i := range 5 {
			h := w.raise("wu", safety.Named, "p1", "一")
			w.to(h.ID, matter.Assigned)
			done := make(chan error)
			for range 2 {
				go func() {
					_, err := w.issue("chen", h.ID, safety.Advice, advice())
					done <- err
				}()
			}
			one, two := <-done, <-done
			if (one == nil) == (two == nil) {
				t.Errorf("%d: got %v and %v, want one letter", i, one, two)
			}
		}
		if n := w.texts(`SELECT CAST(count(*) AS TEXT) FROM letter`); n != "5" {
			t.Errorf("got %s letters, want 5", n)
		}
	})
}
