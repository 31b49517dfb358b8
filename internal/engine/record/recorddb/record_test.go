package recorddb_test

import (
	"errors"
	"strings"
	"testing"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/register/people"
)

func TestWriteKeepsEverythingTogether(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.tx(func(tx db.Tx) error {
			return errors.Join(w.s.SaveFile(tx, record.File{Hash: hash("a"), Kind: "image/jpeg", Size: 9, Thumb: hash("b"), Width: 4, Height: 3}),
				w.s.SaveFile(tx, record.File{Hash: hash("a"), Kind: "image/jpeg"}))
		}))
		n := note()
		n.Photos, n.Strokes, n.Round, n.Subjects = []string{hash("a")}, strokes, "r1", []record.Ref{{Kind: record.KindUnit, ID: "b1"}}
		id := w.write(li, n)
		v, err := w.r.Note(w.t.Context(), scope, id)
		w.must(err)
		if v.ByName != "李国强" || len(v.Names) != 2 || v.Title != n.Title || v.Round != "r1" {
			w.t.Errorf("got %+v", v)
		}
		photos, err := w.r.Attachments(w.t.Context(), "o1", v.Ref())
		w.must(err)
		if len(photos) != 1 || photos[0].Thumb != hash("b") || photos[0].Width != 4 || photos[0].By != "li" {
			w.t.Errorf("got %+v", photos)
		}
		signed, err := w.r.Signatures(w.t.Context(), "o1", v.Ref())
		w.must(err)
		if len(signed) != 1 || signed[0].Office != authz.GroupLeader || signed[0].Proof != record.BySession || len(signed[0].Content) != 64 {
			w.t.Errorf("got %+v", signed)
		}
		if d := w.rounds.done; len(d) != 1 || d[0].Proof != v.Ref() || d[0].By != "li" || d[0].On != n.On || d[0].Unit != "b1" {
			w.t.Errorf("got %+v", d)
		}
		history, err := audit.History(w.t.Context(), w.db.Read, "o1", audit.Subject{Kind: record.KindNote, ID: string(id)})
		w.must(err)
		if len(history) != 1 {
			w.t.Errorf("got %d lines of history, want 1", len(history))
		}
	})
}

func TestARefusedRoundLeavesNothing(t *testing.T) {
	each(t, func(w *world) {
		n := note()
		n.Round, n.Subjects = "closed", []record.Ref{{Kind: record.KindUnit, ID: "b1"}}
		if _, err := w.s.Write(w.t.Context(), li, n); kind(err) != kernel.Gone {
			w.t.Errorf("got %v, want gone", err)
		}
		rows, err := w.r.Notes(w.t.Context(), scope, record.NoteFilter{Limit: 5})
		w.must(err)
		if len(rows) != 0 {
			w.t.Errorf("got %v, want nothing saved", rows)
		}
	})
}

func TestWhatANoteRefuses(t *testing.T) {
	each(t, func(w *world) {
		for name, c := range map[string]struct {
			change func(*record.NewNote)
			field  string
		}{
			"tomorrow":         {func(n *record.NewNote) { n.On = kernel.MustDate("2024-12-21") }, "on"},
			"no day":           {func(n *record.NewNote) { n.On = kernel.Date{} }, "on"},
			"no title":         {func(n *record.NewNote) { n.Title = " " }, "title"},
			"long title":       {func(n *record.NewNote) { n.Title = strings.Repeat("长", 61) }, "title"},
			"no words":         {func(n *record.NewNote) { n.Body = "" }, "body"},
			"no measure":       {func(n *record.NewNote) { n.Measure = "sport" }, "measure"},
			"round of nobody":  {func(n *record.NewNote) { n.Round = "r1" }, "subject"},
			"unknown photo":    {func(n *record.NewNote) { n.Photos = []string{hash("f")} }, "photo"},
			"made-up photo":    {func(n *record.NewNote) { n.Photos = []string{"../../etc"} }, "photo"},
			"unknown person":   {func(n *record.NewNote) { n.People = []people.ID{"nobody"} }, "people"},
			"dot for a name":   {func(n *record.NewNote) { n.Strokes = "M1 1" }, "signature"},
			"sixty characters": {func(n *record.NewNote) { n.Title = strings.Repeat("长", 60) }, ""},
		} {
			n := note()
			c.change(&n)
			_, err := w.s.Write(w.t.Context(), li, n)
			var p kernel.Problems
			var e *kernel.Error
			switch {
			case errors.As(err, &p):
				e = p[0]
			case err != nil && !errors.As(err, &e):
				w.t.Fatalf("%s: %v", name, err)
			}
			if got := field(e); got != c.field {
				w.t.Errorf("%s: got %v at %q, want %q", name, err, got, c.field)
			}
		}
		for name, a := range map[string]authz.Actor{"a member": actor("li", authz.Member, "b1"), "another branch": actor("li", authz.Chair, "b2"), "a visitor": authz.Nobody} {
			if _, err := w.s.Write(w.t.Context(), a, note()); kind(err) != kernel.Forbidden {
				w.t.Errorf("%s: got %v, want forbidden", name, err)
			}
		}
	})
}

