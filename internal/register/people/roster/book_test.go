package roster

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// table is a workbook for a test: rows of one sheet, and what else is to be done to the file.
func workbook(t testing.TB, rows [][]any, more ...func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(t, f, "Sheet1", rows)
	for _, do := range more {
		do(f)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func fill(t testing.TB, f *excelize.File, sheet string, rows [][]any) {
	t.Helper()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
}

func merge(t testing.TB, areas ...string) func(*excelize.File) {
	return func(f *excelize.File) {
		for i := 0; i+1 < len(areas); i += 2 {
			if err := f.MergeCell("Sheet1", areas[i], areas[i+1]); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// one reads a roster of a single data row under the given headers.
func one(t testing.TB, heads, row []any, opt Options) Row {
	t.Helper()
	rows, tally := readAll(t, mustOpen(t, workbook(t, [][]any{heads, row})), opt)
	if len(rows) != 1 {
		t.Fatalf("got %d people, skipped %v", len(rows), tally.Skipped)
	}
	return rows[0]
}

func (r Row) kinds() (out []Kind) {
	for _, p := range r.Problems {
		out = append(out, p.Kind)
	}
	return out
}
