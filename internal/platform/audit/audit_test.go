package audit_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
)

func TestHistoryTellsWhoDidWhatAndHidesWhoMustBeHidden(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := audit.Subject{Kind: "matter", ID: "m1"}
		by := authz.Actor{Org: "o1", Person: "p1", Name: "吴敏"}
		err := d.InTx(t.Context(), by, func(tx db.Tx) error {
			if err := audit.Write(tx, "hazard.judge", s, "定级：%s", "一般 B"); err != nil {
				return err
			}
			return audit.WriteBlind(tx, "hazard.raise", s, "匿名上报")
		})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := audit.History(t.Context(), d.Read, "o1", s)
		if err != nil || len(lines) != 2 {
			t.Fatalf("got %d lines, %v", len(lines), err)
		}
		blind, named := lines[0], lines[1]
		if h, m := blind.At.Clock(); blind.Actor != "" || blind.Name != "" || h != 0 || m != 0 {
			t.Errorf("the anonymous line says %+v", blind)
		}
		if named.Name != "吴敏" || named.Text != "定级：%s" || named.Args[0] != "一般 B" {
			t.Errorf("the named line says %+v", named)
		}
		if other, err := audit.History(t.Context(), d.Read, "o2", s); err != nil || len(other) != 0 {
			t.Errorf("another union reads %v, %v", other, err)
		}
	})
}

func TestTheLeafProvesTheBytes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := audit.Subject{Kind: "matter", ID: "m1"}
		if err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return audit.Write(tx, "a", s, "b") }); err != nil {
			t.Fatal(err)
		}
		var body, leaf []byte
		if err := d.Read.QueryRowContext(t.Context(), "SELECT body, leaf FROM audit").Scan(&body, &leaf); err != nil {
			t.Fatal(err)
		}
		if got := audit.Leaf(body); !bytes.Equal(got[:], leaf) {
			t.Error("the leaf is not the hash of the stored bytes")
		}
		body[0]++
		if got := audit.Leaf(body); bytes.Equal(got[:], leaf) {
			t.Error("a changed byte goes unnoticed")
		}
	})
}

// The clock goes back: what is written later stands later, and says what the clock said.
func TestHistoryKeepsItsOrderWhereTheClockGoesBack(t *testing.T) {
	c := dbtest.NewClock("2024-12-20")
	day := c.Now()
	dbtest.EachAt(t, c, func(t *testing.T, d *db.DB) {
		c.Set(day)
		s := audit.Subject{Kind: "matter", ID: "m1"}
		put := func(act string, blind bool) {
			t.Helper()
			err := d.InTx(t.Context(), authz.Actor{Org: "o1", Person: "p1"}, func(tx db.Tx) error {
				if blind {
					return audit.WriteBlind(tx, act, s, act)
				}
				if act == "many" {
					return audit.WriteMany(tx, []audit.Past{{At: tx.Now(), Act: act, Subject: s, Text: act}, {At: tx.Now() - 1000, Act: "past", Subject: s, Text: act}})
				}
				return audit.Write(tx, act, s, act)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		put("blind", true)
		put("first", false)
		c.Set(day.Add(-24 * time.Hour))
		put("second", false)
		put("many", false)
		put("third", false)
		c.Set(day.Add(time.Hour))
		put("fourth", false)
		lines, err := audit.History(t.Context(), d.Read, "o1", s)
		if err != nil {
			t.Fatal(err)
		}
		var acts []string
		for _, l := range lines {
			acts = append(acts, l.Act)
		}
		if got, want := strings.Join(acts, " "), "past blind first second many third fourth"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := lines[3].At; got != day.Add(-24*time.Hour) {
			t.Errorf("the second line is of %v", got.In())
		}
	})
}
