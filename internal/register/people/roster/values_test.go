package roster

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/kernel"
)

var today = Options{Today: kernel.MustDate("2024-12-20")}

func TestDates(t *testing.T) {
	t.Parallel()
	heads := []any{"姓名", "部门", "入司时间"}
	for _, c := range []struct {
		cell any
		want string
	}{
		{"2012-06-26", "2012-06-26"}, {"2012/6/26", "2012-06-26"}, {"2012.6.26", "2012-06-26"}, {"2012.06.26.", "2012-06-26"},
		{"2012年6月26日", "2012-06-26"}, {" 2012 年 6 月 26 日 ", "2012-06-26"}, {"２０１２－０６－２６", "2012-06-26"},
		{"20120626", "2012-06-26"}, {20120626, "2012-06-26"}, {"2012-06-26 00:00:00", "2012-06-26"}, {"2012/6/26 8:05", "2012-06-26"},
		{"26/6/2012", "2012-06-26"}, {"6/26/2012", "2012-06-26"}, {"6/5/2012", ""}, {"12.6.26", "2012-06-26"}, {"99.12.1", "1999-12-01"},
		{41086, "2012-06-26"}, {41086.75, ""}, {"41086", ""}, {"2012年6月", ""}, {"2012.06", ""}, {2012.06, ""}, {"201206", ""}, {"2012", ""},
		{"2012-02-30", ""}, {"2012-13-01", ""}, {"去年六月", ""}, {"3012-06-26", ""}, {"2012-06-26起", ""}, {"'2012-06-26", "2012-06-26"},
	} {
		r := one(t, heads, []any{"王芳", "一科", c.cell}, today)
		if r.Joined.String() != c.want || r.has(BadDate, "入司时间") != (c.want == "") {
			t.Errorf("%v: got %q %v, want %q", c.cell, r.Joined, r.kinds(), c.want)
		}
	}
	for _, c := range []struct {
		cell any
		want string
	}{
		{"2012年6月", "2012-06"}, {"2012.06", "2012-06"}, {2012.06, "2012-06"}, {"201206", "2012-06"}, {"2012", "2012"}, {"2012年", "2012"},
		{2012.1, ""}, {"2025-06", ""}, {"1950.6", ""}, {"去年六月", ""}, {"2012-06-26", ""}, {"6/5/2012", ""},
	} {
		r := one(t, heads, []any{"王芳", "一科", c.cell}, today)
		if p := r.Problems; r.JoinedPart != c.want || c.want != "" && (len(p) != 1 || !p[0].Part || p[0].Kind != BadDate || p[0].Field != Joined) {
			t.Errorf("%v: got part %q %+v, want %q", c.cell, r.JoinedPart, p, c.want)
		}
	}
	if r := one(t, heads, []any{"王芳", "一科", "12.6.26"}, Options{}); !r.Joined.IsZero() || !r.has(BadDate, "") {
		t.Errorf("without a today a short year is not settled: got %v", r.Joined)
	}
	if r := one(t, heads, []any{"王芳", "一科", ""}, today); len(r.Problems) != 0 {
		t.Errorf("got %v", r.kinds())
	}
}

func TestDateCellsByTheirFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format string
		serial float64
		want   string
	}{
		{"yyyy-mm-dd", 41086, "2012-06-26"}, {`yyyy"年"m"月"d"日"`, 41086.5, "2012-06-26"}, {"[$-804]d", 41086, "2012-06-26"},
		{`yyyy"年"m"月"`, 41061, ""}, {`yyyy"年"m"月"`, 41086, "2012-06-26"}, {"mmm-yy;@", 41061, ""}, {"yyyy-mm-dd", 1e12, ""},
	} {
		raw := workbook(t, [][]any{{"姓名", "部门", "入司时间"}, {"王芳", "一科", c.serial}}, func(f *excelize.File) {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", "C2", "C2", id); err != nil {
				t.Fatal(err)
			}
		})
		people, _ := readAll(t, mustOpen(t, raw), today)
		if got := people[0].Joined.String(); got != c.want {
			t.Errorf("%s %v: got %q, want %q", c.format, c.serial, got, c.want)
		}
	}
}

