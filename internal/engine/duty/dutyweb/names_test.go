package dutyweb_test

import (
	"strings"
	"testing"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
)

// Who stands on a list of people in need is read by those who visit them: the chair all, a group leader those of his group.
func TestNamesOfPeopleInNeedAreForThoseWhoVisitThem(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-10-08", "W5.visit")
	id := h.roundOf("W5.visit")
	for who, want := range map[string]bool{"chair": true, "leader": true, "second": false, "member": false} {
		if got := strings.Contains(h.get(who, "/rounds/"+id).text("#targets"), "张敏"); got != want {
			t.Errorf("%s reads the name: %t, want %t", who, got, want)
		}
	}
}

func TestNamesGoByOfficeAndGroup(t *testing.T) {
	t.Parallel()
	visit := duty.Duty{Unit: "b1", Who: []authz.Office{authz.GroupLeader, authz.Committee}, Targets: catalogue.Selector{Kind: catalogue.EachFamily}}
	basket := duty.Duty{Unit: "b1", Who: []authz.Office{authz.Committee, authz.Chair}, Targets: visit.Targets}
	places := duty.Duty{Unit: "b1", Who: basket.Who, Targets: catalogue.Selector{Kind: catalogue.EachPlace}}
	for _, c := range []struct {
		name string
		of   duty.Duty
		who  string
		own  bool // of group g1
		rest bool // of group g2
	}{
		{"a leader sees his group", visit, "leader", true, false},
		{"a leader whom it does not concern sees none", basket, "leader", false, false},
		{"the chair sees all", visit, "chair", true, true},
		{"another branch's chair sees none", visit, "other", false, false},
		{"places have no secrets", places, "member", true, true},
	} {
		names := c.of.Names(actor(c.who))
		if names.Of("g1") != c.own || names.Of("g2") != c.rest {
			t.Errorf("%s: got %t and %t, want %t and %t", c.name, names.Of("g1"), names.Of("g2"), c.own, c.rest)
		}
	}
	gap := duty.Gap{Unit: "b1", Who: basket.Who, First: []duty.Subject{{Ref: record.Ref{Kind: record.KindPerson, ID: "zhang"}, Slice: "g1"}}}
	if gap.Names(actor("leader")).Of("g1") {
		t.Error("home names people in need to a leader who does not visit them")
	}
}
