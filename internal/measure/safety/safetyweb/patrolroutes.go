package safetyweb

import (
	"context"
	_ "embed"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// PatrolEnglish is the translations of the patrol's and the places' pages.
//
//go:embed patrol.en.toml
var PatrolEnglish string

// PatrolParts is what the pages of patrols and places ask.
type PatrolParts struct {
	Frame   *ui.Frame
	Patrols *safety.Patrols
	Chart   func(ctx context.Context, org string) (*org.Chart, error)
	ByCode  func(ctx context.Context, code string) (string, org.Place, error)
	// Take makes pictures of a form's uploads and answers with their hashes.
	Take        func(c *web.Ctx, f *web.Form, field string, most int) ([]string, error)
	Attachments func(ctx context.Context, org string, owner record.Ref) ([]record.Attachment, error)
	Deny        func(ctx context.Context, by authz.Actor, owner record.Ref) error // 不是我签的
	// OpenAt is how many hazards that the person may see are open at a place, -1 where he sees none of a place.
	OpenAt func(c *web.Ctx, at org.PlaceID) (int, error)
	At     PlaceKnown
	// Picture gives pictures for papers as files.
	Picture Picture
	// Seal makes a code of a value that only this installation can make.
	Seal      func(kind, value string) string
	PublicURL string // how phones reach this machine; empty: as the request came
}

// PatrolPages serves patrols, and the places that they are made at.
type PatrolPages struct{ PatrolParts }

func NewPatrolPages(p PatrolParts) *PatrolPages { return &PatrolPages{p} }

// Routes adds the lines to the table. Signing asks for no permission of today: whose mandate has ended meanwhile may still
// finish the patrol of a day on which it was valid; who is not one of the two finds nothing there.
func (h *PatrolPages) Routes(r *web.Routes) {
	r.Get("/p/{code}", authz.Public, h.place, web.Example("place"))
	r.Get("/places/qr", org.ManagePlaces, h.codes)
	r.Get("/places/{id}/qr", org.ManagePlaces, h.code, web.Example("place-id"))
	r.Get("/safety/patrols", safety.SeePatrols, h.list)
	r.Post("/safety/patrols", safety.DoPatrol, h.begin)
	r.Get("/safety/patrols/new", safety.DoPatrol, h.new)
	r.Get("/safety/patrols/export", safety.SeePatrols, h.export)
	r.Get("/safety/patrols/{id}", safety.SeePatrols, h.show, web.Example("run"))
	r.Post("/safety/patrols/{id}", safety.DoPatrol, h.save, web.Files)
	r.Put("/safety/patrols/{id}", safety.DoPatrol, h.put, web.Files)
	r.Get("/safety/patrols/{id}/edit", safety.DoPatrol, h.edit, web.Example("run-open"))
	r.Get("/safety/patrols/{id}/sign", authz.SignedIn, h.sign, web.Example("run-signing"))
	r.Post("/safety/patrols/{id}/sign", authz.SignedIn, h.signed)
	r.Post("/safety/patrols/{id}/deny", authz.SignedIn, h.deny)
	r.Post("/safety/patrols/{id}/drop", authz.SignedIn, h.drop, web.Files) // a button of the form with the photos
	r.Get("/safety/cards/{id}", safety.SeePatrols, h.showCard, web.Example("card"))
	r.Get("/safety/patrols/{id}/paper", safety.SeePatrols, h.paper, web.Example("run"))
	r.Get("/safety/patrols/{id}/paper/word", safety.SeePatrols, h.paperWord, web.Example("run"))
}

func patrolAt(id string, rest string) string { return "/safety/patrols/" + id + rest }

var errNotThere = kernel.Err(kernel.NotFound, "没有这份记录，或者不归你看。")
