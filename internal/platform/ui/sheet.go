package ui

import (
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/web"
)

// SendSheet gives a finished list to the reader as a file named after it and the day.
func SendSheet(c *web.Ctx, name string, s *sheet.Sheet) error {
	c.Attach(name+"-"+c.Today().String()+".xlsx", sheet.Type)
	return s.Write(c.W)
}

// About is what stands above an exported list: what it is, which filters it was made with, and on which day.
func About(p *Page, title string, filters ...string) []string {
	return []string{title, p.P.Join(filters), p.T("%s 导出", p.P.Date(p.C.Today()))}
}