func TestBirthAndSexAgainstTheNumber(t *testing.T) {
	t.Parallel()
	heads := []any{"姓名", "性别", "身份证号", "出生年月"}
	good := idFor(kernel.MustDate("1983-10-26"), 321) // a man
	for _, c := range []struct {
		sex, id, birth any
		wantSex, want  string
		kinds          []Kind
	}{
		{"男", good, "1983-10-26", "男", "1983-10-26", nil},
		{"", good, "", "男", "1983-10-26", nil},
		{"男", good, "1983.10", "男", "1983-10-26", nil},
		{"男", good, 1983.1, "男", "1983-10-26", nil}, // the cell has lost the zero of 1983.10
		{"男", good, "83.10.26", "男", "1983-10-26", nil},
		{"男", good, "1983年", "男", "1983-10-26", nil},
		{"男", good, "1983-10-27", "男", "", []Kind{BadDate}},
		{"男", good, "1983.11", "男", "", []Kind{BadDate}},
		{"男", good, "不详", "男", "", []Kind{BadDate}},
		{"女", good, "1983-10-26", "女", "1983-10-26", []Kind{CheckDigit}},
		{"", "", "1983-10-26", "", "1983-10-26", []Kind{Missing, Missing}},
		{"M", "330698831026581", "1983.10", "男", "", []Kind{OldFormat, BadDate}},
		{"男", "330698831026581", "83.10.26", "男", "1983-10-26", []Kind{OldFormat}},
		{"男", "330698831026581", "", "男", "", []Kind{OldFormat, Missing}},
		{"男", "330698831026581", "2083-10-26", "男", "", []Kind{OldFormat, BadDate}},
		{"先生", "330698831026581", "1983-10-26", "", "1983-10-26", []Kind{OldFormat, Missing}},
	} {
		r := one(t, heads, []any{"王强", c.sex, c.id, c.birth}, today)
		if r.Sex != c.wantSex || r.Birth.String() != c.want || !slices.Equal(r.kinds(), c.kinds) {
			t.Errorf("%v: got %q %q %v", c, r.Sex, r.Birth, r.kinds())
		}
	}
	r := one(t, []any{"姓名", "部门", "身份证号"}, []any{"王强", "一科", good}, today)
	if r.Birth.String() != "1983-10-26" || r.Sex != "男" {
		t.Errorf("without the columns the number states both: got %v %q", r.Birth, r.Sex)
	}
}

func TestIDCells(t *testing.T) {
	t.Parallel()
	good := idFor(kernel.MustDate("1983-12-26"), 321)
	withX := "31019819890509011X"
	for _, c := range []struct {
		cell any
		want string
		kind Kind
	}{
		{good, good, ""}, {" " + good[:6] + " " + good[6:14] + " " + good[14:], good, ""}, {strings.ToLower(withX), withX, ""},
		{good[:6] + "\u200b" + good[6:], good, ""}, {"３" + good[1:], good, ""}, {good[:6] + "-" + good[6:14] + "-" + good[14:], good, ""},
		{310199198312263210.0, "", DigitsLost}, {int64(310199198312263000), "", DigitsLost}, {"3.10199E+17", "", DigitsLost},
		{good[:15] + "000", "", DigitsLost}, {"330698831026581", "", OldFormat}, {330698831026581, "", OldFormat},
		{"310199198312263211", "", CheckDigit}, {good + "1", "", CheckDigit}, {good[:17], "", CheckDigit}, {"E12345678", "", CheckDigit},
		{"", "", Missing}, {"无", "", Missing}, {"=HYPERLINK(\"x\")", "", CheckDigit},
	} {
		r := one(t, []any{"姓名", "部门", "身份证号码"}, []any{"王强", "一科", c.cell}, today)
		if string(r.IDNumber) != c.want || c.kind != "" && !r.has(c.kind, "身份证号码") || c.kind == "" && len(r.Problems) != 0 {
			t.Errorf("%v: got %q %v, want %q %s", c.cell, r.IDNumber, r.kinds(), c.want, c.kind)
		}
		for _, p := range r.Problems {
			if !strings.HasPrefix(p.Message(), "第 2 行 C 列「身份证号码」：") || strings.Contains(p.Message(), good[4:12]) {
				t.Errorf("message: got %s", p.Message())
			}
		}
	}
}

func TestPhones(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell any
		want string
		bad  bool
	}{
		{"13602818728", "13602818728", false}, {13362332733, "13362332733", false}, {1.3362332733e10, "13362332733", false},
		{"136-0281-8728", "13602818728", false}, {"136 0281 8728", "13602818728", false}, {"+86 136 0281 8728", "13602818728", false},
		{"86-13602818728", "13602818728", false}, {"１３６０２８１８７２８", "13602818728", false}, {"021-58001234", "021-58001234", false},
		{"(021)58001234", "021-58001234", false}, {"0513-8800123转801", "0513-8800123-801", false}, {"58001234", "58001234", false},
		{136, "", true}, {"1360281872", "", true}, {"136028187288", "", true}, {"13602818728/13900000000", "", true}, {"12345678901", "", true},
		{"", "", false}, {"无", "", false},
	} {
		r := one(t, []any{"姓名", "部门", "联系电话"}, []any{"王强", "一科", c.cell}, today)
		if r.Phone != c.want || r.has(BadPhone, "联系电话") != c.bad {
			t.Errorf("%v: got %q %v, want %q", c.cell, r.Phone, r.kinds(), c.want)
		}
	}
}

