package safety_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

func TestTheStraightWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "灭火器过期")
		w.to(h.ID, matter.Closed)
		got := w.load(h.ID)
		if got.State != matter.Closed || got.Outcome != matter.Solved || got.No != "24-0001" || got.Unit != "b1" || got.Version != 7 || got.DoneNote != "已经换好" {
			t.Errorf("got %+v", got)
		}
		acts := w.texts(`SELECT act FROM audit WHERE subject_id = $1 ORDER BY at, id`, string(h.ID))
		if want := "hazard.raise hazard.judge hazard.assign hazard.answer hazard.verify hazard.announce hazard.close"; acts != want {
			t.Errorf("history: got %s, want %s", acts, want)
		}
		slots := w.texts(`SELECT slot FROM attachment WHERE owner_id = $1 ORDER BY slot`, string(h.ID))
		if slots != "after before verify" {
			t.Errorf("pictures: got %s", slots)
		}
	})
}

func TestDetours(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "地面湿滑")
		w.to(h.ID, matter.Assigned)
		w.act("chu", h.ID, brought(safety.Return)) // 不归我管
		if got := w.load(h.ID); got.State != matter.Judged {
			t.Errorf("returned: got %s", got.State)
		}
		w.to(h.ID, matter.Assigned)
		w.act("lou", h.ID, brought(safety.AskExtend))
		if got := w.waits(h.ID); got != "chair/b1 p/lou" {
			t.Errorf("asked for time: waits for %s", got)
		}
		w.act("chen", h.ID, brought(safety.DenyExtend))
		if got := w.load(h.ID); !got.AskedUntil.IsZero() || w.waits(h.ID) != "p/lou o/ct" {
			t.Errorf("denied: got %v, waits %s", got.AskedUntil, w.waits(h.ID))
		}
		w.act("chu", h.ID, brought(safety.AskExtend))
		w.act("chen", h.ID, matter.Do{Act: safety.Extend})
		if got := w.load(h.ID); got.Due.Date().String() != "2025-01-20" || got.Extended != 1 {
			t.Errorf("granted what was asked: got %s, %d", got.Due.Date(), got.Extended)
		}
		for round := 1; round <= 2; round++ { // 复查 fails twice
			w.to(h.ID, matter.Answered)
			w.act("yan", h.ID, brought(safety.Fail))
			if got := w.load(h.ID); got.Rework != round || got.State != matter.Assigned {
				t.Errorf("failed %d: got %s, rework %d", round, got.State, got.Rework)
			}
		}
		other := brought(safety.Transfer)
		other.Owner, other.Rectifier = "hq", "ding"
		w.act("chen", h.ID, other)
		w.act("ding", h.ID, brought(safety.Answer))
		w.act("chen", h.ID, brought(safety.Reappoint))
		w.act("zhang", h.ID, brought(safety.Verify))
		w.to(h.ID, matter.Closed)
		if got := w.texts(`SELECT slot FROM attachment WHERE owner_id = $1 ORDER BY slot`, string(h.ID)); got != "after after-1 after-2 before verify-2" {
			t.Errorf("pictures: got %s", got)
		}
	})
}

func (w *works) waits(id matter.ID) string {
	return w.texts(`SELECT waits_for FROM matter WHERE id = $1 UNION ALL SELECT waits_also FROM matter WHERE id = $1`, string(id))
}

func TestOtherEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		first := w.raise("wu", safety.Named, "p1", "第一条")
		again, none, mine := w.raise("tao", safety.Named, "p1", "同一条"), w.raise("tao", safety.Named, "p1", "不是"), w.raise("tao", safety.Hidden, "p1", "看错了")
		w.act("an", again.ID, matter.Do{Act: safety.Merge, Into: first.ID})
		w.act("an", none.ID, brought(safety.Refuse))
		w.act("tao", mine.ID, brought(safety.Withdraw))
		for id, want := range map[matter.ID]matter.Outcome{again.ID: matter.Duplicate, none.ID: matter.NotOne, mine.ID: matter.Withdrawn} {
			if got := w.load(id); got.Outcome != want || got.Open() {
				t.Errorf("got %s %s, want %s", got.State, got.Outcome, want)
			}
		}
		if got := w.load(again.ID).Into; got != first.ID {
			t.Errorf("merged into %s", got)
		}
		if got := w.texts(`SELECT actor FROM audit WHERE subject_id = $1`, string(mine.ID)); strings.TrimSpace(got) != "" {
			t.Errorf("the history names the hidden reporter: %q", got)
		}
		last := w.raise("tao", safety.Named, "p1", "又一条")
		for name, into := range map[string]matter.ID{"a closed one": again.ID, "itself": last.ID, "nothing": "", "no such one": "nix"} {
			if _, err := w.Act(t.Context(), who("an"), last.ID, matter.Do{Act: safety.Merge, Into: into}); kernel.KindOf(err) != kernel.Invalid {
				t.Errorf("merge into %s: got %v, want Invalid", name, err)
			}
		}
	})
}

func TestRefusedActs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "灭火器过期")
		five := func(edit func(*matter.Do)) matter.Do { do := brought(safety.Assign); edit(&do); return do }
		w.to(h.ID, matter.Judged)
		for _, c := range []struct {
			name, by string
			do       matter.Do
			kind     kernel.Kind
		}{
			{"old version", "chen", five(func(d *matter.Do) { d.Version = 1 }), kernel.Conflict},
			{"who has left", "chen", five(func(d *matter.Do) { d.Rectifier = "nobody" }), kernel.Invalid},
			{"a unit of another branch", "chen", five(func(d *matter.Do) { d.Owner = "aq2" }), kernel.Invalid},
			{"the other branch's chair", "ke", brought(safety.Assign), kernel.NotFound},
			{"a member who has nothing to do with it", "tao", brought(safety.Assign), kernel.NotFound},
			{"who reported it", "wu", brought(safety.Assign), kernel.Forbidden},
			{"the administrator", "guan", brought(safety.Assign), kernel.NotFound},
			{"the auditor", "jing", brought(safety.Assign), kernel.Forbidden},
			{"the company's chair, nothing being late", "zong", brought(safety.Assign), kernel.Forbidden},
			{"an act that does not exist", "chen", matter.Do{Act: "raise"}, kernel.NotFound},
		} {
			if _, err := w.Act(t.Context(), who(c.by), h.ID, c.do); kernel.KindOf(err) != c.kind || err == nil {
				t.Errorf("%s: got %v, want kind %d", c.name, err, c.kind)
			}
		}
		w.to(h.ID, matter.Assigned)
		for _, c := range []struct {
			name, by string
			do       matter.Do
			kind     kernel.Kind
		}{
			{"nobody asked", "chen", matter.Do{Act: safety.Extend}, kernel.Conflict},
			{"asks for less time", "lou", matter.Do{Act: safety.AskExtend, Until: kernel.MustDate("2024-12-23"), Reason: "x"}, kernel.Invalid},
			{"a photo that was never sent", "lou", matter.Do{Act: safety.Answer, Words: "好了", Photos: []string{picture("f")}}, kernel.Invalid},
		} {
			if _, err := w.Act(t.Context(), who(c.by), h.ID, c.do); kernel.KindOf(err) != c.kind || err == nil {
				t.Errorf("%s: got %v, want kind %d", c.name, err, c.kind)
			}
		}
		if got := w.load(h.ID); got.State != matter.Assigned || got.Version != 3 {
			t.Errorf("refusals changed it: %s, version %d", got.State, got.Version)
		}
	})
}

