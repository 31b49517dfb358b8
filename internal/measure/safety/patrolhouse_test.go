package safety_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/checklist/checklistdb"
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

// house is a branch with a canteen, two representatives and a weekly round that waits for its patrol.
type house struct {
	*safety.Patrols
	t      *testing.T
	db     *db.DB
	rounds *roundsFake
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
	h := &house{t: t, db: d, rounds: newRounds(), events: &eventsSeen{}, card: checklist.Card{Card: k}}
	bus := outbox.NewBus()
	outbox.On(bus, func(_ db.Tx, e safety.PatrolSigned) error { return h.events.add("signed " + string(e.Run)) })
	outbox.On(bus, func(_ db.Tx, e safety.PatrolReopened) error { return h.events.add("reopened " + string(e.Run)) })
	h.Patrols = safety.NewPatrols(safety.PatrolParts{DB: d, Cards: cat, Runs: checklistdb.Store{}, Memory: checklistdb.Store{}, Signatures: record.New(d, recorddb.Store{}, nil, outbox.NewBus()),
		Mandates: mandatesFake{}, Rounds: h.rounds, Hazards: raiserFake{}, Place: placeFake, Reads: safetydb.NewPatrolReads(d.Read), Bus: bus})
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

// roundsFake is the weekly round of the canteen, open in the week of 2024-12-20, and whatever a test adds.
type roundsFake struct {
	mu   sync.Mutex
	all  []*roundFake
	over bool
	log  []string
}

type roundFake struct {
	id     record.RoundID
	window kernel.Span
	done   string // by this record
}

func newRounds() *roundsFake {
	r := &roundsFake{}
	r.open("week51", "2024-12-16", "2024-12-22")
	return r
}

func (r *roundsFake) open(id record.RoundID, from, to string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, &roundFake{id: id, window: kernel.Span{From: kernel.MustDate(from), To: kernel.MustDate(to)}})
}

func (r *roundsFake) Fit(_ context.Context, _ db.DBTX, _ string, w safety.RoundWant) ([]record.RoundID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []record.RoundID
	for _, x := range r.all {
		if !r.over && x.done == "" && w.Card == "CT" && w.Place == "p1" && x.window.Has(w.On) {
			out = append(out, x.id)
		}
	}
	return out, nil
}

func (r *roundsFake) Done(_ db.Tx, c record.Completion) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range r.all {
		if x.id == c.Round {
			x.done = c.Proof.ID
		}
	}
	r.log = append(r.log, "done "+string(c.Round)+" "+c.Subjects[0].ID)
	return nil
}

func (r *roundsFake) Reopen(_ db.Tx, proof record.Ref) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range r.all {
		if x.done == proof.ID {
			x.done = ""
			r.log = append(r.log, "reopened "+string(x.id))
		}
	}
	return nil
}

// doneBy is which record has done a round.
func (r *roundsFake) doneBy(id record.RoundID) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, x := range r.all {
		if x.id == id {
			return x.done
		}
	}
	return ""
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
