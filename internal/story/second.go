package story

import (
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// secondFrom is the day on which the second branch of the company union begins: smaller, younger, and less punctual, so that
// the company union has something to compare.
var secondFrom = kernel.MustDate("2024-07-01")

var secondRoles = []role{
	{login: "chair", no: "Z20001", name: "韩卫东", sex: "男", unit: "二车间综合组", offices: []authz.Office{authz.Chair}},
	{login: "worker-rep", no: "Z20002", name: "乔玉兰", sex: "女", unit: "总装二车间", offices: []authz.Office{authz.WorkerRep}},
	{login: "member-rep", no: "Z20003", name: "邱志刚", sex: "男", unit: "涂装车间", offices: []authz.Office{authz.MemberRep}},
	{login: "rep-3", no: "Z20004", name: "段红梅", sex: "女", unit: "涂装车间", offices: []authz.Office{authz.WorkerRep}},
	{login: "rep-4", no: "Z20005", name: "常青", sex: "男", unit: "总装二车间", offices: []authz.Office{authz.MemberRep}},
	{login: "committee", no: "Z20006", name: "葛亮", sex: "男", unit: "二车间综合组", offices: []authz.Office{authz.Committee}},
	{login: "safety-dept", no: "Z20007", name: "尹秀芳", sex: "女", unit: "二车间安全组", offices: []authz.Office{authz.HSE}, at: "二车间安全组"},
	{login: "repair", no: "Z20008", name: "殷波", sex: "男", unit: "二车间设备组", offices: []authz.Office{authz.DeptContact}, at: "二车间设备组"},
	{login: "group-leader", no: "Z20009", name: "贺敏", sex: "女", unit: "总装二车间", offices: []authz.Office{authz.GroupLeader}, at: "group"},
	{login: "member", no: "Z20010", name: "文静", sex: "女", unit: "涂装车间"},
}

var secondUnits = []struct {
	name   string
	groups []string
}{
	{"总装二车间", []string{"总装甲班", "总装乙班"}}, {"涂装车间", []string{"前处理班", "喷涂班"}}, {"二车间设备组", nil}, {"二车间安全组", nil}, {"二车间综合组", nil},
}

var secondWall = []struct{ kind, zh, en, owner string }{
	{"production", "总装二车间", "Second assembly shop", "二车间设备组"}, {"production", "涂装车间", "Paint shop", "二车间设备组"}, {"chemical", "油漆库", "Paint store", "二车间设备组"},
}

// secondSpots are what its members report.
var secondSpots = []spot{
	{"涂装车间", "喷枪接地线脱开", "socket-overloaded"}, {"总装二车间", "小车堵住疏散口", "aisle-blocked"}, {"油漆库", "空桶没有盖盖", "label-missing"}, {"涂装车间", "排风口滤棉堵了", "hood-dirty"},
}

// secondDuties is what it has taken on so far: not the whole catalogue.
var secondDuties = []string{"S7", "S8", "S9", "S5", "S6", "W5", "W7", "W9", "V5", "V10", "C1", "C2"}

// openSecond sets the second branch up as its chair would: units, people, places, terms, duties.
func (t *teller) openSecond(d kernel.Date) error {
	s := &teller{ctx: t.ctx, app: t.app, clock: t.clock, org: t.org, branchName: "科二", actors: map[string]authz.Actor{}, ids: map[string]people.ID{}, album: t.album, kept: t.kept,
		last: t.last, joins: d, spots: secondSpots, slack: 24, repairs: "二车间设备组"}
	t.clock.set(d.At(8, 0))
	for i, step := range []func() error{s.secondBranch, s.secondPlaces, s.secondPeople, s.secondCast, s.secondAdopt} {
		if err := step(); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		t.app.Directory.Forget(t.org)
	}
	t.second = s
	return nil
}

func (t *teller) secondBranch() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	add := func(k org.UnitKind, parent org.UnitID, zh, en string) (org.UnitID, error) {
		return t.app.Units.AddUnit(t.ctx, t.program(), org.NewUnit{Kind: k, Parent: parent, Name: kernel.Words{Zh: zh, En: en}})
	}
	if t.branch, err = add(org.Branch, chart.Company().ID, "科二分工会", "Branch Keer"); err != nil {
		return err
	}
	for _, u := range secondUnits {
		id, err := add(org.Department, t.branch, u.name, "")
		if err != nil {
			return err
		}
		for _, g := range u.groups {
			if _, err := add(org.Group, id, g, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *teller) secondPlaces() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for i, p := range secondWall {
		owner, _ := find(chart, p.owner)
		if _, err := t.app.Units.AddPlace(t.ctx, t.program(), org.Place{Unit: t.branch, Kind: p.kind, Name: kernel.Words{Zh: p.zh, En: p.en}, Owner: owner, Sort: i + 1}); err != nil {
			return err
		}
	}
	return nil
}

// Names of the second branch are put together from these.
var (
	secondSurnames = []rune("史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
	secondGiven    = []string{"建军", "丽华", "志强", "秀英", "晓东", "海燕", "永刚", "雪梅", "国庆", "春兰", "大伟", "玉珍", "立新", "小红"}
)

// secondSize is how many people it has beside its cast.
const secondSize = 46

func (t *teller) secondPeople() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	groups := chart.Units(org.Group, t.branch)
	for i := range secondSize {
		g := groups[i%len(groups)]
		name := string(secondSurnames[chance(len(secondSurnames), "surname", i)]) + secondGiven[chance(len(secondGiven), "given", i)]
		p := people.Person{Branch: t.branch, No: fmt.Sprintf("Z21%03d", i+1), Name: name, Sex: []string{"男", "女"}[i%2], IsMember: i%15 != 14, Employment: "合同制", Department: g.Parent, Group: g.ID}
		id, err := t.app.Roster.Create(t.ctx, t.program(), people.Entry{Person: p})
		if err != nil {
			return err
		}
		for key, every := range map[string]int{"hardship": 16, "backbone": 9} {
			if i%every != every-1 {
				continue
			}
			if err := t.app.Roster.PutLabel(t.ctx, t.program(), people.Label{Person: id, Key: key, Term: kernel.Span{From: t.joins}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *teller) secondCast() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for _, r := range secondRoles {
		if err := t.join(chart, r, "k2-"+r.login); err != nil {
			return fmt.Errorf("%s: %w", r.login, err)
		}
	}
	for _, r := range secondRoles {
		if t.actors[r.login], err = t.app.Accounts.As(t.ctx, "k2-"+r.login); err != nil {
			return fmt.Errorf("%s: %w", r.login, err)
		}
	}
	return nil
}

func (t *teller) secondAdopt() error {
	var codes []string
	for _, d := range t.app.Catalogue.Duties {
		for _, m := range secondDuties {
			if d.Mechanism() == m {
				codes = append(codes, d.Code)
			}
		}
	}
	return t.app.Duties.Adopt(t.ctx, t.program(), t.branch, codes, t.joins)
}
