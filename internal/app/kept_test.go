package app

import (
	"context"
	"testing"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// asked counts what reaches the database.
type asked struct {
	safety.HazardReads
	lists, todos int
}

func (a *asked) List(_ context.Context, _ authz.Scope, f safety.HazardFilter, _ db.Key) ([]safety.HazardRow, db.Key, error) {
	a.lists++
	return []safety.HazardRow{{No: string(f.Tab)}}, nil, nil
}

func (a *asked) ToDo(context.Context, safety.HazardSight) ([]safety.ToDo, error) {
	a.todos++
	return []safety.ToDo{{No: "1"}}, nil
}

type setClock struct{ at kernel.Time }

func (c *setClock) Now() kernel.Time { return c.at }

func TestWhatIsRememberedEndsWithAWriteOrAnHour(t *testing.T) {
	t.Parallel()
	clock, version, a := &setClock{kernel.MustDate("2024-12-20").At(22, 59)}, uint64(1), &asked{}
	k := keepHazards(a, &db.DB{Clock: clock})
	k.version = func(string) uint64 { return version }
	list := func(s authz.Scope, f safety.HazardFilter) safety.HazardRow {
		rows, _, err := k.List(t.Context(), s, f, nil)
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		no := rows[0].No
		rows[0].No = "spoiled" // who changes his rows changes nobody else's
		return safety.HazardRow{No: no}
	}
	todo := func(person string) {
		if _, err := k.ToDo(t.Context(), safety.HazardSight{Scope: authz.Scope{Org: "o"}, Person: people.ID(person)}); err != nil {
			t.Fatal(err)
		}
	}
	one, other := authz.Scope{Org: "o", Reach: authz.Unit, ID: "u1"}, authz.Scope{Org: "o", Reach: authz.Unit, ID: "u2"}
	for _, step := range []struct {
		what         string
		do           func()
		lists, todos int
	}{
		{"first", func() { list(one, safety.HazardFilter{Tab: "open"}); todo("a") }, 1, 1},
		{"again", func() {
			if got := list(one, safety.HazardFilter{Tab: "open"}); got.No != "open" {
				t.Errorf("the second got %q", got.No)
			}
			todo("a")
		}, 1, 1},
		{"another branch, another person", func() { list(other, safety.HazardFilter{Tab: "open"}); todo("b") }, 2, 2},
		{"another filter", func() { list(one, safety.HazardFilter{Tab: "open", Grade: "C"}) }, 3, 2},
		{"a long page, twice", func() {
			list(one, safety.HazardFilter{Tab: "open", Limit: 200})
			list(one, safety.HazardFilter{Tab: "open", Limit: 200})
		}, 5, 2},
		{"the next hour", func() {
			clock.at = clock.at.Add(2 * time.Minute)
			todo("a")
			list(one, safety.HazardFilter{Tab: "open"})
		}, 5, 3},
		{"a write", func() { version++; todo("a"); list(one, safety.HazardFilter{Tab: "open"}) }, 6, 4},
	} {
		if step.do(); a.lists != step.lists || a.todos != step.todos {
			t.Errorf("%s: asked %d lists and %d todos, want %d and %d", step.what, a.lists, a.todos, step.lists, step.todos)
		}
	}
}
