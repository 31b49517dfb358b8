package recordweb

import (
	"context"
	_ "embed"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Parts is what the pages are put together from.
type Parts struct {
	Read      db.DBTX // for histories
	Catalogue *catalogue.Catalogue
	Photos    *Photos
	Rounds    record.Rounds // the duty engine
	Chart     func(ctx context.Context, org string) (*org.Chart, error)
	Find      func(ctx context.Context, by authz.Actor, text string) ([]record.NoteID, error)
	Names     func(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error) // in the reader's language
}

// Pages serves 记一笔 and the photos of all records.
type Pages struct {
	Parts
	frame   *ui.Frame
	records *record.Service
	reads   record.Reads
}

func New(f *ui.Frame, s *record.Service, r record.Reads, p Parts) *Pages {
	return &Pages{Parts: p, frame: f, records: s, reads: r}
}

// Routes adds the module's lines to the table.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/notes", record.SeeNotes, h.list)
	r.Get("/notes/export", record.SeeNotes, h.export)
	r.Get("/notes/new", record.WriteNotes, h.newNote)
	r.Post("/notes", record.WriteNotes, h.write, web.Files)
	r.Get("/notes/{id}", record.SeeNotes, h.show, web.Example("note"))
	r.Get("/notes/{id}/paper", record.SeeNotes, h.paper, web.Example("note"))
	r.Get("/f/{hash}", authz.SignedIn, h.Photos.Show, web.Example("photo"))
}
