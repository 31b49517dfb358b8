// Package dutyweb is the pages of standing duties: a round with who is still missing, the duties of a branch, an officer's own
// duty. It decides nothing and knows records only by their names.
package dutyweb

import (
	"context"
	_ "embed"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Parts is what the pages are put together from.
type Parts struct {
	Read      db.DBTX // for histories
	Catalogue *catalogue.Catalogue
	Chart     func(ctx context.Context, org string) (*org.Chart, error)
	Names     func(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error)                      // in the reader's language
	Held      func(ctx context.Context, org string, branch org.UnitID) (map[authz.Office]bool, error) // offices that somebody holds for a branch today
	Mandates  func(ctx context.Context, by authz.Actor, on kernel.Date) (people.Mandates, error)      // those that the actor may see
}

// Pages serves them.
type Pages struct {
	Parts
	frame  *ui.Frame
	duties *duty.Service
	reads  duty.Reads
}

func New(f *ui.Frame, s *duty.Service, r duty.Reads, p Parts) *Pages {
	return &Pages{Parts: p, frame: f, duties: s, reads: r}
}

// Routes adds the module's lines to the table.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/rounds/{id}", duty.SeeDuties, h.round, web.Example("round"))
	r.Post("/rounds/{id}/excuse", duty.ExcuseTargets, h.excuse)
	r.Post("/rounds/{id}/unexcuse", duty.ExcuseTargets, h.unexcuse)
	r.Get("/duties", duty.SeeDuties, h.list)
	r.Post("/duties/adopt", duty.ManageDuties, h.adopt)
	r.Get("/duties/export", duty.SeeDuties, h.export)
	r.Get("/duties/new", duty.ManageDuties, h.newOwn)
	r.Post("/duties/new", duty.ManageDuties, h.addOwn)
	r.Get("/duties/{id}", duty.SeeDuties, h.show, web.Example("duty"))
	r.Get("/duties/{id}/edit", duty.ManageDuties, h.editOwn, web.Example("own-duty"))
	r.Post("/duties/{id}", duty.ManageDuties, h.changeOwn)
	r.Post("/duties/{id}/retire", duty.ManageDuties, h.retire)
}

// mine tells whether the actor's permission reaches the branch.
func mine(c *web.Ctx, p authz.Perm, unit org.UnitID) bool {
	return record.Within(c.Actor.Scope(p), unit)
}
