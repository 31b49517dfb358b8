package story

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"xiaojia/internal/app"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Size is how much a demo shall hold in all; what is there already counts.
type Size struct{ Members, Hazards int }

// Crowd fills a demo up to a size, for load tests and to see which way the database takes. Unlike the story it goes through
// no use case: these are rows by the thousand, straight to the database, with all that use cases would have kept in step
// with them: counters, series of numbers, whose turn it is, search, history. Nobody is told, and no round counts them.
// People carry the staff numbers 合成 can be told by (SYN…), hazards and letters the word （合成）.
func Crowd(ctx context.Context, a *app.App, want Size, progress func(done, of int)) error {
	b, err := newBulk(ctx, a)
	if err != nil {
		return err
	}
	members, err := b.lacks(want.Members, "SELECT count(*) FROM person WHERE org_id = $1")
	if err != nil {
		return err
	}
	hazards, err := b.lacks(want.Hazards, "SELECT count(*) FROM matter WHERE org_id = $1 AND kind = 'hazard'")
	if err != nil {
		return err
	}
	b.of, b.progress = members+hazards, progress
	if err := b.people(members); err != nil {
		return fmt.Errorf("people: %w", err)
	}
	if err := b.hazards(hazards); err != nil {
		return fmt.Errorf("hazards: %w", err)
	}
	a.Accounts.Forget()
	return nil
}

// synthetic marks every text that the bulk writes.
const synthetic = "（合成）"

// bulkChunk is how many records one transaction writes; memory holds no more.
const bulkChunk = 2000

// bulk is a demo that is being filled.
type bulk struct {
	ctx      context.Context
	app      *app.App
	org      string
	chart    *org.Chart
	days     *calendar.Workdays
	clocks   matter.CatalogueClocks
	now      kernel.Time
	today    kernel.Date
	wait     int    // working days until the company union hears of what is late
	sides    []side // the branches, the largest first
	photos   map[shot]string
	progress func(done, of int)
	done, of int
}

// side is a branch with whom and what its rows name.
type side struct {
	branch org.UnitID
	groups []org.Unit
	spots  []spotAt
	judge  known
	chair  known
	seers  []known              // who can be named to verify
	hands  map[org.UnitID]known // who answers for a unit
	crowd  []known              // who reports
}

type known struct {
	id   people.ID
	name string
}

type spotAt struct {
	spot
	at    org.PlaceID
	owner org.UnitID
}

func newBulk(ctx context.Context, a *app.App) (*bulk, error) {
	chair, err := a.Accounts.As(ctx, "chair")
	if err != nil {
		return nil, err
	}
	b := &bulk{ctx: ctx, app: a, org: chair.Org, clocks: matter.CatalogueClocks{Catalogue: a.Catalogue}, now: a.DB.Clock.Now()}
	b.today = b.now.Date()
	if b.chart, err = a.Directory.Of(ctx, b.org); err != nil {
		return nil, err
	}
	if b.days, err = a.Almanac.Workdays(ctx, b.org); err != nil {
		return nil, err
	}
	late, _, err := b.clocks.Due("escalate", b.now, b.days)
	if err != nil {
		return nil, err
	}
	b.wait = b.days.Between(b.today, late.Date())
	if err := b.branches(); err != nil {
		return nil, err
	}
	return b, b.album()
}

// branches learns who holds which office and what lies where.
func (b *bulk) branches() error {
	held, err := b.app.Roster.Mandates(b.ctx, authz.Program(b.org), b.today)
	if err != nil {
		return err
	}
	for _, u := range b.chart.Units(org.Branch, "") {
		s := side{branch: u.ID, groups: b.chart.Units(org.Group, u.ID), hands: map[org.UnitID]known{}}
		for _, m := range held {
			s.knows(m, b.chart)
		}
		for _, x := range slices.Concat(spots, secondSpots) {
			if at, ok := placeNamed(b.chart, u.ID, x.place); ok {
				p, _ := b.chart.Place(at)
				s.spots = append(s.spots, spotAt{x, at, p.Owner})
			}
		}
		if len(s.groups) > 0 && len(s.spots) > 0 && len(s.seers) > 0 {
			b.sides = append(b.sides, s)
		}
	}
	if len(b.sides) == 0 {
		return fmt.Errorf("no branch of the demo has groups, places and representatives")
	}
	return nil
}

// knows notes what a mandate makes of its holder in the branch.
func (s *side) knows(m people.Mandate, c *org.Chart) {
	u, _ := c.Unit(m.Unit)
	who := known{m.Person, m.Name}
	if u.Branch == s.branch && (m.Office == authz.DeptContact || m.Office == authz.Contractor) {
		s.hands[m.Unit] = who
	}
	if m.Office == authz.HSE && (u.Branch == s.branch || s.judge == known{}) {
		s.judge = who
	}
	if m.Unit != s.branch {
		return
	}
	switch m.Office {
	case authz.Chair:
		s.chair = who
		s.seers = append(s.seers, who)
	case authz.Committee, authz.WorkerRep, authz.MemberRep:
		s.seers = append(s.seers, who)
	}
}

// side is the branch of the i-th row: the first has four of five.
func (b *bulk) side(i int) *side {
	if len(b.sides) > 1 && i%5 == 4 {
		return &b.sides[1+i/5%(len(b.sides)-1)]
	}
	return &b.sides[0]
}

func (b *bulk) lacks(want int, count string) (n int, err error) {
	if want == 0 {
		return 0, nil
	}
	err = b.app.DB.Read.QueryRowContext(b.ctx, count, b.org).Scan(&n)
	return max(want-n, 0), err
}

// chunk writes so many records in a transaction of their own, and counts what they count.
func (b *bulk) chunk(records int, write func(db.Tx) (counted, error)) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	err := b.app.DB.InTx(b.ctx, authz.Program(b.org), func(tx db.Tx) error {
		n, err := write(tx)
		if err != nil {
			return err
		}
		return n.move(tx)
	})
	b.done += records
	b.progress(b.done, b.of)
	return err
}

// counted is by how much counters move, by their name and key.
type counted map[string]map[string]int

func (c counted) add(name, key string) {
	if c[name] == nil {
		c[name] = map[string]int{}
	}
	c[name][key]++
}

func (c counted) move(tx db.Tx) error {
	for _, name := range slices.Sorted(maps.Keys(c)) {
		for _, k := range slices.Sorted(maps.Keys(c[name])) {
			if err := db.Count(tx, name, k, c[name][k]); err != nil {
				return err
			}
		}
	}
	return nil
}
