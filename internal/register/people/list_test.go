package people_test

import (
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
)

func TestEachSeesExactlyHisPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		all, a := "安宁 李国强 欧阳小敏 王桂芬 曾静 张敏", "安宁 李国强 欧阳小敏 曾静 张敏"
		for _, c := range []struct {
			name string
			by   authz.Actor
			want string
			full bool
		}{
			{"chair", h.chair(), a, true}, {"company chair", h.companyChair(), all, true}, {"administrator", h.as(authz.Admin, h.root, "", ""), all, false},
			{"auditor", h.as(authz.Auditor, h.root, "", ""), all, false}, {"safety department", h.as(authz.HSE, h.root, "", ""), all, false},
			{"member of a", h.member(), a, false}, {"member of b", h.as(authz.Member, h.b, h.b, "K06"), "王桂芬", true},
			{"representative", h.as(authz.WorkerRep, h.a, h.a, ""), a, false}, {"department contact", h.as(authz.DeptContact, h.dept, h.a, ""), "曾静 张敏", false},
			{"contractor", h.as(authz.Contractor, h.dept, h.a, ""), "", false}, {"nobody", authz.Actor{Org: "o1"}, "", false},
			{"another union's chair", set.Resolve(authz.Actor{Org: "o2", Person: "p", Grants: []authz.Grant{{Office: authz.CompanyChair}}}), "", false},
		} {
			if got := h.names(t, c.by, people.Filter{}); got != c.want {
				t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			}
			l, err := h.List(t.Context(), c.by, people.Filter{}, "", 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range l.Rows {
				if r.ID == people.ID(c.by.Person) {
					continue // oneself
				}
				if r.Full != c.full || !c.full && (r.Phone != "" || !r.Birth.IsZero() || r.IDMask != "") {
					t.Errorf("%s sees of %s: %+v, want full %v", c.name, r.Name, r, c.full)
				}
				if r.Name == "张敏" && c.full && r.Phone != "138****5678" {
					t.Errorf("%s: got phone %q, want it masked", c.name, r.Phone)
				}
			}
		}
	})
}

func TestFiltersAndSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, no := range []string{"K01", "K03"} {
			if err := h.PutLabel(t.Context(), prog, people.Label{Person: h.byNo[no], Key: "hardship", Term: kernel.Span{From: day("2024-01-01")}}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.Appoint(t.Context(), prog, people.Appointment{Person: h.byNo["K05"], Office: authz.WorkerRep, Unit: h.a, Term: kernel.Span{From: day("2024-01-01"), To: day("2026-12-31")}}); err != nil {
			t.Fatal(err)
		}
		leader := h.as(authz.GroupLeader, h.team, h.a, "K05")
		for _, c := range []struct {
			by   authz.Actor
			f    people.Filter
			want string
		}{
			{h.chair(), people.Filter{Department: h.dept}, "曾静 张敏"}, {h.chair(), people.Filter{Group: h.team}, "张敏"},
			{h.companyChair(), people.Filter{Branch: h.b}, "王桂芬"}, {h.chair(), people.Filter{Branch: h.b}, ""},
			{h.chair(), people.Filter{Office: authz.WorkerRep}, "李国强"}, {h.chair(), people.Filter{Left: true}, ""},
			{h.chair(), people.Filter{Label: "hardship"}, "欧阳小敏 张敏"}, {h.chair(), people.Filter{Label: people.Women}, "曾静 张敏"},
			{leader, people.Filter{Label: "hardship"}, "张敏"}, {h.member(), people.Filter{Label: "hardship"}, ""},
			{h.chair(), people.Filter{Text: "张敏"}, "张敏"}, {h.chair(), people.Filter{Text: "小敏"}, "欧阳小敏"}, {h.chair(), people.Filter{Text: "敏"}, "欧阳小敏 张敏"},
			{h.chair(), people.Filter{Outside: true}, "安宁"}, {h.chair(), people.Filter{Away: true, Text: "敏"}, "欧阳小敏 张敏"},
			{h.chair(), people.Filter{Text: "zhangmin"}, "张敏"}, {h.chair(), people.Filter{Text: "zengj"}, "曾静"}, {h.chair(), people.Filter{Text: "03"}, "欧阳小敏"},
			{h.chair(), people.Filter{Text: "zm"}, "张敏"}, {h.chair(), people.Filter{Text: "zj"}, "曾静"}, {h.chair(), people.Filter{Text: "k03"}, "欧阳小敏"},
			{h.chair(), people.Filter{Text: "王桂芬"}, ""}, {h.chair(), people.Filter{Text: "!?"}, ""}, {h.chair(), people.Filter{Text: "敏", Department: h.dept}, "张敏"},
		} {
			if got := h.names(t, c.by, c.f); got != c.want {
				t.Errorf("%+v: got %s, want %s", c.f, got, c.want)
			}
		}
		got, err := peopledb.Store{}.InGroups(t.Context(), d.Read, "o1", h.a, []string{"hardship", people.Women}, day("2024-12-20"))
		if err != nil || len(got) != 3 {
			t.Errorf("in groups: got %v %v, want three", got, err)
		}
		members, err := peopledb.Store{}.InGroups(t.Context(), d.Read, "o1", h.a, nil, day("2024-12-20"))
		if err != nil || len(members) != 4 {
			t.Errorf("members: got %v %v, want four", members, err)
		}
	})
}

func TestPagesFollowEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		var got []string
		for cursor, pages := "", 0; pages < 9; pages++ {
			l, err := h.List(t.Context(), h.companyChair(), people.Filter{}, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range l.Rows {
				got = append(got, r.Name)
			}
			if cursor = l.Next; cursor == "" {
				break
			}
		}
		if len(got) != 6 || got[0] != "安宁" || got[5] != "张敏" {
			t.Errorf("got %v", got)
		}
		if _, err := h.List(t.Context(), h.chair(), people.Filter{}, "made up", 2); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("a made-up cursor: got %v", err)
		}
	})
}

func TestListsUseTheirIndexes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		newHouse(t, d)
		for _, s := range []authz.Scope{{Org: "o1", Reach: authz.Org}, {Org: "o1", Reach: authz.Unit, ID: "a"}} {
			for _, f := range []people.Filter{{}, {Branch: "a"}, {Group: "g"}, {Department: "d", Branch: "a"}, {Left: true}, {Label: "hardship"}, {Office: authz.WorkerRep}, {Outside: true}, {Away: true}} {
				q := peopledb.Query(d.Engine, s, f, day("2024-12-20")).After([]string{"pinyin", "id"}, false, db.Key{"li", "x"})
				text, args := q.SQL("pinyin, id", 50)
				dbtest.Explain(t, d, text, args...)
			}
		}
	})
}
