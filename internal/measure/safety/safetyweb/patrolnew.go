package safetyweb

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type patrolNewPage struct {
	*ui.Page
	Areas []patrolArea
	Open  []openPatrol  // not signed by both
	Sheet *safety.Sheet // of the chosen place
	Due   *safety.PatrolTarget
}

// patrolArea is one kind of place with what is due there.
type patrolArea struct {
	Name   kernel.Words
	Places []patrolPlace
}

type patrolPlace struct {
	org.Place
	Due *safety.PatrolTarget // the earliest that today's patrol would do
}

func (p patrolPlace) start() string {
	if p.Due == nil {
		return startAt(p.ID, "")
	}
	return startAt(p.ID, p.Due.Round)
}

func startAt(at org.PlaceID, round record.RoundID) string {
	q := url.Values{"place": {string(at)}}
	if round != "" {
		q.Set("round", string(round))
	}
	return "/safety/patrols/new?" + q.Encode()
}

// new leads from nothing to a card: the place, then with whom.
func (h *PatrolPages) new(c *web.Ctx) error {
	return h.start(c, http.StatusOK, web.NewForm("place", c.Query("place"), "round", c.Query("round")))
}

func (h *PatrolPages) start(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.Frame.Page(c, "patrols", "开始巡视")
	if err != nil {
		return err
	}
	p.Form, p.NoDock, p.Back = f, true, "/safety/patrols"
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.T("开始")}}
	page := patrolNewPage{Page: p}
	if page.Open, err = h.openOf(c); err != nil {
		return err
	}
	due, err := h.due(c)
	if err != nil {
		return err
	}
	at := org.PlaceID(f.Text("place"))
	if at == "" {
		p.Back = "/"
		page.Areas, err = h.areas(c, due)
		if err != nil {
			return err
		}
		return c.RenderStatus(status, PatrolPlaces(page))
	}
	sheet, err := h.Patrols.Start(c.R.Context(), c.Actor, at, c.Today(), record.RoundID(f.Text("round")))
	if err != nil {
		return err
	}
	page.Sheet, page.Open = &sheet, slices.DeleteFunc(page.Open, func(t openPatrol) bool { return t.Place != at })
	if i := slices.IndexFunc(due, func(t safety.PatrolTarget) bool { return t.Round == sheet.Round && t.Place == at }); i >= 0 {
		page.Due = &due[i]
	}
	page.prepare()
	return c.RenderStatus(status, PatrolStart(page))
}

// prepare fills the form: the id that makes sending it twice harmless, and the partner where there is only one.
func (p *patrolNewPage) prepare() {
	v := p.Form.Values
	if v.Get("id") == "" {
		v.Set("id", string(p.Sheet.ID))
		v.Set("on", p.Sheet.On.String())
	}
	v.Set("round", string(p.Sheet.Round))
	if len(p.Sheet.Partners) == 1 && v.Get("with") == "" {
		v.Set("with", string(p.Sheet.Partners[0].Person))
	}
}

// openOf is the person's patrols that are not signed by both.
func (h *PatrolPages) openOf(c *web.Ctx) ([]openPatrol, error) {
	if c.Actor.Person == "" {
		return nil, nil
	}
	all, err := h.Patrols.Reads.PatrolsOf(c.R.Context(), c.Actor.Org, people.ID(c.Actor.Person))
	out := make([]openPatrol, len(all))
	for i, t := range all {
		out[i] = openPatrol{t}
	}
	return out, err
}

// due is what a patrol of today would do in the branch that the person inspects, the earliest due first.
func (h *PatrolPages) due(c *web.Ctx) ([]safety.PatrolTarget, error) {
	today, unit := c.Today(), org.UnitID(c.Actor.Scope(safety.DoPatrol).ID)
	var out []safety.PatrolTarget
	for y := today.Add(-45).Year(); y <= today.Add(45).Year(); y++ { // two at most: around the turn of the year
		all, err := h.Patrols.Reads.PatrolTargets(c.R.Context(), c.Actor.Org, unit, y)
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			if t.State == "open" && !t.Opens.After(today) && !t.Ends.Before(today) {
				out = append(out, t)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b safety.PatrolTarget) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.PlaceSort, b.PlaceSort))
	})
	return out, nil
}

func (h *PatrolPages) areas(c *web.Ctx, due []safety.PatrolTarget) ([]patrolArea, error) {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	var out []patrolArea
	for _, k := range h.Patrols.Cards.PlaceKinds {
		if _, ok := h.Patrols.Cards.CardFor(k.Key); !ok {
			continue
		}
		a := patrolArea{Name: k.Name}
		for _, pl := range chart.Places(org.UnitID(c.Actor.Scope(safety.DoPatrol).ID), k.Key) {
			a.Places = append(a.Places, patrolPlace{pl, dueAt(due, pl.ID)})
		}
		if len(a.Places) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

func dueAt(due []safety.PatrolTarget, at org.PlaceID) *safety.PatrolTarget {
	i := slices.IndexFunc(due, func(t safety.PatrolTarget) bool { return t.Place == at })
	if i < 0 {
		return nil
	}
	return &due[i]
}

// begin stores the empty card, so that it can be found again on whatever phone, and leads to it.
func (h *PatrolPages) begin(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	on, err := f.Date("on")
	var saved safety.SavedPatrol
	if err == nil {
		saved, err = h.Patrols.Save(c.R.Context(), c.Actor, checklist.Draft{ID: checklist.RunID(f.Text("id")), Place: org.PlaceID(f.Text("place")),
			Round: f.Text("round"), On: on, With: people.ID(f.Text("with"))})
	}
	var changed *checklist.Changed
	if errors.As(err, &changed) { // the button was pressed again after the card had been filled in
		return c.See(patrolAt(string(changed.Stored.ID), "/edit"), "")
	}
	if f.Take(c.P, err) {
		return h.start(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return c.See(patrolAt(string(saved.ID), "/edit"), "")
}
