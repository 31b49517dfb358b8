package peopleweb

import (
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// workbook is a kept upload, opened.
type workbook struct{ *roster.Book }

func (h *Pages) open(c *web.Ctx, token string) (*workbook, error) {
	f, err := h.Shelf.Open(c.Actor.Account, token)
	if err != nil {
		return nil, err
	}
	b, err := roster.Open(f, f.Size(), roster.Limits{})
	if err != nil {
		return nil, err
	}
	return &workbook{b}, nil
}

// source gives the rows to Preview and Import alike; the tally says what the reader left out.
func (b *workbook) source(c *web.Ctx, chart *org.Chart, unit org.UnitID, m roster.Mapping, left *roster.Tally) people.Source {
	opt := roster.Options{Today: c.Today(), Known: people.KnownUnits(chart, unit)}
	return func(yield func(roster.Row) bool) error {
		t, err := b.Read(m, opt, yield)
		*left = t
		return err
	}
}
