package story

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"xiaojia/internal/app"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

var brace = regexp.MustCompile(`\{[^}]+\}`)

// TestEveryRouteRefuses walks the whole table as everybody of the cast and as a visitor: who lacks the permission of the
// line is refused, and nobody ever meets an error of ours.
func TestEveryRouteRefuses(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range append(app.Cast, app.Cast[0]) {
		session := h.enter(t, c.Login)
		actor, _, err := h.app.Accounts.Who(t.Context(), session)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range h.app.Routes().List() {
			path := r.Path
			if r.Example != "" {
				path = h.app.Example(t.Context(), r.Path, Example(string(r.Example)), brace)
			}
			path = brace.ReplaceAllString(path, "nobody")
			if path == "" || path == "/leave" || strings.HasPrefix(path, "/door") {
				continue
			}
			code := h.ask(t.Context(), r.Method, path, session).Code
			if may := actor.May(r.Perm); !may && code != http.StatusForbidden {
				t.Errorf("%s %s as %s without %s: got %d, want 403", r.Method, path, c.Login, r.Perm, code)
			}
			if code >= 500 {
				t.Errorf("%s %s as %s: got %d", r.Method, path, c.Login, code)
			}
		}
	}
}

// TestVisitorsAreSentToTheDoor: without a session every page leads to the door and every form is refused.
func TestVisitorsAreSentToTheDoor(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, r := range h.app.Routes().List() {
		if r.Perm == authz.Public {
			continue
		}
		path := brace.ReplaceAllString(r.Path, "nobody")
		w := h.ask(t.Context(), r.Method, path, "")
		switch {
		case r.Method == http.MethodGet && (w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/enter?to="+url.QueryEscape(path))):
			t.Errorf("GET %s: got %d to %q, want the door", path, w.Code, w.Header().Get("Location"))
		case r.Method != http.MethodGet && w.Code != http.StatusGone:
			t.Errorf("%s %s: got %d, want 410", r.Method, path, w.Code)
		}
	}
}

// TestPagesKeepTheirBudget counts statements, not time: lists 8, home 15.
func TestPagesKeepTheirBudget(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		login, path string
		most        int
	}{
		{"chair", "/", 15}, {"worker-rep", "/", 15}, {"company-chair", "/", 15}, {"member", "/", 15},
		{"chair", "/safety/hazards", 8}, {"company-chair", "/safety/hazards", 8}, {"canteen", "/safety/hazards", 8}, {"member", "/safety/hazards", 8},
		{"chair", "/safety/hazards/board", 8}, {"chair", "/safety/patrols", 8}, {"chair", "/people", 8}, {"chair", "/notes", 8}, {"chair", "/duties", 8}, {"chair", "/year", 8}, {"chair", "/places", 8},
		{"chair", "/safety/overview", 8}, {"company-chair", "/safety/overview", 8}, {"worker-rep", "/safety/overview", 8}, {"chair", "/safety/overview/month", 8}, {"company-chair", "/safety/overview/month", 8},
	} {
		session := h.enter(t, c.login)
		h.ask(t.Context(), http.MethodGet, c.path, session) // session and charts are in memory from here on
		ctx, tally := db.WithTally(t.Context())
		if w := h.ask(ctx, http.MethodGet, c.path, session); w.Code != http.StatusOK {
			t.Errorf("%s as %s: got %d", c.path, c.login, w.Code)
		}
		if tally.N() > c.most {
			t.Errorf("%s as %s: %d statements, want at most %d:\n%s", c.path, c.login, tally.N(), c.most, tally)
		}
	}
}

var (
	badge = regexp.MustCompile(`data-todo-count="(\d+)"`)
	rowOf = regexp.MustCompile(`<li [^>]*data-row`)
)

// TestTheBadgeIsTheList: the figure at 待办 is what its list has, for everybody, also right after something was done.
func TestTheBadgeIsTheList(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range app.Cast {
		session := h.enter(t, c.Login)
		page := h.ask(t.Context(), http.MethodGet, "/todo", session).Body.String()
		shown, want := "0", fmt.Sprint(len(rowOf.FindAllString(page, -1)))
		if m := badge.FindStringSubmatch(page); m != nil {
			shown = m[1]
		}
		if shown != want {
			t.Errorf("%s: the badge says %s, the list has %s", c.Login, shown, want)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// TestRoutesGolden keeps the table of contents readable: a new line, or a line with another permission, is seen in review.
func TestRoutesGolden(t *testing.T) {
	t.Parallel()
	h := open(t)
	var b strings.Builder
	for _, r := range h.app.Routes().List() {
		fmt.Fprintf(&b, "%-5s %-50s %s\n", r.Method, r.Path, r.Perm)
	}
	const file = "testdata/routes.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the table of routes has changed, run make golden and read the difference:\n%s", b.String())
	}
}
