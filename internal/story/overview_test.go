package story

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"xiaojia/internal/kernel"
)

// Every figure of the overview opens a list that has so many rows, for a branch and for all of them.
func TestFiguresOfTheOverviewAreTheirLists(t *testing.T) {
	t.Parallel()
	h := opened(t, "", kernel.MustDate("2023-02-01"))
	for _, c := range []struct {
		login, path string
		least       int
	}{{"chair", "/safety/overview?year=2023", 20}, {"company-chair", "/safety/overview?year=2023&unit=", 20}, {"worker-rep", "/safety/overview?year=2022", 3}} {
		session := h.enter(t, c.login)
		seen := 0
		h.page(t, c.path, session).Find("[data-figure] a.fact").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			want, err := strconv.Atoi(strings.TrimSpace(a.Text()))
			if err != nil {
				t.Errorf("%s: %q is no figure", href, a.Text())
			}
			if got := h.rowsOf(t, href, session); got != want {
				t.Errorf("%s as %s: the figure says %d, the list has %d", href, c.login, want, got)
			}
			seen++
		})
		if seen < c.least {
			t.Errorf("%s as %s: only %d figures lead anywhere", c.path, c.login, seen)
		}
	}
}

func (h house) page(t *testing.T, path, session string) *goquery.Document {
	t.Helper()
	w := h.ask(t.Context(), http.MethodGet, path, session)
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: %d %v", path, w.Code, err)
	}
	return doc
}

// rowsOf is how many rows a list has on all its pages, or how many cells the table of patrols.
func (h house) rowsOf(t *testing.T, href, session string) (n int) {
	t.Helper()
	for href != "" {
		doc := h.page(t, href, session)
		if strings.HasPrefix(href, "/safety/patrols") {
			return doc.Find("[data-cover]").Length()
		}
		n += doc.Find("[data-list] [data-row]").Length()
		href = doc.Find(`a[href*="after="]`).First().AttrOr("href", "")
	}
	return n
}

// What came in a year is one of in time, too late, not yet or none; nothing is lost between the columns.
func TestColumnsOfTheOverviewAddUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	doc := h.page(t, "/safety/overview?year=2023", h.enter(t, "chair"))
	rows := doc.Find("[data-figure=raised] tbody tr")
	if rows.Length() != 13 {
		t.Fatalf("%d rows, want twelve months and the year", rows.Length())
	}
	rows.Each(func(_ int, tr *goquery.Selection) {
		var n []int
		tr.Find("td").Each(func(_ int, td *goquery.Selection) {
			i, err := strconv.Atoi(strings.TrimSpace(td.Text()))
			if err != nil {
				t.Error(err)
			}
			n = append(n, i)
		})
		if len(n) != 6 || n[0] != n[1]+n[2]+n[3]+n[4] {
			t.Errorf("%s: %v do not add up", tr.Find("th").Text(), n)
		}
	})
}

// A year in which nothing was, says what will stand there, and draws and counts nothing.
func TestAnEmptyYearSaysWhatWillStandThere(t *testing.T) {
	t.Parallel()
	h := open(t)
	doc := h.page(t, "/safety/overview?year=2020", h.enter(t, "chair"))
	text := doc.Find("main").Text()
	for _, want := range []string{"这两年没有报过隐患", "还没有改好并复查合格的", "2020 年报的还没有改好并复查合格的", "2020 年没有重复出现的", "2020 年还没有到期的巡视"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
	doc.Find("[data-figure]").Each(func(_ int, table *goquery.Selection) {
		if f := table.AttrOr("data-figure", ""); f != "ages" { // what is open is of today
			t.Errorf("figures %s of a year without any", f)
		}
	})
}