func TestWages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		head string
		cell any
		want kernel.Money
		ok   bool
	}{
		{"工资", 7905.38, 790538, true}, {"工资", 4213.7399999999998, 421374, true}, {"工资", 0.29, 29, true}, {"工资", 1.005, 101, true},
		{"工资", "10,144.99", 1014499, true}, {"工资", "１０，１４４．９９", 1014499, true}, {"工资", "5000元", 500000, true},
		{"工资", "￥5,000.5", 500050, true}, {"工资", "1.25万", 1250000, true}, {"月应发工资(万元)", 0.81234, 812340, true},
		{"工资", 0, 0, true}, {"工资", "", 0, false}, {"工资", "保密", 0, false}, {"工资", -5, 0, false}, {"工资", "3,73", 0, false},
		{"工资", "5000-6000", 0, false}, {"工资", "1.2.3", 0, false}, {"工资", 1e15, 0, false}, {"工资", "99999999999999999999", 0, false},
	} {
		r := one(t, []any{"姓名", "部门", c.head}, []any{"王强", "一科", c.cell}, today)
		if r.WageFen != c.want || r.HasWage != c.ok || !c.ok && c.cell != "" && !r.has(Missing, c.head) {
			t.Errorf("%v: got %d %v, want %d %v", c.cell, r.WageFen, r.HasWage, c.want, c.ok)
		}
	}
}

func TestNamesNumbersAndYesNo(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"王　芳": "王芳", " 王 芳 ": "王芳", "阿依古丽·买买提": "阿依古丽·买买提", "阿依古丽•买买提": "阿依古丽·买买提", "唐𬭸": "唐𬭸", "㛃㛃": "㛃㛃",
		"John  Smith": "John Smith", "王\u200b芳\n": "王芳", "=HYPERLINK(\"http://x\",\"王\")": "=HYPERLINK(\"http://x\",\"王\")", "＝王芳": "＝王芳",
	} {
		if r := one(t, []any{"工号", "姓名", "岗位"}, []any{"A1", written, "-电工"}, today); r.Name != want || r.Post != "-电工" {
			t.Errorf("%q: got %q %q, want %q", written, r.Name, r.Post, want)
		}
	}
	for _, c := range []struct {
		cell any
		want string
	}{{"是", "yes"}, {"√", "yes"}, {1, "yes"}, {"y", "yes"}, {true, "yes"}, {"会员", "yes"}, {"否", "no"}, {"×", "no"}, {0, "no"}, {"N", "no"}, {"", "no"}, {"待定", ""}} {
		r := one(t, []any{"工号", "姓名", "部门", "是否会员"}, []any{11001, "王芳", "一科", c.cell}, today)
		got := map[bool]string{true: "yes", false: "no"}[r.Member != nil && *r.Member]
		if r.Member == nil {
			got = ""
		}
		if got != c.want || r.No != "11001" || r.has(Missing, "是否会员") != (c.want == "") {
			t.Errorf("%v: got %q %v, want %q", c.cell, got, r.kinds(), c.want)
		}
	}
	if r := one(t, []any{"姓名", "部门", "岗位"}, []any{"王芳", "一科", "电工"}, today); r.Member != nil {
		t.Error("without a column nobody is said to be no member")
	}
}

func TestSpecialSiteAndUnits(t *testing.T) {
	t.Parallel()
	known := Options{Known: func(dept, team string) bool { return dept == "一科" && team != "九班" }}
	heads := []any{"姓名", "部门", "班组", "特殊工种", "接害因素", "外派地点"}
	r := one(t, heads, []any{"王芳", "一科", "九班", "电工", "噪声", "无"}, known)
	if r.Special != "电工、噪声" || r.Site != "" || !r.has(UnknownUnit, "部门") {
		t.Errorf("got %+v", r)
	}
	if r := one(t, heads, []any{"王芳", "一科", "", "无", "噪声", "洋山"}, known); r.Special != "噪声" || r.Site != "洋山" || len(r.Problems) != 0 {
		t.Errorf("got %+v", r)
	}
	if r := one(t, heads[:3], []any{"王芳", "项目管理部(外地)", "洋山项目部"}, Options{}); r.Site != "洋山项目部" {
		t.Errorf("got %q", r.Site)
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	a, b := idFor(kernel.MustDate("1983-12-26"), 321), idFor(kernel.MustDate("1983-12-26"), 323)
	people, _ := readAll(t, mustOpen(t, workbook(t, [][]any{
		{"工号", "姓名", "身份证号"},
		{"A1", "王芳", a}, {"A2", "王芳", b}, {"a1", "王芳", a}, {"A1", "李强", b}, {"A9", "李强", strings.ToLower(a)},
	})), today)
	for i, want := range []int{0, 0, 1, 2, 1} {
		if got := len(people[i].Problems); got != want {
			t.Errorf("row %d: got %d problems %v, want %d", people[i].Number, got, people[i].kinds(), want)
		}
	}
	if got, want := people[2].Problems[0].Message(), "第 4 行 A 列「工号」：和第 2 行的工号相同"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
