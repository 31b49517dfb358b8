package roster

import (
	"archive/zip"
	"bytes"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/kernel"
)

// zipped packs parts as they are; a workbook written by hand shows what excelize never writes.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// byHand is a workbook of one sheet whose XML the test writes.
func byHand(sheet string, more map[string]string) map[string]string {
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="` + office + `/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="` + office + `"><workbookPr/><sheets><sheet name="名册" sheetId="1" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="b" Type="` + office + `/worksheet" Target="worksheets/s.xml"/><Relationship Id="c" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/s.xml":        `<worksheet>` + sheet + `</worksheet>`,
	}
	maps.Copy(parts, more)
	return parts
}

const handRoster = `<sheetData><row><c t="inlineStr"><is><r><t>姓</t></r><r><t>名</t></r><rPh><t>xing</t></rPh></is></c>` +
	`<c t="inlineStr"><is><t>部门</t></is></c><c t="inlineStr"><is><t>入司时间</t></is></c></row>` +
	`<row><c t="str"><f>A9&amp;"x"</f><v>王_x000D_芳</v></c><c t="inlineStr"><is><t>一科</t></is></c><c s="1"><v>39624</v></c></row>` +
	`<row><c t="inlineStr"><is><t>李强</t></is></c><c t="e"><v>#N/A</v></c><c t="d"><v>2012-06-26T00:00:00</v></c></row></sheetData>` +
	`<controls><xdr:from><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:from></controls>`

