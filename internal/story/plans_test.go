package story

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xiaojia/internal/app"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/org"
)

// fullEnv set to full gives both engines the largest union that the program is made for: two minutes more, before a release.
const fullEnv = "XIAOJIA_TEST_BULK"

// TestEveryStatementReachesItsIndex asks for the plan of each statement that pages send: every page of the table of contents
// as everybody of the cast, every tab of the lists with its filters for each scope, and the page behind. No statement is
// copied here, so none is forgotten. PostgreSQL runs each over thirty thousand hazards, with the statistics of these. SQLite
// plans by the figures that the program ships, however many rows there are, and so has fewer. It takes half a minute and is
// no part of make check.
func TestEveryStatementReachesItsIndex(t *testing.T) {
	if os.Getenv(dbtest.PostgresEnv) == "" && os.Getenv("CI") == "" {
		t.Skip(dbtest.PostgresEnv + " is not set: fills two databases, in make test")
	}
	each(t, func(t *testing.T, h house) {
		size := Size{Members: 1_000, Hazards: 5_000}
		if h.app.DB.Engine == db.Postgres {
			size = Size{Members: 3_000, Hazards: 30_000}
		}
		if os.Getenv(fullEnv) == "full" {
			size = Size{Members: 10_000, Hazards: 100_000}
		}
		if err := Crowd(t.Context(), h.app, size, func(int, int) {}); err != nil {
			t.Fatal(err)
		}
		if h.app.DB.Engine == db.Postgres {
			if _, err := h.app.DB.Read.ExecContext(t.Context(), "ANALYZE"); err != nil {
				t.Fatal(err)
			}
		}
		asked := h.trace(t)
		if len(asked) < 500 {
			t.Errorf("only %d statements were seen", len(asked))
		}
		for _, s := range asked {
			if h.app.DB.Engine == db.Postgres {
				s.heldPostgres(t, h.app.DB)
			} else {
				s.heldSQLite(t, h.app.DB)
			}
		}
	})
}

// asked is a statement of a page.
type asked struct {
	text string
	args []any
	from string // who asked for which page
}

// scopes has one of the cast for each scope: his own, what his unit answers for, the branch, the union.
var scopes = []string{"member", "canteen", "chair", "company-chair"}

// trace is what all pages send, each text once for each of the cast, unless somebody has asked for exactly the same: what
// one sees decides the plan too.
func (h house) trace(t *testing.T) (out []asked) {
	of := map[string]bool{}
	examples, lists := h.examples(t), h.lists(t)
	for _, c := range app.Cast {
		paths := examples
		if slices.Contains(scopes, c.Login) {
			paths = slices.Concat(examples, lists)
		}
		session, seen := h.enter(t, c.Login), map[string]bool{}
		queue := append([]string{}, paths...)
		for i := 0; i < len(queue); i++ {
			ctx, tally := db.WithTally(t.Context())
			w := h.ask(ctx, http.MethodGet, queue[i], session)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s as %s: got %d", queue[i], c.Login, w.Code)
			}
			for k, q := range tally.Texts {
				if key := q + fmt.Sprint(tally.Args[k]); !seen[q] {
					seen[q] = true
					if !of[key] {
						of[key] = true
						out = append(out, asked{q, tally.Args[k], c.Login + " " + queue[i]})
					}
				}
			}
			if next := further(queue[i], w.Body.String()); next != "" && i < len(paths) {
				queue = append(queue, next)
			}
		}
	}
	return out
}

var nextPage = regexp.MustCompile(`href="([^"]*[?&;]after=[^"]+)"`)

// further is the address of the page behind, where there is one.
func further(path, page string) string {
	m := nextPage.FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	next := html.UnescapeString(m[1])
	if strings.HasPrefix(next, "?") {
		path, _, _ = strings.Cut(path, "?")
		return path + next
	}
	return next
}

// examples is every page of the table of contents. Exports read all that they export, and have pages of their own plan.
func (h house) examples(t *testing.T) (out []string) {
	for _, r := range h.app.Routes().List() {
		path := r.Path
		if r.Example != "" {
			path = h.app.Example(t.Context(), r.Path, Example(string(r.Example)), brace)
		}
		path = brace.ReplaceAllString(path, "nobody")
		if r.Method == http.MethodGet && path != "" && !strings.HasPrefix(path, "/door") && !strings.HasSuffix(path, "/export") {
			out = append(out, path)
		}
	}
	return out
}

