package peopleweb_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/register/people"
)

func TestAMemberSeesColleaguesWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.want(h.get("member", "/people"), 200, "在册 3 人", "张敏", "李国强", "装配车间 · 钳工班")
	p := h.want(h.get("member", "/people/"+string(h.zhang)), 200, "K01", "没有担任职务")
	h.wantNot(p, "138", "110*", "谁看过号码、工资", "登记离开", "任命一个职务", "看完整的号码或工资")
	if got := h.get("member", "/people/new").status; got != 403 {
		t.Errorf("new: got %d, want 403", got)
	}
	if got := h.get("member", "/people?q=zm").text(); !strings.Contains(got, "张敏") || strings.Contains(got, "李国强") {
		t.Errorf("initials: %.400s", got)
	}
	if got := h.get("member", "/people?tab=outside").text(); strings.Contains(got, "张敏") {
		t.Errorf("no members: %.400s", got)
	}
	h.wantNot(h.get("member", "/people"), "没进过门")
	h.want(h.get("chair", "/people?tab=away"), 200, "没进过门", "张敏")
	h.want(h.get("member", "/people?q=没有"), 200, "没有这样的人")
	h.want(h.get("member", "/people?tab=left"), 200, "这里没有人")
	if got := h.get("member", "/people?tab=loose").text(); strings.Contains(got, "张敏") || !strings.Contains(got, "王桂芬") {
		t.Errorf("in no group: %.400s", got)
	}
}

func TestASecretIsShownOnceForAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := "/people/" + string(h.zhang)
	h.want(h.get("chair", at), 200, "138****5678", "110***********002X", "没有人看过")
	h.want(h.post("chair", at+"/reveal", "field", "id_number", "why", "看"), 422, "请写明为什么要看")
	got := h.want(h.post("chair", at+"/reveal", "field", "wage", "why", "填报困难补助申请"), 200, "张敏的月工资", "8,500.50 元", "只显示这一次")
	if s := got.Find("[data-secret]").Length(); s != 1 {
		t.Errorf("secrets on the page: %d", s)
	}
	again := h.want(h.get("chair", at), 200, "看了月工资：填报困难补助申请")
	h.wantNot(again, "8,500.50")
	if got := h.post("member", at+"/reveal", "field", "wage", "why", "我想看一看").status; got != 403 {
		t.Errorf("a member reveals: got %d, want 403", got)
	}
}

func TestASecondTabIsToldAndShownBoth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := "/people/" + string(h.zhang) + "/edit"
	first := h.want(h.get("chair", at), 200)
	h.wantNot(first, "11010519491231002X")
	one, two := first.fields("form"), first.fields("form")
	put := func(f []string, name, value string) []string {
		for i := 0; i < len(f); i += 2 {
			if f[i] == name {
				f[i+1] = value
			}
		}
		return f
	}
	h.want(h.post("chair", at, put(one, "post", "钳工")...), 303)
	got := h.want(h.post("chair", at, put(two, "post", "电工")...), 409, "两个人同时在改", "钳工", "电工", "按我填的存")
	if v, _ := got.Find("#f-post").Attr("value"); v != "电工" {
		t.Errorf("what was typed: got %q, want 电工", v)
	}
	h.want(h.post("chair", at, got.fields("form")...), 303)
	h.want(h.get("member", "/people/"+string(h.zhang)), 200, "电工")
}

func TestWrongEntriesComeBackWithASentence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.want(h.post("chair", "/people/new", "name", "", "no", "K 9", "phone", "12", "birth", "去年", "wage", "很多"), 422, "看不懂这个日期，写成 2024-12-20、12月20日、明天都可以。", "工资只写数字")
	if v, _ := got.Find("#f-no").Attr("value"); v != "K 9" {
		t.Errorf("what was typed is gone: %q", v)
	}
	h.want(h.post("chair", "/people/new", "name", "", "no", "", "phone", "12"), 422, "请填姓名。", "请填工号", "电话不对")
	h.want(h.post("chair", "/people/new", "name", "赵六", "no", "K#9"), 422, "工号用字母和数字")
	h.want(h.post("chair", "/people/new", "name", "赵六", "no", "K04", "id_number", "110105194912310021"), 422, "最后一位对不上")
}

