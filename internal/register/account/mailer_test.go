package account_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/notify"
)

// The server is away from eight to nine: everybody gets his mail after it, once, and nothing was claimed meanwhile.
func TestAnHourWithoutServerLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		box := newMailbox(t)
		p := h.post(t, nil, box, map[string][]ics.Event{})
		for _, no := range []string{"K01", "K02", "K03"} {
			me := h.who(t, h.joined(t, h.person(t, no, "某某"+no, "", "", "", ""), good))
			h.wished(t, p, me, strings.ToLower(no)+"@home.example")
			p.days[me.Person] = []ics.Event{due(no, "2024-12-21", false)}
		}
		box.down()
		failed := 0
		for minute := range 60 {
			h.at("2024-12-21", 8, minute)
			if err := p.Run(t.Context()); err != nil {
				failed++
			}
		}
		if failed == 0 || failed > 10 {
			t.Errorf("asked %d times in an hour, want some and fewer each time", failed)
		}
		box.up()
		for minute := range 40 {
			h.at("2024-12-21", 9, minute)
			p.run(t)
		}
		to := map[string]int{}
		for _, m := range box.take() {
			to[m.To]++
		}
		if len(to) != 3 || to["k01@home.example"] != 1 || to["k02@home.example"] != 1 || to["k03@home.example"] != 1 {
			t.Errorf("got %v, want one each", to)
		}
	})
}

// The server takes the connection and refuses the mail for a while: it is tried again, at night not, and given up after a day.
func TestARefusedMailIsTriedForADay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		me := h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good))
		p := h.post(t, nil, newMailbox(t), map[string][]ics.Event{})
		h.wished(t, p, me, "zhang@home.example")
		p.days[me.Person] = []ics.Event{due("r1", "2024-12-21", false)}
		p.box.answer(451)
		h.at("2024-12-21", 8, 0)
		p.run(t)
		p.box.answer(0)
		h.at("2024-12-21", 8, 0)
		p.run(t)
		h.at("2024-12-21", 8, 1)
		p.run(t)
		h.at("2024-12-21", 8, 30)
		p.run(t)
		if n := len(p.box.take()); n != 1 {
			t.Errorf("%d mails after one try failed, want one", n)
		}
		p.days[me.Person] = []ics.Event{due("r2", "2024-12-22", false)}
		p.box.answer(451)
		for at := day("2024-12-22").At(8, 0); at < day("2024-12-23").At(7, 59); at = at.Add(10 * time.Minute) {
			h.clock.Set(at)
			p.run(t)
		}
		if w, err := h.MyWish(t.Context(), me); err != nil || !w.Failed.IsZero() {
			t.Errorf("given up within a day: %v %v", w.Failed, err)
		}
		p.days[me.Person] = nil
		h.at("2024-12-23", 14, 0)
		p.run(t)
		p.box.answer(0)
		h.at("2024-12-24", 14, 0)
		p.run(t)
		w, err := h.MyWish(t.Context(), me)
		if n := len(p.box.take()); n != 0 || err != nil || w.Failed != day("2024-12-23") {
			t.Errorf("after a day: %d mails, failed on %v, %v", n, w.Failed, err)
		}
		p.days[me.Person] = []ics.Event{due("r3", "2024-12-26", false)}
		p.box.answer(550)
		h.at("2024-12-25", 8, 0)
		p.run(t)
		if w, err := h.MyWish(t.Context(), me); err != nil || w.Failed != day("2024-12-25") {
			t.Errorf("refused for good: %v %v", w.Failed, err)
		}
	})
}

// dying is a way on which the server that sends dies.
type dying struct{ notify.Channel }

func (d dying) Open(context.Context) (notify.Line, error) { return d, nil }
func (dying) Send(context.Context, notify.Message) error  { panic("the machine goes down") }
func (dying) Close() error                                { return nil }

// Between claim and answer nobody knows whether a mail went out: it is not sent again, and the next day goes on.
func TestADeadServersMailIsNotDoubled(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		me := h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good))
		days := map[string][]ics.Event{}
		p := h.post(t, nil, newMailbox(t), days)
		h.wished(t, p, me, "zhang@home.example")
		days[me.Person] = []ics.Event{due("r1", "2024-12-21", false)}
		h.at("2024-12-21", 8, 0)
		func() {
			defer func() { _ = recover() }()
			_ = h.post(t, func(c notify.Channel) notify.Channel { return dying{c} }, p.box, days).Run(t.Context())
			t.Error("the server has not died")
		}()
		for at := day("2024-12-21").At(8, 0); at < day("2024-12-21").At(20, 0); at = at.Add(20 * time.Minute) {
			h.clock.Set(at)
			p.run(t)
		}
		if n := len(p.box.take()); n != 0 {
			t.Errorf("%d mails of a claim that had no answer", n)
		}
		days[me.Person] = append(days[me.Person], due("r2", "2024-12-22", false))
		h.at("2024-12-22", 8, 0)
		p.run(t)
		if got := p.box.take(); len(got) != 1 || !strings.Contains(got[0].Text, "r2") || strings.Contains(got[0].Text, "r1") {
			t.Errorf("the next day: %+v", got)
		}
	})
}

