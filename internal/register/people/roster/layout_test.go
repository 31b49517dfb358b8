package roster

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/kernel"
)

func fieldsOf(m Mapping) map[Field]string {
	out := map[Field]string{}
	for _, c := range m.Columns {
		if c.Field != Ignored {
			out[c.Field] = c.Header
		}
	}
	return out
}

func TestHeadersOfOtherOffices(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		heads []any
		want  map[Field]string
	}{
		{
			[]any{"NO.", "职工号", "职 工\n姓 名", "性别", "公民身份号码", "出生日期", "车间", "班组", "工种", "用工性质", "进厂日期", "会员", "手机", "户口"},
			map[Field]string{No: "职工号", Name: "职工姓名", Sex: "性别", ID: "公民身份号码", Birth: "出生日期", Department: "车间",
				Team: "班组", Post: "工种", Employment: "用工性质", Joined: "进厂日期", Member: "会员", Phone: "手机", Household: "户口"},
		},
		{
			[]any{"手机号（必填）", "*姓名", "单位", "所在部门", "参加工作时间", "入司时间", "入会时间", "会员证号", "是否会员（是/否）", "员工编号"},
			map[Field]string{Phone: "手机号(必填)", Name: "姓名", Department: "所在部门", Joined: "入司时间", Member: "是否会员(是/否)", No: "员工编号"},
		},
		{
			[]any{"姓名", "部门", "特殊工种", "工种", "职业病危害因素", "外派工地", "岗位工资", "应发工资（万元）", "配偶姓名", "紧急联系电话", "联系方式", "年龄", "籍贯", "备 注"},
			map[Field]string{Name: "姓名", Department: "部门", Special: "职业病危害因素", Post: "工种", Site: "外派工地", Wage: "应发工资(万元)", Phone: "联系方式", Note: "备注"},
		},
	} {
		got := fieldsOf(mustOpen(t, workbook(t, [][]any{{"某公司花名册"}, c.heads})).Propose())
		for f, h := range c.want {
			if got[f] != h {
				t.Errorf("%s: got %q, want %q", f, got[f], h)
			}
			delete(got, f)
		}
		if len(got) != 0 {
			t.Errorf("too much: %v", got)
		}
	}
}