func TestTheFormHidesThePhoneAndFillsInFromTheIDNumber(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := "/people/" + string(h.zhang)
	got := h.want(h.get("chair", at+"/edit"), 200)
	if strings.Contains(string(got.raw), "13812345678") {
		t.Error("the form shows the whole phone")
	}
	if hint, _ := got.Find("#f-phone").Attr("placeholder"); !strings.Contains(hint, "138****5678") {
		t.Errorf("what is kept: %q", hint)
	}
	h.want(h.post("chair", at+"/edit", got.fields("form")...), 303)
	h.want(h.get("chair", at), 200, "138****5678")
	made := h.want(h.post("chair", "/people/new", "name", "林 静", "no", "K05", "id_number", "110105199003070041", "phone", "138-0000-1111"), 303)
	h.want(h.get("chair", made.to), 200, "林静", "女", "1990年3月7日", "138****1111")
}

func TestNobodyAppointsHimself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	self := "/people/" + string(h.li)
	h.wantNot(h.want(h.get("chair", self), 200), "任命一个职务", "登记离开")
	term := []string{"from", "2024-12-20", "to", "2026-12-31"}
	rep := []string{"office", "worker-rep", "unit", string(h.branch)}
	h.want(h.post("chair", self+"/appoint", append(term, rep...)...), 422, "自己的职务不能由自己任免。")
	other := "/people/" + string(h.zhang)
	h.want(h.post("chair", other+"/appoint", append(term, "office", "company-chair", "unit", string(h.root))...), 422, "这个职务不由你任免。")
	h.want(h.post("chair", other+"/appoint", append(rep, "from", "2024-12-20")...), 422, "请填到哪一天为止")
	h.want(h.post("chair", other+"/appoint", append(term, rep...)...), 303)
	got := h.want(h.get("chair", other), 200, "职工代表", "2024年12月20日 至 2026年12月31日", "提前结束")
	form := "form[action$='/end']"
	end, _ := got.Find(form).Attr("action")
	h.want(h.post("chair", end, "version", "1"), 422, "请填最后一天", "请写明原因。")
	h.want(h.post("chair", end, "version", "1", "on", "2027-01-01", "why", "x"), 422, "要在任期之内：2024-12-20 至 2026-12-31")
	h.want(h.post("chair", end, "version", "1", "on", "2024-12-31", "why", "调离岗位"), 303)
	h.want(h.get("chair", other), 200, "调离岗位", "任命为职工代表（科一分工会），2024年12月20日 至 2026年12月31日")
}

func TestAnOfficeIsGivenInTwoSteps(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	zhang, li := "/people/"+string(h.zhang), "/people/"+string(h.li)
	h.want(h.get("chair", li), 200, "还没有") // no ID number
	first := h.want(h.get("chair", zhang+"/appoint"), 200, "第一步", "职工代表", "工会小组长", "安环部门")
	h.wantNot(first, "第二步", "公司工会主席", "分工会主席")
	second := h.want(h.get("chair", zhang+"/appoint?office=worker-rep"), 200, "第二步", "科一分工会")
	if from, _ := second.Find("[name=from]").Attr("value"); from != "2024-12-20" {
		t.Errorf("from: got %q", from)
	}
	term := []string{"from", "2024-12-20", "to", "2026-12-31"}
	h.want(h.post("chair", zhang+"/appoint", append(term, "office", "worker-rep", "unit", string(h.branch))...), 303)
	h.wantNot(h.want(h.get("chair", zhang+"/appoint"), 200), "职工代表")
	again := h.want(h.get("chair", "/people/"+string(h.wang)+"/appoint?office=member-rep"), 200, "照同届的人填好了")
	if to, _ := again.Find("[name=to]").Attr("value"); to != "2026-12-31" {
		t.Errorf("to: got %q, want the others' last day", to)
	}
	leader := h.want(h.get("chair", zhang+"/appoint?office=dept-contact"), 200, "没有期限")
	if got := leader.Find("#f-unit option, input[name=unit]").Length(); got != 1 {
		t.Errorf("departments offered: %d", got)
	}
	h.want(h.get("member", zhang+"/appoint"), 200, "没有你能给的职务")
}

func TestLeavingAndComingBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	at := "/people/" + string(h.zhang)
	h.want(h.post("chair", at+"/leave", "version", "1", "on", "2025-01-01"), 422, "不晚于今天")
	h.want(h.post("chair", at+"/leave", "version", "1", "on", "2024-12-19"), 303)
	h.want(h.get("chair", "/people?tab=left"), 200, "张敏", "2024年12月19日")
	h.want(h.post("chair", at+"/return", "version", "2"), 303)
	h.want(h.get("chair", "/people"), 200, "张敏")
	h.want(h.post("chair", at+"/labels", "label", "hardship", "from", "2024-12-20"), 303)
	h.want(h.get("chair", "/people?label=hardship"), 200, "张敏")
	h.wantNot(h.get("member", at), "困难职工")
}

func TestExportIsTextAndNamesItsFilters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.get("chair", "/people/export?office=chair")
	book, err := excelize.OpenReader(bytes.NewReader(got.raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if v, _ := book.GetCellValue("人员", "A1"); !strings.Contains(v, "分工会主席") || !strings.Contains(v, "在册") {
		t.Errorf("first row: %q", v)
	}
	all, err := excelize.OpenReader(bytes.NewReader(h.get("chair", "/people/export").raw))
	if err != nil {
		t.Fatal(err)
	}
	defer all.Close()
	rows, err := all.GetRows("人员")
	if err != nil || len(rows) != 5 {
		t.Fatalf("got %d rows, want 5: %v", len(rows), err)
	}
	for _, r := range rows[2:] {
		if r[0] == "K02" && !strings.HasPrefix(r[5], "=HYPERLINK") {
			t.Errorf("the text of a formula is lost: %q", r)
		}
		if r[0] == "K01" && r[12] != "110***********002X" {
			t.Errorf("the ID number is not masked text: %q", r)
		}
	}
	if f, _ := all.GetCellFormula("人员", "F3"); f != "" {
		t.Errorf("a formula came out: %q", f)
	}
}

func TestRightsSayWhoAndFlagTerms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, m := range []struct {
		who  people.ID
		o    authz.Office
		term kernel.Span
	}{{h.zhang, authz.WorkerRep, kernel.Span{From: day("2023-01-01"), To: day("2024-12-31")}}, {h.wang, authz.MemberRep, kernel.Span{From: day("2022-01-01"), To: day("2024-11-30")}}} {
		if _, err := h.people.Appoint(t.Context(), prog, people.Appointment{Person: m.who, Office: m.o, Unit: h.branch, Term: m.term}); err != nil {
			t.Fatal(err)
		}
	}
	h.want(h.get("member", "/rights"), 200, "有 2 个任期", "看名册", "本分工会", "空缺的职务", "食品安全监督员 科一分工会")
	h.wantNot(h.want(h.get("member", "/rights?tab=3"), 200, "经审委员", "全公司"), "本小组")
	vacant := h.want(h.get("chair", "/rights?office=food-sup"), 200, "空缺", "由分工会主席任命")
	if to, _ := vacant.Find("a[href^='/people?appoint=food-sup']").Attr("href"); to == "" {
		t.Error("no way to fill the vacancy")
	} else if h.want(h.get("chair", to), 200, "任命食品安全监督员：先找到人").Find("a[href*='/appoint?office=food-sup']").Length() != 3 {
		t.Error("the names do not lead to the appointment")
	}
	h.wantNot(h.want(h.get("member", "/people?appoint=food-sup"), 200), "先找到人")
	h.want(h.get("member", "/rights?office=worker-rep"), 200, "张敏", "还有 11 天到期", "分工会主席")
	h.want(h.get("member", "/rights?office=member-rep"), 200, "王桂芬", "11月30日 已到期")
	if got := h.get("member", "/rights/export"); got.status != 200 || !bytes.HasPrefix(got.raw, []byte("PK")) {
		t.Errorf("export: got %d", got.status)
	}
}

func TestEnglishPagesLackNoSentence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.lang = "en"
	for _, path := range []string{"/people", "/people?tab=left", "/people/" + string(h.zhang), "/people/" + string(h.zhang) + "/edit", "/people/new", "/people/import", "/people/imports",
		"/rights", "/rights?office=chair", "/rights?office=member"} {
		got := h.want(h.get("chair", path), 200)
		if strings.Contains(string(got.raw), i18n.Missing) {
			t.Errorf("%s lacks a translation: %s", path, around(string(got.raw), i18n.Missing))
		}
	}
}

func around(s, what string) string {
	i := strings.Index(s, what)
	return s[i:min(len(s), i+90)]
}
