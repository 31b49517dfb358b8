package notify_test

import (
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
)

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
		list, err := notify.Inbox(t.Context(), d.Read, "o1", "p1")
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 1 || list[0].Args[1] != 2 {
			t.Fatalf("got %+v, want one with a whole number", list)
		}
		mark := func(tx db.Tx) error { return notify.MarkRead(tx, "p1", list[0].ID) }
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
