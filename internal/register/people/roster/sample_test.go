package roster

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"xiaojia/internal/kernel"
)

// want is one person of the expected file.
type want struct {
	No, Name, Sex, ID                                                       string
	Birth, Joined                                                           kernel.Date
	Dept, Team, Post, Employ, Member, Phone, Household, Model, Hazard, Site string
	Wage                                                                    kernel.Money
	IDProblem                                                               string
}

var idKinds = map[string]Kind{
	"digits lost: number cell": DigitsLost, "check digit wrong": CheckDigit, "15-digit": OldFormat,
}

func openSample(t testing.TB) *Book {
	t.Helper()
	raw, err := os.ReadFile("testdata/roster-keyi.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return mustOpen(t, raw)
}

func mustOpen(t testing.TB, raw []byte) *Book {
	t.Helper()
	b, err := Open(bytes.NewReader(raw), int64(len(raw)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readAll(t testing.TB, b *Book, opt Options) ([]Row, Tally) {
	t.Helper()
	var rows []Row
	tally, err := b.Read(b.Propose(), opt, func(r Row) bool { rows = append(rows, r); return true })
	if err != nil {
		t.Fatal(err)
	}
	return rows, tally
}

func (r Row) has(k Kind, header string) bool {
	for _, p := range r.Problems {
		if p.Kind == k && (header == "" || p.Column == header) {
			return true
		}
	}
	return false
}

func TestSampleIsReadAsACarefulReaderDoes(t *testing.T) {
	t.Parallel()
	var expected struct {
		DuplicateOf string `json:"duplicate_of"`
		People      []want
	}
	raw, err := os.ReadFile("testdata/roster-keyi.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &expected); err != nil {
		t.Fatal(err)
	}
	rows, tally := readAll(t, openSample(t), Options{Today: kernel.MustDate("2024-12-20")})
	if len(rows) != len(expected.People)+1 || tally.People != 237 || len(tally.Skipped) != 2 {
		t.Fatalf("got %d rows, %+v", len(rows), tally)
	}
	for i, w := range expected.People {
		compare(t, rows[i], w)
	}
	last := rows[len(rows)-1]
	if last.No != expected.DuplicateOf || !last.has(Duplicate, "工号") || last.Number != 243 || len(last.Problems) != 2 {
		t.Errorf("duplicate: got %+v", last)
	}
	count := map[string]int{}
	for _, r := range rows {
		for _, p := range r.Problems {
			count[string(p.Kind)+" "+p.Column]++
		}
	}
	for key, n := range map[string]int{
		"digits_lost 身份证号码": 7, "check_digit 身份证号码": 8, "old_format 身份证号码": 5, "duplicate 工号": 1,
		"bad_phone 联系电话": 2, "bad_date 进单位时间": 113, "bad_date 出生年月": 3, "missing 性别": 1,
	} {
		if count[key] != n {
			t.Errorf("%s: got %d, want %d", key, count[key], n)
		}
		delete(count, key)
	}
	if len(count) != 0 {
		t.Errorf("more problems than expected: %v", count)
	}
}

func compare(t *testing.T, r Row, w want) {
	t.Helper()
	member := "否"
	if r.Member != nil && *r.Member {
		member = "是"
	}
	for _, c := range []struct{ what, got, want string }{
		{"no", r.No, w.No}, {"name", r.Name, w.Name}, {"department", r.Department, w.Dept}, {"team", r.Team, w.Team},
		{"post", r.Post, w.Post}, {"employment", r.Employment, w.Employ}, {"member", member, w.Member},
		{"household", r.Household, w.Household}, {"model", r.ModelWorker, w.Model}, {"special", r.Special, w.Hazard},
		{"site", r.Site, w.Site},
	} {
		if c.got != c.want {
			t.Errorf("row %d %s: got %q, want %q", r.Number, c.what, c.got, c.want)
		}
	}
	if !r.HasWage || r.WageFen != w.Wage {
		t.Errorf("row %d wage: got %d, want %d", r.Number, r.WageFen, w.Wage)
	}
	// What the sheet does not hold is empty and reported; everything else is exact.
	for _, c := range []struct {
		what, got, want string
		excused         bool
	}{
		{"sex", r.Sex, w.Sex, r.has(Missing, "性别")},
		{"birth", r.Birth.String(), w.Birth.String(), r.has(BadDate, "出生年月")},
		{"joined", r.Joined.String(), w.Joined.String(), r.has(BadDate, "进单位时间")},
		{"phone", r.Phone, w.Phone, r.has(BadPhone, "")},
		{"id", string(r.IDNumber), w.ID, w.IDProblem != "" && r.has(idKinds[w.IDProblem], "身份证号码")},
	} {
		if c.excused && c.got != "" || !c.excused && c.got != c.want {
			t.Errorf("row %d %s: got %q, want %q, reported %v", r.Number, c.what, c.got, c.want, c.excused)
		}
	}
}

func TestSampleMapping(t *testing.T) {
	t.Parallel()
	b := openSample(t)
	m := b.Propose()
	if m.Sheet != "在册人员" || m.HeaderFrom != 3 || m.HeaderTo != 4 {
		t.Errorf("got %q rows %d to %d", m.Sheet, m.HeaderFrom, m.HeaderTo)
	}
	for i, w := range []struct {
		header string
		field  Field
	}{
		{"序号", Ignored}, {"工号", No}, {"姓名", Name}, {"性别", Sex}, {"身份证号码", ID}, {"出生年月", Birth},
		{"科室(车间)", Department}, {"班组", Team}, {"岗位", Post}, {"用工形式", Employment}, {"进单位时间", Joined},
		{"是否会员", Member}, {"联系电话", Phone}, {"户籍", Household}, {"劳模称号", ModelWorker}, {"接害因素", Special},
		{"月应发工资(元)", Wage}, {"备注", Note},
	} {
		if c := m.Columns[i]; c.Header != w.header || c.Field != w.field || c.Hidden != (w.field == ModelWorker) {
			t.Errorf("column %d: got %+v, want %v", i, c, w)
		}
	}
	want := []SheetInfo{{"在册人员", false, 238, true}, {"填表说明", false, 0, false}}
	for i, s := range b.Sheets() {
		if s != want[i] {
			t.Errorf("sheet: got %+v, want %+v", s, want[i])
		}
	}
}

func TestEachColumnShowsItsFirstFilledCell(t *testing.T) {
	t.Parallel()
	b := openSample(t)
	m := b.Propose()
	got, err := b.Samples(m)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]string{1: "K11001", 2: "曾静", 11: "是"} {
		if got[i] != want {
			t.Errorf("column %s %s: got %q, want %q", m.Columns[i].Letter, m.Columns[i].Header, got[i], want)
		}
	}
	for i, c := range m.Columns {
		if got[i] == "" {
			t.Errorf("column %s %s has no example", c.Letter, c.Header)
		}
	}
}
