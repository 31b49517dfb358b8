package dutyweb

import (
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type listPage struct {
	*ui.Page
	Unit    org.UnitID
	Branch  string // its name, for who sees several
	Measure catalogue.Measure
	Motto   string
	Tabs    []measureTab
	Live    []dutyLine
	Retired []dutyLine
	Parts   []freshPart // of the catalogue, not adopted
	Fresh   int         // how many these are
	Vacant  []string    // offices that nobody holds and one of these needs
	All     int
	Manages bool
	NoChair bool // nobody is the branch's chair, who would adopt
}

type measureTab struct {
	Key  catalogue.Measure
	Name string
	N    int
}

// dutyLine is a duty in words.
type dutyLine struct {
	duty.Duty
	Rhythm  string
	Covers  string
	Offices string
	Source  source
}

func (h *Pages) line(p *ui.Page, chart *org.Chart, d duty.Duty) dutyLine {
	return dutyLine{Duty: d, Rhythm: rhythm(p, d.Rhythm), Covers: h.covers(p, chart, d), Offices: h.offices(p, d), Source: h.source(d)}
}

// list is the standing duties of a branch, a measure at a time; those that were ended stand apart.
func (h *Pages) list(c *web.Ctx) error {
	p, err := h.frame.Page(c, "duties", "常态化机制")
	if err != nil {
		return err
	}
	p.Back = "/year"
	p.Crumbs = []ui.Crumb{{Name: p.T("全年"), Href: "/year"}, {Name: p.Title}}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page := listPage{Page: p, Measure: catalogue.Measure(c.Query("measure"))}
	if page.Unit, err = chart.Shown(c.Actor.Scope(duty.SeeDuties), c.Branch()); err != nil {
		return err
	}
	page.Branch = p.Of(c.Actor.Scope(duty.SeeDuties), chart.Name(page.Unit))
	page.Manages = mine(c, duty.ManageDuties, page.Unit)
	all, err := h.reads.Duties(c.R.Context(), c.Actor.Scope(duty.SeeDuties), page.Unit)
	if err != nil {
		return err
	}
	have := h.fillList(&page, chart, all)
	if !page.Manages && page.All > 0 {
		return c.Render(List(page))
	}
	has, err := h.has(c, chart, page.Unit)
	if err != nil {
		return err
	}
	page.NoChair = !has.Office(authz.Chair)
	if page.Manages {
		h.fresh(&page, chart, has, have)
		p.NoDock = page.All == 0
	}
	return c.Render(List(page))
}

// fillList sorts the branch's duties and tells the codes of those it has.
func (h *Pages) fillList(p *listPage, chart *org.Chart, all []duty.Duty) map[string]bool {
	counts := map[catalogue.Measure]int{}
	for _, d := range all {
		if d.Retired.IsZero() {
			counts[d.Measure]++
			p.All++
		}
	}
	for _, m := range h.Catalogue.Measures {
		p.Tabs = append(p.Tabs, measureTab{m.Key, p.W(m.Name), counts[m.Key]})
	}
	if !slices.ContainsFunc(p.Tabs, func(t measureTab) bool { return t.Key == p.Measure }) {
		p.Measure = catalogue.Safety
	}
	for _, m := range h.Catalogue.Measures {
		if m.Key == p.Measure {
			p.Motto = p.W(m.Motto)
		}
	}
	have := map[string]bool{}
	for _, d := range all {
		have[d.Code] = true
		switch {
		case d.Measure != p.Measure:
		case d.Retired.IsZero():
			p.Live = append(p.Live, h.line(p.Page, chart, d))
		default:
			p.Retired = append(p.Retired, h.line(p.Page, chart, d))
		}
	}
	return have
}

type dutyPage struct {
	*ui.Page
	D       dutyLine
	Cards   []cardLink
	Who     []doer
	Next    []nextLine
	Past    []roundLine
	More    string
	Manages bool
}

// cardLink leads to a checklist that the duty is done by.
type cardLink struct {
	Name, Href string
	Doubts     int // items that no published rule confirms
}

// cardsOf is the one card of a patrol, or those of the kinds of place that it goes to.
func (h *Pages) cardsOf(p *ui.Page, d duty.Duty) []cardLink {
	if d.Form != catalogue.Patrol {
		return nil
	}
	codes := []string{d.Card}
	if d.Card == "" {
		codes = nil
		for _, kind := range d.Targets.Values {
			if k, ok := h.Catalogue.CardFor(kind); ok {
				codes = append(codes, k.Code)
			}
		}
	}
	var out []cardLink
	for _, code := range codes {
		k, ok := h.Catalogue.Card(code, "")
		if !ok {
			continue
		}
		l := cardLink{Name: p.W(k.Name), Href: "/safety/cards/" + k.Code}
		for _, i := range k.Items {
			if i.Unverified {
				l.Doubts++
			}
		}
		out = append(out, l)
	}
	return out
}

// nextLine is a coming round with the derivation of its day.
type nextLine struct {
	On     kernel.Date
	Why    string
	Passes string
	Href   string // empty where the round is not written yet
}

// How many coming and past rounds a duty's page shows; written is more than lie between today and the end of the plan.
const (
	nextMost = 4
	pastPage = 20
	written  = 130
)

// show is one duty: what it is, when next, what became of it.
func (h *Pages) show(c *web.Ctx) error {
	return h.showDuty(c, 200, web.NewForm("on", c.Today().String()))
}

func (h *Pages) showDuty(c *web.Ctx, status int, f *web.Form) error {
	ctx := c.R.Context()
	d, err := h.reads.Duty(ctx, c.Actor.Scope(duty.SeeDuties), duty.ID(c.ID()))
	if err != nil {
		return err
	}
	p, err := h.frame.Page(c, "duties", "%s", d.Name)
	if err != nil {
		return err
	}
	p.Form = f
	if c.Flash != "" && d.Own {
		p.Done = p.DraftKey("duty", "new") + " " + p.DraftKey("duty", string(d.ID))
	}
	p.Back = "/duties?measure=" + string(d.Measure)
	p.Crumbs = []ui.Crumb{{Name: p.T("常态化机制"), Href: "/duties"}, {Name: p.W(measureName(h.Catalogue, d.Measure)), Href: p.Back}, {Name: p.Title}}
	chart, err := h.Chart(ctx, c.Actor.Org)
	if err != nil {
		return err
	}
	page := dutyPage{Page: p, D: h.line(p, chart, d), Cards: h.cardsOf(p, d), Manages: mine(c, duty.ManageDuties, d.Unit)}
	if page.Who, err = h.doers(c, p, chart, d, c.Today()); err != nil {
		return err
	}
	if err := h.rounds(c, &page); err != nil {
		return err
	}
	return c.RenderStatus(status, Show(page))
}

func (h *Pages) retire(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	on, err := f.Date("on")
	if err == nil {
		err = h.duties.Retire(c.R.Context(), c.Actor, duty.ID(c.ID()), on)
	}
	if f.Take(c.P, err) {
		return h.showDuty(c, 422, f)
	}
	if err != nil {
		return err
	}
	return c.See("/duties/"+c.ID(), "停用了。已经开始的轮次照常做完。")
}
