package people_test

import (
	"strings"
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

func TestVacantOfficesAreNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.unit(t, org.Group, h.a, "机关小组")
		c, err := h.units.Directory().Of(t.Context(), "o1")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []people.Appointment{{Person: h.byNo["K01"], Office: authz.WorkerRep, Unit: h.a, Term: term}, {Person: h.byNo["K01"], Office: authz.GroupLeader, Unit: h.team, Term: term},
			{Person: h.byNo["K05"], Office: authz.HSE, Unit: h.dept, Term: term}} {
			if _, err := h.Appoint(t.Context(), prog, a); err != nil {
				t.Fatal(err)
			}
		}
		said := func(by authz.Actor) string {
			held, err := h.Mandates(t.Context(), by, day("2024-12-20"))
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, v := range h.Vacancies(c, by.Scope(people.SeeMandates), held) {
				s := v.Key
				for _, u := range v.Units {
					s += " " + u.Name.Zh
				}
				out = append(out, s)
			}
			return strings.Join(out, "|")
		}
		const a = "group-leader 机关小组|group-inspector 钳工班 机关小组|member-rep 科一分工会|food-sup 科一分工会|committee 科一分工会|chair 科一分工会|logistics|dept-contact"
		if got := said(h.chair()); got != a {
			t.Errorf("of the branch:\ngot  %s\nwant %s", got, a)
		}
		if got := said(h.companyChair()); !strings.Contains(got, "worker-rep 科二分工会") || !strings.Contains(got, "chair 科一分工会 科二分工会|company-committee 机械公司工会") || strings.Contains(got, "hse") {
			t.Errorf("of the company: %s", got)
		}
		if got := said(h.as(authz.Contractor, h.dept, h.a, "")); strings.Contains(got, "分工会") {
			t.Errorf("who sees no mandates: %s", got)
		}
	})
}
