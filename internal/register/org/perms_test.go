package org_test

import (
	"errors"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

func field(err error) string {
	var e *kernel.Error
	if errors.As(err, &e) {
		return e.Field
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestWhoOrdersUnitsAndPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, c := range []struct {
			name          string
			who           authz.Actor
			own, other    bool // in branch a, in branch b
			company, some bool // at the company, places of branch a
		}{
			{"chair of a", officer(authz.Chair, h.a, h.a), true, false, false, true},
			{"company chair", officer(authz.CompanyChair, h.root, ""), true, true, true, true},
			{"administrator", officer(authz.Admin, h.root, ""), true, true, true, true},
			{"member of a", officer(authz.Member, h.a, h.a), false, false, false, false},
			{"representative of a", officer(authz.WorkerRep, h.a, h.a), false, false, false, false},
			{"department of a", officer(authz.DeptContact, h.dept, h.a), false, false, false, false},
			{"auditor", officer(authz.Auditor, h.root, ""), false, false, false, false},
			{"nobody", authz.Actor{Org: "o1"}, false, false, false, false},
		} {
			add := func(parent org.UnitID) bool {
				_, err := h.AddUnit(t.Context(), c.who, org.NewUnit{Kind: org.Department, Parent: parent, Name: words(c.name)})
				return allowed(t, err)
			}
			if got := add(h.a); got != c.own {
				t.Errorf("%s in his branch: got %v", c.name, got)
			}
			if got := add(h.b); got != c.other {
				t.Errorf("%s in the other branch: got %v", c.name, got)
			}
			if got := add(h.root); got != c.company {
				t.Errorf("%s at the company: got %v", c.name, got)
			}
			_, err := h.AddPlace(t.Context(), c.who, org.Place{Unit: h.a, Kind: "canteen", Name: words("食堂 " + c.name)})
			if got := allowed(t, err); got != c.some {
				t.Errorf("%s, a place: got %v", c.name, got)
			}
		}
		_, err := h.AddUnit(t.Context(), officer(authz.Chair, h.a, h.a), org.NewUnit{Kind: org.Branch, Parent: h.root, Name: words("自立门户")})
		if allowed(t, err) {
			t.Error("a chair founds a branch")
		}
	})
}

func allowed(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && kernel.KindOf(err) != kernel.Forbidden {
		t.Errorf("want nil or Forbidden, got %v", err)
	}
	return err == nil
}

func TestPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, prog := newHouse(t, d), authz.Program("o1")
		add := func(p org.Place) (org.PlaceID, error) { return h.AddPlace(t.Context(), prog, p) }
		hall, err := add(org.Place{Unit: h.a, Kind: "canteen", Name: words("第一食堂"), Owner: h.dept})
		if err != nil {
			t.Fatal(err)
		}
		kitchen, err := add(org.Place{Unit: h.a, Kind: "canteen", Name: words("后厨"), Parent: hall})
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			p     org.Place
			field string
		}{
			"name taken":         {org.Place{Unit: h.a, Kind: "canteen", Name: words("第一食堂")}, "name"},
			"unknown kind":       {org.Place{Unit: h.a, Kind: "moon", Name: words("甲")}, "kind"},
			"not a branch":       {org.Place{Unit: h.root, Kind: "other", Name: words("乙")}, "unit"},
			"owner is a group":   {org.Place{Unit: h.a, Kind: "other", Name: words("丙"), Owner: h.group}, "owner"},
			"owner of another":   {org.Place{Unit: h.b, Kind: "other", Name: words("丁"), Owner: h.dept}, "owner"},
			"parent of another":  {org.Place{Unit: h.b, Kind: "other", Name: words("戊"), Parent: hall}, "parent"},
			"the same elsewhere": {org.Place{Unit: h.b, Kind: "canteen", Name: words("第一食堂")}, ""},
		} {
			if _, err := add(c.p); field(err) != c.field && !wrongAt(err, c.field) {
				t.Errorf("%s: got %v, want field %q", name, err, c.field)
			}
		}
		c := h.chart(t)
		p, _ := c.Place(hall)
		if len(p.Code) != 6 || len(c.Places(h.a, "canteen")) != 2 || len(c.PlacesOwnedBy(h.dept)) != 1 {
			t.Errorf("got code %q, %d places", p.Code, len(c.Places(h.a, "canteen")))
		}
		o, found, err := h.Directory().PlaceByCode(t.Context(), " "+p.Code[:3]+"-"+p.Code[3:])
		if err != nil || o != "o1" || found != p {
			t.Errorf("by code: got %s %+v %v, want %+v", o, found, err, p)
		}
		if _, _, err := h.Directory().PlaceByCode(t.Context(), "0O1IL0"); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("unknown code: got %v", err)
		}
		p.Parent = kitchen
		if err := h.ChangePlace(t.Context(), prog, p); !wrongAt(err, "parent") {
			t.Errorf("a place in itself: got %v", err)
		}
		p.Parent, p.Name, p.Unit, p.Code = "", words("大食堂"), h.b, "HACKED"
		if err := h.ChangePlace(t.Context(), prog, p); err != nil {
			t.Fatal(err)
		}
		if now, _ := h.chart(t).Place(hall); now.Name.Zh != "大食堂" || now.Unit != h.a || now.Code == "HACKED" || now.Version != 2 {
			t.Errorf("changed: got %+v", now)
		}
		if got := kernel.KindOf(h.ChangePlace(t.Context(), prog, p)); got != kernel.Conflict {
			t.Errorf("second tab: got %v, want Conflict", got)
		}
		if got := kernel.KindOf(h.ClosePlace(t.Context(), prog, hall, 2)); got != kernel.Invalid {
			t.Errorf("closing with a place inside: got %v", got)
		}
		if err := h.ClosePlace(t.Context(), prog, kitchen, 1); err != nil {
			t.Fatal(err)
		}
		if got := len(h.chart(t).Places(h.a, "")); got != 1 {
			t.Errorf("open places: got %d, want 1", got)
		}
	})
}

func wrongAt(err error, f string) bool {
	var many kernel.Problems
	return errors.As(err, &many) && len(many) == 1 && many[0].Field == f
}

func TestWhoSeesAPlace(t *testing.T) {
	t.Parallel()
	p := org.Place{Unit: "a", Owner: "dept"}
	for _, c := range []struct {
		office       authz.Office
		unit, branch string
		want         bool
	}{
		{authz.Member, "a", "a", true}, {authz.Member, "b", "b", false}, {authz.DeptContact, "dept", "a", true}, {authz.DeptContact, "other", "a", false},
		{authz.Contractor, "dept", "a", true}, {authz.Contractor, "", "", false}, {authz.HSE, "h", "", true}, {authz.CompanyChair, "root", "", true},
	} {
		got := org.SeesPlace(officer(c.office, org.UnitID(c.unit), org.UnitID(c.branch)).Scope(org.SeePlaces), p)
		if got != c.want {
			t.Errorf("%s at %s: got %v, want %v", c.office, c.unit, got, c.want)
		}
	}
	if org.SeesPlace(authz.Scope{}, org.Place{}) {
		t.Error("the zero scope sees something")
	}
}
