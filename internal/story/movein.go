package story

import (
	"bytes"
	_ "embed"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// rosterFile is a roster as offices keep them; its people are invented.
//
//go:embed data/roster.xlsx
var rosterFile []byte

// moveIn makes the branch as its officer would: unions, roster from Excel, places, people of the cast with their terms.
func (t *teller) moveIn() error {
	steps := []func() error{t.found, t.importRoster, t.units, t.places, t.cast, t.labels, t.adopt}
	for i, s := range steps {
		if err := s(); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		t.app.Directory.Forget(t.org)
	}
	return nil
}

func (t *teller) program() authz.Actor { return authz.Program(t.org) }

// found makes the company union and the branch, as the set-up link does.
func (t *teller) found() error {
	t.org = org.NewOrgID()
	a := t.app
	return a.DB.InTx(t.ctx, t.program(), func(tx db.Tx) error {
		root, err := a.Units.Found(tx, kernel.Words{Zh: "机械公司工会", En: "Machinery company union"})
		if err != nil {
			return err
		}
		chart := org.NewChart(t.org, []org.Unit{root}, nil)
		b, err := a.Units.AddUnitIn(tx, chart, org.NewUnit{Kind: org.Branch, Parent: root.ID, Name: kernel.Words{Zh: "科一分工会", En: "Branch Keyi"}})
		if err != nil {
			return err
		}
		t.branch = b.ID
		return nil
	})
}

// importRoster takes the Excel file through the same use case as the page.
func (t *teller) importRoster() error {
	book, err := roster.Open(bytes.NewReader(rosterFile), int64(len(rosterFile)), roster.Limits{})
	if err != nil {
		return err
	}
	m := book.Propose()
	src := func(yield func(roster.Row) bool) error {
		_, err := book.Read(m, roster.Options{Today: Begins}, yield)
		return err
	}
	opt := people.ImportOptions{Unit: t.branch, File: "科一分工会花名册.xlsx", CreateMissing: true}
	_, err = t.app.Roster.Import(t.ctx, t.program(), opt, src, func(people.Planned) error { return nil })
	return err
}

// units adds what a roster does not name: the contractor and the sites.
func (t *teller) units() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	if _, err := t.app.Units.AddUnit(t.ctx, t.program(), org.NewUnit{Kind: org.Contractor, Parent: t.branch, Name: kernel.Words{Zh: "鑫味餐饮", En: "Xinwei Catering"}}); err != nil {
		return err
	}
	for _, site := range []string{"洋山项目部", "芜湖项目部", "连云港项目部"} {
		if _, taken := chart.Find(org.Site, "", site); taken {
			continue
		}
		if _, err := t.app.Units.AddUnit(t.ctx, t.program(), org.NewUnit{Kind: org.Site, Parent: t.branch, Name: kernel.Words{Zh: site}}); err != nil {
			return err
		}
	}
	return nil
}

var wall = []struct{ kind, zh, en, owner string }{
	{"canteen", "职工食堂", "Staff canteen", "鑫味餐饮"},
	{"living", "宿舍生活区", "Dormitories", "后勤保障科"},
	{"production", "机加工车间", "Machining shop", "设备维修科"},
	{"production", "装配车间", "Assembly shop", "设备维修科"},
	{"production", "焊接车间", "Welding shop", "设备维修科"},
	{"chemical", "危化品库", "Chemicals store", "物资供应科"},
}

func (t *teller) places() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for i, p := range wall {
		owner, ok := find(chart, p.owner)
		if !ok {
			return fmt.Errorf("no unit %s", p.owner)
		}
		_, err := t.app.Units.AddPlace(t.ctx, t.program(), org.Place{Unit: t.branch, Kind: p.kind, Name: kernel.Words{Zh: p.zh, En: p.en}, Owner: owner, Sort: i + 1})
		if err != nil {
			return err
		}
	}
	return nil
}

func find(c *org.Chart, name string) (org.UnitID, bool) {
	for _, u := range c.FindAny(name) {
		if u.Kind != org.Group {
			return u.ID, true
		}
	}
	return "", false
}

type role struct {
	login, no, name, sex string
	unit                 string // by name, where he works
	company              bool
	offices              []authz.Office
	at                   string // unit of the office, the branch where empty
}

