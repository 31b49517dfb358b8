package safetyweb

import (
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
	Round *safety.PatrolTarget // whose places alone are offered
	Gone  bool                 // the round that was asked for has nothing open
	Open  []openPatrol         // not signed by both, elsewhere than at the places offered
	Sheet *safety.Sheet        // of the chosen place
}

// patrolArea is one kind of place with what is due there.
type patrolArea struct {
	Name   kernel.Words
	Places []patrolPlace
}

// patrolPlace is a place with what a patrol of today would do there, the earliest due first, and what is under way.
type patrolPlace struct {
	org.Place
	Round record.RoundID // that the person came from
	Does  []safety.PatrolTarget
	Mine  *openPatrol        // the person's own that is not finished: that one first
	Other *safety.PatrolLine // somebody else's
}

func (p patrolPlace) start() string {
	if p.Round == "" && len(p.Does) > 0 {
		p.Round = p.Does[0].Round
	}
	return startAt(p.ID, p.Round)
}

func startAt(at org.PlaceID, round record.RoundID) string {
	q := url.Values{"place": {string(at)}}
	if round != "" {
		q.Set("round", string(round))
	}
	return "/safety/patrols/new?" + q.Encode()
}

// new leads from nothing to a card: the place, then with whom. Who comes from a round is asked for a place only where several
// are still to be seen.
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
	at := org.PlaceID(f.Text("place"))
	if at == "" {
		due, err := h.due(c)
		if err != nil {
			return err
		}
		wanted := page.narrow(due, record.RoundID(f.Text("round")))
		if len(wanted) != 1 {
			return h.places(c, status, page, due)
		}
		at = wanted[0].Place
	}
	return h.startThere(c, status, page, at)
}

// narrow keeps the places of the round that the person came from, where it has any open.
func (p *patrolNewPage) narrow(due []safety.PatrolTarget, round record.RoundID) []safety.PatrolTarget {
	if round == "" {
		return nil
	}
	of := slices.DeleteFunc(slices.Clone(due), func(t safety.PatrolTarget) bool { return t.Round != round })
	if p.Gone = len(of) == 0; !p.Gone {
		p.Round = &of[0]
	}
	return of
}

// places asks where.
func (h *PatrolPages) places(c *web.Ctx, status int, page patrolNewPage, due []safety.PatrolTarget) error {
	page.Back = "/"
	var err error
	if page.Areas, err = h.areas(c, &page, due); err != nil {
		return err
	}
	return c.RenderStatus(status, PatrolPlaces(page))
}

// startThere asks with whom; where the person has begun something at the place, it leads to that instead.
func (h *PatrolPages) startThere(c *web.Ctx, status int, page patrolNewPage, at org.PlaceID) error {
	sheet, err := h.Patrols.Start(c.R.Context(), c.Actor, at, c.Today(), record.RoundID(page.Form.Text("round")))
	if err != nil {
		return err
	}
	page.Sheet, page.Open = &sheet, slices.DeleteFunc(page.Open, func(t openPatrol) bool { return t.Place != at })
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
	return h.Patrols.Reads.OpenPatrolTargets(c.R.Context(), c.Actor.Org, org.UnitID(c.Actor.Scope(safety.DoPatrol).ID), c.Today())
}

// areas is the branch's places by kind, or those of one round. What the person has begun at one of them stands there and
// nowhere else.
func (h *PatrolPages) areas(c *web.Ctx, page *patrolNewPage, due []safety.PatrolTarget) ([]patrolArea, error) {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	unit := org.UnitID(c.Actor.Scope(safety.DoPatrol).ID)
	others, _, err := h.Patrols.Reads.Patrols(c.R.Context(), safety.SeenPatrols(c.Actor), safety.PatrolFilter{Tab: safety.OpenPatrols, Unit: unit}, nil)
	if err != nil {
		return nil, err
	}
	var out []patrolArea
	for _, k := range h.Patrols.Cards.PlaceKinds {
		card, ok := h.Patrols.Cards.CardFor(k.Key)
		if !ok {
			continue
		}
		a := patrolArea{Name: k.Name}
		for _, pl := range chart.Places(unit, k.Key) {
			does := safety.DoneAt(due, pl.ID, card.Code)
			if page.Round == nil || slices.ContainsFunc(does, func(t safety.PatrolTarget) bool { return t.Round == page.Round.Round }) {
				a.Places = append(a.Places, page.place(pl, does, others))
			}
		}
		if len(a.Places) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// place puts to a place what is under way there, and takes it out of what stands above the list.
func (p *patrolNewPage) place(at org.Place, does []safety.PatrolTarget, others []safety.PatrolLine) patrolPlace {
	out := patrolPlace{Place: at, Does: does}
	if p.Round != nil {
		out.Round = p.Round.Round
	}
	if i := slices.IndexFunc(p.Open, func(t openPatrol) bool { return t.Place == at.ID }); i >= 0 {
		mine := p.Open[i]
		out.Mine, p.Open = &mine, slices.Delete(p.Open, i, i+1)
		return out
	}
	if i := slices.IndexFunc(others, func(l safety.PatrolLine) bool { return l.Place == at.ID }); i >= 0 {
		out.Other = &others[i]
	}
	return out
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