func TestWorkbooksOfOtherPrograms(t *testing.T) {
	t.Parallel()
	styles := `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	parts := byHand(handRoster, map[string]string{"xl/styles.xml": styles})
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	people, _ := readAll(t, mustOpen(t, zipped(t, parts)), Options{})
	if len(people) != 2 || people[0].Name != "王芳" || people[0].Joined != kernel.MustDate("2012-06-26") {
		t.Fatalf("got %+v", people)
	}
	if r := people[1]; r.Department != "" || !r.has(Missing, "部门") || r.Joined != people[0].Joined {
		t.Errorf("got %+v", r)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	good := workbook(t, [][]any{{"工号", "姓名", "部门"}, {"A1", "王芳", "一科"}})
	locked := func() []byte {
		raw, err := excelize.Encrypt(good, &excelize.Options{Password: "x"})
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}()
	bombSheet := "<sheetData>" + strings.Repeat(" ", 8<<20) + "</sheetData>"
	for _, c := range []struct {
		name string
		raw  []byte
		lim  Limits
		kind kernel.Kind
		says string
	}{
		{"empty", nil, Limits{}, kernel.Invalid, "空的"},
		{"garbage", []byte("\x00\x01\x02 nonsense"), Limits{}, kernel.Invalid, "不是 Excel"},
		{"csv", []byte("工号，姓名，部门\nA1,王芳，一科\n"), Limits{}, kernel.Invalid, "CSV"},
		{"csv in GBK", []byte("\xb9\xa4\xba\xc5,\xd0\xd5\xc3\xfb\r\n"), Limits{}, kernel.Invalid, "CSV"},
		{"html", []byte("\ufeff <HTML><table><tr><td>姓名</td>"), Limits{}, kernel.Invalid, "HTML"},
		{"xml 2003", []byte(`<?xml version="1.0"?><Workbook>`), Limits{}, kernel.Invalid, "XML"},
		{"pdf", []byte("%PDF-1.7 ..."), Limits{}, kernel.Invalid, "PDF"},
		{"xls", append(bytes.Clone(oleMark), make([]byte, 4096)...), Limits{}, kernel.Invalid, ".xls"},
		{"locked", locked, Limits{}, kernel.Invalid, "密码"},
		{"large", good, Limits{File: 1000}, kernel.TooLarge, "上限"},
		{"cut off", good[:len(good)/2], Limits{}, kernel.Invalid, "损坏"},
		{"zip", zipped(t, map[string]string{"a.txt": "x"}), Limits{}, kernel.Invalid, "不是 Excel"},
		{"docx", zipped(t, map[string]string{"word/document.xml": "x"}), Limits{}, kernel.Invalid, "Word"},
		{"ods", zipped(t, map[string]string{"mimetype": "x"}), Limits{}, kernel.Invalid, "OpenDocument"},
		{"xlsb", zipped(t, map[string]string{"xl/workbook.bin": "x"}), Limits{}, kernel.Invalid, "xlsb"},
		{"no part", zipped(t, map[string]string{"_rels/.rels": "<Relationships/>"}), Limits{}, kernel.Invalid, "不是 Excel"},
		{"bad xml", zipped(t, byHand("<sheetData><row>", nil)), Limits{}, kernel.Invalid, "损坏"},
		{"entity", zipped(t, byHand(`<sheetData><row><c t="str"><v>&x;</v></c></row></sheetData>`, nil)), Limits{}, kernel.Invalid, "损坏"},
		{"bomb", zipped(t, byHand(bombSheet, nil)), Limits{}, kernel.TooLarge, "解压"},
		{"unzipped", zipped(t, byHand(bombSheet, nil)), Limits{Unzipped: 1 << 20, Ratio: 1 << 30}, kernel.TooLarge, "解压"},
		{"no header", workbook(t, [][]any{{"品名", "数量"}, {"茶叶", 3}}), Limits{}, kernel.Invalid, "表头"},
		{"only names", workbook(t, [][]any{{"姓名"}, {"王芳"}}), Limits{}, kernel.Invalid, "表头"},
		{"sheets", workbook(t, [][]any{{"姓名"}}, func(f *excelize.File) { _, _ = f.NewSheet("x") }), Limits{Sheets: 1}, kernel.TooLarge, "张表"},
	} {
		_, err := Open(bytes.NewReader(c.raw), int64(len(c.raw)), c.lim)
		if err == nil || kernel.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v (kind %d), want %q", c.name, err, kernel.KindOf(err), c.says)
		}
	}
}

func TestALyingArchiveEndsAtItsClaim(t *testing.T) {
	t.Parallel()
	raw := zipped(t, byHand(handRoster, nil))
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		f.UncompressedSize64 = min(f.UncompressedSize64, 200)
	}
	p, err := newPack(z, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if err := (&Book{pack: p, lim: DefaultLimits()}).load(); kernel.KindOf(err) != kernel.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestTooManyPeople(t *testing.T) {
	t.Parallel()
	raw := workbook(t, [][]any{{"工号", "姓名", "部门"}, {"A1", "王芳", "一科"}, {"A2", "李强", "一科"}})
	b, err := Open(bytes.NewReader(raw), int64(len(raw)), Limits{Rows: 1})
	if err != nil {
		t.Fatal(err)
	}
	tally, err := b.Read(b.Propose(), Options{}, func(Row) bool { return true })
	if kernel.KindOf(err) != kernel.TooLarge || tally.People != 1 {
		t.Errorf("got %v, %+v", err, tally)
	}
}

func FuzzOpen(f *testing.F) {
	if raw, err := os.ReadFile("testdata/roster-keyi.xlsx"); err == nil {
		f.Add(raw)
	}
	f.Add(zipped(f, byHand(handRoster, nil)))
	f.Add([]byte("工号，姓名"))
	f.Add(append(bytes.Clone(oleMark), lockMark...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Open(bytes.NewReader(raw), int64(len(raw)), Limits{})
		if err == nil {
			_, err = b.Read(b.Propose(), today, func(r Row) bool {
				if r.IDNumber != "" && !r.IDNumber.Check() {
					t.Errorf("row %d has a number that does not check", r.Number)
				}
				return true
			})
		}
		if err != nil && kernel.KindOf(err) == kernel.Internal {
			t.Errorf("got %v, want a sentence for a person", err)
		}
	})
}

// FuzzSheet goes past the zip archive, whose checksums stop most of what FuzzOpen tries.
func FuzzSheet(f *testing.F) {
	f.Add(handRoster)
	f.Add(`<sheetData><row r="1"><c r="ZZZ1"/></row><row r="-3"/></sheetData><mergeCells><mergeCell ref="A1:XFD9999999"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		raw := zipped(t, byHand(sheet, nil))
		b, err := Open(bytes.NewReader(raw), int64(len(raw)), Limits{})
		if err == nil {
			_, err = b.Read(b.Propose(), today, func(Row) bool { return true })
		}
		if err != nil && kernel.KindOf(err) == kernel.Internal {
			t.Errorf("got %v, want a sentence for a person", err)
		}
	})
}