// lists is each list in each of its tabs with each filter.
func (h house) lists(t *testing.T) []string {
	chair, err := h.app.Accounts.As(t.Context(), "chair")
	if err != nil {
		t.Fatal(err)
	}
	chart, err := h.app.Directory.Of(t.Context(), chair.Org)
	if err != nil {
		t.Fatal(err)
	}
	place, _ := placeNamed(chart, org.UnitID(chair.Branch), "职工食堂")
	at, _ := chart.Place(place)
	group := chart.Units(org.Group, org.UnitID(chair.Branch))[0]
	q := url.QueryEscape
	out := []string{"/inbox?tab=all", "/notes?measure=safety", "/duties?measure=safety", "/search?q=" + q("砂轮机"), "/search?q=zm", "/search?q=" + q("合成"), "/search?q=SYN000001",
		"/people/invites?group=" + string(group.ID), "/places?owner=" + string(at.Owner), "/rights?office=chair", "/say?place=" + string(place), "/safety/hazards/new?place=" + string(place)}
	combine := func(path string, tabs, filters []string) {
		for _, tab := range tabs {
			for _, f := range filters {
				out = append(out, path+"?tab="+tab+f)
			}
		}
	}
	unit, owner := "&unit="+chair.Branch, "&owner="+string(at.Owner)
	combine("/safety/hazards", []string{"open", "late", "all", "closed"}, []string{"&sort=no", "&sort=grade", owner, "&owner=-", owner + "&sort=no", owner + "&sort=grade", unit + owner, unit + owner + "&grade=A",
		unit + "&sort=no", unit + "&sort=grade", unit + "&sort=grade&grade=B", "&sort=no&area=production", owner + "&state=assigned"})
	combine("/safety/notices", []string{""}, []string{"", "&month=2023-02", unit + "&month=2023-02"})
	combine("/notes", []string{""}, []string{"", "&year=2023", unit, "&q=" + q("安全")})
	combine("/safety/hazards", []string{"all"}, []string{"&raised=2023-02", "&raised=2023-02&fixed=in", "&raised=2023-02&fixed=not" + unit, unit + "&raised=2023", unit + "&raised=2023&fixed=over", "&raised=2023&grade=B&took=4-7",
		unit + "&raised=2023&again=1&place=" + string(place)})
	combine("/safety/hazards", []string{"open"}, []string{"&age=0-3", "&age=31-", unit + "&age=8-15"})
	for _, f := range []string{"", "&year=2022"} {
		out = append(out, "/safety/overview?unit="+f, "/safety/overview?unit="+chair.Branch+f)
	}
	out = append(out, "/safety/overview/month?month=2023-02&unit=", "/safety/overview/month?month=2023-02"+unit)
	out = append(out, "/safety/hazards/board?unit="+chair.Branch, "/year?year=2022&state=late"+unit)
	combine("/safety/hazards", []string{"open", "late", "mine", "all", "closed"}, []string{"", "&grade=B", "&grade=major", "&state=assigned", "&state=closed", "&state=withdrawn", "&area=canteen", "&area=production",
		"&place=" + string(place), unit, unit + "&grade=A&area=production", "&q=" + q("砂轮机"), "&q=23-0117"})
	combine("/people", []string{"", "loose", "left"}, []string{"", "&branch=" + chair.Branch, "&group=" + string(group.ID), "&department=" + string(group.Parent), "&label=hardship", "&label=women",
		"&office=chair", "&q=zm", "&q=" + q("建军"), "&q=SYN0001"})
	combine("/safety/patrols", []string{"", "open", "mine"}, []string{"", "&year=2022", "&area=canteen", unit})
	round := h.app.Example(t.Context(), "/rounds/{id}", Example("round"), brace)
	for _, s := range []string{"missing", "done", "excused"} {
		out = append(out, round+"?state="+s)
	}
	return out
}
