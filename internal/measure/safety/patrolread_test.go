package safety_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/people"
)

func company(o authz.Office) authz.Actor {
	a := authz.Actor{Org: "o1", Account: "x", Person: "x", Grants: []authz.Grant{{Office: o, Unit: "c1"}}}
	return authz.NewSet(safety.PatrolRules()).Resolve(a)
}

func (h *house) run(id, unit, place, card, state, on, by, with string) {
	h.exec(fmt.Sprintf(`INSERT INTO run (org_id, id, unit_id, card, card_version, place_id, on_day, state, by_person, with_person, content, items, passed, failed, key_failed, started_at)
VALUES ('o1','%s','%s','%s','2024.1','%s','%s','%s','%s','%s','c',10,7,2,1,0)`, id, unit, card, place, on, state, by, with))
}

func TestListShowsExactlyWhatOneMaySee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.run("A", "b1", "p1", "CT", "signed", "2024-12-20", "zhang", "li")
		h.run("B", "b1", "p1", "CT", "draft", "2024-12-20", "zhang", "")
		h.run("C", "b1", "p1", "HZ", "signing", "2024-12-13", "li", "zhang")
		h.run("D", "b1", "p1", "CT", "dropped", "2024-12-12", "zhang", "li")
		h.run("E", "b2", "p2", "CT", "signed", "2024-11-30", "sun", "chen")
		h.run("F", "b1", "p1", "CT", "signed", "2024-12-01", "zhang", "li")
		for _, c := range []struct {
			name string
			by   authz.Actor
			f    safety.PatrolFilter
			want string
		}{
			{"representative", zhang(), safety.PatrolFilter{}, "B A C F"},
			{"chair", actor("x", "b1", authz.Chair), safety.PatrolFilter{}, "B A C F"},
			{"safety department", actor("x", "b1", authz.HSE), safety.PatrolFilter{}, "B A C F"},
			{"committee", actor("x", "b1", authz.Committee), safety.PatrolFilter{}, "B A C F"},
			{"member reads the signed ones", actor("x", "b1", authz.Member), safety.PatrolFilter{}, "A F"},
			{"member asks for open ones", actor("x", "b1", authz.Member), safety.PatrolFilter{Tab: safety.OpenPatrols}, ""},
			{"another branch", actor("x", "b2", authz.Chair), safety.PatrolFilter{}, "E"},
			{"company chair", company(authz.CompanyChair), safety.PatrolFilter{}, "B A C F E"},
			{"auditor", company(authz.Auditor), safety.PatrolFilter{Tab: safety.SignedPatrols}, "A F E"},
			{"administrator", company(authz.Admin), safety.PatrolFilter{}, ""},
			{"contractor", actor("x", "b1", authz.Contractor), safety.PatrolFilter{}, ""},
			{"nobody", authz.Nobody, safety.PatrolFilter{}, ""},
			{"open ones", zhang(), safety.PatrolFilter{Tab: safety.OpenPatrols}, "B C"},
			{"of one area", zhang(), safety.PatrolFilter{Card: "HZ"}, "C"},
			{"of one month", company(authz.Auditor), safety.PatrolFilter{Year: 2024, Month: 11}, "E"},
			{"of one year", zhang(), safety.PatrolFilter{Year: 2024}, "B A C F"},
			{"of another year", zhang(), safety.PatrolFilter{Year: 2023}, ""},
			{"of one branch among many", company(authz.Auditor), safety.PatrolFilter{Unit: "b2"}, "E"},
			{"of one place", company(authz.Auditor), safety.PatrolFilter{Tab: safety.SignedPatrols, Place: "p1"}, "A F"},
			{"of another branch's place", zhang(), safety.PatrolFilter{Place: "p2"}, ""},
			{"one inspector's, whichever of the two he was", actor("x", "b1", authz.Chair), safety.PatrolFilter{Who: "li"}, "A C F"},
			{"the first and last day of a month", zhang(), safety.PatrolFilter{Tab: safety.SignedPatrols, Year: 2024, Month: 12}, "A F"},
		} {
			reads := safetydb.NewPatrolReads(dbtest.Explained(t, d))
			lines, next, err := reads.Patrols(t.Context(), safety.SeenPatrols(c.by), c.f, nil)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, l := range lines {
				ids = append(ids, string(l.ID))
			}
			if got := strings.Join(ids, " "); got != c.want || next != nil {
				t.Errorf("%s: got %q and key %v, want %q", c.name, got, next, c.want)
			}
		}
		for _, c := range []struct {
			name string
			by   authz.Actor
			id   checklist.RunID
			ok   bool
		}{
			{"member, signed", actor("x", "b1", authz.Member), "A", true}, {"member, draft", actor("x", "b1", authz.Member), "B", false},
			{"chair, draft", actor("x", "b1", authz.Chair), "B", true}, {"another branch", actor("x", "b2", authz.Chair), "A", false},
			{"auditor", company(authz.Auditor), "E", true}, {"inspector whose mandate has ended", actor("li", "b1"), "C", true},
		} {
			p, err := h.Show(t.Context(), c.by, c.id)
			if (err == nil) != c.ok || err != nil && kernel.KindOf(err) != kernel.NotFound {
				t.Errorf("%s: %v, want shown %v", c.name, err, c.ok)
			}
			if err == nil && (p.About.PlaceName.Zh == "" || p.About.UnitName.Zh == "" || p.About.By == "") {
				t.Errorf("%s: about %+v", c.name, p.About)
			}
		}
	})
}

func TestListContinuesByKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for i := range 130 { // several on each day, so that the id decides
			h.run(fmt.Sprintf("R%03d", i), "b1", "p1", "CT", "signed", kernel.MustDate("2024-01-01").Add(i/7).String(), "zhang", "li")
		}
		reads := safetydb.NewPatrolReads(dbtest.Explained(t, d))
		var key db.Key
		var ids []string
		pages := 0
		for {
			lines, next, err := reads.Patrols(t.Context(), safety.SeenPatrols(zhang()), safety.PatrolFilter{}, key)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				ids = append(ids, string(l.ID))
			}
			if pages++; next == nil {
				break
			}
			if key, err = db.ParseCursor(next.Cursor(), "ds"); err != nil {
				t.Fatal(err)
			}
		}
		if len(ids) != 130 || pages != 3 || ids[0] != "R129" || ids[129] != "R000" {
			t.Errorf("%d rows on %d pages from %s to %s, want all 130 once on 3", len(ids), pages, ids[0], ids[len(ids)-1])
		}
	})
}

func TestMyOpenPatrols(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		saved := h.save(zhang(), h.full())
		h.sign(zhang(), "", saved.Content)
		h.run("B", "b1", "p1", "CT", "draft", "2024-12-20", "li", "")
		h.run("C", "b1", "p1", "CT", "signed", "2024-12-13", "li", "zhang")
		h.run("D", "b1", "p1", "CT", "draft", "2024-12-13", "wang", "sun")
		for who, want := range map[string]string{"zhang": "signed:begun", "li": "B:begun waits", "chen": ""} {
			todo, err := safetydb.NewPatrolReads(dbtest.Explained(t, d)).PatrolsOf(t.Context(), "o1", people.ID(who))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range todo {
				switch {
				case x.WaitsForMe():
					got = append(got, "waits")
				case x.ISigned:
					got = append(got, "signed:begun")
				case x.Began:
					got = append(got, string(x.ID)+":begun")
				}
			}
			slices.Sort(got)
			if text := strings.Join(got, " "); text != want {
				t.Errorf("%s: got %q, want %q", who, text, want)
			}
		}
	})
}

func TestShowIsWhatThePaperNeeds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		saved := h.save(zhang(), h.fails())
		h.sign(zhang(), "", saved.Content)
		h.sign(zhang(), "li", saved.Content)
		ctx, tally := db.WithTally(context.WithoutCancel(t.Context()))
		p, err := h.Show(ctx, zhang(), run1)
		if err != nil {
			t.Fatal(err)
		}
		if tally.N() > 7 {
			t.Errorf("%d queries, want at most 7\n%s", tally.N(), tally)
		}
		if len(p.Standing()) != 2 || p.About.Names["li"] != "li" || p.Card.Code != "CT" || p.Card.Version != p.Run.Card.Version {
			t.Errorf("signatures %d, names %v, card %s %s", len(p.Standing()), p.About.Names, p.Card.Code, p.Card.Version)
		}
		if got := p.About.Hazards["CT13"]; got.Matter != "m-CT13" || got.State != "raised" {
			t.Errorf("hazard of CT13: %+v", got)
		}
		a, _ := p.Answer("CT13")
		if len(a.Photos) != 1 || a.Photos[0] != shot {
			t.Errorf("photos of CT13: %v", a.Photos)
		}
	})
}

