package ui

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
)

// Option is one choice of a select, a segment or a list of picks.
type Option struct{ Value, Name, Icon, Class, Spelt string }

// Fact is a name and its value; with Href the value opens its records.
type Fact struct{ Name, Value, Href string }

var hueIcons = map[string]string{"safety": "shield-check", "warmth": "heart-handshake", "voice": "message-circle", "culture": "trophy", "proof": "badge-check"}

// HueIcon is the icon of a measure.
func HueIcon(hue string) string {
	if i, ok := hueIcons[hue]; ok {
		return i
	}
	return "circle-dot"
}

// Capped shows small counts as they are and large ones as 99+: nobody needs more, and nobody counts them.
func Capped(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// here is this page again. A refused form stands at an address that only takes forms: from there it is home.
func (p *Page) here() templ.SafeURL {
	if p.C.R.Method != http.MethodGet {
		return "/"
	}
	return Local(p.C.R.URL.Path)
}

func itoa(n int) string { return strconv.Itoa(n) }

func (p *Page) looks() templ.Attributes {
	a := templ.Attributes{}
	if p.C.Prefs.Theme != "" {
		a["data-theme"] = p.C.Prefs.Theme
	}
	if p.C.Prefs.Size != "" {
		a["data-size"] = p.C.Prefs.Size
	}
	return a
}

func (p *Page) current(key string) templ.Attributes {
	if p.Active == key {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func pressed(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-pressed": "true"}
	}
	return templ.Attributes{"aria-pressed": "false"}
}

// wrong ties a control to the sentence at it, and says where it must be filled.
func (p *Page) wrong(name string) templ.Attributes {
	a := templ.Attributes{}
	if slices.Contains(p.needs, name) {
		a["aria-required"] = "true"
	}
	if p.Err(name) != "" {
		a["aria-invalid"], a["aria-describedby"] = "true", p.id("e", name)
	}
	return a
}

// Control is what a control of a page's own markup carries: its state for readers.
func (p *Page) Control(name string) templ.Attributes { return p.wrong(name) }

func (p *Page) bellLabel() string {
	if p.Shell.Unread == 0 {
		return p.T("通知")
	}
	return p.T("通知，%s 条未读", Capped(p.Shell.Unread))
}

// when shows midnight as a day alone: what anonymous people did has no minute.
func (p *Page) when(t kernel.Time) string {
	if h, m := t.Clock(); h == 0 && m == 0 {
		return p.P.DayIn(t.Date(), p.C.Today().Year())
	}
	if t.Date().Year() != p.C.Today().Year() {
		return p.P.Date(t.Date())
	}
	return p.P.Moment(t)
}

// When is a moment as the history shows it.
func (p *Page) When(t kernel.Time) string { return p.when(t) }

// spoken says the days among the arguments of a history line as the page does; they are kept as 2024-12-20.
func (p *Page) spoken(args []any) []any {
	out := slices.Clone(args)
	for i, a := range out {
		if s, ok := a.(string); ok && len(s) == len("2024-12-20") {
			if d, err := kernel.ParseDate(s); err == nil {
				out[i] = p.P.Date(d)
			}
		}
	}
	return out
}

// Day is a day, with its year where it is not this one.
func (p *Page) Day(d kernel.Date) string { return p.P.DayIn(d, p.C.Today().Year()) }

// DueChip is a deadline as a chip: late, soon, or calm.
func (p *Page) DueChip(due kernel.Time, late bool) (kind, icon, text string) {
	today := p.C.Today()
	days := due.Date().Sub(today)
	switch {
	case late || due < p.C.Now:
		if days == 0 {
			return "late", "triangle-alert", p.T("今天已超期")
		}
		return "late", "triangle-alert", p.T("超期 %d 天", max(-days, 1))
	case days == 0:
		return "soon", "clock", p.T("今天到期")
	case days <= 2:
		return "soon", "clock", p.T("还有 %d 天", days)
	}
	return "calm", "calendar", p.Day(due.Date())
}

func (p *Page) oopsTitle(status int) string {
	switch status {
	case 403:
		return p.T("这里不归你管")
	case 404:
		return p.T("没有找到")
	case 409:
		return p.T("别人刚动过")
	case 410:
		return p.T("已经过期")
	case 422, 413:
		return p.T("有地方不对")
	case 503:
		return p.T("请稍等")
	}
	return p.T("出错了")
}

func ringAttrs(r Ring) templ.Attributes {
	if r.Small {
		return templ.Attributes{"role": "img"}
	}
	return templ.Attributes{"role": "group", "data-ring": ""}
}

func ringNow(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"data-now": "", "aria-current": "date"}
	}
	return nil
}

var monthsEn = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

func monthName(p *Page, n int) string {
	if p.Lang() == "en" {
		return monthsEn[n-1]
	}
	return itoa(n) + "月"
}

// Item is one thing that somebody has to do, wherever it comes from.
type Item struct {
	Hue    string
	Title  string
	Detail string
	Chip   string // late, soon, good or calm
	Icon   string
	Due    string // the word on the chip
	Href   string
	Act    string // the word on the button
	Order  int64  // what is due first stands first
}
