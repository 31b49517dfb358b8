package safety_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func TestSecondSignatureMakesThePatrolCount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		saved := h.save(zhang(), h.fails())
		if !saved.Changed || saved.Round != "week51" || saved.Version != 1 {
			t.Fatalf("saved %+v, want version 1 for the round of the week", saved.Run)
		}
		one := h.sign(zhang(), "", saved.Content)
		if one.State != checklist.Signing || len(one.Raised) != 0 || h.did() != "" || h.texts(`SELECT item FROM asked`) != "" {
			t.Errorf("after one signature: %s, raised %v, rounds %v; nothing may count yet", one.State, one.Raised, h.did())
		}
		if got := h.texts(`SELECT person_id FROM notice WHERE read_at = 0`); got != "li" {
			t.Errorf("told %q, want the other one", got)
		}
		both := h.sign(li(), "", saved.Content)
		if both.State != checklist.Signed || strings.Join(both.Raised, " ") != "m-CT13 m-CT21" {
			t.Errorf("after both: %s, raised %v; want signed with the key item and the ticked one", both.State, both.Raised)
		}
		if got := h.texts(`SELECT item || '>' || matter_id FROM answer WHERE matter_id IS NOT NULL ORDER BY item`); got != "CT13>m-CT13 CT21>m-CT21" {
			t.Errorf("links %q", got)
		}
		if got := h.texts(`SELECT title FROM matter WHERE id = 'm-CT13'`); !strings.Contains(got, "有过期罐头|没有过期、腐败、三无食品：不合格。有过期罐头|餐饮服务食品安全检查表") || !strings.HasSuffix(got, shot) {
			t.Errorf("the hazard says %q, want the item, the note, the rule and the photo", got)
		}
		if got := h.texts(`SELECT text FROM notice WHERE read_at = 0`); got != "" {
			t.Errorf("still unread %q, though nobody is waited for", got)
		}
		if h.did() != "done week51" || strings.Join(h.events.all, ",") != "signed "+string(run1) {
			t.Errorf("rounds %v, events %v", h.did(), h.events.all)
		}
		if got := h.texts(`SELECT key || '=' || sum(n) FROM counter GROUP BY name, key HAVING sum(n) <> 0 ORDER BY name, key`); got != "b1/signed=1 b1/2024-12/CT=3 b1/2024-12/CT=1" {
			t.Errorf("counters %q", got)
		}
		if got := h.texts(`SELECT act FROM audit ORDER BY id`); got != "patrol.start patrol.sign duty.done patrol.sign" {
			t.Errorf("history %q", got)
		}
		if got := h.texts(`SELECT CAST(count(*) AS TEXT) FROM asked WHERE on_day = '2024-12-20'`); got != strconv.Itoa(len(h.card.Items)) {
			t.Errorf("remembers %s items, want all %d", got, len(h.card.Items))
		}
	})
}

