package account_test

import (
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/account"
)

func TestAnAddressIsConfirmedByMail(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.at("2024-12-20", 22, 0) // he waits for this one: night or not
		me := h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good))
		p := h.post(t, nil, newMailbox(t), map[string][]ics.Event{me.Person: {due("r1", "2024-12-21", false)}})
		want := account.Wish{Address: "zhang@home.example", Kinds: account.MailKinds(), Hour: 8, Lang: "zh"}
		if err := h.WishFor(t.Context(), me, want); err != nil {
			t.Fatal(err)
		}
		p.run(t)
		got := p.box.take()
		if len(got) != 1 || got[0].To != "zhang@home.example" || got[0].Stop != "" || strings.Contains(got[0].Text+got[0].HTML, "张敏") {
			t.Fatalf("got %+v, want one mail that asks, without a name", got)
		}
		token := confirmLink.FindStringSubmatch(got[0].Text)[1]
		h.at("2024-12-21", 8, 1)
		p.run(t)
		if n := len(p.box.take()); n != 0 {
			t.Errorf("%d mails to an address that nobody has confirmed", n)
		}
		if err := h.ConfirmAddress(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "the link again", h.ConfirmAddress(t.Context(), token), kernel.Gone)
		wantKind(t, "a link of nobody", h.ConfirmAddress(t.Context(), ""), kernel.Gone)
		if err := h.AskAgain(t.Context(), me); err != nil {
			t.Fatal(err)
		}
		p.run(t)
		if w, err := h.MyWish(t.Context(), me); err != nil || w.Confirmed != day("2024-12-21") || !w.Failed.IsZero() {
			t.Errorf("confirmed: %+v %v", w, err)
		}
		want.Hour = 9
		if err := h.WishFor(t.Context(), me, want); err != nil {
			t.Fatal(err)
		}
		if w, err := h.MyWish(t.Context(), me); err != nil || w.Confirmed.IsZero() || w.Next != day("2024-12-21").At(9, 0) {
			t.Errorf("the same address needs no new link: %+v %v", w, err)
		}
		for i, address := range []string{"a@x.example", "b@x.example", "c@x.example", "d@x.example"} {
			want.Address = address
			err := h.WishFor(t.Context(), me, want)
			if (err == nil) != (i < 3) {
				t.Errorf("new address %d of a day: %v", i+1, err)
			}
		}
		h.at("2024-12-21", 10, 0)
		p.run(t)
		got = p.box.take()
		h.at("2024-12-24", 10, 1)
		wantKind(t, "a link after three days", h.ConfirmAddress(t.Context(), confirmLink.FindStringSubmatch(got[len(got)-1].Text)[1]), kernel.Gone)
	})
}

func TestWhatAWishMustBe(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		me := h.who(t, h.chair)
		for address, ok := range map[string]bool{"a@b.example": true, " a@b.example ": true, "张敏@b.example": false, "Zhang <a@b.example>": false, "a@b.example\r\nBcc: c@d.example": false, "": false, "a": false} {
			if err := h.WishFor(t.Context(), me, account.Wish{Address: address, Kinds: account.MailKinds(), Hour: 8}); (err == nil) != ok {
				t.Errorf("%q: %v", address, err)
			}
		}
		for _, w := range []account.Wish{{Address: "a@b.example", Hour: 8}, {Address: "a@b.example", Kinds: []account.MailKind{"spam"}, Hour: 8}, {Address: "a@b.example", Kinds: account.MailKinds(), Hour: 21},
			{Address: "a@b.example", Kinds: account.MailKinds(), Hour: 6}} {
			if err := h.WishFor(t.Context(), me, w); err == nil {
				t.Errorf("%+v is accepted", w)
			}
		}
	})
}

