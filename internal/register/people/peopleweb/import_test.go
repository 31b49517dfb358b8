package peopleweb_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

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
	preview := h.want(h.post("chair", "/people/import", append(mapping.fields("form[method=post]"), "step", "preview")...), 200, "建缺少的部门和小组", "有问题", "导入这")
	problems := h.want(h.post("chair", "/people/import", append(preview.fields("form[method=post]"), "filter", "problems")...), 200, "后面的几位已经丢失", "15 位的旧号码")
	if n := problems.Find("tbody tr").Length(); n == 0 || n > 100 {
		t.Errorf("rows with problems on the page: %d", n)
	}
	done := h.want(h.post("chair", "/people/import", append(preview.fields("form[method=post]"), "step", "import")...), 303)
	list := h.want(h.get("chair", done.to), 200, "刚导入", "整批撤回")
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
	h.want(h.post("chair", action), 200, "撤回了", "保留不动："+kept)
	h.want(h.post("chair", action), 409, "已经撤回过了")
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
	problems := h.post("chair", "/people/import", append(preview.fields("form[method=post]"), "filter", "problems")...)
	for _, a := range []answer{mapping, preview, problems} {
		if strings.Contains(string(a.raw), i18n.Missing) {
			t.Errorf("lacks a translation: %s", around(string(a.raw), i18n.Missing))
		}
	}
}
