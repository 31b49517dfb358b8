package sheet_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/platform/sheet"
)

func TestEveryCellIsText(t *testing.T) {
	t.Parallel()
	s, err := sheet.New("人员", []string{"科一分工会 · 在册", "2024-12-20"}, sheet.Column{Head: "工号", Wide: 12}, sheet.Column{Head: "身份证号", Wide: 22})
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"00012", "110101199003070011"}, {"=HYPERLINK(\"http://evil\")", "+86"}}
	for _, r := range rows {
		if err := s.Row(r...); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := s.Write(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("人员")
	if err != nil {
		t.Fatal(err)
	}
	want := append([][]string{{"科一分工会 · 在册"}, {"2024-12-20"}, {"工号", "身份证号"}}, rows...)
	if !slices.EqualFunc(got, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, cell := range []string{"A4", "B4", "A5", "B5"} {
		kind, err := book.GetCellType("人员", cell)
		if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s is of type %d with %v, want text", cell, kind, err)
		}
		if f, err := book.GetCellFormula("人员", cell); err != nil || f != "" {
			t.Errorf("%s has the formula %q with %v", cell, f, err)
		}
	}
}