func TestOnOnePhoneAndDenied(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		saved := h.save(zhang(), h.fails())
		h.sign(zhang(), "", saved.Content)
		h.sign(zhang(), "li", saved.Content)
		if got := h.texts(`SELECT person_id || ':' || proof FROM signature ORDER BY person_id`); got != "li:none zhang:session" {
			t.Fatalf("proofs %q, want the second one unproved", got)
		}
		if got := h.texts(`SELECT text FROM notice WHERE person_id = 'li' AND once LIKE 'patrol.signed.%'`); !strings.Contains(got, "有人用你的名字签了") {
			t.Errorf("told 李国强 %q", got)
		}
		if err := h.deny("zhang"); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("denying one's own login: %v, want Forbidden", err)
		}
		if err := h.deny("li"); err != nil {
			t.Fatal(err)
		}
		if got := h.texts(`SELECT state FROM run`) + " " + h.did(); got != "signing done week51 reopen week51" {
			t.Errorf("after the denial: %s", got)
		}
		if got := h.texts(`SELECT key || '=' || sum(n) FROM counter GROUP BY name, key HAVING sum(n) <> 0`); got != "b1/signing=1" || h.texts(`SELECT item FROM asked`) != "" {
			t.Errorf("counters %q, want one that waits; asked %q", got, h.texts(`SELECT item FROM asked`))
		}
		if got := h.texts(`SELECT subject_id FROM audit WHERE act = 'hazard.doubt' ORDER BY id`); got != "m-CT13 m-CT21" {
			t.Errorf("marked hazards %q", got)
		}
		inHisName := safety.Signing{Person: "li", Strokes: drawn, Content: saved.Content}
		if _, err := h.Sign(t.Context(), zhang(), run1, inHisName); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("signing for him again: %v, want Forbidden", err)
		}
		if got := h.texts(`SELECT person_id || ':' || text FROM notice WHERE read_at = 0`); got != "zhang:一起检查的人说巡视上的签名不是他本人签的。要他本人再签，这次巡视才算数。" {
			t.Errorf("after the denial unread: %q", got)
		}
		again := h.sign(li(), "", saved.Content)
		if got := h.texts(`SELECT text FROM notice WHERE read_at = 0`) + h.texts(`SELECT subject_id FROM audit WHERE act = 'hazard.trust' ORDER BY id`); got != "m-CT13 m-CT21" {
			t.Errorf("after his own signature: unread and hazards that say it %q, want none unread and both hazards", got)
		}
		if again.State != checklist.Signed || len(again.Raised) != 0 || h.texts(`SELECT proof_id FROM target WHERE state = 'done'`) != string(run1) {
			t.Errorf("signed again: %s, raised %v, round done by %q; want no second hazard", again.State, again.Raised, h.texts(`SELECT proof_id FROM target WHERE state = 'done'`))
		}
	})
}

// One patrol counts for every round that asks its card at its place on its day, also for one that opened after it was begun;
// a denial opens each of them, and its own signature does each again.
func TestOnePatrolCountsForEveryRound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		h.rounds("planned")
		saved := h.save(zhang(), h.full())
		if saved.Round != "" {
			t.Fatalf("begun for %q before any round was open", saved.Round)
		}
		h.rounds("open")
		h.openRound("holiday", "2024-12-13", "2024-12-31")
		h.openRound("next-week", "2024-12-23", "2025-01-05")
		h.sign(zhang(), "", saved.Content)
		h.sign(zhang(), "li", saved.Content)
		if got, want := h.did(), "done week51 done holiday"; got != want {
			t.Errorf("did %s, want %s", got, want)
		}
		if got := h.texts(`SELECT round_id FROM run`); got != "week51" {
			t.Errorf("named after %q, want the earliest due", got)
		}
		if err := h.deny("li"); err != nil {
			t.Fatal(err)
		}
		h.sign(li(), "", saved.Content)
		want := "done week51 done holiday reopen week51 reopen holiday done week51 done holiday"
		if got := h.did(); got != want {
			t.Errorf("after denial and signing again: %s, want %s", got, want)
		}
	})
}

// On the day on which a branch adopts its duties the first patrol is often signed already: it counts for the rounds of its
// window that open after it, once, and takes their name.
func TestAPatrolThatWasSignedBeforeItsRoundOpened(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		h.rounds("planned")
		saved := h.save(zhang(), h.full())
		h.sign(zhang(), "", saved.Content)
		h.sign(li(), "", saved.Content)
		if h.did() != "" {
			t.Fatalf("did %v before any round was open", h.did())
		}
		h.rounds("open")
		h.openRound("next-week", "2024-12-23", "2025-01-05")
		opened := func(r record.RoundID, from string) {
			t.Helper()
			err := h.db.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
				return h.RoundOpened(tx, duty.RoundOpened{Round: r, Unit: "b1", Form: catalogue.Patrol, Opens: kernel.MustDate(from)})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		opened("next-week", "2024-12-23")
		for range 2 {
			opened("week51", "2024-12-16")
		}
		if got := h.did() + " " + h.texts(`SELECT round_id FROM run`); got != "done week51 week51" {
			t.Errorf("got %s", got)
		}
		if err := h.deny("li"); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("his own session: %v", err)
		}
	})
}

