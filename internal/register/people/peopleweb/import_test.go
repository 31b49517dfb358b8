package peopleweb_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/register/people"
)

func sample(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("../roster/testdata/roster-keyi.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestARosterMovesInAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	up := h.want(h.upload("chair", "科一花名册.xlsx", sample(t)), 303)
	mapping := h.want(h.get("chair", up.to), 200, "核对每一列", "身份证号", "科一花名册.xlsx")
	if got := h.get("company", up.to); got.status != 410 {
		t.Errorf("another account opens the upload: got %d, want 410", got.status)
	}
	preview := h.want(h.post("chair", "/people/import", append(mapping.fields("form[method=post]"), "step", "preview")...), 200, "建缺少的部门和小组", "必须改", "会导入，但缺这一项", "提示", "导入这", "照样导入，身份证号留空")
	if n := preview.Find("#rows tbody tr").Length(); n < 20 || n > 30 {
		t.Errorf("rows to look at: %d, want those that want something and no hint", n)
	}
	kinds := map[string]string{}
	preview.Find("section button[name=filter]").Each(func(_ int, s *goquery.Selection) {
		key, _ := s.Attr("value")
		kinds[key] = s.Find("b").Text()
	})
	for key, want := range map[string]string{"hint.bad_date.joined": "113", "gap.digits_lost.id_number": "7", "gap.check_digit.id_number": "8", "gap.bad_phone.phone": "2", "must.duplicate.no": "1"} {
		if kinds[key] != want {
			t.Errorf("%s: got %q of %v, want %s", key, kinds[key], kinds, want)
		}
	}
	fields := func() []string { return preview.fields("form[method=post]") }
	one := h.want(h.post("chair", "/people/import", append(fields(), "filter", "gap.old_format.id_number")...), 200, "15 位的旧号码")
	if n := one.Find("#rows tbody tr").Length(); n != 5 {
		t.Errorf("rows of one kind: %d, want 5", n)
	}
	h.want(h.post("chair", "/people/import", append(fields(), "filter", "hint")...), 200, "照这样存", "年")
	done := h.want(h.post("chair", "/people/import", append(fields(), "step", "import")...), 303)
	list := h.want(h.get("chair", done.to), 200, "整批撤回", "要补的", "还空着", "没有导入")
	if got := h.get("chair", done.to+"/problems.xlsx"); got.status != 200 || !bytes.HasPrefix(got.raw, []byte("PK")) {
		t.Errorf("the list as a workbook: got %d", got.status)
	}
	h.want(h.get("chair", "/people/imports"), 200, "科一花名册.xlsx", "谁导出过名册", "导入后要补的")
	if ask, _ := list.Find("[data-confirm]").Attr("data-confirm"); !strings.Contains(ask, "新登记的 236 人会删去") {
		t.Errorf("asks: %q", ask)
	}
	if got := h.get("chair", up.to); got.status != 410 {
		t.Errorf("the upload is still there: got %d, want 410", got.status)
	}
	all, err := h.people.List(t.Context(), prog, people.Filter{}, "", 200)
	if err != nil || len(all.Rows) != 200 || all.Next == "" {
		t.Fatalf("after the import: %d rows, %v", len(all.Rows), err)
	}
	kept := ""
	for _, r := range all.Rows {
		if r.No != "K01" && r.No != "K02" && r.No != "K03" && r.Department != "" {
			kept = r.Name
			h.want(h.post("chair", "/people/"+string(r.ID)+"/labels", "label", "hardship", "from", "2024-12-20"), 303)
			e, err := h.people.ForEdit(t.Context(), prog, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			e.Post = "改过的岗位"
			if err := h.people.Update(t.Context(), prog, e); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	action, _ := list.Find("form[action$='/undo']").Attr("action")
	back := h.want(h.post("chair", action), 303)
	h.want(h.get("chair", back.to), 200, "个空着", "停用空着的")
	if flash := back.said; !strings.Contains(flash, "撤回了") || !strings.Contains(flash, "保留不动："+kept) {
		t.Errorf("says: %q", flash)
	}
	h.want(h.post("chair", action), 409, "已经撤回过了")
	h.want(h.post("chair", done.to+"/close-units"), 303)
	h.wantNot(h.want(h.get("chair", done.to), 200), "停用空着的")
	after, err := h.people.List(t.Context(), prog, people.Filter{}, "", 200)
	if err != nil || len(after.Rows) != 4 {
		t.Errorf("after the undo: %d people, want 4 (%v)", len(after.Rows), err)
	}
}

func TestABadFileIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, c := range []struct {
		name, says string
		file       []byte
		status     int
	}{
		{"pdf", "这是 PDF 文件", []byte("%PDF-1.7\n%âãÏÓ\n1 0 obj"), 422},
		{"csv", "这是文本文件", []byte("工号，姓名\nK01,张敏\n"), 422},
		{"too large", "超过", bytes.Repeat([]byte("x"), 22<<20), 413},
		{"larger than any form", "超过", bytes.Repeat([]byte("x"), 32<<20), 413},
	} {
		a := h.upload("chair", "a.xlsx", c.file)
		if a.status != c.status || !strings.Contains(a.Find("#e-file").Text(), c.says) {
			t.Errorf("%s: got %d %q, want %d with %q", c.name, a.status, a.Find("#e-file").Text(), c.status, c.says)
		}
	}
	h.want(h.post("chair", "/people/import", "unit", string(h.branch)), 422, "请选一个 Excel 文件。")
	h.want(h.post("chair", "/people/import", "step", "import", "file", "../../etc/passwd", "unit", string(h.branch)), 410, "只留一个小时")
	if got := h.upload("member", "a.xlsx", sample(t)).status; got != 403 {
		t.Errorf("a member uploads: got %d, want 403", got)
	}
}

func TestTwoColumnsOfOneMeaningComeBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	up := h.want(h.upload("chair", "a.xlsx", sample(t)), 303)
	f := h.get("chair", up.to).fields("form[method=post]")
	for i := 0; i < len(f); i += 2 {
		if f[i][0] == 'c' && f[i+1] == "no" {
			f[i+1] = "name"
		}
	}
	h.want(h.post("chair", "/people/import", append(f, "step", "preview")...), 422, "请只留一列")
}

func TestTheStepsSpeakEnglish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.lang = "en"
	up := h.want(h.upload("chair", "a.xlsx", sample(t)), 303)
	mapping := h.want(h.get("chair", up.to), 200)
	preview := h.want(h.post("chair", "/people/import", append(mapping.fields("form[method=post]"), "step", "preview")...), 200)
	problems := h.post("chair", "/people/import", append(preview.fields("form[method=post]"), "filter", "all")...)
	for _, a := range []answer{mapping, preview, problems} {
		if strings.Contains(string(a.raw), i18n.Missing) {
			t.Errorf("lacks a translation: %s", around(string(a.raw), i18n.Missing))
		}
	}
}
