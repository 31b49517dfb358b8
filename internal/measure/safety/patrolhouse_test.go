package safety_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

const (
	run1  = checklist.RunID("01JFHXY0000000000000000001")
	run2  = checklist.RunID("01JFHXY0000000000000000002")
	drawn = "M 10 10 L 90 40"
)

var shot = strings.Repeat("a", 64)

// house is a branch with a canteen and two representatives.
type house struct {
	*safety.Patrols
	t      *testing.T
	db     *db.DB
	events *eventsSeen
	card   checklist.Card
}

func open(t *testing.T, d *db.DB) *house {
	t.Helper()
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	k, _ := cat.Card("CT", "")
	h := &house{t: t, db: d, events: &eventsSeen{}, card: checklist.Card{Card: k}}
	bus := outbox.NewBus()
	outbox.On(bus, func(_ db.Tx, e safety.PatrolSigned) error { return h.events.add("signed " + string(e.Run)) })
	outbox.On(bus, func(_ db.Tx, e safety.PatrolReopened) error { return h.events.add("reopened " + string(e.Run)) })
	h.Patrols = safety.NewPatrols(safety.PatrolParts{DB: d, Cards: cat, Runs: checklistdb.Store{}, Memory: checklistdb.Store{}, Signatures: record.New(d, recorddb.Store{}, nil, outbox.NewBus()),
		Mandates: mandatesFake{}, Duties: duty.New(d, cat, dutydb.NewStore(d.Read), nil, nil, bus), Hazards: raiserFake{}, Place: placeFake, Reads: safetydb.NewPatrolReads(d.Read), Bus: bus})
	h.exec(
		`INSERT INTO unit (org_id, id, kind, name_zh) VALUES ('o1','b1','branch','科一分工会'), ('o1','b2','branch','科二分工会')`,
		`INSERT INTO place (org_id, id, unit_id, kind, name_zh, code) VALUES ('o1','p1','b1','canteen','一食堂','AAAAAA'), ('o1','p2','b2','canteen','二食堂','BBBBBB')`,
		`INSERT INTO file (org_id, hash, kind, size, at) VALUES ('o1','`+shot+`','image/jpeg',1,0)`,
	)
	for _, who := range []string{"zhang", "li", "wang", "sun", "chen"} {
		h.exec(`INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, at) VALUES ('o1','` + who + `','b1','` + who + `','` + who + `','x','x',0)`)
	}
	return h
}

// openWeek is the house with the canteen's weekly round.
func openWeek(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := open(t, d)
	h.exec(`INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, rhythm, who, targets, form, card, adopted_on) VALUES ('o1','d1','b1','S8.canteen','S8','safety','食堂每周巡视','{}','[]','{}','patrol','CT','2024-01-01')`)
	h.openRound("week51", "2024-12-16", "2024-12-22")
	return h
}

