// Package safetyweb is the pages of safety: hazards, patrols, papers. It asks use cases and reads; it decides nothing.
package safetyweb

import (
	"context"
	_ "embed"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// English is the translations of the hazard pages.
//
//go:embed en.toml
var English string

// Photos takes the pictures of a form.
type Photos interface {
	Take(c *web.Ctx, f *web.Form, field string, most int) ([]string, error)
	// TakeBlind is Take for pictures whose sender must not be found by the photo on his phone.
	TakeBlind(c *web.Ctx, f *web.Form, field string, most int) ([]string, error)
	// Inline is a small picture as an image's source, for readers who are not signed in.
	Inline(org, hash string) (string, error)
}

// HazardParts is what the hazard pages ask.
type HazardParts struct {
	Frame   *ui.Frame
	Hazards *safety.Hazards
	Letters *safety.Letters
	Reads   safety.HazardReads
	Photos  Photos
	Grades  []catalogue.Grade
	Majors  []catalogue.Major
	Chart   func(ctx context.Context, org string) (*org.Chart, error)
	ByCode  func(ctx context.Context, code string) (string, org.Place, error)
	Find    func(ctx context.Context, by authz.Actor, text string) ([]matter.ID, error)
	// Unjudged tells that nobody holds 安环部门 for a branch, so that its chair grades.
	Unjudged func(ctx context.Context, org string, branch org.UnitID) (bool, error)
	People   func(ctx context.Context, by authz.Actor, unit org.UnitID) ([]Pick, error) // who can rectify and verify
	Noted    func(c *web.Ctx, filter string, rows int) error                            // an export of the list leaves a line
}

// Pick is a person to choose, with where he works.
type Pick struct {
	ID   people.ID
	Name string
	No   string // staff number, which tells two of one name apart
	Unit org.UnitID
	// Contact: hears of what his unit has to put right.
	Contact bool
}

// HazardPages serves them.
type HazardPages struct{ HazardParts }

func NewHazardPages(p HazardParts) *HazardPages { return &HazardPages{p} }

// Routes adds the hazards' lines to the table.
func (h *HazardPages) Routes(r *web.Routes) {
	r.Get("/safety/hazards", safety.SeeHazards, h.list)
	r.Get("/safety/hazards/board", safety.SeeHazards, h.board)
	r.Get("/safety/hazards/export", safety.ExportHazards, h.export)
	r.Get("/say", authz.SignedIn, h.say)
	r.Get("/safety/hazards/new", authz.Public, h.new)
	r.Post("/safety/hazards", authz.Public, h.raise, web.Files)
	r.Get("/safety/hazards/{id}", safety.SeeHazards, h.show, web.Example("hazard"))
	r.Get("/safety/hazards/{id}/raised", safety.SeeHazards, h.justRaised, web.Example("hazard"))
	r.Post("/safety/hazards/{id}/{act}", safety.ActOnHazard, h.act, web.Files)
	r.Post("/safety/hazards/{id}/ask", safety.SeeHazards, h.ask)
	r.Post("/safety/hazards/{id}/letters", safety.IssueLetter, h.draft)
	r.Get("/safety/hazards/{id}/letters/{letter}", safety.SeeHazards, h.letter, web.Example("letter-hazard"))
	r.Get("/safety/hazards/{id}/letters/{letter}/word", safety.SeeHazards, h.letterWord, web.Example("letter-hazard"))
	r.Post("/safety/hazards/{id}/letters/{letter}/edit", safety.IssueLetter, h.redraft)
	r.Post("/safety/hazards/{id}/letters/{letter}/issue", safety.IssueLetter, h.issue)
	r.Post("/safety/hazards/{id}/letters/{letter}/drop", safety.IssueLetter, h.drop)
	r.Post("/safety/hazards/{id}/letters/{letter}/void", safety.IssueLetter, h.void)
	r.Post("/safety/hazards/{id}/letters/{letter}/receive", safety.SeeHazards, h.receive)
	r.Post("/safety/hazards/{id}/letters/{letter}/reply", safety.SeeHazards, h.reply)
	r.Get("/safety/notices", safety.ReportHazard, h.notices)
	r.Get("/receipt", authz.Public, h.receipt)
	r.Post("/receipt", authz.Public, h.follow)
	r.Post("/receipt/answer", authz.Public, h.answer)
}
