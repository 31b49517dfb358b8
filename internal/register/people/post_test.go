package people_test

import (
	"strings"
	"testing"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func TestOnlyWhatFitsIsOffered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.unit(t, org.Department, h.a, "安环科")
		h.unit(t, org.Department, h.a, "离退休")
		h.unit(t, org.Group, h.a, "机关小组")
		c, err := h.units.Directory().Of(t.Context(), "o1")
		if err != nil {
			t.Fatal(err)
		}
		offered := func(by authz.Actor, no string) string {
			var out []string
			p := h.get(t, no)
			for _, x := range h.Posts(by, c, p.Person, p.Mandates) {
				s := x.Key + ":"
				for _, u := range x.Near {
					s += u.Name.Zh + " "
				}
				for _, u := range x.Other {
					s += "(" + u.Name.Zh + ")"
				}
				out = append(out, strings.TrimSpace(s))
			}
			return strings.Join(out, "|")
		}
		const branch = "worker-rep:科一分工会|member-rep:科一分工会|food-sup:科一分工会|committee:科一分工会"
		const depts = "|hse:安环科 (装配车间)(离退休)|logistics:装配车间 安环科 离退休|dept-contact:装配车间 (安环科)(离退休)"
		if got, want := offered(h.chair(), "K01"), "group-leader:钳工班 (机关小组)|group-inspector:钳工班 (机关小组)|"+branch+depts; got != want {
			t.Errorf("a member in a group:\ngot  %s\nwant %s", got, want)
		}
		if got := offered(h.chair(), "K04"); strings.Contains(got, "member-rep") || !strings.Contains(got, "worker-rep") {
			t.Errorf("who is no member: %s", got)
		}
		if got := offered(h.as(authz.Chair, h.a, h.a, "K01"), "K01"); got != "" {
			t.Errorf("himself: %s", got)
		}
		if got := offered(h.chair(), "K06"); strings.Contains(got, "科一分工会") {
			t.Errorf("somebody of another branch: %s", got)
		}
		if got := offered(h.companyChair(), "K06"); !strings.Contains(got, "chair:科二分工会|company-committee:机械公司工会") {
			t.Errorf("by the company chair: %s", got)
		}
		if _, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}); err != nil {
			t.Fatal(err)
		}
		if got := offered(h.chair(), "K01"); strings.Contains(got, "worker-rep") {
			t.Errorf("what he has: %s", got)
		}
	})
}

func TestATermIsSuggested(t *testing.T) {
	t.Parallel()
	rep, leader, contact := catalogue.Office{Key: "worker-rep", Term: true}, catalogue.Office{Key: "group-leader", Term: true}, catalogue.Office{Key: "dept-contact"}
	branch, group := org.Unit{ID: "a", Branch: "a"}, org.Unit{ID: "g", Branch: "a"}
	held := func(o authz.Office, at org.UnitID, to string) people.Mandate {
		return people.Mandate{Office: o, Unit: at, Term: kernel.Span{From: day("2024-01-01"), To: day(to)}}
	}
	all := people.Mandates{held(authz.WorkerRep, "a", "2026-12-31"), held(authz.WorkerRep, "a", "2026-12-31"), held(authz.WorkerRep, "a", "2027-06-30"),
		held(authz.WorkerRep, "b", "2029-01-01"), held(authz.Chair, "a", "2028-03-31"), held(authz.MemberRep, "a", "2020-12-31")}
	for name, c := range map[string]struct {
		m    people.Mandates
		o    catalogue.Office
		unit org.Unit
		want string
	}{
		"as most of the others":    {all, rep, branch, "2026-12-31"},
		"as the committee":         {all, leader, group, "2028-03-31"},
		"without a term":           {all, contact, branch, ""},
		"nobody tells":             {nil, rep, branch, ""},
		"only terms that are over": {all[5:], rep, branch, ""},
	} {
		if got := c.m.Suggest(c.o, c.unit, day("2024-12-20")); got.To.String() != c.want || got.From != day("2024-12-20") {
			t.Errorf("%s: got %v, want to end on %q", name, got, c.want)
		}
	}
}
