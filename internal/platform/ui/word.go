package ui

import (
	"bytes"
	"fmt"

	"github.com/a-h/templ"

	"xiaojia/internal/platform/docx"
	"xiaojia/internal/platform/web"
)

// SendWord gives a printed page to the reader as a Word file of that name. The file is made of the page itself, so that both
// have the same fields, order and words.
func SendWord(c *web.Ctx, name string, page templ.Component, look docx.Look) error {
	var shown, file bytes.Buffer
	if err := page.Render(c.R.Context(), &shown); err != nil {
		return fmt.Errorf("word %s: %w", name, err)
	}
	d, err := docx.FromHTML(&shown, look)
	if err != nil {
		return fmt.Errorf("word %s: %w", name, err)
	}
	d.Foot = c.P.T("第 %s 页，共 %s 页", "%s", "%s")
	if err := d.Write(&file); err != nil {
		return err
	}
	c.Attach(name+".docx", docx.Type)
	_, err = file.WriteTo(c.W)
	return err
}
