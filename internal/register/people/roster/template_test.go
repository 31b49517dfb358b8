package roster

import (
	"bytes"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"
)

func TestTemplateIsReadByTheImport(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		var out bytes.Buffer
		if err := Template(&out, lang); err != nil {
			t.Fatal(err)
		}
		b := mustOpen(t, out.Bytes())
		got := fieldsOf(b.Propose())
		for _, f := range Fields() {
			if got[f] == "" {
				t.Errorf("%s: no column for %s", lang, f)
			}
		}
		if rows, tally := readAll(t, b, today); len(rows) != 0 || len(tally.Skipped) != 0 {
			t.Errorf("%s: an empty roster has %d people, %v", lang, len(rows), tally)
		}
		if s := b.Sheets(); len(s) != 2 || s[1].Roster {
			t.Errorf("%s: got %+v", lang, s)
		}
		for _, s := range b.texts {
			if lang == "en" && bytes.ContainsFunc([]byte(s), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("Chinese in the English template: %s", s)
			}
		}
		filled(t, out.Bytes(), lang)
	}
}

// filled writes a person into the template as a program would and reads him back.
func filled(t *testing.T, raw []byte, lang string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	if v, err := f.GetDataValidations(sheet); err != nil || len(v) != 2 {
		t.Errorf("choices: got %d %v", len(v), err)
	}
	row := []any{"A1", "王芳", map[string]string{"zh": "女", "en": "Female"}[lang], "310199198908092442", "1989-08-09", "一科", "一班",
		"电工", "合同制", "2012-06-26", map[string]string{"zh": "是", "en": "Yes"}[lang], "13800000001", "本市", 5000.5, "全国", "电工", "洋山", "x"}
	if err := f.SetSheetRow(sheet, "A2", &row); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	rows, _ := readAll(t, mustOpen(t, out.Bytes()), today)
	if len(rows) != 1 {
		t.Fatalf("%s: got %d people", lang, len(rows))
	}
	r := rows[0]
	if r.Sex != "女" || r.Member == nil || !*r.Member || r.WageFen != 500050 || r.ModelWorker != "全国" || r.Special != "电工" || r.Site != "洋山" || r.Note != "x" {
		t.Errorf("%s: got %+v", lang, r)
	}
}