// A patrol is named after the round that the person came from, whatever else it does.
func TestAPatrolIsNamedAfterWhatWasTapped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		h.openRound("holiday", "2024-12-13", "2024-12-31")
		draft := h.full()
		draft.Round = "holiday"
		saved := h.save(zhang(), draft)
		h.sign(zhang(), "", saved.Content)
		h.sign(li(), "", saved.Content)
		if got := h.texts(`SELECT round_id FROM run`) + " " + h.did(); got != "holiday done week51 done holiday" {
			t.Errorf("got %s", got)
		}
	})
}

// Who has said 不是我签的 is asked himself from then on, also for a content that was edited meanwhile; and where two sign in
// his name in turn, he is told each time.
func TestADeniedSignatureIsNotGivenByOthersAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		draft := h.full()
		saved := h.save(zhang(), draft)
		h.sign(zhang(), "li", saved.Content)
		if err := h.deny("li"); err != nil {
			t.Fatal(err)
		}
		draft.Good, draft.Version = "地面干净", saved.Version
		edited := h.save(zhang(), draft)
		inHisName := safety.Signing{Person: "li", Strokes: drawn, Content: edited.Content}
		if _, err := h.Sign(t.Context(), zhang(), run1, inHisName); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("after an edit: %v, want Forbidden", err)
		}
		h.sign(zhang(), "", edited.Content)
		if out := h.sign(li(), "", edited.Content); out.State != checklist.Signed {
			t.Errorf("he himself: %s, want signed", out.State)
		}
	})
}

func TestEditRemovesTheSignatures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		draft := h.full()
		saved := h.save(zhang(), draft)
		h.sign(zhang(), "", saved.Content)
		draft.Good, draft.Version = "地面干净", saved.Version
		edited := h.save(li(), draft) // on the phone of the other one
		if edited.State != checklist.Drafted || edited.Version != 2 || len(edited.DroppedSignatures) != 1 || edited.DroppedSignatures[0].Person != "zhang" {
			t.Errorf("got %s, version %d, dropped %v", edited.State, edited.Version, edited.DroppedSignatures)
		}
		if got := h.texts(`SELECT person_id FROM signature`) + h.texts(`SELECT person_id FROM notice WHERE read_at = 0`); got != "zhang" {
			t.Errorf("signatures and notices %q, want none and zhang", got)
		}
		if _, err := h.Sign(t.Context(), zhang(), run1, safety.Signing{Strokes: drawn, Content: saved.Content}); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("signing what was shown before: %v, want Conflict", err)
		}
		stale := h.full()
		stale.Escort, stale.Version = "赵师傅", 1
		var both *checklist.Changed
		if _, err := h.Save(t.Context(), zhang(), stale); !errors.As(err, &both) || both.Stored.Good != "地面干净" || both.Yours.Escort != "赵师傅" {
			t.Errorf("an older phone: %v, want both versions", err)
		}
	})
}

func TestPutIsOneUnitAndRepeats(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		signs := []safety.Signing{{Strokes: drawn}, {Person: "li", Strokes: drawn, PIN: true}}
		for range 2 {
			got, err := h.Put(t.Context(), zhang(), h.fails(), signs)
			if err != nil || got.State != checklist.Signed || got.Version != 1 {
				t.Fatalf("got %s version %d, %v; want signed", got.State, got.Version, err)
			}
		}
		if got := h.texts(`SELECT person_id || ':' || proof FROM signature ORDER BY person_id`); got != "li:pin zhang:session" {
			t.Errorf("signatures %q", got)
		}
		if got := h.texts(`SELECT CAST(count(*) AS TEXT) FROM matter`); got != "2" {
			t.Errorf("%s hazards, want 2", got)
		}
		bad := h.full()
		bad.ID = run2
		if _, err := h.Put(t.Context(), zhang(), bad, []safety.Signing{{Strokes: "M 1 1"}}); err == nil || h.texts(`SELECT id FROM run`) != string(run1) {
			t.Errorf("a dot for a name: %v; the draft may not be half saved", err)
		}
	})
}