func TestReports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		pic := []string{picture("a")}
		for name, c := range map[string]struct {
			by   authz.Actor
			r    safety.Report
			kind kernel.Kind
			unit string
		}{
			"photo alone":                   {who("wu"), safety.Report{Place: "p1", Mode: safety.Named, Photos: pic}, 0, "b1"},
			"at another branch's place":     {who("wu"), safety.Report{Place: "p3", Mode: safety.Named, Photos: pic}, 0, "b2"},
			"without a place: own branch":   {who("wu"), safety.Report{Unit: "b2", Mode: safety.Named, Title: "漏油"}, 0, "b1"},
			"the company union for another": {who("zong"), safety.Report{Unit: "b2", Mode: safety.Named, Title: "漏油"}, 0, "b2"},
			"a stranger at the wall":        {authz.Actor{Org: "o1"}, safety.Report{Place: "p3", Mode: safety.Anonymous, Photos: pic}, 0, "b2"},
			"a stranger under a name":       {authz.Actor{Org: "o1"}, safety.Report{Place: "p3", Mode: safety.Named, Photos: pic}, kernel.Forbidden, ""},
			"the administrator by name":     {who("guan"), safety.Report{Place: "p1", Mode: safety.Named, Photos: pic}, kernel.Forbidden, ""},
			"nothing to look at":            {who("wu"), safety.Report{Place: "p1", Mode: safety.Named}, kernel.Invalid, ""},
			"no such grade":                 {who("wu"), safety.Report{Place: "p1", Mode: safety.Named, Title: "x", Grade: "Z"}, kernel.Invalid, ""},
			"as if from a patrol":           {who("wu"), safety.Report{Place: "p1", Mode: safety.FromPatrol, Title: "x"}, kernel.Invalid, ""},
			"nowhere":                       {authz.Actor{Org: "o1"}, safety.Report{Mode: safety.Anonymous, Title: "x"}, kernel.Invalid, ""},
			"a photo that was never sent":   {who("wu"), safety.Report{Place: "p1", Mode: safety.Named, Photos: []string{picture("f")}}, kernel.Invalid, ""},
		} {
			h, err := w.Raise(t.Context(), c.by, c.r)
			if (err == nil) != (c.unit != "") || err != nil && kernel.KindOf(err) != c.kind || err == nil && h.Unit != org.UnitID(c.unit) {
				t.Errorf("%s: got %s, %v, want %q kind %d", name, h.Unit, err, c.unit, c.kind)
			}
			if (h.Receipt != "") != (c.r.Mode == safety.Anonymous && err == nil) {
				t.Errorf("%s: receipt %q", name, h.Receipt)
			}
		}
	})
}

func TestOneHazardARunAndItem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		var ids []matter.ID
		for range 2 {
			err := w.db.InTx(t.Context(), who("zhang"), func(tx db.Tx) error {
				id, err := w.RaiseFromPatrol(tx, safety.Report{Unit: "b1", Place: "p1", Title: "生熟不分。第二句", Run: "r1", Item: "CT13"})
				ids = append(ids, id)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if ids[0] != ids[len(ids)-1] || w.load(ids[0]).Title != "生熟不分" || w.load(ids[0]).Mode != safety.FromPatrol {
			t.Errorf("got %v, %+v", ids, w.load(ids[0]))
		}
	})
}

// A report costs at most nine statements, counters, history and outbox included (issue: budgets).
func TestRaisingIsCheap(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		for _, m := range []safety.Mode{safety.Named, safety.Hidden, safety.Anonymous} {
			ctx, tally := db.WithTally(t.Context())
			_, err := w.Raise(ctx, who("wu"), safety.Report{Place: "p1", Mode: m, Title: "堵门", Photos: []string{picture("a")}})
			if err != nil {
				t.Fatal(err)
			}
			if tally.N() > 9 || tally.N() < 6 {
				t.Errorf("%s: %d statements, want at most 9:\n%s", m, tally.N(), tally)
			}
		}
	})
}

