// Package almanacweb is the page of the working days: what each year's days off are and where they come from, and the entry
// of a later year from the published notice. It never makes up a day.
package almanacweb

import (
	_ "embed"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/almanac"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Pages serves them.
type Pages struct {
	frame *ui.Frame
	days  *almanac.Service
}

func New(f *ui.Frame, s *almanac.Service) *Pages { return &Pages{f, s} }

// Routes adds the module's lines to the table. Everybody may see which days are worked.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/almanac", authz.SignedIn, h.show)
	r.Post("/almanac", almanac.EnterYear, h.enter)
}