func field(e *kernel.Error) string {
	if e == nil {
		return ""
	}
	return e.Field
}

func TestSendingAFormTwiceSavesOnce(t *testing.T) {
	each(t, func(w *world) {
		n := note()
		n.ID = record.NoteID(kernel.NewID(w.clock.Now()))
		n.Strokes = strokes
		w.write(li, n)
		w.write(li, n)
		n.Body = "别的话"
		if _, err := w.s.Write(w.t.Context(), li, n); kind(err) != kernel.Conflict {
			w.t.Errorf("other words: got %v, want a conflict", err)
		}
		rows, err := w.r.Notes(w.t.Context(), scope, record.NoteFilter{Limit: 5})
		w.must(err)
		if len(rows) != 1 || rows[0].ByName != "李国强" || rows[0].People != 2 {
			w.t.Errorf("got %+v, want one row", rows)
		}
	})
}

func TestACorrectionIsANewVersion(t *testing.T) {
	each(t, func(w *world) {
		first := w.write(li, note())
		n := note()
		n.Replaces, n.Title = first, "走访困难职工（更正）"
		if _, err := w.s.Write(w.t.Context(), zhang, n); kind(err) != kernel.Forbidden {
			w.t.Errorf("a colleague: got %v, want forbidden", err)
		}
		second := w.write(li, n)
		if _, err := w.s.Write(w.t.Context(), chair, n); kind(err) != kernel.Conflict {
			w.t.Errorf("the old version: got %v, want a conflict", err)
		}
		n.Replaces, n.Title = second, "走访困难职工（主席更正）"
		third := w.write(chair, n)
		old, err := w.r.Note(w.t.Context(), scope, first)
		w.must(err)
		if old.Title != "走访困难职工" || old.ReplacedBy != second {
			w.t.Errorf("got %+v, want the old words and the way to the new ones", old.Note)
		}
		rows, err := w.r.Notes(w.t.Context(), scope, record.NoteFilter{Limit: 5})
		w.must(err)
		if len(rows) != 1 || rows[0].ID != third {
			w.t.Errorf("got %+v, want the newest version alone", rows)
		}
	})
}

func TestAnyEditRemovesSignatures(t *testing.T) {
	each(t, func(w *world) {
		run := record.Ref{Kind: "run", ID: "x1"}
		sign := func(p people.ID, proof record.Proof) error {
			return w.tx(func(tx db.Tx) error {
				return w.s.Sign(tx, record.Signature{Owner: run, Person: p, Office: authz.WorkerRep, Mandate: "m1", Proof: proof, Strokes: strokes, Content: hash("c")})
			})
		}
		w.must(sign("li", record.BySession))
		w.must(sign("zhang", record.Unproved))
		if got := kind(sign("li", record.BySession)); got != kernel.Conflict {
			w.t.Errorf("twice: got %v, want a conflict", got)
		}
		if got := kind(sign("zhang", "thumb")); got != kernel.Invalid {
			w.t.Errorf("no such proof: got %v, want invalid", got)
		}
		var n int
		w.must(w.tx(func(tx db.Tx) (err error) { n, err = w.s.Drop(tx, run); return err }))
		left, err := w.r.Signatures(w.t.Context(), "o1", run)
		w.must(err)
		if n != 2 || len(left) != 0 {
			w.t.Errorf("got %d dropped and %d left, want 2 and 0", n, len(left))
		}
		w.must(sign("li", record.BySession))
	})
}

