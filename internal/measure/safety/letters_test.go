package safety_test

import (
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func advice(id matter.ID, k safety.LetterKind) safety.NewLetter {
	return safety.NewLetter{Matter: id, Kind: k, Advice: "立即更换灭火器，逐个登记有效期。", StopWork: true, Until: kernel.MustDate("2024-12-31")}
}

func TestLetterFromIssueToReply(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Hidden, "p1", "灭火器过期")
		w.to(h.ID, matter.Assigned)
		l, err := w.letters.Issue(t.Context(), who("chen"), advice(h.ID, safety.Advice))
		if err != nil || l.No != "科一安监〔2024〕1 号" || l.To != "ct" || l.ReplyDue.String() != "2024-12-30" || !l.StopWork {
			t.Fatalf("got %+v, %v", l, err)
		}
		if _, err := w.letters.Issue(t.Context(), who("chen"), advice(h.ID, safety.Advice)); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("a second one: got %v", err)
		}
		o, err := w.letters.Issue(t.Context(), who("an"), advice(h.ID, safety.Order))
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
		if !(safety.Letter{ReplyDue: v.ReplyDue}).Late(clock.Now().Date()) || v.Late(clock.Now().Date()) {
			t.Error("late before the reply, not after it")
		}
		if err := w.letters.Reply(t.Context(), who("chu"), l.ID, "", "又一次"); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("answers twice: got %v", err)
		}
		n, err := w.letters.Issue(t.Context(), who("chen"), safety.NewLetter{Matter: h.ID, Kind: safety.Advice, To: "hq", Advice: "请配合。", Until: kernel.MustDate("2025-01-31")})
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

func TestWhoIssuesAndAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		raised, judged, done := w.raise("wu", safety.Named, "p1", "一"), w.raise("wu", safety.Named, "p1", "二"), w.raise("wu", safety.Named, "p1", "三")
		w.to(judged.ID, matter.Judged)
		w.to(done.ID, matter.Verified)
		with := func(n safety.NewLetter, edit func(*safety.NewLetter)) safety.NewLetter { edit(&n); return n }
		to := func(n *safety.NewLetter) { n.To = "hq" }
		for name, c := range map[string]struct {
			by   string
			n    safety.NewLetter
			kind kernel.Kind
			ok   bool
		}{
			"not graded yet":            {"chen", advice(raised.ID, safety.Advice), kernel.Conflict, false},
			"verified already":          {"chen", advice(done.ID, safety.Advice), kernel.Conflict, false},
			"the safety department":     {"an", advice(judged.ID, safety.Advice), kernel.Forbidden, false},
			"the chair orders":          {"chen", advice(judged.ID, safety.Order), kernel.Forbidden, false},
			"a representative":          {"zhang", advice(judged.ID, safety.Advice), kernel.Forbidden, false},
			"the other branch":          {"ke", advice(judged.ID, safety.Advice), kernel.NotFound, false},
			"nobody answers yet":        {"chen", advice(judged.ID, safety.Advice), kernel.Internal, false}, // Problems, each at its field
			"to a unit that is not":     {"chen", with(advice(judged.ID, safety.Advice), func(n *safety.NewLetter) { n.To = "aq2" }), kernel.Invalid, false},
			"without words":             {"chen", with(advice(judged.ID, safety.Advice), func(n *safety.NewLetter) { n.To, n.Advice = "hq", " " }), kernel.Invalid, false},
			"until yesterday":           {"chen", with(advice(judged.ID, safety.Advice), func(n *safety.NewLetter) { n.To, n.Until = "hq", kernel.MustDate("2024-12-19") }), kernel.Invalid, false},
			"of no kind":                {"chen", with(advice(judged.ID, "wish"), to), kernel.Invalid, false},
			"the chair advises":         {"chen", with(advice(judged.ID, safety.Advice), to), 0, true},
			"the safety department may": {"an", with(advice(judged.ID, safety.Order), to), 0, true},
		} {
			_, err := w.letters.Issue(t.Context(), who(c.by), c.n)
			got := kernel.KindOf(err)
			if _, many := err.(kernel.Problems); many {
				got = kernel.Invalid
			}
			if c.kind == kernel.Internal {
				c.kind = kernel.Invalid
			}
			if (err == nil) != c.ok || err != nil && got != c.kind {
				t.Errorf("%s: got %v, want kind %d", name, err, c.kind)
			}
		}
		id := w.texts(`SELECT id FROM letter WHERE kind = 'advice'`)
		for by, want := range map[string]kernel.Kind{"chen": kernel.Forbidden, "zhang": kernel.Forbidden, "chu": kernel.NotFound, "guan": kernel.NotFound} {
			if err := w.letters.Reply(t.Context(), who(by), id, "", "好"); kernel.KindOf(err) != want || err == nil {
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
		other := w.raise("wu", safety.Named, "p1", "四")
		w.to(other.ID, matter.Assigned)
		if l, err := w.letters.Issue(t.Context(), who("chen"), advice(other.ID, safety.Advice)); err != nil || l.No != "科一工劳〔2024〕2 号" {
			t.Errorf("own prefix: got %s, %v", l.No, err)
		}
	})
}