func (h *house) exec(all ...string) {
	h.t.Helper()
	err := h.db.InTx(h.t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for _, q := range all {
			if _, err := tx.ExecContext(tx.Ctx(), q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// texts reads one column as text, in the order of the query.
func (h *house) texts(query string) string {
	h.t.Helper()
	rows, err := h.db.Read.QueryContext(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			h.t.Fatal(err)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// actor holds the offices at the branch today; rights come from the module's own rules.
func actor(who, branch string, offices ...authz.Office) authz.Actor {
	a := authz.Actor{Org: "o1", Account: who, Person: who, Name: who, Branch: branch}
	for _, o := range offices {
		a.Grants = append(a.Grants, authz.Grant{Office: o, Unit: branch, Branch: branch})
	}
	return authz.NewSet(safety.PatrolRules()).Resolve(a)
}

func zhang() authz.Actor { return actor("zhang", "b1", authz.Member, worker) }
func li() authz.Actor    { return actor("li", "b1", authz.Member, member) }

// full answers every item of the canteen card as passed; edits come on top.
func (h *house) full(edits ...checklist.Answer) checklist.Draft {
	d := checklist.Draft{ID: run1, Card: checklist.CardID{Code: "CT"}, Place: "p1", On: kernel.MustDate("2024-12-20"), With: "li"}
	for _, i := range h.card.Items {
		a := checklist.Answer{Item: i.Code, Verdict: checklist.Pass}
		switch i.Type {
		case catalogue.Count:
			a.Number = i.Limit.Min.String()
			if i.Limit.Op == catalogue.AtMost {
				a.Number = i.Limit.Max.String()
			}
		case catalogue.Until:
			a.Dated = d.On
		}
		for _, e := range edits {
			if e.Item == i.Code {
				a = e
			}
		}
		d.Answers = append(d.Answers, a)
	}
	return d
}

// fails is a key item, a general one that was ticked and one that was not.
func (h *house) fails() checklist.Draft {
	return h.full(checklist.Answer{Item: "CT13", Verdict: checklist.Fail, Note: "有过期罐头", Photos: []string{shot}},
		checklist.Answer{Item: "CT21", Verdict: checklist.Fail, Note: "纱窗破了", AsHazard: true},
		checklist.Answer{Item: "CT24", Verdict: checklist.Fail, Note: "没有标识"})
}

func (h *house) save(by authz.Actor, d checklist.Draft) safety.SavedPatrol {
	h.t.Helper()
	s, err := h.Save(h.t.Context(), by, d)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) sign(by authz.Actor, who people.ID, content string) safety.SavedPatrol {
	h.t.Helper()
	s, err := h.Sign(h.t.Context(), by, run1, safety.Signing{Person: who, Strokes: drawn, Content: content})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// deny is what record does before it tells: it marks the signature.
func (h *house) deny(who people.ID) error {
	return h.db.InTx(h.t.Context(), actor(string(who), "b1"), func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `UPDATE signature SET denied_at = 1 WHERE org_id = 'o1' AND owner_id = $1 AND person_id = $2`, string(run1), string(who))
		if err != nil {
			return err
		}
		return h.SignatureDenied(tx, record.SignatureDenied{Owner: run1.Ref(), Person: who})
	})
}

// openRound is a round of the canteen's patrol with its one target, for as long as the window says.
func (h *house) openRound(id, from, to string) {
	h.exec(`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state, targets) VALUES ('o1','`+id+`','d1','b1','safety','patrol','`+id+`','`+from+`','`+to+`','`+to+`','{}','open',1)`,
		`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state) VALUES ('o1','`+id+`','place','p1','b1','open')`)
}

// rounds puts every round into a state.
func (h *house) rounds(state string) { h.exec(`UPDATE round SET state = '` + state + `'`) }

// did is what happened to rounds, from their history.
func (h *house) did() string {
	return h.texts(`SELECT substr(act, 6) || ' ' || subject_id FROM audit WHERE subject_kind = 'round' ORDER BY id`)
}

type eventsSeen struct {
	mu  sync.Mutex
	all []string
}

func (e *eventsSeen) add(s string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, s)
	return nil
}

func placeFake(_ context.Context, _ string, id org.PlaceID) (org.Place, error) {
	switch id {
	case "p1":
		return org.Place{ID: id, Unit: "b1", Kind: "canteen", Name: kernel.Words{Zh: "一食堂"}}, nil
	case "p2":
		return org.Place{ID: id, Unit: "b2", Kind: "canteen", Name: kernel.Words{Zh: "二食堂"}}, nil
	case "hall":
		return org.Place{ID: id, Unit: "b1", Kind: "other", Name: kernel.Words{Zh: "活动室"}}, nil
	case "old":
		return org.Place{ID: id, Unit: "b1", Kind: "canteen", Name: kernel.Words{Zh: "旧食堂"}, Closed: kernel.MustDate("2024-06-30")}, nil
	}
	return org.Place{}, kernel.Err(kernel.NotFound, "没有这个地点。")
}

type mandatesFake struct{}

func (mandatesFake) HeldAt(context.Context, db.DBTX, string, org.UnitID, ...authz.Office) (people.Mandates, error) {
	return held(), nil
}

// raiserFake opens a bare matter, one a run and item.
type raiserFake struct{}

func (raiserFake) RaiseFromPatrol(tx db.Tx, r safety.Report) (matter.ID, error) {
	id := "m-" + r.Item
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO matter (org_id, id, no, kind, unit_id, place_id, title, state, raised_on, due_at) VALUES ($1,$2,$3,'hazard',$4,$5,$6,'raised',$7,0)`,
		tx.Org(), id, r.Item, string(r.Unit), string(r.Place), r.Title+"|"+r.Description+"|"+r.Basis+"|"+strings.Join(r.Photos, ","), tx.Today())
	return matter.ID(id), err
}