// One mail a day at most, nothing without news, and nothing twice; what a notice says stays inside.
func TestADigestIsOfWhatIsNew(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		me := h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good))
		p := h.post(t, nil, newMailbox(t), map[string][]ics.Event{})
		h.wished(t, p, me, "zhang@home.example")
		say := func(once, text string) {
			t.Helper()
			err := h.d.InTx(t.Context(), authz.Program(h.org), func(tx db.Tx) error {
				return notify.Send(tx, notify.Notice{Person: me.Person, Once: once, Text: text, Args: []any{"24-1", "王桂芬家里漏水"}, Href: "/x"})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		h.at("2024-12-21", 7, 59)
		say("a", "你报的 %s 已经销号：%s。")
		say("b", "%s 有新进展：%s")
		p.days[me.Person] = []ics.Event{due("r1", "2024-12-22", false), due("far", "2024-12-30", false), due("old", "2024-12-01", true), {UID: "span", From: day("2024-12-21"), To: day("2024-12-22"), Title: "可以做", Free: true}}
		p.run(t)
		if n := len(p.box.take()); n != 0 {
			t.Errorf("%d mails before the hour", n)
		}
		h.at("2024-12-21", 8, 0)
		p.run(t)
		got := p.box.take()
		if len(got) != 1 {
			t.Fatalf("%d mails, want one", len(got))
		}
		m := got[0]
		for _, want := range []string{"食堂每周巡视 r1", "食堂每周巡视 old", "https://home.example/rounds/r1", "你报的隐患有 1 条新消息", "小家里有 1 条新通知"} {
			if !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, want) {
				t.Errorf("the mail lacks %q:\n%s\n%s", want, m.Text, m.HTML)
			}
		}
		for _, not := range []string{"王桂芬", "张敏", "24-1", "far", "可以做"} {
			if strings.Contains(m.Text+m.HTML+m.Subject, not) {
				t.Errorf("the mail holds %q:\n%s", not, m.Text)
			}
		}
		if !strings.HasPrefix(m.Stop, "<https://home.example/mail/stop/") || !strings.Contains(m.Subject, "4 条") {
			t.Errorf("stop %q, subject %q", m.Stop, m.Subject)
		}
		for _, minute := range []int{1, 30} {
			h.at("2024-12-21", 8, minute)
			say("later", "还有一条 %s %s")
			p.run(t)
		}
		h.at("2024-12-22", 8, 0)
		p.run(t)
		if got := p.box.take(); len(got) != 1 || !strings.Contains(got[0].Text, "小家里有 1 条新通知") || strings.Contains(got[0].Text, "r1") {
			t.Errorf("the next day: %+v, want one mail with the one new notice", got)
		}
		for _, d := range []string{"2024-12-23", "2024-12-24"} {
			h.at(d, 8, 0)
			p.run(t)
		}
		if n := len(p.box.take()); n != 0 {
			t.Errorf("%d mails without news", n)
		}
	})
}

func TestMailEndsByALinkInIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.person(t, "K01", "张敏", "", "", "", "")
		me := h.who(t, h.joined(t, id, good))
		p := h.post(t, nil, newMailbox(t), map[string][]ics.Event{})
		h.wished(t, p, me, "zhang@home.example")
		p.days[me.Person] = []ics.Event{due("r1", "2024-12-21", false), due("old", "2024-12-01", true)}
		w, err := h.MyWish(t.Context(), me)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := h.StopMail(t.Context(), w.Stop, account.MailDue); err != nil {
				t.Fatal(err)
			}
		}
		h.at("2024-12-21", 8, 0)
		p.run(t)
		if got := p.box.take(); len(got) != 1 || strings.Contains(got[0].Text, "r1") || !strings.Contains(got[0].Text, "old") {
			t.Errorf("without what is due: %+v", got)
		}
		wantKind(t, "a link of nobody", h.StopMail(t.Context(), kernel.BlindID(), ""), kernel.Gone)
		if err := h.StopMail(t.Context(), w.Stop, ""); err != nil {
			t.Fatal(err)
		}
		_, err = h.MyWish(t.Context(), me)
		wantKind(t, "after all was stopped", err, kernel.NotFound)
		h.wished(t, p, me, "zhang@home.example")
		if err := h.roster.Leave(t.Context(), h.who(t, h.chair), id, 1, day("2024-12-20")); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"mail_wish", "mail", "mail_told"} {
			var n int
			if err := h.d.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%d rows of %s about a leaver, %v", n, table, err)
			}
		}
	})
}
