package account_test

import (
	"path/filepath"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
)

// house is an installation that its first chair, 周主席, has just set up.
type house struct {
	*account.Service
	d       *db.DB
	clock   *dbtest.Clock
	founder *account.Founder
	roster  *people.Service
	units   *org.Service
	org     string
	branch  org.UnitID
	group   org.UnitID
	chair   string // his session's token
}

const good = "院里海棠花开了三次"

var day = kernel.MustDate

func parts(t *testing.T, d *db.DB, clock *dbtest.Clock) *house {
	t.Helper()
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.Open(filepath.Join(t.TempDir(), "ring.json"))
	if err != nil {
		t.Fatal(err)
	}
	bus := outbox.NewBus()
	units := org.NewService(d, orgdb.Store{}, org.NewDirectory(d, orgdb.Store{}), cat.PlaceKinds)
	roster := people.NewService(people.Parts{DB: d, Store: peopledb.Store{}, Ring: ring, Units: units, Bus: bus, Offices: cat.Offices, Groups: cat.Groups})
	acc := account.NewService(d, accountdb.Store{}, authz.NewSet(org.Rules(), people.Rules(), account.Rules()))
	outbox.On(bus, func(tx db.Tx, e people.Left) error { return acc.CloseFor(tx, e.Person) })
	outbox.On(bus, func(tx db.Tx, e people.Appointed) error { return acc.VoidFor(tx, e.Person, e.By) })
	return &house{Service: acc, d: d, clock: clock, roster: roster, units: units, founder: account.NewFounder(acc, units, roster)}
}

func founding() account.Founding {
	return account.Founding{Company: kernel.Words{Zh: "机械公司工会"}, Branch: kernel.Words{Zh: "科一分工会"}, Name: "周主席", No: "K100", Phone: "13800000100",
		Password: good, Until: day("2027-12-31")}
}

func newHouse(t *testing.T, d *db.DB, clock *dbtest.Clock) *house {
	t.Helper()
	h := parts(t, d, clock)
	link, err := h.SetupLink(t.Context())
	if err != nil || link == "" {
		t.Fatalf("set-up link: %q %v", link, err)
	}
	if h.chair, err = h.founder.SetUp(t.Context(), link, founding(), "Firefox"); err != nil {
		t.Fatal(err)
	}
	a := h.who(t, h.chair)
	h.org, h.branch = a.Org, org.UnitID(a.Branch)
	if h.group, err = h.units.AddUnit(t.Context(), a, org.NewUnit{Kind: org.Group, Parent: h.branch, Name: kernel.Words{Zh: "钳工班"}}); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) who(t *testing.T, token string) authz.Actor {
	t.Helper()
	a, _, err := h.Who(t.Context(), token)
	if err != nil {
		t.Fatalf("who: %v", err)
	}
	return a
}

// person puts somebody on the roster; with an office he gets the mandate too.
func (h *house) person(t *testing.T, no, name, phone string, group, at org.UnitID, o authz.Office) people.ID {
	t.Helper()
	by := authz.Program(h.org)
	id, err := h.roster.Create(t.Context(), by, people.Entry{Person: people.Person{Branch: h.branch, Group: group, No: no, Name: name, Phone: phone, IsMember: true}})
	if err != nil {
		t.Fatal(err)
	}
	if o != "" {
		a := people.Appointment{Person: id, Office: o, Unit: at, Term: kernel.Span{From: day("2024-01-01"), To: day("2026-12-31")}}
		if _, err := h.roster.Appoint(t.Context(), by, a); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

// joined lets somebody in by a link of the program and gives his session.
func (h *house) joined(t *testing.T, p people.ID, password string) string {
	t.Helper()
	link, err := h.InviteFor(t.Context(), authz.Program(h.org), p)
	if err != nil {
		t.Fatal(err)
	}
	token, err := h.Accept(t.Context(), link, password, "Chrome")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func wantKind(t *testing.T, what string, err error, want kernel.Kind) {
	t.Helper()
	if err == nil || kernel.KindOf(err) != want {
		t.Errorf("%s: got %v, want kind %d", what, err, want)
	}
}

func each(t *testing.T, fn func(t *testing.T, h *house)) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		fn(t, newHouse(t, d, clock))
	})
}