func TestTwoLineHeaders(t *testing.T) {
	t.Parallel()
	rows := [][]any{
		{"职工基本信息及联系电话汇总"}, {},
		{"工号", "姓名", "身份证", "组织关系", "", "紧急联系人", "", "电话", "工资", ""},
		{"", "", "号码", "部门", "班组", "姓名", "电话", "", "基本", "月应发"},
		{"A1", "王芳", idFor(kernel.MustDate("1990-05-01"), 122), "机加工车间", "一班", "某某", "13900000000", "13800000001", 3000, 5000},
	}
	for name, raw := range map[string][]byte{
		"merged":   workbook(t, rows, merge(t, "A1", "J1", "A3", "A4", "B3", "B4", "D3", "E3", "F3", "G3", "H3", "H4", "I3", "J3")),
		"unmerged": workbook(t, rows),
	} {
		if name == "unmerged" {
			rows[2][6] = "紧急联系人" // without a merged cell nothing says that the head goes on
			raw = workbook(t, rows)
		}
		b := mustOpen(t, raw)
		if m := b.Propose(); m.HeaderFrom != 3 || m.HeaderTo != 4 {
			t.Errorf("%s: got rows %d to %d", name, m.HeaderFrom, m.HeaderTo)
		}
		people, tally := readAll(t, b, Options{})
		if len(people) != 1 {
			t.Fatalf("%s: got %d people, %v", name, len(people), tally)
		}
		r := people[0]
		if r.Name != "王芳" || r.Team != "一班" || r.Department != "机加工车间" || r.Phone != "13800000001" || r.WageFen != 500000 || r.IDNumber == "" {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}

func TestRowsThatAreNoPeople(t *testing.T) {
	t.Parallel()
	heads := []any{"序号", "工号", "姓名", "性别", "部门", "应发工资"}
	rows := [][]any{
		heads, {1, 2, 3, 4, 5, 6}, {"例", "A0", "张三", "男", "车间", 1}, {"一、机加工车间"},
		{1, "A1", "王芳", "女", "机加工车间", 5000}, {},
		{2, "A2", "李强", "男", "机加工车间", 6000}, {"小计", "", "2", "", "", 11000}, heads,
		{3, "A3", "", "男", "维修科", 1}, {4, "", "", "", "", ""}, {"合计", "", "3人", "", "", 11001},
		{"制表：", "", "某某", "审核：", "某某", ""}, {"", "审核人", "某某", "日期", "2024.1.5"}, {"注：工资为税前"},
	}
	people, tally := readAll(t, mustOpen(t, workbook(t, rows, merge(t, "A4", "F4"))), Options{})
	if len(people) != 3 || people[0].Number != 5 || people[1].Number != 7 || people[2].Number != 10 {
		t.Fatalf("got %+v", people)
	}
	if !people[2].has(Missing, "姓名") || len(people[0].Problems) != 0 {
		t.Errorf("got %+v", people)
	}
	want := []Skip{{2, skipHeader}, {3, skipSample}, {4, skipNobody}, {8, skipTotal}, {9, skipHeader}, {11, skipNobody},
		{12, skipTotal}, {13, skipSign}, {14, skipSign}, {15, skipSign}}
	if len(tally.Skipped) != len(want) {
		t.Fatalf("got %v", tally.Skipped)
	}
	for i, w := range want {
		if tally.Skipped[i] != w {
			t.Errorf("got %v, want %v", tally.Skipped[i], w)
		}
	}
}

func TestSheetIsChosen(t *testing.T) {
	t.Parallel()
	heads := []any{"工号", "姓名", "部门", "岗位"}
	raw := workbook(t, [][]any{{"填表说明"}, {"姓名", "照身份证填写"}}, func(f *excelize.File) {
		for _, name := range []string{"样表", "2023年旧册", "名册", "会费"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		people := [][]any{heads}
		for i := range 30 {
			people = append(people, []any{"B" + letter(i), "王" + string(rune('一'+i)), "车间", "工人"})
		}
		fill(t, f, "样表", [][]any{append(heads, "备注"), {"例", "张三", "车间", "工人", "x"}})
		fill(t, f, "2023年旧册", people)
		fill(t, f, "名册", people)
		fill(t, f, "会费", [][]any{{"工号", "姓名", "部门"}, {"B1", "王芳", "车间"}})
		if err := f.SetSheetVisible("2023年旧册", false); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible("名册", 3, false); err != nil {
			t.Fatal(err)
		}
	})
	b := mustOpen(t, raw)
	if got := b.Propose().Sheet; got != "名册" {
		t.Errorf("got %q", got)
	}
	people, tally := readAll(t, b, Options{})
	if len(people) != 30 || tally.Hidden != 1 || !people[1].Hidden {
		t.Errorf("hidden rows are read and named: got %d people, %+v", len(people), tally)
	}
	if m, ok := b.ProposeSheet("会费"); !ok || len(m.Columns) != 3 {
		t.Errorf("got %+v %v", m, ok)
	}
	if _, ok := b.ProposeSheet("Sheet1"); ok {
		t.Error("a legend has no header")
	}
}

func TestMergedAndDittoDepartments(t *testing.T) {
	t.Parallel()
	raw := workbook(t, [][]any{
		{"部门", "班组", "工号", "姓名"},
		{"机加工车间", "一班", "A1", "王芳"}, {"", "同上", "A2", "李强"}, {"", "", "A3", "赵敏"}, {"", "", "A4", "钱刚"},
	}, merge(t, "A2", "A4"))
	people, _ := readAll(t, mustOpen(t, raw), Options{})
	for i, want := range []string{"机加工车间/一班", "机加工车间/一班", "机加工车间/", "/"} {
		if got := people[i].Department + "/" + people[i].Team; got != want {
			t.Errorf("row %d: got %q, want %q", people[i].Number, got, want)
		}
	}
	if !people[3].has(Missing, "部门") {
		t.Error("an empty cell below the merged one is not filled")
	}
}

func TestMappingMayBeChangedAndIsChecked(t *testing.T) {
	t.Parallel()
	b := mustOpen(t, workbook(t, [][]any{{"工号", "姓名", "部门", "分会"}, {"A1", "王芳", "一科", "第二分会"}}))
	m := b.Propose()
	m.Columns[2].Field, m.Columns[3].Field = Ignored, Department
	var got Row
	if _, err := b.Read(m, Options{}, func(r Row) bool { got = r; return false }); err != nil || got.Department != "第二分会" {
		t.Errorf("got %+v %v", got, err)
	}
	if again := b.Propose(); again.Columns[2].Field != Department {
		t.Error("the book's own proposal was changed")
	}
	for field, bad := range map[string]func(*Mapping){
		"sheet":   func(m *Mapping) { m.Sheet = "没有" },
		"columns": func(m *Mapping) { m.Columns[1].Field = Ignored },
	} {
		m := b.Propose()
		bad(&m)
		_, err := b.Read(m, Options{}, func(Row) bool { return true })
		if e, ok := err.(*kernel.Error); !ok || e.Field != field {
			t.Errorf("got %v, want a problem at %s", err, field)
		}
	}
	for _, bad := range []func(*Mapping){
		func(m *Mapping) { m.Columns[3].Field = Department },
		func(m *Mapping) { m.Columns[3].Field = "salary" },
		func(m *Mapping) { m.Columns[3].Field, m.Columns[3].Index = Team, -1 },
	} {
		m := b.Propose()
		bad(&m)
		if _, err := b.Read(m, Options{}, func(Row) bool { return true }); kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("got %v", err)
		}
	}
}
