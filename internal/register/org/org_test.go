package org_test

import (
	"slices"
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
)

var kinds = []catalogue.PlaceKind{{Key: "canteen"}, {Key: "other"}}

type house struct {
	*org.Service
	d           *db.DB
	root, a, b  org.UnitID
	dept, group org.UnitID // of branch a
}

var rules = authz.NewSet(org.Rules())

func officer(o authz.Office, unit, branch org.UnitID) authz.Actor {
	return rules.Resolve(authz.Actor{Org: "o1", Account: "acc", Person: "p", Name: "某某",
		Grants: []authz.Grant{{Office: o, Unit: string(unit), Branch: string(branch)}}})
}

func words(zh string) kernel.Words { return kernel.Words{Zh: zh} }

func newHouse(t *testing.T, d *db.DB) house {
	t.Helper()
	store := orgdb.Store{}
	h := house{Service: org.NewService(d, store, org.NewDirectory(d, store), kinds), d: d}
	prog := authz.Program("o1")
	if err := d.InTx(t.Context(), prog, func(tx db.Tx) error {
		u, err := h.Found(tx, words("机械公司工会"))
		h.root = u.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	add := func(k org.UnitKind, parent org.UnitID, name string) org.UnitID {
		id, err := h.AddUnit(t.Context(), prog, org.NewUnit{Kind: k, Parent: parent, Name: words(name)})
		if err != nil {
			t.Fatalf("add %s: %v", name, err)
		}
		return id
	}
	h.a, h.b = add(org.Branch, h.root, "科一分工会"), add(org.Branch, h.root, "科二分工会")
	h.dept = add(org.Department, h.a, "装配车间")
	h.group = add(org.Group, h.dept, "钳工班")
	return h
}

func (h house) chart(t *testing.T) *org.Chart {
	t.Helper()
	c, err := h.Directory().Of(t.Context(), "o1")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(us []org.Unit) string {
	var out []string
	for _, u := range us {
		out = append(out, u.Name.Zh)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestTheChartShowsWhatWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.chart(t)
		if got, want := names(c.Units("", "")), "机械公司工会 科一分工会 科二分工会 装配车间 钳工班"; got != want {
			t.Errorf("units: got %s, want %s", got, want)
		}
		if got, want := names(c.Units("", h.a)), "科一分工会 装配车间 钳工班"; got != want {
			t.Errorf("of branch a: got %s, want %s", got, want)
		}
		if got, _ := c.Unit(h.group); got.Branch != h.a || got.Parent != h.dept || got.Version != 1 {
			t.Errorf("group: got %+v", got)
		}
		if got := c.Name(h.dept); got.Zh != "装配车间" {
			t.Errorf("name: got %v", got)
		}
		if got := c.Company().ID; got != h.root {
			t.Errorf("company: got %s, want %s", got, h.root)
		}
		if err := h.RenameUnit(t.Context(), authz.Program("o1"), h.dept, 1, words("总装车间"), 0); err != nil {
			t.Fatal(err)
		}
		if got := h.chart(t).Name(h.dept); got.Zh != "总装车间" {
			t.Errorf("after renaming: got %v", got)
		}
		if got := names(c.FindAny("科一分工会")); got != "科一分工会" {
			t.Errorf("by name: got %s", got)
		}
		orgs, err := h.Directory().Orgs(t.Context())
		if err != nil || len(orgs) != 1 || orgs[0] != (org.Org{ID: "o1", Name: words("机械公司工会")}) {
			t.Errorf("orgs: got %v, %v", orgs, err)
		}
	})
}

func TestUnitsFitTheirParents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, c := range []struct {
			kind   org.UnitKind
			parent org.UnitID
			name   string
			field  string // empty: fits
		}{
			{org.Department, h.root, "安环部", ""}, {org.Contractor, h.a, "食堂承包商", ""}, {org.Site, h.a, "洋山项目部", ""},
			{org.Group, h.a, "机关小组", ""}, {org.Group, h.root, "公司小组", "parent"}, {org.Branch, h.a, "分中分", "parent"},
			{org.Company, h.root, "又一家", "parent"}, {org.Department, h.group, "班下科", "parent"}, {org.Department, "nowhere", "无处", "parent"},
			{org.Branch, h.root, "科一分工会", "name"}, {org.Department, h.a, " 装配车间 ", "name"}, {org.Department, h.b, "装配车间", ""},
			{org.Department, h.a, "", "name"}, {org.Department, h.a, strings.Repeat("长", 41), "name"},
		} {
			_, err := h.AddUnit(t.Context(), authz.Program("o1"), org.NewUnit{Kind: c.kind, Parent: c.parent, Name: words(c.name)})
			if got := field(err); got != c.field {
				t.Errorf("%s %q under %s: got field %q (%v), want %q", c.kind, c.name, c.parent, got, err, c.field)
			}
		}
	})
}

func TestUnitsMoveCloseAndOpenAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, prog := newHouse(t, d), authz.Program("o1")
		move := func(id org.UnitID, to org.UnitID) error {
			u, _ := h.chart(t).Unit(id)
			return h.MoveGroup(t.Context(), prog, id, u.Version, to)
		}
		if err := move(h.group, h.a); err != nil {
			t.Fatal(err)
		}
		if u, _ := h.chart(t).Unit(h.group); u.Parent != h.a {
			t.Errorf("moved: got %+v", u)
		}
		for what, err := range map[string]error{"to another branch": move(h.group, h.b), "a department": move(h.dept, h.a), "to nowhere": move(h.group, "x"), "under itself": move(h.group, h.group)} {
			if field(err) != "parent" {
				t.Errorf("%s: got %v, want it refused at the parent", what, err)
			}
		}
		if err := move(h.group, h.dept); err != nil {
			t.Fatal(err)
		}
		if n, err := h.CloseUnits(t.Context(), officer(authz.Chair, h.b, h.b), []org.UnitID{h.dept, h.group}); kernel.KindOf(err) != kernel.Forbidden || n != 0 {
			t.Errorf("the chair of b closes: %d %v", n, err)
		}
		if n, err := h.CloseUnits(t.Context(), prog, []org.UnitID{h.dept}); err != nil || n != 0 {
			t.Errorf("with an open group below: %d %v, want it left", n, err)
		}
		if n, err := h.CloseUnits(t.Context(), prog, []org.UnitID{h.dept, h.group}); err != nil || n != 2 {
			t.Errorf("both: got %d %v", n, err)
		}
		id, err := h.AddUnit(t.Context(), prog, org.NewUnit{Kind: org.Department, Parent: h.a, Name: words("装配车间")})
		if err != nil || id != h.dept {
			t.Errorf("made again: got %s %v, want the old one open again", id, err)
		}
		if got := names(h.chart(t).Units("", h.a)); got != "科一分工会 装配车间" {
			t.Errorf("open units: got %s", got)
		}
	})
}

func TestTwoTabsAndClosing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, prog := newHouse(t, d), authz.Program("o1")
		if err := h.RenameUnit(t.Context(), prog, h.dept, 1, words("一"), 0); err != nil {
			t.Fatal(err)
		}
		if got := kernel.KindOf(h.RenameUnit(t.Context(), prog, h.dept, 1, words("二"), 0)); got != kernel.Conflict {
			t.Errorf("second tab: got %v, want Conflict", got)
		}
		if got := kernel.KindOf(h.CloseUnit(t.Context(), prog, h.dept, 2)); got != kernel.Invalid {
			t.Errorf("with a group below: got %v, want Invalid", got)
		}
		if got := kernel.KindOf(h.CloseUnit(t.Context(), prog, h.root, 1)); got != kernel.Invalid {
			t.Errorf("the company: got %v, want Invalid", got)
		}
		for _, id := range []org.UnitID{h.group, h.dept} {
			u, _ := h.chart(t).Unit(id)
			if err := h.CloseUnit(t.Context(), prog, id, u.Version); err != nil {
				t.Fatalf("close %s: %v", id, err)
			}
		}
		if got := names(h.chart(t).Units("", h.a)); got != "科一分工会" {
			t.Errorf("open units: got %s", got)
		}
		if u, ok := h.chart(t).Unit(h.dept); !ok || u.Closed != kernel.MustDate("2024-12-20") {
			t.Errorf("the closed one: got %+v", u)
		}
		if got := kernel.KindOf(h.RenameUnit(t.Context(), prog, h.dept, 3, words("三"), 0)); got != kernel.NotFound {
			t.Errorf("renaming a closed one: got %v, want NotFound", got)
		}
	})
}
