package safety_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// Nothing that is kept of an anonymous or hidden report tells more than the day, and of an anonymous one nothing names a
// person, whatever row of whatever table one looks at: before the reactions have run and after them.
func TestBlindReportsLeaveNoTrace(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	for _, mode := range []safety.Mode{safety.Anonymous, safety.Hidden} {
		t.Run(string(mode), func(t *testing.T) {
			dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
				clock.SetDay("2024-12-20")
				w := newWorks(t, d)
				before := dbtest.Dump(t, d)
				clock.Set(kernel.MustDate("2024-12-20").At(11, 7).Add(13_123_456 * time.Microsecond))
				w.shoot("e")
				h, err := w.Raise(t.Context(), who("tao"), safety.Report{Place: "p1", Mode: mode, Title: "班长让拆防护罩", Photos: []string{picture("e")}})
				if err != nil {
					t.Fatal(err)
				}
				if mode == safety.Anonymous {
					err = w.AnswerByReceipt(t.Context(), strings.ToLower(h.Receipt), "在二号机")
				} else {
					err = w.Ask(t.Context(), who("tao"), h.ID, "在二号机")
				}
				if err != nil {
					t.Fatal(err)
				}
				added := dbtest.Added(before, dbtest.Dump(t, d))
				if len(added["outbox"]) != 2 || len(added["audit"]) != 2 || len(added["attachment"]) != 1 || len(added["hazard_word"]) != 1 {
					t.Fatalf("the test looks at too little: %v", added)
				}
				traces(t, added, mode, h.Receipt)
				w.relay()
				added = dbtest.Added(before, dbtest.Dump(t, d))
				if len(added["notice"]) == 0 || len(added["search_doc"]) != 1 {
					t.Fatalf("the test looks at too little: %v", added)
				}
				traces(t, added, mode, h.Receipt)
				if err := w.reporterTakesBack(h, mode); err != nil {
					t.Fatal(err)
				}
				traces(t, dbtest.Added(before, dbtest.Dump(t, d)), mode, h.Receipt)
			})
		})
	}
}

// reporterTakesBack lets a hidden reporter withdraw; an anonymous one has no account to do it with.
func (w *works) reporterTakesBack(h safety.Hazard, m safety.Mode) error {
	if m == safety.Anonymous {
		return nil
	}
	_, err := w.Act(w.t.Context(), who("tao"), h.ID, brought(safety.Withdraw))
	w.relay()
	return err
}

var ulids = regexp.MustCompile(`\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b`)

// traces fails where a row tells the instant, or the person of an anonymous report. A running rowid tells it too: it stands
// between those of rows whose time is known.
func traces(t *testing.T, added map[string][]dbtest.Row, mode safety.Mode, receipt string) {
	t.Helper()
	day := kernel.MustDate("2024-12-20")
	from, to := day.At(0, 0).Add(time.Second), day.At(20, 0)
	for table, rows := range added {
		for _, r := range rows {
			for col, v := range r {
				if n, ok := v.(int64); ok && kernel.Time(n) >= from && kernel.Time(n) <= to {
					t.Errorf("%s.%s tells the instant: %d", table, col, n)
				}
				if n, ok := v.(int64); ok && col == "rowid" && n > 0 && n < 1_000_000 && table != "outbox" { // rows of the outbox live for two seconds
					t.Errorf("%s has a running rowid: %d", table, n)
				}
				s, ok := v.(string)
				if !ok {
					continue
				}
				for _, id := range ulids.FindAllString(s, -1) {
					if at := kernel.Time(ulid.MustParse(id).Time() * 1000); at >= from && at <= to {
						t.Errorf("%s.%s holds an id that tells the instant: %s", table, col, s)
					}
				}
				if strings.Contains(s, receipt) && receipt != "" {
					t.Errorf("%s.%s holds the receipt", table, col)
				}
				named := strings.Contains(s, "陶然") || s == "tao" || strings.Contains(s, `"tao"`)
				if named && (mode == safety.Anonymous || table != "matter" || col != "reporter") {
					t.Errorf("%s.%s names the reporter: %s", table, col, s)
				}
			}
		}
	}
}

func TestTalkByReceipt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorks(t, d)
		h := w.raise("tao", safety.Anonymous, "p1", "拆防护罩")
		say := func(by, text string) error { return w.Ask(t.Context(), who(by), h.ID, text) }
		for by, want := range map[string]kernel.Kind{"tao": kernel.NotFound, "zhang": kernel.Forbidden, "ke": kernel.NotFound, "jing": kernel.Forbidden} {
			if err := say(by, "谁报的？"); kernel.KindOf(err) != want || err == nil {
				t.Errorf("%s asks: got %v, want kind %d", by, err, want)
			}
		}
		for i, err := range []error{w.AnswerByReceipt(t.Context(), h.Receipt, "一"), say("an", "二"), w.AnswerByReceipt(t.Context(), strings.ReplaceAll(h.Receipt, "-", ""), "三"), say("chen", "四")} {
			if err != nil {
				t.Errorf("word %d: %v", i+1, err)
			}
		}
		_, found, err := w.Follow(t.Context(), h.Receipt)
		if err != nil || found.ID != h.ID || found.Receipt != "" {
			t.Errorf("follow: got %s %q, %v", found.ID, found.Receipt, err)
		}
		for _, wrong := range []string{"", "2222-3333-4444-5555", w.texts(`SELECT receipt FROM hazard`)} {
			if _, _, err := w.Follow(t.Context(), wrong); kernel.KindOf(err) != kernel.Invalid {
				t.Errorf("receipt %q: got %v", wrong, err)
			}
		}
		told, err := w.reads.Seen(t.Context(), safety.SeenHazards(who("an")), h.ID)
		if err != nil || len(told.Words) != 4 {
			t.Fatalf("got %d words, %v", len(told.Words), err)
		}
		for i, want := range []string{"一 reporter", "二 an", "三 reporter", "四 chen"} {
			got := told.Words[i].Text + " " + told.Words[i].By
			if told.Words[i].FromReporter {
				got += "reporter"
			}
			if got != want {
				t.Errorf("word %d: got %s, want %s", i, got, want)
			}
		}
	})
}
