package peopleweb

import (
	"errors"
	"os"

	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// workbook is a kept upload, opened.
type workbook struct {
	*roster.Book
	file *os.File
}

func (h *Pages) open(c *web.Ctx, token string) (*workbook, error) {
	f, size, err := h.Shelf.Open(c.Actor.Account, token)
	if err != nil {
		return nil, err
	}
	b, err := roster.Open(f, size, roster.Limits{})
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &workbook{b, f}, nil
}

// Close ends the file under the workbook.
func (b *workbook) Close() error { return b.file.Close() }

// source gives the rows to Preview and Import alike; the tally says what the reader left out.
func (b *workbook) source(c *web.Ctx, chart *org.Chart, unit org.UnitID, m roster.Mapping, left *roster.Tally) people.Source {
	opt := roster.Options{Today: c.Today(), Known: people.KnownUnits(chart, unit)}
	return func(yield func(roster.Row) bool) error {
		t, err := b.Read(m, opt, yield)
		*left = t
		return err
	}
}
