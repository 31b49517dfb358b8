package notify_test

import (
	"strconv"
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
)

// What is settled is read by everybody whom it waited for, or by the one who did his part; news stays.
func TestSettledMattersMarkThemselvesRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		in := func(org string, fn func(db.Tx) error) {
			t.Helper()
			if err := d.InTx(t.Context(), authz.Program(org), fn); err != nil {
				t.Fatal(err)
			}
		}
		unread := func(want map[string]int) {
			t.Helper()
			for person, n := range want {
				if got, err := notify.Unread(t.Context(), d.Read, "o1", person); err != nil || got != n {
					t.Errorf("%s: %d unread, %v; want %d", person, got, err, n)
				}
			}
		}
		for _, org := range []string{"o1", "o2"} {
			for _, person := range []string{"p1", "p2"} {
				for _, about := range []string{"run/r1/sign", "run/r2/sign", ""} {
					in(org, func(tx db.Tx) error {
						return notify.Send(tx, notify.Notice{Person: person, Once: "wait/" + about, Text: "等你签名", About: about})
					})
				}
			}
		}
		in("o1", func(tx db.Tx) error { return notify.SettleFor(tx, "run/r1/sign", "p1") })
		unread(map[string]int{"p1": 2, "p2": 3})
		in("o1", func(tx db.Tx) error { return notify.Settle(tx, "run/r1/sign") })
		in("o1", func(tx db.Tx) error { return notify.Settle(tx, "") })
		unread(map[string]int{"p1": 2, "p2": 2})
		if got, err := notify.Unread(t.Context(), d.Read, "o2", "p1"); err != nil || got != 3 {
			t.Errorf("the other company: %d unread, %v; want 3", got, err)
		}
		dbtest.Explain(t, d, notify.SettleSQL, "o1", "run/r1/sign", 1, "")
	})
}

func TestANoticeIsNeverDoubled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		send := func(n notify.Notice) {
			t.Helper()
			if err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return notify.Send(tx, n) }); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			send(notify.Notice{Person: "p1", Once: "late/r1", Text: "超期：%s，还差 %d 个", Args: []any{"食堂每周巡视", 2}, Href: "/rounds/r1"})
		}
		send(notify.Notice{Person: "p2", Once: "late/r1", Text: "别人的", Href: "/"})
		send(notify.Notice{Once: "late/r1", Text: "没有收件人", Href: "/"})
		list, _, err := notify.Inbox(t.Context(), d.Read, "o1", "p1", notify.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 1 || list[0].Args[1] != 2 {
			t.Fatalf("got %+v, want one with a whole number", list)
		}
		mark := func(tx db.Tx) error { return notify.MarkRead(tx, "p1", []string{list[0].ID}) }
		if err := d.InTx(t.Context(), authz.Program("o1"), mark); err != nil {
			t.Fatal(err)
		}
		for person, want := range map[string]int{"p1": 0, "p2": 1} {
			if n, err := notify.Unread(t.Context(), d.Read, "o1", person); err != nil || n != want {
				t.Errorf("%s: %d unread, %v; want %d", person, n, err, want)
			}
		}
	})
}

// An inbox goes on page by page, unread ones alone or all; 都看过了 marks what was shown, and nothing that came meanwhile, not
// even where it bears an earlier day.
func TestAnInboxIsReadAsFarAsItWasShown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		in := func(fn func(db.Tx) error) {
			t.Helper()
			if err := d.InTx(t.Context(), authz.Program("o1"), fn); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 120 {
			in(func(tx db.Tx) error {
				return notify.Send(tx, notify.Notice{Person: "p1", Once: strconv.Itoa(i), Text: "一条", Href: "/" + strconv.Itoa(i)})
			})
		}
		walk := func(f notify.Filter) (ids []string) {
			t.Helper()
			for range 4 {
				page, next, err := notify.Inbox(t.Context(), d.Read, "o1", "p1", f)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range page {
					ids = append(ids, n.ID)
				}
				if f.After = next; next == "" {
					break
				}
			}
			return ids
		}
		shown := walk(notify.Filter{Unread: true})
		if len(shown) != 120 {
			t.Fatalf("walked over %d, want 120", len(shown))
		}
		in(func(tx db.Tx) error {
			return notify.Send(tx, notify.Notice{Person: "p1", Once: "anonymous", Text: "匿名的", At: tx.Today().At(0, 0)})
		})
		in(func(tx db.Tx) error { return notify.MarkRead(tx, "p1", shown[:100]) })
		if got, all := len(walk(notify.Filter{Unread: true})), len(walk(notify.Filter{})); got != 21 || all != 121 {
			t.Errorf("%d unread of %d, want 21 of 121: the anonymous one was never shown", got, all)
		}
		for _, c := range []struct{ person, id, href string }{{"p1", shown[110], "/9"}, {"p2", shown[110], ""}, {"p1", "nonsense", ""}} {
			in(func(tx db.Tx) error {
				href, err := notify.Open(tx, c.person, c.id)
				if href != c.href {
					t.Errorf("%s opens %s: %q, want %q", c.person, c.id, href, c.href)
				}
				return err
			})
		}
		if got := len(walk(notify.Filter{Unread: true})); got != 20 {
			t.Errorf("%d unread after opening one, want 20", got)
		}
		for _, f := range []notify.Filter{{}, {Unread: true}, {Unread: true, After: shown[50]}} {
			q, args := notify.InboxSQL("o1", "p1", f)
			dbtest.Explain(t, d, q, args...)
		}
	})
}
