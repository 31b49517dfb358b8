package ui

import (
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/web"
)

// SendSheet gives a finished list to the reader as a file named after it and the day.
func SendSheet(c *web.Ctx, name string, s *sheet.Sheet) error {
	c.Attach(name+"-"+c.Today().String()+".xlsx", sheet.Type)
	return s.Write(c.W)
}

// Chinese is a page's words in Chinese, whoever reads: the history is kept in it.
func Chinese(c *web.Ctx) *Page { return &Page{C: c, P: &i18n.Printer{Lang: i18n.Zh}} }

// About is what stands above an exported list: what it is, which filters it was made with, and on which day.
func About(p *Page, title string, filters ...string) []string {
	return []string{title, p.P.Join(filters), p.T("%s 导出", p.P.Date(p.C.Today()))}
}
