package safety_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// works is a company union with two branches, the real stores and the real flow.
type works struct {
	*safety.Hazards
	t       *testing.T
	db      *db.DB
	matters *matter.Service
	letters *safety.Letters
	snaps   int
	teller  *safety.Teller
	reads   safetydb.HazardReads
	bus     *outbox.Bus
	days    *calendar.Workdays
}

// post is an office and where it is held.
type post struct {
	office       authz.Office
	unit, branch string
}

// cast is who is who; everybody of a branch is a member too.
var cast = map[string]struct {
	name, branch string
	posts        []post
}{
	"wu":    {"吴敏", "b1", nil},
	"tao":   {"陶然", "b1", nil},
	"yan":   {"严复明", "b1", nil},
	"zhang": {"张卫", "b1", []post{{authz.WorkerRep, "b1", "b1"}}},
	"li":    {"李娟", "b1", []post{{authz.MemberRep, "b1", "b1"}}},
	"ding":  {"丁一", "b1", []post{{authz.GroupLeader, "g1", "b1"}}},
	"chen":  {"陈正", "b1", []post{{authz.Chair, "b1", "b1"}}},
	"an":    {"安宁", "b1", []post{{authz.HSE, "aq", ""}}}, // a department of the company itself
	"chu":   {"褚师傅", "b1", []post{{authz.Contractor, "ct", "b1"}}},
	"lou":   {"楼管", "b1", []post{{authz.DeptContact, "hq", "b1"}}},
	"zong":  {"宗先生", "b1", []post{{authz.CompanyChair, "co", ""}}},
	"jing":  {"经审", "b1", []post{{authz.Auditor, "co", ""}}},
	"guan":  {"管理员", "", []post{{authz.Admin, "co", ""}}},
	"ke":    {"柯主席", "b2", []post{{authz.Chair, "b2", "b2"}}},
	"an2":   {"安二", "b2", []post{{authz.HSE, "aq2", "b2"}}}, // a department of the second branch
}

var hazardRights = authz.NewSet(safety.HazardRules())

// who is a member of the cast as the door would resolve him.
func who(key string) authz.Actor {
	c, ok := cast[key]
	if !ok {
		panic("nobody is called " + key)
	}
	a := authz.Actor{Org: "o1", Account: key, Person: key, Name: c.name, Branch: c.branch}
	if c.branch != "" {
		a.Grants = append(a.Grants, authz.Grant{Office: authz.Member, Unit: c.branch, Branch: c.branch})
	}
	for _, p := range c.posts {
		a.Grants = append(a.Grants, authz.Grant{Office: p.office, Unit: p.unit, Branch: p.branch})
	}
	return hazardRights.Resolve(a)
}

// picture is the hash of a stored picture.
func picture(mark string) string { return strings.Repeat(mark, 64/len(mark)) }

func newWorks(t *testing.T, d *db.DB) *works {
	t.Helper()
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &works{t: t, db: d, bus: outbox.NewBus(), days: calendar.NewWorkdays(calendar.Published())}
	w.matters = matter.NewService(matterdb.Store{}, matter.CatalogueClocks{Catalogue: cat}, func(db.Tx) (*calendar.Workdays, error) { return w.days, nil }, w.bus)
	w.Hazards = safety.NewHazards(safety.Parts{DB: d, Matters: w.matters, Store: safetydb.Hazards{}, Photos: safetydb.Pictures{}, Roster: safetydb.Roster{}, Place: placeOf, Bus: w.bus})
	w.letters = safety.NewLetters(safety.LetterParts{DB: d, Matters: w.matters, Hazards: safetydb.Hazards{}, Store: safetydb.Letters{}, Roster: safetydb.Roster{}, Bus: w.bus})
	w.teller = safety.NewTeller(safety.TellerParts{DB: d, Hazards: safetydb.Hazards{}, Letters: safetydb.Letters{}, Holders: holdersOf})
	w.reads = safetydb.NewHazardReads(d, recorddb.NewReads(d.Read), namesOf)
	outbox.Later(w.bus, w.teller.Changed)
	outbox.Later(w.bus, w.teller.Overdue)
	outbox.Later(w.bus, w.teller.Letter)
	outbox.Later(w.bus, w.teller.Spoke)
	w.exec(`INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','co','','company','机械公司工会'), ('o1','b1','b1','branch','科一分工会'), ('o1','b2','b2','branch','科二分工会'),
('o1','aq','','department','安环部'), ('o1','hq','b1','department','后勤科'), ('o1','ct','b1','contractor','食堂承包商'), ('o1','aq2','b2','department','科二安环组'), ('o1','g1','b1','group','一组')`,
		`INSERT INTO place (org_id, id, unit_id, kind, name_zh, code) VALUES ('o1','p1','b1','canteen','一食堂','AAAAAA'), ('o1','p2','b1','production','总装车间','BBBBBB'), ('o1','p3','b2','canteen','二食堂','CCCCCC')`)
	for key, c := range cast {
		branch := c.branch
		if branch == "" {
			branch = "b1"
		}
		w.exec(`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, at) VALUES ('o1','` + key + `','` + branch + `','` + key + `','` + c.name + `','x','x',0)`)
	}
	w.shoot("a", "b", "c")
	return w
}

