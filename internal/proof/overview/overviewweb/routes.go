// Package overviewweb is what stands above the modules: home with the year ring, 待办 of every kind, the year as a list,
// the inbox, the search. It asks modules and decides nothing.
package overviewweb

import (
	"context"
	_ "embed"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Parts is what the pages above the modules ask.
type Parts struct {
	Frame    *ui.Frame
	DB       *db.DB
	Rounds   duty.Reads
	Chart    func(ctx context.Context, org string) (*org.Chart, error)
	Names    func(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error) // in the reader's language
	Todos    []func(c *web.Ctx) ([]ui.Item, error)                              // each module's part of 待办
	Waiting  func(c *web.Ctx) (int, error)                                      // how many there are of all modules
	Mine     []func(c *web.Ctx) ([]ui.Item, error)                              // what became of what I reported
	Facts    func(c *web.Ctx, p *ui.Page, unit org.UnitID) (map[string]ui.Fact, error)
	FindHere func(c *web.Ctx, query string) ([]search.Hit, error) // what is in memory: places, units, duties
	Scopes   map[string]authz.Perm                                // kind of record → the permission under which search shows it
	Desk     func(c *web.Ctx, p *ui.Page) ([]ui.Fact, error)      // what lies before the safety department
	Start    func(c *web.Ctx, p *ui.Page) (Steps, error)
	Phone    func(c *web.Ctx) (Hero, error)
	Beside   func(c *web.Ctx) (Beside, error) // of each branch, for comparing them
}

// Steps is what an empty branch has to do first; none where it is under way.
type Steps []Step

// Step is one line of the empty start.
type Step struct {
	Name, Hint, Href string
	Done             bool
}

// Hero is the one thing a representative has to do today.
type Hero struct{ Title, Hint, Href, Icon string }

// Pages serves them.
type Pages struct{ Parts }

func New(p Parts) *Pages { return &Pages{p} }

// Routes adds the lines to the table.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/", authz.SignedIn, h.home)
	r.Get("/todo", authz.SignedIn, h.todo)
	r.Get("/year", duty.SeeDuties, h.year)
	r.Get("/year/export", duty.SeeDuties, h.export)
	r.Get("/measure/{id}", duty.SeeDuties, h.measure, web.Example("measure"))
	r.Get("/inbox", authz.SignedIn, h.inbox)
	r.Post("/inbox/read", authz.SignedIn, h.read)
	r.Get("/inbox/{id}", authz.SignedIn, h.open, web.Example("notice"))
	r.Get("/search", authz.SignedIn, h.search)
}

// unit is the branch that an actor's pages are about: his own, or the one he chose where he sees many; none for who sees no year.
func (h *Pages) unit(c *web.Ctx) (org.UnitID, *org.Chart, error) {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil || !c.Actor.May(duty.SeeDuties) {
		return "", chart, err
	}
	unit, err := chart.Shown(c.Actor.Scope(duty.SeeDuties), c.Branch())
	if kernel.KindOf(err) == kernel.NotFound {
		return "", chart, nil
	}
	return unit, chart, err
}

func hour(t kernel.Time) int { h, _ := t.Clock(); return h }
