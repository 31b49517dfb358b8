package safety_test

import (
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
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
			{"the photo of the report again", "lou", matter.Do{Act: safety.Answer, Words: "好了", Photos: []string{picture("a")}}, kernel.Invalid},
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
		err := d.InTx(t.Context(), who("wu"), func(tx db.Tx) error { return audit.Write(tx, "test", audit.Subject{}, "") }) // the first line asks for the newest id
		if err != nil {
			t.Fatal(err)
		}
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