// The sending of four mails is broken off after each transaction in turn: nobody gets two, at most the one that was on its way is
// left to the inbox, and the next day everybody has his mail.
func TestSendingBrokenOffAnywhereDoublesNothing(t *testing.T) {
	each(t, func(t *testing.T, empty *house) {
		n := 1
		for after := 0; after < n; after++ {
			t.Run(fmt.Sprint(after), func(t *testing.T) {
				empty.clock.SetDay("2024-12-20")
				h := newHouse(t, dbtest.Fresh(t, empty.d, empty.clock), empty.clock)
				box, days := newMailbox(t), map[string][]ics.Event{}
				p := h.post(t, nil, box, days)
				var people []string
				for _, no := range []string{"K01", "K02", "K03", "K04"} {
					me := h.who(t, h.joined(t, h.person(t, no, "某某"+no, "", "", "", ""), good))
					h.wished(t, p, me, strings.ToLower(no)+"@home.example")
					days[me.Person], people = []ics.Event{due(no, "2024-12-21", false)}, append(people, me.Person)
				}
				h.at("2024-12-21", 8, 0)
				ctx, _ := db.WithBreak(t.Context(), after)
				if err := h.post(t, nil, box, days).Run(ctx); !errors.Is(err, db.ErrBroken) {
					t.Fatalf("got %v", err)
				}
				for at := day("2024-12-21").At(8, 0); at < day("2024-12-21").At(20, 0); at = at.Add(30 * time.Minute) {
					h.clock.Set(at)
					p.run(t)
				}
				var unknown int
				if err := h.d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM mail WHERE state = 'unknown'`).Scan(&unknown); err != nil {
					t.Fatal(err)
				}
				to := map[string]int{}
				for _, m := range box.take() {
					if to[m.To]++; to[m.To] > 1 {
						t.Errorf("%s got %d mails", m.To, to[m.To])
					}
				}
				if unknown > 1 || len(to) < 3 || len(to)+unknown < 4 {
					t.Errorf("%d got one and %d are unknown, of 4", len(to), unknown)
				}
				for _, who := range people {
					days[who] = append(days[who], due("tomorrow", "2024-12-22", false))
				}
				h.at("2024-12-22", 8, 0)
				ctx, all := db.WithBreak(t.Context(), 1<<30)
				if err := p.Run(ctx); err != nil {
					t.Fatal(err)
				}
				if n = all.N(); len(box.take()) != 4 {
					t.Error("not everybody had his mail the next day")
				}
			})
		}
		if n < 8 {
			t.Errorf("%d transactions for four mails", n)
		}
	})
}

func TestTwoServersSendOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		box, days := newMailbox(t), map[string][]ics.Event{}
		p := h.post(t, nil, box, days)
		for _, no := range []string{"K01", "K02", "K03", "K04"} {
			me := h.who(t, h.joined(t, h.person(t, no, "某某"+no, "", "", "", ""), good))
			h.wished(t, p, me, strings.ToLower(no)+"@home.example")
			days[me.Person] = []ics.Event{due(no, "2024-12-21", false)}
		}
		h.at("2024-12-21", 8, 0)
		servers := []*post{h.post(t, nil, box, days), h.post(t, nil, box, days), h.post(t, nil, box, days)}
		start, errs := make(chan struct{}), make([]error, len(servers))
		var done sync.WaitGroup
		for i, s := range servers {
			done.Go(func() { <-start; errs[i] = s.Run(t.Context()) })
		}
		close(start)
		done.Wait()
		to := map[string]int{}
		for _, m := range box.take() {
			to[m.To]++
		}
		if err := errors.Join(errs...); err != nil || len(to) != 4 || to["k01@home.example"]+to["k02@home.example"]+to["k03@home.example"]+to["k04@home.example"] != 4 {
			t.Errorf("got %v, %v: want one each", to, err)
		}
	})
}
