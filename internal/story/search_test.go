package story

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"xiaojia/internal/app"
)

// Whatever has a page is found by its name, by pinyin where it is a name, and only by who may open it.
func TestSearchFindsWhatHasAPage(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct{ who, query, want string }{
		{"chair", "职工食堂", "/p/"}, {"chair", "zgst", "/p/"}, {"chair", "电工班", "/people?group="}, {"chair", "机加工", "/people?department="},
		{"chair", "食堂每周", "/duties/"}, {"chair", "张敏", "/people/"}, {"chair", "建议书", "/letters/"}, {"chair", "团拜", ""}, {"chair", "慰问", "/notes/"},
		{"chair", "食堂每周", "/rounds/"}, {"chair", "2023年11月 巡视", "/rounds/"}, {"chair", "第四季度", "/rounds/"}, {"chair", "S1", "/rounds/"}, {"canteen", "第四季度", ""}, {"member", "2019年", ""},
		{"member", "职工食堂", "/p/"}, {"member", "电工班", "/people?group="}, {"canteen", "危化品库", ""}, {"canteen", "职工食堂", "/p/"}, {"canteen", "张敏", ""},
	} {
		session := h.enter(t, c.who)
		page := h.ask(t.Context(), http.MethodGet, "/search?q="+url.QueryEscape(c.query), session)
		doc, err := goquery.NewDocumentFromReader(page.Body)
		if err != nil || page.Code != http.StatusOK {
			t.Fatalf("%s: %d %v", c.query, page.Code, err)
		}
		var found []string
		doc.Find("[data-row] a").Each(func(_ int, a *goquery.Selection) { found = append(found, a.AttrOr("href", "")) })
		switch got := strings.Join(found, " "); {
		case c.want == "" && got != "":
			t.Errorf("%s looks for %s and finds %s, want nothing", c.who, c.query, got)
		case !strings.Contains(got, c.want):
			t.Errorf("%s looks for %s and finds %q, want %s among it", c.who, c.query, got, c.want)
		}
		if len(found) > 0 { // and may open it
			if code := h.ask(t.Context(), http.MethodGet, found[0], session).Code; code != http.StatusOK {
				t.Errorf("%s finds %s and gets %d", c.who, found[0], code)
			}
		}
	}
}

// The figure beside 待办 is how many lines the list has, for everybody of the cast.
func TestTheFigureOfWhatWaitsIsTheListsLength(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		most := 0
		for _, who := range app.Cast {
			login := who.Login
			session := h.enter(t, login)
			doc := h.page(t, "/todo", session)
			lines := doc.Find("#main [data-row]").Length()
			shown := strings.TrimSpace(doc.Find(".dock-count").First().Text())
			if want := strconv.Itoa(lines); shown != want && (lines > 0 || shown != "") {
				t.Errorf("%s: the figure says %q, the list has %d", login, shown, lines)
			}
			most = max(most, lines)
		}
		if most < 3 {
			t.Errorf("at most %d wait for anybody", most)
		}
	})
}
