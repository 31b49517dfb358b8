package peopleweb

import (
	"strings"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/register/people"
)

func officeName(s *people.Service, p *ui.Page, o authz.Office) string {
	for _, x := range s.Offices() {
		if x.Key == string(o) {
			return p.W(x.Name)
		}
	}
	return string(o)
}

func groupName(s *people.Service, p *ui.Page, key string) string {
	for _, g := range s.Groups() {
		if g.Key == key {
			return p.W(g.Name)
		}
	}
	return key
}

// span is a term in words; an open end is said.
func span(p *ui.Page, s kernel.Span) string {
	if s.To.IsZero() {
		return p.T("%s 起", p.P.Date(s.From))
	}
	return p.T("%s 至 %s", p.P.Date(s.From), p.P.Date(s.To))
}

// soonDays is how long before its end a term is flagged: an election takes about two months to prepare.
const soonDays = 60

// termChip says of a mandate what wants doing; ok is false where nothing does.
func termChip(p *ui.Page, s kernel.Span) (kind, icon, text string, ok bool) {
	today := p.C.Today()
	switch {
	case s.To.IsZero():
		return "", "", "", false
	case s.To == today:
		return "soon", "clock", p.T("今天到期"), true
	case s.To.Before(today):
		return "late", "triangle-alert", p.T("%s 已到期", p.Day(s.To)), true
	case s.To.Sub(today) <= soonDays:
		return "soon", "clock", p.T("还有 %d 天到期", s.To.Sub(today)), true
	}
	return "", "", "", false
}

// parseYuan reads yuan with at most two decimals; nothing where nothing was typed.
func parseYuan(s string) (*kernel.Money, error) {
	s = strings.NewReplacer(",", "", "，", "", " ", "").Replace(s)
	if s == "" {
		return nil, nil
	}
	whole, part, _ := strings.Cut(s, ".")
	wrong := kernel.Wrong("wage", "工资只写数字，比如 8500 或 8500.50。")
	if len(whole) > 7 || len(part) > 2 {
		return nil, wrong
	}
	var n kernel.Money
	for _, r := range whole + part + "00"[len(part):] {
		if r < '0' || r > '9' {
			return nil, wrong
		}
		n = n*10 + kernel.Money(r-'0')
	}
	return &n, nil
}

func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func home(id people.ID) string { return "/people/" + string(id) }
