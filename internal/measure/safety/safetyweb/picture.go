package safetyweb

import (
	"strings"

	"xiaojia/internal/platform/docx"
	"xiaojia/internal/platform/web"
)

// Picture gives a small picture of an org as a data: address.
type Picture func(org, hash string) (string, error)

// of looks up the pictures that a page of the reader shows.
func (p Picture) of(c *web.Ctx) docx.Look {
	return func(src string) (string, error) { return p(c.Actor.Org, strings.TrimPrefix(src, "/f/")) }
}
