package dutyweb

import (
	"net/http"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type roundPage struct {
	*ui.Page
	V       duty.RoundView
	State   state
	Tab     duty.TargetState
	Tabs    []tab
	Lines   []targetLine
	After   string
	Next    string
	Names   duty.Names // whose the reader may see
	Does    bool       // the reader's office does it
	Excuses bool
	First   *targetLine // the missing one that the main action starts with
	Who     []doer
	Slices  []slice
	Joined  []string
	Earlier []roundLine
	Trail   []audit.Entry
}

type tab struct {
	State duty.TargetState
	Name  string
	N     int
}

// targetLine is one target in words.
type targetLine struct {
	duty.Target
	Name  string
	Where string // its unit, where that says more than the name
	Proof string // address of the record that did it
	Late  int    // days after the due day
	Also  int    // other rounds that the same record did
	Wrong bool   // the form to excuse it came back
}

// key names a target in a form.
func (t targetLine) key() string { return t.Subject.Kind + ":" + t.Subject.ID }

// many tells that the form for several came back.
func (p *roundPage) many() bool { return p.Form.Is("many", "1") }

// reason is what was typed for several.
func (p *roundPage) reason() string {
	if !p.many() {
		return ""
	}
	return p.Form.Text("reason")
}

type slice struct {
	Name  string
	Cover duty.Coverage
}

// targetPage is how many targets stand on one page, earlierMost how many earlier rounds.
const (
	targetPage  = 60
	earlierMost = 6
)

func (h *Pages) round(c *web.Ctx) error { return h.showRound(c, http.StatusOK, web.NewForm()) }

// showRound is the page, also when the form to excuse a target comes back with what was typed.
func (h *Pages) showRound(c *web.Ctx, status int, f *web.Form) error {
	ctx, scope := c.R.Context(), c.Actor.Scope(duty.SeeDuties)
	v, err := h.reads.Round(ctx, scope, duty.RoundID(c.ID()))
	if err != nil {
		return err
	}
	p, err := h.frame.Page(c, string(v.Of.Measure), "%s", v.Of.Name)
	if err != nil {
		return err
	}
	p.Form = f
	p.Back = "/year"
	p.Crumbs = []ui.Crumb{{Name: p.T("全年"), Href: "/year"}, {Name: p.W(v.Of.Name), Href: "/duties/" + string(v.Duty)}, {Name: period(p, v.Period)}}
	page := roundPage{Page: p, V: v, State: stateOf(p, v.Row()), Names: v.Of.Names(c.Actor), Does: v.Of.DoneBy(duty.Held(c.Actor, v.Unit)),
		Excuses: mine(c, duty.ExcuseTargets, v.Unit), Tab: chosenTab(c, f, v.Cover)}
	if err := h.fillRound(c, &page); err != nil {
		return err
	}
	return c.RenderStatus(status, Round(page))
}

// fillRound reads what stands beside the round itself.
func (h *Pages) fillRound(c *web.Ctx, p *roundPage) error {
	ctx, scope := c.R.Context(), c.Actor.Scope(duty.SeeDuties)
	chart, err := h.Chart(ctx, c.Actor.Org)
	if err != nil {
		return err
	}
	if err := h.targets(c, p, chart); err != nil {
		return err
	}
	if p.Who, err = h.doers(c, p.Page, chart, p.V.Of, p.V.Whose(c.Today())); err != nil {
		return err
	}
	before, err := h.reads.Rounds(ctx, scope, p.V.Duty, p.V.Row().Key(), earlierMost)
	if err != nil {
		return err
	}
	p.Earlier = roundLines(p.Page, before)
	if p.V.Slices > 1 {
		if err := h.slices(c, p, chart); err != nil {
			return err
		}
	}
	p.Trail, err = audit.History(ctx, h.Read, c.Actor.Org, audit.Subject{Kind: "round", ID: string(p.V.ID)})
	return err
}

// targets reads one page of one tab, with the names of all that it shows in one query.
func (h *Pages) targets(c *web.Ctx, p *roundPage, chart *org.Chart) error {
	p.Tabs = tabsOf(p.Page, p.V.Cover)
	if p.Names.None() || p.V.State == duty.Planned {
		return nil
	}
	f := duty.TargetFilter{Round: p.V.ID, State: p.Tab, Slices: p.Names.Own, Limit: targetPage + 1}
	p.After = c.Query("after")
	if p.Form.Wrong() {
		p.After = p.Form.Text("after")
	}
	var err error
	if f.After, err = db.ParseCursor(p.After, "ss"); err != nil {
		return err
	}
	rows, err := h.reads.Targets(c.R.Context(), c.Actor.Scope(duty.SeeDuties), f)
	if err != nil {
		return err
	}
	if len(rows) > targetPage {
		rows = rows[:targetPage]
		p.Next = rows[targetPage-1].Key(f).Cursor()
	}
	joined, err := h.duties.Joiners(c.R.Context(), c.Actor.Org, p.V)
	if err != nil {
		return err
	}
	names, err := h.Names(c, refsOf(rows, joined))
	if err != nil {
		return err
	}
	p.fill(rows, joined, names, chart)
	return h.shared(c, p)
}

// shared tells of each patrol for how many rounds it counts.
func (h *Pages) shared(c *web.Ctx, p *roundPage) error {
	if p.V.Of.Form != catalogue.Patrol {
		return nil
	}
	did, err := h.reads.Shared(c.R.Context(), c.Actor.Scope(duty.SeeDuties), p.V.ID)
	for i := range p.Lines {
		p.Lines[i].Also = max(0, did[p.Lines[i].Target.Proof.ID]-1)
	}
	return err
}

func (p *roundPage) fill(rows []duty.Target, joined []duty.Subject, names map[record.Ref]string, chart *org.Chart) {
	for _, t := range rows {
		l := targetLine{Target: t, Name: names[t.Subject], Proof: proofHref(t.Proof)}
		if where := chart.Name(t.Slice); t.Subject.ID != string(t.Slice) && t.Slice != p.V.Unit {
			l.Where = p.W(where)
		}
		if t.State == duty.Done && t.DoneOn.After(p.V.Due) {
			l.Late = t.DoneOn.Sub(p.V.Due)
		}
		l.Wrong = p.Form.Wrong() && !p.many() && p.Form.Text("target") == l.key()
		p.Lines = append(p.Lines, l)
		if p.First == nil && t.State == duty.Missing {
			p.First = &p.Lines[len(p.Lines)-1]
		}
	}
	for _, j := range joined {
		if p.Names.Of(j.Slice) {
			p.Joined = append(p.Joined, names[j.Ref])
		}
	}
}

func (h *Pages) slices(c *web.Ctx, p *roundPage, chart *org.Chart) error {
	by, err := h.reads.Slices(c.R.Context(), c.Actor.Scope(duty.SeeDuties), p.V.ID)
	if err != nil {
		return err
	}
	for _, u := range chart.Units("", p.V.Unit) {
		if cover, ok := by[u.ID]; ok {
			p.Slices = append(p.Slices, slice{p.W(u.Name), cover})
		}
	}
	return nil
}

// startHref is where a target is done: the card of the place, or 记一笔 with the target chosen.
func (p roundPage) startHref(t *targetLine) string {
	if p.V.Of.Form == catalogue.Patrol {
		if t == nil || t.Subject.Kind != record.KindPlace {
			return "/safety/patrols/new?round=" + string(p.V.ID)
		}
		return "/safety/patrols/new?place=" + t.Subject.ID + "&round=" + string(p.V.ID)
	}
	href := "/notes/new?round=" + string(p.V.ID)
	if t != nil && p.V.Cover.Targets > 1 {
		href += "&to=" + t.Subject.ID
	}
	return href
}

// acts tells whether the reader has something to do here now.
func (p roundPage) acts() bool {
	mine := p.Names.All || p.Tab != duty.Missing || len(p.Lines) > 0 // a group leader's own may be done already
	return p.Does && p.V.State == duty.Open && p.V.Cover.Missing() > 0 && mine
}

// proofHref is the page of what did a target.
func proofHref(r record.Ref) string {
	switch r.Kind {
	case "run":
		return "/safety/patrols/" + r.ID
	case record.KindNote:
		return "/notes/" + r.ID
	}
	return ""
}

func refsOf(rows []duty.Target, joined []duty.Subject) []record.Ref {
	var out []record.Ref
	for _, t := range rows {
		out = append(out, t.Subject)
	}
	for _, j := range joined {
		out = append(out, j.Ref)
	}
	return out
}