func TestNotMySignature(t *testing.T) {
	each(t, func(w *world) {
		run, ctx := record.Ref{Kind: "run", ID: "x1"}, w.t.Context()
		w.must(w.tx(func(tx db.Tx) error {
			return w.s.Sign(tx, record.Signature{Owner: run, Person: "zhang", Office: authz.MemberRep, Proof: record.Unproved, Strokes: strokes, Content: hash("c")})
		}))
		if got := kind(w.s.Deny(ctx, li, run)); got != kernel.NotFound {
			w.t.Errorf("somebody else: got %v, want not found", got)
		}
		w.clock.SetDay("2024-12-21")
		w.must(w.s.Deny(ctx, zhang, run))
		if got := kind(w.s.Deny(ctx, zhang, run)); got != kernel.Conflict {
			w.t.Errorf("twice: got %v, want a conflict", got)
		}
		all, err := w.r.Signatures(ctx, "o1", run)
		w.must(err)
		if len(all) != 1 || all[0].Denied.IsZero() || len(w.denied) != 1 || w.denied[0].Owner != run {
			w.t.Errorf("got %+v and %d told, want it denied and told once", all, len(w.denied))
		}
	})
}

func TestListsByKeysetWithoutScanOrSort(t *testing.T) {
	each(t, func(w *world) {
		for i := range 7 {
			n := note()
			n.On = kernel.MustDate("2024-12-10").Add(i / 2)
			if i%2 == 0 {
				n.Round, n.Subjects = "r1", []record.Ref{{Kind: record.KindUnit, ID: "b1"}}
			}
			w.write(li, n)
		}
		r, ctx := recorddb.NewReads(dbtest.Explained(w.t, w.db)), w.t.Context()
		var days []string
		f := record.NoteFilter{Limit: 3}
		for {
			page, err := r.Notes(ctx, scope, f)
			w.must(err)
			for _, n := range page {
				days = append(days, n.On.String()[8:])
			}
			if len(page) < f.Limit {
				break
			}
			f.After = page[len(page)-1].Key()
		}
		if got := strings.Join(days, " "); got != "13 12 12 11 11 10 10" {
			w.t.Errorf("got %s", got)
		}
		of, err := r.NotesOf(ctx, scope, "r1", nil, 3)
		w.must(err)
		rest, err := r.NotesOf(ctx, scope, "r1", db.Key{string(of[2].ID)}, 3)
		w.must(err)
		if len(of) != 3 || len(rest) != 1 {
			w.t.Errorf("got %d and %d notes of the round, want 3 and 1", len(of), len(rest))
		}
		_, err = r.Note(ctx, scope, of[0].ID)
		w.must(err)
		_, err = r.Attachments(ctx, "o1", record.Ref{Kind: record.KindNote, ID: "x"})
		w.must(err)
		_, err = r.Signatures(ctx, "o1", record.Ref{Kind: record.KindNote, ID: "x"})
		w.must(err)
		other := authz.Scope{Org: "o1", Reach: authz.Unit, ID: "b2"}
		if _, err := r.Note(ctx, other, of[0].ID); kind(err) != kernel.NotFound {
			w.t.Errorf("another branch: got %v, want not found", err)
		}
		hidden, err := r.NotesOf(ctx, other, "r1", nil, 5)
		w.must(err)
		if len(hidden) != 0 {
			w.t.Errorf("another branch: got %d notes, want none", len(hidden))
		}
	})
}
