package story

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"
)

// Every list can be taken to an office program: what stands in the file is what stands on the page, and nothing in it is a formula.
func TestListsGoToExcel(t *testing.T) {
	t.Parallel()
	h := open(t)
	chair := h.enter(t, "chair")
	for _, c := range []struct{ page, file, rows, says string }{
		{"/year?state=done", "/year/export?state=done", "[data-list] [data-row]", "已完成"},
		{"/measure/warmth", "/year/export?measure=warmth", "[data-list] [data-row]", "温暖"},
		{"/notes?measure=warmth&year=2023", "/notes/export?measure=warmth&year=2023", "", "2023"},
		{"/safety/patrols?area=CT", "/safety/patrols/export?area=CT", "", "食堂"},
		{"/duties", "/duties/export", "", ""},
		{"/places", "/places/export", "", ""},
		{"/rights", "/rights/export", "", "公司工会"},
		{"/safety/hazards?tab=all&raised=2023-01&fixed=in", "/safety/hazards/export?tab=all&raised=2023-01&fixed=in", "[data-list] [data-row]", "按时改好"},
		{"/safety/hazards?tab=closed", "/safety/hazards/export?tab=closed", "", "已销号"},
	} {
		page := h.ask(t.Context(), http.MethodGet, c.page, chair)
		doc, err := goquery.NewDocumentFromReader(page.Body)
		if err != nil || page.Code != http.StatusOK {
			t.Fatalf("%s: %d %v", c.page, page.Code, err)
		}
		path, _, _ := strings.Cut(c.file, "?")
		if doc.Find(`a[href^="`+path+`"]`).Length() != 1 {
			t.Errorf("%s offers no way to %s", c.page, path)
		}
		file := h.ask(t.Context(), http.MethodGet, c.file, chair)
		rows := workbook(t, file.Body.Bytes())
		const above = 4 // title, filters, day, heads
		if len(rows) <= above {
			t.Errorf("%s: %d rows, want more than the heads", c.file, len(rows))
			continue
		}
		if said := strings.Join(rows[1], ""); !strings.Contains(said, c.says) {
			t.Errorf("%s: the head says %q, want the filter %q", c.file, said, c.says)
		}
		if c.rows != "" {
			if want := doc.Find(c.rows).Length(); len(rows)-above != want {
				t.Errorf("%s: %d rows, want %d as on the page", c.file, len(rows)-above, want)
			}
		}
		if first := rows[above-1]; len(first) < 5 || first[0] == "" {
			t.Errorf("%s: heads %q", c.file, first)
		}
	}
}

func workbook(t *testing.T, raw []byte) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
