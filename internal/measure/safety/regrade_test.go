package safety_test

import (
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// A wrong grade is put right until somebody has handed in; the time starts again by the new one.
func TestRegrade(t *testing.T) {
	t.Parallel()
	cl, days := laws(t)
	flow, now := safety.HazardFlow(), kernel.MustDate("2024-12-20").At(9, 0) // a Friday
	judge := []matter.Role{matter.Judge}
	for name, c := range map[string]struct {
		state        matter.State
		from, to     string
		until, field string
		due          string
		level        int
	}{
		"before it is assigned":  {matter.Judged, "C", "A", "", "", "2024-12-23", 0},
		"up, while worked on":    {matter.Assigned, "C", "B", "", "", "2024-12-25", 0},
		"down, while worked on":  {matter.Assigned, "A", "D", "", "", "2025-01-13", 0},
		"down, but by then":      {matter.Assigned, "A", "D", "2024-12-30", "", "2024-12-30", 0},
		"longer than the grade":  {matter.Assigned, "A", "C", "2025-02-01", "until", "", 0},
		"major needs a plan":     {matter.Assigned, "C", "major", "", "until", "", 0},
		"major by plan":          {matter.Assigned, "C", "major", "2025-03-31", "", "2025-03-31", matter.Company},
		"major, nobody's yet":    {matter.Judged, "C", "major", "", "", "2024-12-23", matter.Company},
		"no longer major":        {matter.Assigned, "major", "C", "", "", "2024-12-31", 0},
		"the same again":         {matter.Assigned, "C", "C", "", "grade", "", 0},
		"no such grade":          {matter.Judged, "C", "E", "", "grade", "", 0},
		"handed in already":      {matter.Answered, "C", "A", "", "error", "", 0},
		"not even graded so far": {matter.Raised, "", "A", "", "error", "", 0},
	} {
		m := standing(c.state)
		m.Grade, m.LateAt, m.Escalated = c.from, 1, 1
		do := matter.Do{Act: safety.Regrade, Grade: c.to, Reason: "到现场看了"}
		if c.until != "" {
			do.Until = kernel.MustDate(c.until)
		}
		got, err := flow.Apply(m, judge, do, cl, days, now)
		if fields := fieldsOf(err); fields != c.field {
			t.Errorf("%s: got %q (%v), want %q", name, fields, err, c.field)
			continue
		}
		if c.field == "" && (got.Due.Date().String() != c.due || got.Late() || got.Escalated != c.level || got.Grade != c.to || got.State != c.state) {
			t.Errorf("%s: got %s %s due %s level %d", name, got.Grade, got.State, got.Due.Date(), got.Escalated)
		}
	}
	_, err := flow.Apply(standing(matter.Assigned), judge, matter.Do{Act: safety.Regrade, Grade: "A"}, cl, days, now)
	if fieldsOf(err) != "reason" {
		t.Errorf("unexplained: %v", err)
	}
}

// Found by reading: whoever was late got a whole new time by a transfer to himself. More time is asked for and granted.
func TestWorkThatStaysKeepsItsTime(t *testing.T) {
	t.Parallel()
	cl, days := laws(t)
	flow, now := safety.HazardFlow(), kernel.MustDate("2025-01-06").At(9, 0)
	chair := []matter.Role{matter.Chair}
	m := standing(matter.Assigned)
	m.LateAt, m.Escalated = 1, matter.Branch
	do := brought(safety.Transfer)
	do.Rectifier = "chu"
	got, err := flow.Apply(m, chair, do, cl, days, now)
	if err != nil || got.Due != m.Due || got.LateAt != m.LateAt || got.Escalated != matter.Branch || got.Rectifier != "chu" {
		t.Errorf("within the unit: got %+v, %v", got, err)
	}
	do.Until = kernel.MustDate("2025-01-20")
	if _, err := flow.Apply(m, chair, do, cl, days, now); fieldsOf(err) != "until" {
		t.Errorf("more time by the way: %v", err)
	}
	do.Until, do.Owner = kernel.Date{}, "hq"
	if got, err = flow.Apply(m, chair, do, cl, days, now); err != nil || got.Late() || got.Due.Date().String() != "2025-01-15" {
		t.Errorf("another unit has the time of the grade: got %s, %v", got.Due.Date(), err)
	}
	late := standing(matter.Answered)
	late.LateAt = 1
	again := brought(safety.Reappoint)
	if got, err = flow.Apply(late, chair, again, cl, days, now); err != nil || got.Due != late.Due || !got.Late() {
		t.Errorf("another verifier: got %s late %v, %v", got.Due.Date(), got.Late(), err)
	}
	again.Verifier = late.Verifier
	if _, err := flow.Apply(late, chair, again, cl, days, now); fieldsOf(err) != "verifier" {
		t.Errorf("the same verifier: %v", err)
	}
}

// What was returned is nobody's: the unit that said 不归我管 neither sees nor counts it (found by reading).
func TestReturnedIsNobodys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "地面湿滑")
		w.to(h.ID, matter.Assigned)
		w.act("chu", h.ID, brought(safety.Return))
		w.relay()
		got := w.load(h.ID)
		if got.Owner != "" || got.Rectifier != "" || got.Verifier != "" || got.Measure != "" || !got.FixBy.IsZero() {
			t.Errorf("got %+v", got)
		}
		if _, err := w.reads.Seen(t.Context(), safety.SeenHazards(who("chu")), h.ID); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("the contractor still sees it: %v", err)
		}
		if owner := w.texts(`SELECT owner_unit FROM search_doc WHERE subject_id = $1`, string(h.ID)); owner != "" {
			t.Errorf("and finds it: %q", owner)
		}
		if got, want := w.counted(), w.counters(); got != want {
			t.Errorf("counters: got %s, want %s", got, want)
		}
	})
}

// Twice not put right: the chair knows. Three times: the company union does, and may step in.
func TestFailedAgainAndAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("wu", safety.Named, "p1", "地面湿滑")
		for i, want := range []string{"chu:hazard.fail lou:hazard.fail", "chen:hazard.fail chu:hazard.fail lou:hazard.fail", "chen:hazard.fail chu:hazard.fail lou:hazard.fail zong:hazard.fail"} {
			w.to(h.ID, matter.Answered)
			w.told()
			do := brought(safety.Fail)
			do.Photos = []string{picture("c")}
			got := w.act("yan", h.ID, do)
			if told := w.told(); told != want {
				t.Errorf("check %d: told %q, want %q", i+1, told, want)
			}
			if got.DueWhy.Text != "复查不合格，再整改 %d 个工作日" || got.FixBy != got.Due.Date() || (got.Escalated == matter.Company) != (i == 2) {
				t.Errorf("check %d: due %s because %s, level %d", i+1, got.FixBy, got.DueWhy.Text, got.Escalated)
			}
		}
		if slots := w.texts(`SELECT slot FROM attachment WHERE owner_id = $1 ORDER BY slot`, string(h.ID)); slots != "after after-1 after-2 before fail fail-1 fail-2" {
			t.Errorf("pictures: got %s", slots)
		}
		other := brought(safety.Transfer)
		other.Owner, other.Rectifier = "hq", "ding"
		w.act("zong", h.ID, other)
	})
}
