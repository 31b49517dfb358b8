package story

import (
	"net/http"
	"strings"
	"testing"

	"xiaojia/internal/app"
)

// TestCalendarsNameNobody: what a phone fetches holds days, numbers and places, and neither a name of the roster nor a word of
// somebody who reported. A wrong address is one answer.
func TestCalendarsNameNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	var words []string
	for _, q := range []string{"SELECT name FROM person", "SELECT title FROM matter WHERE kind = 'hazard'"} {
		rows, err := h.app.DB.Read.QueryContext(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			words = append(words, s)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	events := 0
	for _, c := range app.Cast {
		actor, _, err := h.app.Accounts.Who(t.Context(), h.enter(t, c.Login))
		if err != nil {
			t.Fatal(err)
		}
		token, err := h.app.Accounts.Subscribe(t.Context(), actor, true, "zh")
		if err != nil {
			t.Fatal(err)
		}
		w := h.ask(t.Context(), http.MethodGet, "/calendar/"+token+".ics", "")
		text := strings.ReplaceAll(w.Body.String(), "\r\n ", "")
		if w.Code != http.StatusOK || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasPrefix(w.Header().Get("Cache-Control"), "private") {
			t.Fatalf("%s: %d %v", c.Login, w.Code, w.Header())
		}
		events += strings.Count(text, "BEGIN:VEVENT")
		for _, word := range words {
			if strings.Contains(text, word) {
				t.Errorf("the calendar of %s holds %q", c.Login, word)
			}
		}
		if again := h.ask(t.Context(), http.MethodGet, "/calendar/"+token+".ics", "").Body.String(); again != w.Body.String() {
			t.Errorf("%s: the same calendar reads differently the second time", c.Login)
		}
	}
	if events < 30 {
		t.Errorf("only %d events", events)
	}
	gone := h.ask(t.Context(), http.MethodGet, "/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAA.ics", "")
	for _, path := range []string{"/calendar/x.ics", "/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAA", "/calendar/.ics"} {
		if w := h.ask(t.Context(), http.MethodGet, path, ""); w.Code != http.StatusNotFound || gone.Code != w.Code || w.Body.String() != gone.Body.String() {
			t.Errorf("%s: got %d, another page than a wrong address", path, w.Code)
		}
	}
}
