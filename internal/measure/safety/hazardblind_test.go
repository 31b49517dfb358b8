package safety_test

import (
	"fmt"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

// Nothing that is kept of an anonymous report names a person or tells more than the day, whatever row one looks at.
func TestAnonymousLeavesNoTrace(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		w := newWorks(t, d)
		day := clock.Now().Date().At(0, 0)
		clock.Set(day.Add(11*3600e9 + 7*60e9 + 13e9))
		if err := w.KeepPhotos(t.Context(), who("tao"), safety.Anonymous, shot1("e")); err != nil {
			t.Fatal(err)
		}
		h, err := w.Raise(t.Context(), who("tao"), safety.Report{Place: "p1", Mode: safety.Anonymous, Title: "班长让拆防护罩", Photos: []string{picture("e")}})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.AnswerByReceipt(t.Context(), strings.ToLower(h.Receipt), "在二号机"); err != nil {
			t.Fatal(err)
		}
		id := string(h.ID)
		for name, q := range map[string]string{
			"matter":     `SELECT reporter || rectifier FROM matter WHERE id = $1`,
			"hazard":     `SELECT reporter_mode FROM hazard WHERE matter_id = $1`,
			"audit":      `SELECT actor || CAST(at AS TEXT) FROM audit WHERE subject_id = $1`,
			"attachment": `SELECT by_person || CAST(at AS TEXT) FROM attachment WHERE owner_id = $1`,
			"word":       `SELECT by_person || CAST(on_day AS TEXT) FROM hazard_word WHERE matter_id = $1`,
		} {
			want := map[string]string{"matter": "", "hazard": "anonymous", "word": "2024-12-20", "attachment": fmt.Sprint(int64(day))}[name]
			if name == "audit" {
				want = fmt.Sprintf("%d %d", day, day)
			}
			if got := w.texts(q, id); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		if got := w.texts(`SELECT CAST(at AS TEXT) FROM file WHERE hash = $1`, picture("e")); got != fmt.Sprint(int64(day)) {
			t.Errorf("file: got %s, want the day", got)
		}
		if got := w.load(h.ID); got.Due.Date().At(23, 59) != got.Due || got.Raised != day.Date() {
			t.Errorf("deadline tells the minute: %v", got.Due)
		}
		var bodies string
		rows, err := d.Read.QueryContext(t.Context(), `SELECT body FROM audit WHERE subject_id = $1`, id)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var b []byte
			if err := rows.Scan(&b); err != nil {
				t.Fatal(err)
			}
			bodies += string(b)
		}
		for _, told := range []string{"tao", "陶然", kernel.NewID(clock.Now())[:8]} {
			if strings.Contains(bodies+id+w.texts(`SELECT receipt FROM hazard WHERE matter_id = $1`, id), told) {
				t.Errorf("%q stands in a row", told)
			}
		}
		if strings.Contains(w.texts(`SELECT receipt FROM hazard`), h.Receipt) {
			t.Error("the receipt itself is kept")
		}
	})
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
