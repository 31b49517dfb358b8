// Package ui is the pages' shared pieces: the two shells, fields, lists, papers, the year ring. It knows HTTP only
// through web.Ctx and no record of the trade.
package ui

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/web"
	assets "xiaojia/web"
)

// MenuItem is one line of the menu; it shows only to who has its permission.
type MenuItem struct {
	Key   string
	Icon  string
	Name  string // Chinese, key of its translation
	Href  string
	Perm  authz.Perm
	Hue   string // the measure's hue, empty for none
	Group string // heading above it
}

// Shell is what stands around every page, the same for one request.
type Shell struct {
	Branch  kernel.Words
	Company kernel.Words
	Office  string // the person's first office in words
	Todo    int
	Unread  int
	DayLine string // lunar day, next solar term
	Demo    bool
	Choices []Option // the parts of the company that the person may look at, where there are several
	Chosen  string
}

// Frame makes pages; app fills it once.
type Frame struct {
	Assets *assets.Assets
	Menu   []MenuItem
	Shell  func(c *web.Ctx) (Shell, error)
}

// Page is what every page has; a page's own struct embeds it.
type Page struct {
	*Frame
	C      *web.Ctx
	P      *i18n.Printer
	Title  string
	Active string
	Crumbs []Crumb
	Shell  Shell
	Back   string // on the phone: where the arrow leads; empty shows the seal
	NoDock bool   // a form on the phone has its own bar
	Done   string // keys of drafts that the server has acknowledged
	Form   *web.Form
	Prefix string // makes the ids of a form's fields its own where a page has several
	needs  []string
}

// Needs marks the fields of the page's form that cannot stay empty.
func (p *Page) Needs(fields ...string) { p.needs = fields }

// In is the page for one of several forms on it: its own values and sentences, its own ids.
func (p *Page) In(form string, f *web.Form) *Page {
	q := *p
	q.Form, q.Prefix = f, form+"-"
	return &q
}

func (p *Page) id(kind, name string) string { return kind + "-" + p.Prefix + name }

// Crumb is one step of the way to a page.
type Crumb struct{ Name, Href string }

// Page starts a page; an error of the shell is the handler's error.
func (f *Frame) Page(c *web.Ctx, active, title string, args ...any) (*Page, error) {
	p := &Page{Frame: f, C: c, P: c.P, Title: c.P.T(title, args...), Active: active, Form: web.NewForm()}
	if c.Actor.Account == "" {
		return p, nil
	}
	var err error
	p.Shell, err = f.Shell(c)
	return p, err
}

// T prints a sentence in the page's language.
func (p *Page) T(zh string, args ...any) string { return p.P.T(zh, args...) }

// W prints a name in the page's language.
func (p *Page) W(w kernel.Words) string { return p.P.W(w) }

// Of names the branch that a page is about to who sees several; to all others it goes without saying.
func (p *Page) Of(s authz.Scope, branch kernel.Words) string {
	if s.Reach != authz.Org {
		return ""
	}
	return p.W(branch)
}

// Dots puts short pieces into one line; empty ones are left out.
func Dots(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// May tells whether the person has a permission, for what a page offers.
func (p *Page) May(perm authz.Perm) bool { return p.C.Actor.May(perm) }

// Lang is the value of the html element's lang.
func (p *Page) Lang() string {
	if p.P.Lang == i18n.En {
		return "en"
	}
	return "zh-CN"
}

// IconHref is the address of an icon in the sprite.
func (p *Page) IconHref(name string) string { return p.Assets.Path("icons.svg") + "#" + name }

// menu lists the entries of a group that the person may open.
func (p *Page) menu(group string) []MenuItem {
	var out []MenuItem
	for _, m := range p.Menu {
		if m.Group == group && p.May(m.Perm) {
			out = append(out, m)
		}
	}
	return out
}

// Err is the sentence at a field, empty where it is right.
func (p *Page) Err(field string) string { return p.Form.Errs[field] }

// scriptWords are the sentences that scripts say, in the page's language; Chinese ones are in the script itself.
func (p *Page) scriptWords() string {
	if p.P.Lang == i18n.Zh {
		return ""
	}
	zh, err := assets.Words()
	if err != nil {
		return ""
	}
	out := map[string]string{}
	for k, v := range zh {
		out[k] = p.P.T(v)
	}
	b, err := json.Marshal(out)
	if err != nil {
		return ""
	}
	return string(b)
}

// DraftKey names a form's draft: whose, what, which.
func (p *Page) DraftKey(kind, id string) string {
	return p.C.Actor.Account + "/" + kind + "/" + id
}

// Initial is the first character of a name, for the round badge.
func Initial(name string) string {
	for _, r := range name {
		return string(r)
	}
	return "?"
}

// today is the date line of the header.
func (p *Page) today() string {
	d := p.C.Today()
	return Dots(p.P.Date(d)+" "+p.P.Weekday(d), p.Shell.DayLine)
}

// Local is an address of our own, made by the program.
func Local(path string) templ.SafeURL { return templ.SafeURL(path) }