// shoot stores pictures, one for each mark.
func (w *works) shoot(marks ...string) {
	w.t.Helper()
	err := w.db.InTx(w.t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for _, l := range marks {
			if err := (recorddb.Store{}).SaveFile(tx, record.File{Hash: picture(l), Kind: "image/jpeg", Size: 1, Thumb: picture(l)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func placeOf(_ context.Context, _ string, id org.PlaceID) (org.Place, error) {
	switch id {
	case "p1", "p2":
		return org.Place{ID: id, Unit: "b1"}, nil
	case "p3":
		return org.Place{ID: id, Unit: "b2"}, nil
	}
	return org.Place{}, kernel.Wrong("place", "没有这个地点。")
}

// holdersOf answers as the register does: 安环部 of the company serves every branch.
func holdersOf(_ db.Tx, o authz.Office, u org.UnitID) (out []people.ID, _ error) {
	for _, key := range sortedKeys(cast) {
		for _, p := range cast[key].posts {
			fits := p.unit == string(u) || p.branch == string(u) && o == authz.HSE || p.branch == "" && (o == authz.HSE || u == "")
			if p.office == o && fits {
				out = append(out, people.ID(key))
			}
		}
	}
	return out, nil
}

func namesOf(_ context.Context, _ string, ids []people.ID) (map[people.ID]string, error) {
	out := map[people.ID]string{}
	for _, id := range ids {
		if id != "" {
			out[id] = cast[string(id)].name
		}
	}
	return out, nil
}

func (w *works) exec(all ...string) {
	w.t.Helper()
	err := w.db.InTx(w.t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for _, q := range all {
			if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// texts reads one column as text, in the order of the query.
func (w *works) texts(query string, args ...any) string {
	w.t.Helper()
	rows, err := w.db.Read.QueryContext(w.t.Context(), query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// raise reports a hazard and fails the test where it is refused.
func (w *works) raise(by string, m safety.Mode, place org.PlaceID, title string) safety.Hazard {
	w.t.Helper()
	h, err := w.Raise(w.t.Context(), who(by), safety.Report{Place: place, Title: title, Mode: m, Photos: []string{picture("a")}})
	if err != nil {
		w.t.Fatalf("raise %s by %s: %v", title, by, err)
	}
	return h
}

// act does an act by somebody and fails the test where it is refused. Who shows what was put right takes a new picture.
func (w *works) act(by string, id matter.ID, do matter.Do) safety.Hazard {
	w.t.Helper()
	if len(do.Photos) > 0 {
		w.snaps++
		fresh := fmt.Sprintf("%02x", w.snaps)
		w.shoot(fresh)
		do.Photos = []string{picture(fresh)}
	}
	h, err := w.Act(w.t.Context(), who(by), id, do)
	if err != nil {
		w.t.Fatalf("%s by %s: %v", do.Act, by, err)
	}
	return h
}

// brought is what each act needs, in the case that canteen answers, lou rectifies and yan verifies.
func brought(a matter.Act) matter.Do {
	do := matter.Do{Act: a}
	switch a {
	case safety.JudgeAct:
		do.Grade = "C"
	case safety.Regrade:
		do.Grade, do.Reason = "B", "会伤人"
	case safety.Assign, safety.Transfer:
		do.Owner, do.Rectifier, do.Verifier, do.Measure, do.Doer, do.Reason = "ct", "lou", "yan", "换新的灭火器", "褚师傅", "改由后勤办"
	case safety.Answer:
		do.Words, do.Photos = "已经换好", []string{picture("b")}
	case safety.Verify:
		do.Words, do.Photos = "看过，换好了", []string{picture("c")}
	case safety.Reappoint:
		do.Verifier, do.Reason = "zhang", "严复明出差"
	case safety.AskExtend:
		do.Until, do.Reason = kernel.MustDate("2025-01-20"), "配件没到"
	case safety.Announce:
		do.How, do.On = "班前会", kernel.MustDate("2024-12-20")
	case safety.Fail, safety.Return, safety.DenyExtend, safety.Refuse, safety.Withdraw, safety.Urge:
		do.Reason = "还是漏"
	}
	return do
}

// to walks a hazard along the straight way up to a state.
func (w *works) to(id matter.ID, s matter.State) {
	w.t.Helper()
	for _, x := range []struct {
		reached matter.State
		by      string
		act     matter.Act
	}{{matter.Judged, "an", safety.JudgeAct}, {matter.Assigned, "chen", safety.Assign}, {matter.Answered, "lou", safety.Answer}, {matter.Verified, "yan", safety.Verify},
		{matter.Announced, "chen", safety.Announce}, {matter.Closed, "chen", safety.CloseHazard}} {
		m := w.load(id)
		if m.State == s {
			return
		}
		if step, _ := w.Flow().Step(x.act); !slices.Contains(step.From, m.State) {
			continue // is past it already
		}
		do := brought(x.act)
		if x.act == safety.Announce {
			do.On = w.db.Clock.Now().Date()
		}
		w.act(x.by, id, do)
	}
}

func (w *works) load(id matter.ID) safety.Hazard {
	w.t.Helper()
	h, err := safetydb.Hazards{}.Load(w.t.Context(), w.db.Read, "o1", id)
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// relay runs what comes later until nothing waits.
func (w *works) relay() {
	w.t.Helper()
	for {
		n, err := w.bus.Relay(w.t.Context(), w.db)
		if err != nil {
			w.t.Fatal(err)
		}
		if left := w.texts(`SELECT error FROM outbox WHERE error <> ''`); left != "" {
			w.t.Fatalf("reaction failed: %s", left)
		}
		if n == 0 {
			return
		}
	}
}