// Random walks of the cast: the counters always equal a count, and two who act on one hazard never both win.
func TestCountersEqualACount(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		rnd := rand.New(rand.NewPCG(7, 11))
		var ids []matter.ID
		folk, steps := sortedKeys(cast), w.Flow().Steps
		for i := range 300 {
			if i%20 == 0 {
				ids = append(ids, w.raise("wu", safety.Named, []org.PlaceID{"p1", "p2", "p3"}[rnd.IntN(3)], fmt.Sprint("第", i)).ID)
				clock.Set(clock.Now().Date().Add(1).At(10, 0))
				if err := w.matters.Tick(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			step := steps[rnd.IntN(len(steps))]
			if rnd.IntN(2) == 0 {
				step.Act = safety.Merge // rare otherwise
			}
			do := brought(step.Act)
			if step.Act == safety.Announce {
				do.On = clock.Now().Date()
			}
			do.Grade, do.Into = []string{"A", "C", "major"}[rnd.IntN(3)], ids[0]
			id := ids[rnd.IntN(len(ids))]
			if w.load(id).Grade == "major" && (step.Act == safety.Assign || step.Act == safety.Transfer) {
				do.Until = clock.Now().Date().Add(3)
			}
			do.Congress = true
			_, err := w.Act(t.Context(), who(folk[rnd.IntN(len(folk))]), id, do)
			if err != nil && kernel.KindOf(err) == kernel.Internal {
				var p kernel.Problems
				if !asProblems(err, &p) {
					t.Fatal(err)
				}
			}
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters differ\nrows:     %s\ncounters: %s", got, want)
		}
	})
}

func asProblems(err error, p *kernel.Problems) bool {
	q, ok := err.(kernel.Problems)
	*p = q
	return ok
}

func (w *works) counters() string {
	return w.texts(`SELECT key || '=' || CAST(sum(n) AS TEXT) FROM counter WHERE name = 'hazard' GROUP BY key HAVING sum(n) <> 0 ORDER BY key`)
}

func (w *works) counted() string {
	return w.texts(`SELECT k || '=' || CAST(count(*) AS TEXT) FROM (
SELECT 'u/' || unit_id || '/' || state AS k FROM matter
UNION ALL SELECT 'u/' || unit_id || '/late' FROM matter WHERE late AND open
UNION ALL SELECT 'y/' || unit_id || '/' || substr(CAST(raised_on AS TEXT), 1, 4) FROM matter
UNION ALL SELECT 'o/' || owner_unit || '/' || state FROM matter WHERE owner_unit IS NOT NULL
UNION ALL SELECT 'o/' || owner_unit || '/late' FROM matter WHERE owner_unit IS NOT NULL AND late AND open) AS c GROUP BY k ORDER BY k`)
}

func TestTick(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20") // a Friday
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		tick := func(day string, late bool, level int, version int) {
			t.Helper()
			clock.SetDay(day)
			for range 2 { // twice is once
				if err := w.matters.Tick(t.Context(), d); err != nil {
					t.Fatal(err)
				}
			}
			got := w.load(h.ID)
			if got.Late() != late || got.Escalated != level || got.State != matter.Raised || got.Version != version {
				t.Errorf("%s: late %v level %d state %s version %d, want %v %d raised %d", day, got.Late(), got.Escalated, got.State, got.Version, late, level, version)
			}
		}
		tick("2024-12-23", false, 0, 1) // due on Monday until midnight
		tick("2024-12-24", true, 1, 1)
		stamped := w.load(h.ID).LateAt
		tick("2024-12-20", true, 1, 1) // the clock goes back
		tick("2024-12-26", true, 1, 1) // two working days
		tick("2024-12-27", true, 2, 1) // three
		tick("2025-01-20", true, 2, 1)
		if got := w.load(h.ID).LateAt; got != stamped {
			t.Errorf("stamped again: %s", got.Date())
		}
		if got := w.texts(`SELECT act FROM audit WHERE subject_id = $1 AND act <> 'hazard.raise' ORDER BY at, id`, string(h.ID)); got != "hazard.late hazard.escalate" {
			t.Errorf("history: got %s", got)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
		w.act("an", h.ID, matter.Do{Act: safety.JudgeAct, Grade: "C", Version: 1}) // a form that was open all the while
		if got := w.load(h.ID); got.Late() || got.Escalated != 0 || got.State != matter.Judged {
			t.Errorf("judged: %+v", got)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
	})
}

