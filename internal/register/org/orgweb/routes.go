// Package orgweb is the pages of units and places: who answers for what, and where things are. It asks the use cases and
// decides nothing; the codes for the walls are printed elsewhere.
package orgweb

import (
	"context"
	_ "embed"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Heads counts the people of each unit; a floor above knows them.
type Heads func(ctx context.Context, org string) (map[org.UnitID]int, error)

// Pages serves them.
type Pages struct {
	frame *ui.Frame
	units *org.Service
	heads Heads
}

func New(f *ui.Frame, s *org.Service, heads Heads) *Pages {
	return &Pages{frame: f, units: s, heads: heads}
}

// Routes adds the module's lines to the table. Who is signed in may see which units there are: every list names them.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/units", authz.SignedIn, h.tree)
	r.Post("/units", org.ManageUnits, h.add)
	r.Post("/units/{id}", org.ManageUnits, h.rename)
	r.Post("/units/{id}/move", org.ManageUnits, h.moveGroup)
	r.Post("/units/{id}/close", org.ManageUnits, h.closeUnit)
	r.Get("/places", org.SeePlaces, h.places)
	r.Get("/places/export", org.SeePlaces, h.exportPlaces)
	r.Get("/places/new", org.ManagePlaces, h.newPlace)
	r.Post("/places/new", org.ManagePlaces, h.addPlace)
	r.Get("/places/{id}/edit", org.ManagePlaces, h.editPlace, web.Example("place-id"))
	r.Post("/places/{id}/edit", org.ManagePlaces, h.changePlace)
	r.Post("/places/{id}/close", org.ManagePlaces, h.closePlace)
}

func (h *Pages) chart(c *web.Ctx) (*org.Chart, error) {
	return h.units.Directory().Of(c.R.Context(), c.Actor.Org)
}

// manages tells whether a scope of management reaches a branch's things; company-level ones belong to none.
func manages(s authz.Scope, branch org.UnitID) bool {
	return s.Reach == authz.Org && s.Org != "" || s.Reach == authz.Unit && branch != "" && s.ID == string(branch)
}
