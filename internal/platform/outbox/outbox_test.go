package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/outbox"
)

type rang struct{ Door string }

func (rang) EventName() string { return "test.rang" }

func TestLaterComesUntilItSucceeds(t *testing.T) {
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		bus := outbox.NewBus()
		inside, heard, fail := 0, []string(nil), true
		outbox.On(bus, func(db.Tx, rang) error { inside++; return nil })
		outbox.Later(bus, func(_ context.Context, org string, e rang) error {
			if fail {
				return errors.New("nobody home")
			}
			heard = append(heard, org+e.Door)
			return nil
		})
		emit := func(after error) error {
			return d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return errors.Join(bus.Emit(tx, rang{"front"}), after) })
		}
		if err := emit(nil); err != nil {
			t.Fatal(err)
		}
		if err := emit(errors.New("changed my mind")); err == nil {
			t.Fatal("the transaction must fail")
		}
		relay := func() int {
			n, err := bus.Relay(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := relay(); n != 1 {
			t.Fatalf("took %d, want 1: what was rolled back leaves no row", n)
		}
		if n := relay(); n != 0 {
			t.Fatalf("took %d at once again, want to wait", n)
		}
		fail = false
		clock.Set(clock.Now().Add(2 * time.Minute))
		if n := relay(); n != 1 || len(heard) != 1 || heard[0] != "o1front" {
			t.Errorf("took %d, heard %v", n, heard)
		}
		if n := relay(); n != 0 {
			t.Errorf("took %d after it was done", n)
		}
	})
}

func TestARefusalInsideStopsTheTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bus, no := outbox.NewBus(), errors.New("no")
		outbox.On(bus, func(db.Tx, rang) error { return no })
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error { return bus.Emit(tx, rang{}) })
		if !errors.Is(err, no) {
			t.Errorf("got %v", err)
		}
	})
}