// A company union's own days decide when it is told.
func TestEscalationGoesByTheOwnCalendar(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏电")
		w.days = calendar.NewWorkdays(append(calendar.Published(), calendar.Arrangement{Year: 2024, Off: []kernel.Date{kernel.MustDate("2024-12-26")}}))
		for _, x := range []struct {
			day   string
			level int
		}{{"2024-12-24", matter.Branch}, {"2024-12-27", matter.Branch}, {"2024-12-30", matter.Company}} {
			clock.SetDay(x.day)
			if err := w.matters.Tick(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if got := w.load(h.ID).Escalated; got != x.level {
				t.Errorf("%s: got level %d, want %d", x.day, got, x.level)
			}
		}
	})
}

// Where the branch lets it lie, the company's chair may act in its place; of a major one from the start.
func TestTheCompanyStepsIn(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		h, major := w.raise("wu", safety.Named, "p1", "漏电"), w.raise("wu", safety.Named, "p2", "行车限位失灵")
		w.to(h.ID, matter.Judged)
		w.act("an", major.ID, matter.Do{Act: safety.JudgeAct, Grade: "major"})
		if got := w.load(major.ID).Escalated; got != matter.Company { // and stays so when it is stamped late
			t.Errorf("major: level %d", got)
		}
		do := brought(safety.Assign)
		if _, err := w.Act(t.Context(), who("zong"), h.ID, do); kernel.KindOf(err) != kernel.Forbidden {
			t.Errorf("too early: got %v", err)
		}
		for _, day := range []string{"2024-12-24", "2024-12-31"} {
			clock.SetDay(day)
			if err := w.matters.Tick(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.load(major.ID); !got.Late() || got.Escalated != matter.Company {
			t.Errorf("a late major one: level %d", got.Escalated)
		}
		w.act("zong", h.ID, do)
		do.Until = kernel.MustDate("2025-03-31")
		w.act("zong", major.ID, do)
	})
}

// Nothing that is kept of an anonymous report names a person or tells more than the day, whatever row one looks at.
func TestAnonymousLeavesNoTrace(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		day := clock.Now().Date().At(0, 0)
		clock.Set(day.Add(11*3600e9 + 7*60e9 + 13e9))
		if err := w.KeepPhotos(t.Context(), who("tao"), safety.Anonymous, shot1("e")); err != nil {
			t.Fatal(err)
		}
		h, err := w.Raise(t.Context(), who("tao"), safety.Report{Place: "p1", Mode: safety.Anonymous, Title: "班长让拆防护罩", Photos: []string{picture("e")}})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.AnswerByReceipt(t.Context(), strings.ToLower(h.Receipt), "在二号机"); err != nil {
			t.Fatal(err)
		}
		id := string(h.ID)
		for name, q := range map[string]string{
			"matter":     `SELECT reporter || rectifier FROM matter WHERE id = $1`,
			"hazard":     `SELECT reporter_mode FROM hazard WHERE matter_id = $1`,
			"audit":      `SELECT actor || CAST(at AS TEXT) FROM audit WHERE subject_id = $1`,
			"attachment": `SELECT by_person || CAST(at AS TEXT) FROM attachment WHERE owner_id = $1`,
			"word":       `SELECT by_person || CAST(on_day AS TEXT) FROM hazard_word WHERE matter_id = $1`,
		} {
			want := map[string]string{"matter": "", "hazard": "anonymous", "word": "2024-12-20", "attachment": fmt.Sprint(int64(day))}[name]
			if name == "audit" {
				want = fmt.Sprintf("%d %d", day, day)
			}
			if got := w.texts(q, id); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		if got := w.texts(`SELECT CAST(at AS TEXT) FROM file WHERE hash = $1`, picture("e")); got != fmt.Sprint(int64(day)) {
			t.Errorf("file: got %s, want the day", got)
		}
		if got := w.load(h.ID); got.Due.Date().At(23, 59) != got.Due || got.Raised != day.Date() {
			t.Errorf("deadline tells the minute: %v", got.Due)
		}
		var bodies string
		rows, err := d.Read.QueryContext(t.Context(), `SELECT body FROM audit WHERE subject_id = $1`, id)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var b []byte
			if err := rows.Scan(&b); err != nil {
				t.Fatal(err)
			}
			bodies += string(b)
		}
		for _, told := range []string{"tao", "陶然", kernel.NewID(clock.Now())[:8]} {
			if strings.Contains(bodies+id+w.texts(`SELECT receipt FROM hazard WHERE matter_id = $1`, id), told) {
				t.Errorf("%q stands in a row", told)
			}
		}
		if strings.Contains(w.texts(`SELECT receipt FROM hazard`), h.Receipt) {
			t.Error("the receipt itself is kept")
		}
	})
}