var roles = []role{
	{login: "chair", no: "K10001", name: "陈晓芸", sex: "女", unit: "综合办公室", offices: []authz.Office{authz.Chair}},
	{login: "member", no: "K10002", name: "王桂芬", sex: "女", unit: "装配车间"},
	{login: "worker-rep", no: "K10003", name: "张敏", sex: "女", unit: "机加工车间", offices: []authz.Office{authz.WorkerRep}},
	{login: "member-rep", no: "K10004", name: "李国强", sex: "男", unit: "焊接车间", offices: []authz.Office{authz.MemberRep}},
	{login: "rep-3", no: "K10005", name: "周海燕", sex: "女", unit: "质量检验科", offices: []authz.Office{authz.WorkerRep}},
	{login: "rep-4", no: "K10006", name: "金立新", sex: "男", unit: "装配车间", offices: []authz.Office{authz.MemberRep}},
	{login: "committee", no: "K10007", name: "徐磊", sex: "男", unit: "工程技术科", offices: []authz.Office{authz.Committee}},
	{login: "safety-dept", no: "K10008", name: "吴敏", sex: "女", unit: "安全环保科", offices: []authz.Office{authz.HSE}, at: "安全环保科"},
	{login: "repair", no: "K10009", name: "赵立", sex: "男", unit: "设备维修科", offices: []authz.Office{authz.DeptContact}, at: "设备维修科"},
	{login: "logistics", no: "K10010", name: "何佳", sex: "女", unit: "后勤保障科", offices: []authz.Office{authz.DeptContact}, at: "后勤保障科"},
	{login: "store", no: "K10011", name: "钱明", sex: "男", unit: "物资供应科", offices: []authz.Office{authz.DeptContact}, at: "物资供应科"},
	{login: "group-leader", no: "K10012", name: "孙慧", sex: "女", unit: "机加工车间", offices: []authz.Office{authz.GroupLeader}, at: "group"},
	{login: "canteen", no: "X001", name: "马建平", sex: "男", company: true, offices: []authz.Office{authz.Contractor}, at: "鑫味餐饮"},
	{login: "company-chair", no: "C001", name: "刘振华", sex: "男", company: true, offices: []authz.Office{authz.CompanyChair}, at: "机械公司工会"},
	{login: "auditor", no: "C002", name: "郑洁", sex: "女", company: true, offices: []authz.Office{authz.Auditor}, at: "机械公司工会"},
	{login: "admin", no: "C003", name: "何工", sex: "男", company: true, offices: []authz.Office{authz.Admin}, at: "机械公司工会"},
}

// terms are three years, so that the representatives' ends in March 2026 as on their cards.
var term = kernel.Span{From: Begins, To: kernel.MustDate("2025-12-31")}

func (t *teller) cast() error {
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for _, r := range roles {
		if err := t.join(chart, r, r.login); err != nil {
			return fmt.Errorf("%s: %w", r.login, err)
		}
	}
	for _, r := range roles {
		a, err := t.app.Accounts.As(t.ctx, r.login)
		if err != nil {
			return fmt.Errorf("%s: %w", r.login, err)
		}
		t.actors[r.login] = a
	}
	return nil
}

// join registers somebody of the cast with his offices and an account.
func (t *teller) join(chart *org.Chart, r role, login string) error {
	p := people.Person{Branch: t.branch, No: r.no, Name: r.name, Sex: r.sex, IsMember: !r.company, Employment: "合同制"}
	if r.company {
		p.Branch, p.Employment = chart.Company().ID, ""
	} else if u, ok := find(chart, r.unit); ok {
		p.Department = u
		for _, g := range chart.Units(org.Group, t.branch) {
			if g.Parent == u && p.Group == "" {
				p.Group = g.ID
			}
		}
	}
	id, err := t.app.Roster.Create(t.ctx, t.program(), people.Entry{Person: p})
	if err != nil {
		return err
	}
	t.ids[r.login] = id
	for _, o := range r.offices {
		at := t.branch
		switch {
		case r.at == "group":
			at = p.Group
		case r.at != "":
			at, _ = find(chart, r.at)
		}
		a := people.Appointment{Person: id, Office: o, Unit: at, Term: kernel.Span{From: term.From}}
		if office, ok := t.app.Catalogue.Office(string(o)); ok && office.Term {
			a.Term = term
		}
		if _, err := t.app.Roster.Appoint(t.ctx, t.program(), a); err != nil {
			return err
		}
	}
	return t.app.Accounts.Open(t.ctx, t.program(), login, id)
}

// labels puts people into the groups that festival visits and guarantees are for.
func (t *teller) labels() error {
	list, err := t.everybody()
	if err != nil {
		return err
	}
	want := map[string]int{"hardship": 11, "outposted": 9, "backbone": 18, "retired-hardship": 4, "student-aid": 5, "site-worker": 12, "heat-post": 16}
	for key, n := range want {
		if _, ok := t.app.Catalogue.Group(key); !ok {
			return fmt.Errorf("no group %s", key)
		}
		for i := range n {
			p := list[chance(len(list), key, i)]
			l := people.Label{Person: p.ID, Key: key, Term: kernel.Span{From: Begins}}
			if err := t.app.Roster.PutLabel(t.ctx, t.program(), l); err != nil && kernel.KindOf(err) == kernel.Internal {
				return err
			}
		}
	}
	return nil
}

// everybody is the branch's people by name.
func (t *teller) everybody() ([]people.Person, error) {
	var out []people.Person
	cursor := ""
	for {
		page, err := t.app.Roster.List(t.ctx, t.program(), people.Filter{Branch: t.branch}, cursor, 100)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			out = append(out, r.Person)
		}
		if cursor = page.Next; cursor == "" {
			return out, nil
		}
	}
}

// adopt takes the whole catalogue on from New Year.
func (t *teller) adopt() error {
	var codes []string
	for _, d := range t.app.Catalogue.Duties {
		codes = append(codes, d.Code)
	}
	return t.app.Duties.Adopt(t.ctx, t.program(), t.branch, codes, kernel.NewDate(Begins.Year(), 1, 1))
}