// What a patrol of a day may do, what it did, and when the next one of its card is due at its place.
func TestRoundsAroundAPatrol(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for id, card := range map[string]string{"weekly": "CT", "holiday": "", "other": "HZ"} {
			h.exec(`INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, rhythm, who, targets, form, card, adopted_on) VALUES ('o1','` + id + `','b1','` + id + `','S8','safety','` + id + `','','','','patrol','` + card + `','2024-01-01')`)
		}
		round := func(id, duty, opens, due, closes, state string) {
			h.exec(fmt.Sprintf(`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state) VALUES ('o1','%s','%s','b1','safety','patrol','%s','%s','%s','%s','','%s')`, id, duty, id, opens, due, closes, state))
		}
		target := func(round, state, run string) {
			h.exec(fmt.Sprintf(`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state, done_on, proof_kind, proof_id) VALUES ('o1','%s','place','p1','b1','%s',%s,'run','%s')`, round, state, map[string]string{"done": "'2024-12-20'", "open": "NULL"}[state], run))
		}
		round("w50", "weekly", "2024-12-09", "2024-12-13", "2024-12-22", "open")
		round("w51", "weekly", "2024-12-16", "2024-12-20", "2024-12-29", "open")
		round("newyear", "holiday", "2024-12-17", "2024-12-27", "2024-12-31", "open")
		round("hz", "other", "2024-12-16", "2024-12-20", "2024-12-29", "open")
		round("old", "weekly", "2024-12-02", "2024-12-06", "2024-12-15", "open")
		round("w52", "weekly", "2024-12-23", "2024-12-27", "2025-01-05", "planned")
		for _, r := range []string{"newyear", "hz", "old"} {
			target(r, "open", "")
		}
		target("w50", "done", string(run1))
		target("w51", "done", string(run1))
		h.run(string(run1), "b1", "p1", "CT", "signed", "2024-12-20", "zhang", "li")
		reads := safetydb.NewPatrolReads(dbtest.Explained(t, d))
		open, err := reads.OpenPatrolTargets(t.Context(), "o1", "b1", kernel.MustDate("2024-12-20"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range safety.DoneAt(open, "p1", "CT") {
			got = append(got, string(x.Round))
		}
		if len(open) != 2 || strings.Join(got, " ") != "newyear" {
			t.Errorf("of %d open ones the canteen's card does %v, want the one before the holiday", len(open), got)
		}
		about, err := reads.PatrolAbout(t.Context(), "o1", run1)
		if err != nil {
			t.Fatal(err)
		}
		got = nil
		for _, r := range about.Did {
			got = append(got, fmt.Sprintf("%s+%d", r.ID, r.Late()))
		}
		if strings.Join(got, " ") != "w50+7 w51+0" {
			t.Errorf("did %v, want last week's a week late and this week's in time", got)
		}
		run := checklist.Run{Draft: checklist.Draft{ID: run1, Place: "p1", Card: checklist.CardID{Code: "CT"}, On: kernel.MustDate("2024-12-20")}, Unit: "b1"}
		if next, err := reads.NextPatrol(t.Context(), "o1", run); err != nil || next == nil || next.Round != "w52" {
			t.Errorf("next %+v, %v; want the coming week's, not the one before the holiday", next, err)
		}
		run.On = kernel.MustDate("2024-12-27")
		if next, err := reads.NextPatrol(t.Context(), "o1", run); err != nil || next != nil {
			t.Errorf("behind the last: %+v, %v", next, err)
		}
	})
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.exec(`INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, rhythm, who, targets, form, adopted_on) VALUES ('o1','d1','b1','S8.canteen','S8','safety','食堂每周巡视','','','','patrol','2024-01-01')`,
			`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state) VALUES
('o1','r1','d1','b1','safety','patrol','2024-W50','2024-12-09','2024-12-13','2024-12-15','','open'), ('o1','r2','d1','b1','safety','patrol','2024-W51','2024-12-16','2024-12-20','2024-12-22','','open'),
('o1','r3','d1','b1','safety','patrol','2025-W02','2025-01-06','2025-01-10','2025-01-12','','open')`,
			`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state, done_on, proof_kind, proof_id) VALUES
('o1','r1','place','p1','b1','open',NULL,'',''), ('o1','r2','place','p1','b1','done','2024-12-20','run','`+string(run1)+`'), ('o1','r3','place','p1','b1','open',NULL,'','')`)
		h.Reads = safetydb.NewPatrolReads(dbtest.Explained(t, d))
		got, err := h.Coverage(t.Context(), actor("x", "b1", authz.Member), "b1", 2024)
		if err != nil || len(got.Rows) != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
		cells := got.Rows[0].Months[11]
		if len(cells) != 2 || cells[0].Shows != safety.CoverMissed || cells[1].Shows != safety.CoverDone || cells[1].Run != run1 || got.Rows[0].PlaceName.Zh != "一食堂" {
			t.Errorf("December %+v", cells)
		}
		if _, err := h.Coverage(t.Context(), actor("x", "b2", authz.Member), "b1", 2024); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("another branch: %v, want NotFound", err)
		}
	})
}
