package recorddb_test

import (
	"strings"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/people"
)

const strokes = "M10 20L60 40L90 20"

// rounds stands for the duty engine: it notes what was done, and refuses a round named "closed".
type rounds struct{ done []record.Completion }

func (r *rounds) Done(_ db.Tx, c record.Completion) error {
	if c.Round == "closed" {
		return kernel.Err(kernel.Gone, "这一轮已经结束")
	}
	r.done = append(r.done, c)
	return nil
}

type world struct {
	t      *testing.T
	db     *db.DB
	clock  *dbtest.Clock
	s      *record.Service
	r      recorddb.Reads
	rounds *rounds
	denied []record.SignatureDenied
}

func each(t *testing.T, fn func(w *world)) {
	t.Helper()
	t.Parallel()
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := &world{t: t, db: d, clock: clock, r: recorddb.NewReads(d.Read), rounds: &rounds{}}
		bus := outbox.NewBus()
		outbox.On(bus, func(_ db.Tx, e record.SignatureDenied) error { w.denied = append(w.denied, e); return nil })
		w.s = record.New(d, recorddb.Store{}, w.rounds, bus)
		w.must(w.tx(func(tx db.Tx) error {
			return w.exec(tx, `INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`,
				`INSERT INTO unit (org_id, id, branch_id, kind, name_zh) VALUES ('o1','b1','b1','branch','科一分工会'), ('o1','b2','b2','branch','科二分工会')`,
				`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, at) VALUES ('o1','li','b1','1','李国强','liguoqiang','lgq',1), ('o1','zhang','b1','2','张敏','zhangmin','zm',1)`)
		}))
		fn(w)
	})
}

func (w *world) exec(tx db.Tx, all ...string) error {
	for _, q := range all {
		if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func actor(person string, office authz.Office, branch string) authz.Actor {
	return authz.NewSet(record.Rules()).Resolve(authz.Actor{Org: "o1", Person: person, Branch: branch, Grants: []authz.Grant{{Office: office, Unit: branch, Branch: branch}}})
}

var (
	li    = actor("li", authz.GroupLeader, "b1")
	zhang = actor("zhang", authz.Committee, "b1")
	chair = actor("zhang", authz.Chair, "b1")
	scope = authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b1"}
)

func (w *world) tx(fn func(db.Tx) error) error { return w.db.InTx(w.t.Context(), li, fn) }

func note() record.NewNote {
	return record.NewNote{Unit: "b1", Measure: catalogue.Warmth, On: kernel.MustDate("2024-12-19"), Title: "走访困难职工", Body: "两人上门，送去米和油", People: []people.ID{"zhang", "li", "li"}}
}

func hash(c string) string { return strings.Repeat(c, 64) }

func (w *world) write(a authz.Actor, n record.NewNote) record.NoteID {
	w.t.Helper()
	id, err := w.s.Write(w.t.Context(), a, n)
	w.must(err)
	return id
}

func kind(err error) kernel.Kind {
	if err == nil {
		return -1
	}
	return kernel.KindOf(err)
}
