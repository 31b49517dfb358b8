package people_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
)

// house is a company union with two branches: a has a department with a group, and five people; b has one.
type house struct {
	*people.Service
	d                      *db.DB
	bus                    *outbox.Bus
	units                  *org.Service
	root, a, b, dept, team org.UnitID
	byNo                   map[string]people.ID
}

var (
	prog = authz.Program("o1")
	day  = kernel.MustDate
	set  = authz.NewSet(people.Rules(), org.Rules())
)

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.Open(filepath.Join(t.TempDir(), "ring.json"))
	if err != nil {
		t.Fatal(err)
	}
	units := org.NewService(d, orgdb.Store{}, org.NewDirectory(d, orgdb.Store{}), cat.PlaceKinds)
	h := &house{d: d, bus: outbox.NewBus(), units: units, byNo: map[string]people.ID{}}
	h.Service = people.NewService(people.Parts{DB: d, Store: peopledb.Store{}, Ring: ring, Units: units, Bus: h.bus, Offices: cat.Offices, Groups: cat.Groups})
	if err := d.InTx(t.Context(), prog, func(tx db.Tx) error {
		u, err := units.Found(tx, kernel.Words{Zh: "机械公司工会"})
		h.root = u.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h.a, h.b = h.unit(t, org.Branch, h.root, "科一分工会"), h.unit(t, org.Branch, h.root, "科二分工会")
	h.dept = h.unit(t, org.Department, h.a, "装配车间")
	h.team = h.unit(t, org.Group, h.dept, "钳工班")
	for _, e := range []people.Entry{
		{Person: people.Person{Branch: h.a, No: "K01", Name: "张敏", Sex: "女", Department: h.dept, Group: h.team, Post: "钳工", IsMember: true, Phone: "13812345678", Birth: day("1990-01-01")}},
		{Person: people.Person{Branch: h.a, No: "K02", Name: "曾静", Sex: "女", Department: h.dept, IsMember: true}},
		{Person: people.Person{Branch: h.a, No: "K03", Name: "欧阳小敏", Sex: "男", IsMember: true}},
		{Person: people.Person{Branch: h.a, No: "K04", Name: "安宁", Sex: "男"}},
		{Person: people.Person{Branch: h.a, No: "K05", Name: "李国强", Sex: "男", IsMember: true}},
		{Person: people.Person{Branch: h.b, No: "K06", Name: "王桂芬", Sex: "女", IsMember: true}},
	} {
		id, err := h.Create(t.Context(), prog, e)
		if err != nil {
			t.Fatalf("create %s: %v", e.Name, err)
		}
		h.byNo[e.No] = id
	}
	return h
}

func (h *house) unit(t *testing.T, k org.UnitKind, parent org.UnitID, name string) org.UnitID {
	t.Helper()
	id, err := h.units.AddUnit(t.Context(), prog, org.NewUnit{Kind: k, Parent: parent, Name: kernel.Words{Zh: name}})
	if err != nil {
		t.Fatalf("add %s: %v", name, err)
	}
	return id
}

// as is an actor with one office; person is the staff number of who he is, empty for a stranger.
func (h *house) as(o authz.Office, unit, branch org.UnitID, person string) authz.Actor {
	id := h.byNo[person]
	if id == "" {
		id = "stranger"
	}
	return set.Resolve(authz.Actor{Org: "o1", Account: "acc", Person: string(id), Name: "某某", Branch: string(branch),
		Grants: []authz.Grant{{Office: o, Unit: string(unit), Branch: string(branch)}}})
}

func (h *house) chair() authz.Actor        { return h.as(authz.Chair, h.a, h.a, "") }
func (h *house) companyChair() authz.Actor { return h.as(authz.CompanyChair, h.root, "", "") }
func (h *house) member() authz.Actor       { return h.as(authz.Member, h.a, h.a, "K05") }

func (h *house) get(t *testing.T, no string) people.Page {
	t.Helper()
	p, err := h.Get(t.Context(), prog, h.byNo[no])
	if err != nil {
		t.Fatalf("get %s: %v", no, err)
	}
	return p
}

func (h *house) id(t *testing.T, name string) people.ID {
	t.Helper()
	l, err := h.List(t.Context(), prog, people.Filter{Text: name}, "", 2)
	if err != nil || len(l.Rows) != 1 {
		t.Fatalf("%s: got %d people %v", name, len(l.Rows), err)
	}
	return l.Rows[0].ID
}

// names is the exact list that somebody sees.
func (h *house) names(t *testing.T, by authz.Actor, f people.Filter) string {
	t.Helper()
	l, err := h.List(t.Context(), by, f, "", 100)
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	var out []string
	for _, r := range l.Rows {
		out = append(out, r.Name)
	}
	return strings.Join(out, " ")
}

// frozen puts somebody into a round that has begun, as the engine does.
func (h *house) frozen(t *testing.T, p people.ID) {
	t.Helper()
	err := h.d.InTx(t.Context(), prog, func(tx db.Tx) error {
		for _, text := range []string{
			`INSERT INTO duty (org_id, id, unit_id, code, mechanism, measure, name_zh, rhythm, who, targets, form, adopted_on) VALUES ($1, 'd', $2, 'x', '', 'warmth', '慰问', '{}', '[]', '{}', 'note', '2024-12-01')`,
			`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state) VALUES ($1, 'r', 'd', $2, 'warmth', 'note', '2024-12', '2024-12-01', '2024-12-31', '2024-12-31', '{}', 'open')`,
			`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state) VALUES ($1, 'r', 'person', $3, $2, 'open')`,
		} {
			args := []any{tx.Org(), string(h.a), string(p)}
			if !strings.Contains(text, "$3") {
				args = args[:2]
			}
			if _, err := tx.ExecContext(tx.Ctx(), text, args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) count(t *testing.T, branch org.UnitID) int {
	t.Helper()
	n, err := db.Counts(t.Context(), h.d.Read, "o1", people.Counter, string(branch))
	if err != nil {
		t.Fatal(err)
	}
	return n[string(branch)]
}

func wantKind(t *testing.T, what string, err error, want kernel.Kind) {
	t.Helper()
	if err == nil || kernel.KindOf(err) != want {
		t.Errorf("%s: got %v (kind %d), want kind %d", what, err, kernel.KindOf(err), want)
	}
}

func sorted(s []string) []string { slices.Sort(s); return s }