func TestReportNow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		draft := h.fails()
		saved := h.save(zhang(), draft)
		for range 2 {
			id, err := h.ReportNow(t.Context(), zhang(), run1, "CT13")
			if err != nil || id != "m-CT13" {
				t.Fatalf("got %q, %v", id, err)
			}
		}
		if _, err := h.ReportNow(t.Context(), zhang(), run1, "CT12"); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("an item that passed: %v, want Invalid", err)
		}
		if _, err := h.ReportNow(t.Context(), actor("wang", "b1", worker), run1, "CT21"); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("somebody else's run: %v, want NotFound", err)
		}
		empty := draft
		empty.Version, empty.Answers = saved.Version, nil
		if _, err := h.Save(t.Context(), zhang(), empty); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("emptying a reported item: %v, want Invalid", err)
		}
		h.sign(zhang(), "", saved.Content)
		both := h.sign(li(), "", saved.Content)
		if strings.Join(both.Raised, " ") != "m-CT21" {
			t.Errorf("raised %v by the second signature, want only what was not reported", both.Raised)
		}
	})
}

func TestDropAndRoundsThatAreOver(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		draft := h.full()
		saved := h.save(zhang(), draft)
		h.sign(zhang(), "", saved.Content)
		if err := h.Drop(t.Context(), li(), run1); err != nil {
			t.Fatal(err)
		}
		if got := h.texts(`SELECT person_id || text FROM notice WHERE read_at = 0`); !strings.HasPrefix(got, "zhang") || !strings.Contains(got, "作废") {
			t.Errorf("after giving it up unread: %q, want that 张敏's signature fell and nothing for the other one", got)
		}
		if got := h.texts(`SELECT state FROM run`) + h.texts(`SELECT person_id FROM signature`); got != "dropped" {
			t.Errorf("got %s, want dropped without signatures", got)
		}
		draft.Good = "再写"
		if _, err := h.Save(t.Context(), zhang(), draft); kernel.KindOf(err) != kernel.Gone {
			t.Errorf("saving what was given up: %v, want Gone", err)
		}

		draft.ID = run2
		saved = h.save(zhang(), draft)
		h.rounds("closed") // the second signature comes after the round was closed
		for _, by := range []authz.Actor{zhang(), li()} {
			if _, err := h.Sign(t.Context(), by, run2, safety.Signing{Strokes: drawn, Content: saved.Content}); err != nil {
				t.Fatal(err)
			}
		}
		if got := h.texts(`SELECT state FROM run ORDER BY id`); got != "dropped signed" || h.did() != "" {
			t.Errorf("got %s, rounds %v; want signed for itself", got, h.did())
		}
		if err := h.Drop(t.Context(), li(), run2); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("dropping a signed one: %v, want Conflict", err)
		}
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		edit := func(fn func(*checklist.Draft)) checklist.Draft { x := h.full(); fn(&x); return x }
		for _, c := range []struct {
			name  string
			by    authz.Actor
			draft checklist.Draft
			kind  kernel.Kind
			field string
		}{
			{"a member", actor("chen", "b1", authz.Member), h.full(), kernel.Forbidden, ""},
			{"another branch's representative", actor("chen", "b2", worker), h.full(), kernel.Forbidden, ""},
			{"tomorrow", zhang(), edit(func(x *checklist.Draft) { x.On = x.On.Add(1) }), kernel.Invalid, "on"},
			{"no day at all", zhang(), edit(func(x *checklist.Draft) { x.On = kernel.Date{} }), kernel.Invalid, "on"},
			{"the same office twice", zhang(), edit(func(x *checklist.Draft) { x.With = "chen" }), kernel.Invalid, "with"},
			{"a partner out of term", zhang(), edit(func(x *checklist.Draft) { x.With = "sun" }), kernel.Forbidden, "with"},
			{"with oneself", zhang(), edit(func(x *checklist.Draft) { x.With = "zhang" }), kernel.Invalid, "with"},
			{"another card", zhang(), edit(func(x *checklist.Draft) { x.Card.Code = "HZ" }), kernel.Invalid, ""},
			{"a version that never was", zhang(), edit(func(x *checklist.Draft) { x.Card.Version = "1999.1" }), kernel.Invalid, ""},
			{"a place without a card", zhang(), edit(func(x *checklist.Draft) { x.Place = "hall" }), kernel.Invalid, ""},
			{"a closed place", zhang(), edit(func(x *checklist.Draft) { x.Place = "old" }), kernel.Gone, ""},
			{"a photo that never came", zhang(), edit(func(x *checklist.Draft) { x.Answers[0].Photos = []string{strings.Repeat("d", 64)} }), kernel.Invalid, ""},
		} {
			_, err := h.Save(t.Context(), c.by, c.draft)
			var e *kernel.Error
			if !errors.As(err, &e) || e.Kind != c.kind || e.Field != c.field {
				t.Errorf("%s: got %v, want kind %d at %q", c.name, err, c.kind, c.field)
			}
		}
		if got := h.texts(`SELECT id FROM run`); got != "" {
			t.Errorf("stored %s", got)
		}
		incomplete := h.full()
		incomplete.Answers = incomplete.Answers[1:]
		saved := h.save(zhang(), incomplete)
		_, err := h.Sign(t.Context(), zhang(), run1, safety.Signing{Strokes: drawn, Content: saved.Content})
		var p kernel.Problems
		if !errors.As(err, &p) || len(p) != 1 || p[0].Field != "CT01" {
			t.Errorf("signing with one item open: %v, want a word at CT01", err)
		}
		for name, by := range map[string]authz.Actor{"a third one": actor("wang", "b1", worker, member), "the chair": actor("chen", "b1", authz.Chair)} {
			if _, err := h.Sign(t.Context(), by, run1, safety.Signing{Strokes: drawn, Content: saved.Content}); kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s signs: %v, want NotFound", name, err)
			}
			if _, err := h.Save(t.Context(), by, h.full()); kernel.KindOf(err) == kernel.Internal {
				t.Errorf("%s saves: %v, want a refusal", name, err)
			}
			if _, err := h.Resume(t.Context(), by, run1); kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s resumes: %v, want NotFound", name, err)
			}
		}
	})
}

