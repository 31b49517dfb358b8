package almanacweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/almanac"
)

type almanacPage struct {
	*ui.Page
	MayEnter bool
	Today    kernel.Date
	Years    []year // the newest first
	Next     int    // the first year that nobody has entered
	Preview  []line // what was typed, as blocks; nothing before it can be read
}

// year is one year's days off with their source.
type year struct {
	calendar.Arrangement
	Entered bool
	Version int
	Blocks  []line
}

// line is one run of days off, or the days worked in its stead.
type line struct {
	Name string
	From kernel.Date
	To   kernel.Date
	Days int
	Work []kernel.Date // weekends worked for it, the nearest ones
}

// show is the page; ?year= puts what was entered for a year into the form, to be amended.
func (h *Pages) show(c *web.Ctx) error {
	f := web.NewForm()
	if asked := c.Query("year"); asked != "" {
		entered, err := h.days.Entered(c.R.Context(), c.Actor.Org)
		if err != nil {
			return err
		}
		for _, e := range entered {
			if strconv.Itoa(e.Year) == asked {
				f.Values.Set("year", asked)
				f.Values.Set("off", typed(e.Off))
				f.Values.Set("work", typed(e.Work))
				f.Values.Set("source", e.Source)
			}
		}
	}
	return h.page(c, http.StatusOK, f, nil)
}

// typed are days as they are typed into the form.
func typed(days []kernel.Date) string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = d.String()[len("2006-"):]
	}
	return strings.Join(out, " ")
}

func (h *Pages) page(c *web.Ctx, status int, f *web.Form, typed *calendar.Arrangement) error {
	p, err := h.frame.Page(c, "almanac", "放假和上班的日子")
	if err != nil {
		return err
	}
	p.Form, p.Back = f, "/me"
	page := almanacPage{Page: p, Today: c.Today()}
	if page.MayEnter, err = h.days.MayEnter(c.R.Context(), c.Actor); err != nil {
		return err
	}
	entered, err := h.days.Entered(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page.years(entered)
	if f.Text("year") == "" {
		f.Values.Set("year", strconv.Itoa(page.Next))
	}
	if typed != nil {
		page.Preview = page.blocks(append(page.known(), *typed), typed.Year)
	}
	return c.RenderStatus(status, Almanac(page))
}

// years puts what ships and what was entered together; an entered year stands before a shipped one.
func (p *almanacPage) years(entered []almanac.Entry) {
	at := map[int]year{}
	for _, a := range calendar.Published() {
		at[a.Year] = year{Arrangement: a}
	}
	for _, e := range entered {
		at[e.Year] = year{Arrangement: e.Arrangement, Entered: true, Version: e.Version}
	}
	for _, y := range at {
		p.Years = append(p.Years, y)
		p.Next = max(p.Next, y.Year+1)
	}
	slices.SortFunc(p.Years, func(a, b year) int { return b.Year - a.Year })
	for i := range p.Years {
		p.Years[i].Blocks = p.blocks(p.known(), p.Years[i].Year)
	}
}

func (p *almanacPage) known() []calendar.Arrangement {
	out := make([]calendar.Arrangement, len(p.Years))
	for i, y := range p.Years {
		out[i] = y.Arrangement
	}
	return out
}

// blocks names the runs of days off of a year and puts each worked weekend to the nearest of them.
func (p *almanacPage) blocks(known []calendar.Arrangement, of int) []line {
	var out []line
	for _, b := range calendar.NewWorkdays(known).Blocks(of) {
		names := make([]string, len(b.Festivals))
		for i, k := range b.Festivals {
			if f, ok := calendar.FestivalBy(k); ok {
				names[i] = p.W(f.Name)
			}
		}
		out = append(out, line{Name: p.P.Join(names), From: b.From, To: b.To, Days: b.Days()})
	}
	for _, a := range slices.Backward(known) { // what was typed stands last and counts
		if a.Year == of && len(out) > 0 {
			for _, d := range a.Work {
				n := nearest(out, d)
				out[n].Work = append(out[n].Work, d)
			}
			break
		}
	}
	return out
}

func nearest(list []line, d kernel.Date) int {
	best, least := 0, 1000
	for i, l := range list {
		if far := max(l.From.Sub(d), d.Sub(l.To)); far < least {
			best, least = i, far
		}
	}
	return best
}

func (h *Pages) enter(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	a, err := arrangement(f)
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	if f.Text("step") == "look" {
		return h.page(c, http.StatusOK, f, &a)
	}
	version, err := f.Int("version")
	if err == nil {
		err = h.days.Enter(c.R.Context(), c.Actor, almanac.Entry{Arrangement: a, Version: version})
	}
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, &a)
	}
	if err != nil {
		return err
	}
	return c.See("/almanac", "%d 年的放假安排录好了，所有期限照它算。", a.Year)
}

// arrangement reads the form; each list tells its own mistakes.
func arrangement(f *web.Form) (calendar.Arrangement, error) {
	var wrong kernel.Problems
	year, err := f.Int("year")
	take(&wrong, "year", err)
	off, err := almanac.ParseDays(year, f.Text("off"))
	take(&wrong, "off", err)
	work, err := almanac.ParseDays(year, f.Text("work"))
	take(&wrong, "work", err)
	return calendar.Arrangement{Year: year, Off: off, Work: work, Source: strings.TrimSpace(f.Text("source"))}, wrong.Err()
}

func take(wrong *kernel.Problems, field string, err error) {
	if e, ok := err.(*kernel.Error); ok {
		*wrong = append(*wrong, &kernel.Error{Kind: e.Kind, Field: field, Text: e.Text, Args: e.Args})
	}
}

// days lists worked weekends in words.
func (p almanacPage) days(list []kernel.Date) string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = p.P.Day(d)
	}
	return p.P.Join(out)
}

// run is a block's days in words.
func (p almanacPage) run(l line) string {
	if l.From == l.To {
		return p.P.Day(l.From)
	}
	return p.T("%s 至 %s", p.P.Day(l.From), p.P.Day(l.To))
}

// version is that of the year in the form, where it was entered before; else it is a new one.
func (p almanacPage) version() string {
	for _, y := range p.Years {
		if strconv.Itoa(y.Year) == p.Form.Text("year") && y.Entered {
			return strconv.Itoa(y.Version)
		}
	}
	return "0"
}
