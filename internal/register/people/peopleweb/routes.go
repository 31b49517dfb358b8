// Package peopleweb is the pages of the roster: the list, one person, the import from Excel, and who may do what by
// virtue of which mandate. It asks the use cases and decides nothing.
package peopleweb

import (
	"context"
	_ "embed"

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

// Standing says how a person gets in: the name he signs in with (empty before he has joined), whether the account is
// open, and whether the actor may hand him a link.
type Standing func(ctx context.Context, by authz.Actor, p people.ID) (login string, open, mayInvite bool, err error)

// Parts is what the pages ask.
type Parts struct {
	Frame     *ui.Frame
	DB        *db.DB
	People    *people.Service
	Directory *org.Directory
	Set       *authz.Set // whose rules the rights page shows
	Standing  Standing
	Invites   authz.Perm // the right to hand out links, which a floor above defines
	Shelf     *Shelf
}

// Pages serves them.
type Pages struct{ Parts }

func New(p Parts) *Pages { return &Pages{p} }

// Routes adds the module's lines to the table. One's own page is open to everybody who is signed in: notices lead there.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/people", people.SeePeople, h.list)
	r.Get("/people/export", people.SeePeople, h.export)
	r.Get("/people/reveals", people.SeeReveals, h.reveals)
	r.Get("/people/reveals.xlsx", people.SeeReveals, h.revealsExport)
	r.Get("/people/new", people.EditPeople, h.new)
	r.Post("/people/new", people.EditPeople, h.create)
	r.Get("/people/template.xlsx", people.ImportPeople, h.template)
	r.Get("/people/import", people.ImportPeople, h.upload)
	r.Post("/people/import", people.ImportPeople, h.step, web.Files)
	r.Get("/people/imports", people.ImportPeople, h.batches)
	r.Get("/imports/{id}", people.ImportPeople, h.batch, web.Example("batch"))
	r.Get("/imports/{id}/problems.xlsx", people.ImportPeople, h.problemsExport, web.Example("batch"))
	r.Post("/imports/{id}/undo", people.ImportPeople, h.undo)
	r.Post("/imports/{id}/close-units", people.ImportPeople, h.closeEmpty)
	r.Get("/people/{id}", authz.SignedIn, h.show, web.Example("person"))
	r.Get("/people/{id}/edit", people.EditPeople, h.edit, web.Example("person"))
	r.Post("/people/{id}/edit", people.EditPeople, h.change)
	r.Post("/people/{id}/reveal", people.RevealSealed, h.reveal)
	r.Post("/people/{id}/leave", people.EditPeople, h.leave)
	r.Post("/people/{id}/return", people.EditPeople, h.comeBack)
	r.Post("/people/{id}/labels", people.EditPeople, h.label)
	r.Get("/people/{id}/appoint", people.SeeMandates, h.appointing, web.Example("person"))
	r.Post("/people/{id}/appoint", people.SeeMandates, h.appoint)
	r.Post("/people/{id}/mandates/{m}/end", people.SeeMandates, h.dismiss)
	r.Get("/rights", people.SeeMandates, h.rights)
	r.Get("/rights/export", people.SeeMandates, h.rightsExport)
}

// chart is the units of the actor's company union.
func (h *Pages) chart(c *web.Ctx) (*org.Chart, error) {
	return h.Directory.Of(c.R.Context(), c.Actor.Org)
}