// Both press the button in the same instant: whoever comes second completes it.
func TestBothSignAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		saved := h.save(zhang(), h.fails())
		errs := make(chan error, 2)
		for _, by := range []authz.Actor{zhang(), li()} {
			go func() {
				_, err := h.Sign(t.Context(), by, run1, safety.Signing{Strokes: drawn, Content: saved.Content})
				errs <- err
			}()
		}
		if err := errors.Join(<-errs, <-errs); err != nil {
			t.Fatal(err)
		}
		if got := h.texts(`SELECT state FROM run`) + h.texts(`SELECT CAST(count(*) AS TEXT) FROM matter`); got != "signed2" {
			t.Errorf("got %s, want signed with 2 hazards", got)
		}
	})
}

func TestStartAndResume(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openWeek(t, d)
		on := kernel.MustDate("2024-12-20")
		s, err := h.Start(t.Context(), zhang(), "p1", on, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := checklist.ParseRunID(string(s.ID)); err != nil || s.Round != record.RoundID("week51") || len(s.Asked) != len(h.card.Items) || len(s.Facts) != 0 {
			t.Errorf("sheet %s for %q asks %d with %d facts, %v", s.ID, s.Round, len(s.Asked), len(s.Facts), err)
		}
		var names []string
		for _, p := range s.Partners {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, " "); got != "李国强 王芳" || len(s.Ready.Problems) != 0 {
			t.Errorf("partners %s, problems %v", got, s.Ready.Problems)
		}
		saved := h.save(zhang(), h.full())
		resumed, err := h.Resume(t.Context(), li(), run1)
		if err != nil || resumed.Run.Content != saved.Content || resumed.Run.Version != 1 {
			t.Errorf("the other phone goes on with %+v, %v", resumed.Run.Version, err)
		}
		h.sign(zhang(), "", saved.Content)
		h.sign(li(), "", saved.Content)
		if _, err := h.Resume(t.Context(), li(), run1); kernel.KindOf(err) != kernel.Conflict {
			t.Errorf("resuming a signed one: %v, want Conflict", err)
		}
		next, err := h.Start(t.Context(), zhang(), "p1", on, "")
		if err != nil || next.Round != "" || len(next.Asked) >= len(s.Asked) || len(next.Facts) != 2 {
			t.Errorf("a second visit asks %d with %d facts for %q, %v; want fewer, two papers and no round", len(next.Asked), len(next.Facts), next.Round, err)
		}
	})
}