func TestTalkByReceipt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("tao", safety.Anonymous, "p1", "拆防护罩")
		say := func(by, text string) error { return w.Ask(t.Context(), who(by), h.ID, text) }
		for by, want := range map[string]kernel.Kind{"tao": kernel.NotFound, "zhang": kernel.Forbidden, "ke": kernel.NotFound, "jing": kernel.Forbidden} {
			if err := say(by, "谁报的？"); kernel.KindOf(err) != want || err == nil {
				t.Errorf("%s asks: got %v, want kind %d", by, err, want)
			}
		}
		for i, err := range []error{w.AnswerByReceipt(t.Context(), h.Receipt, "一"), say("an", "二"), w.AnswerByReceipt(t.Context(), strings.ReplaceAll(h.Receipt, "-", ""), "三"), say("chen", "四")} {
			if err != nil {
				t.Errorf("word %d: %v", i+1, err)
			}
		}
		_, found, err := w.Follow(t.Context(), h.Receipt)
		if err != nil || found.ID != h.ID || found.Receipt != "" {
			t.Errorf("follow: got %s %q, %v", found.ID, found.Receipt, err)
		}
		for _, wrong := range []string{"", "2222-3333-4444-5555", w.texts(`SELECT receipt FROM hazard`)} {
			if _, _, err := w.Follow(t.Context(), wrong); kernel.KindOf(err) != kernel.Invalid {
				t.Errorf("receipt %q: got %v", wrong, err)
			}
		}
		told, err := w.reads.Seen(t.Context(), safety.SeenHazards(who("an")), h.ID)
		if err != nil || len(told.Words) != 4 {
			t.Fatalf("got %d words, %v", len(told.Words), err)
		}
		for i, want := range []string{"一 reporter", "二 an", "三 reporter", "四 chen"} {
			got := told.Words[i].Text + " " + told.Words[i].By
			if told.Words[i].FromReporter {
				got += "reporter"
			}
			if got != want {
				t.Errorf("word %d: got %s, want %s", i, got, want)
			}
		}
	})
}

// Two act on the same version: one wins, the other is told.
func TestTwoTabs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "漏油")
		errs := make(chan error, 2)
		for _, grade := range []string{"B", "C"} {
			go func() {
				_, err := w.Act(context.WithoutCancel(t.Context()), who("an"), h.ID, matter.Do{Act: safety.JudgeAct, Grade: grade, Version: 1})
				errs <- err
			}()
		}
		a, b := <-errs, <-errs
		if (a == nil) == (b == nil) || kernel.KindOf(cmpErr(a, b)) != kernel.Conflict {
			t.Errorf("got %v and %v, want one conflict", a, b)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
		for name, save := range map[string]func(db.Tx, matter.Matter) error{
			"save":  func(tx db.Tx, m matter.Matter) error { return matterdb.Store{}.Save(tx, m, "", "") },
			"stamp": func(tx db.Tx, m matter.Matter) error { return matterdb.Store{}.Stamp(tx, m) },
		} { // and where both have loaded before either saves, the row decides
			err := d.InTx(t.Context(), who("an"), func(tx db.Tx) error {
				m := w.load(h.ID).Matter
				m.Version = 7
				return save(tx, m)
			})
			if kernel.KindOf(err) != kernel.Conflict {
				t.Errorf("%s of an old version: got %v", name, err)
			}
		}
	})
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

var _ safety.HazardReads = safetydb.HazardReads{}
