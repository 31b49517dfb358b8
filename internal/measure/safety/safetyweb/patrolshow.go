package safetyweb

import (
	"cmp"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

type patrolShowPage struct {
	*ui.Page
	safety.PatrolPage
	Result   checklist.Result
	Items    []patrolItem // answered ones, fails first
	Thumbs   map[string]string
	History  []audit.Entry
	Mine     bool                  // the reader is one of the two
	Deniable bool                  // a signature in the reader's name that he may still deny
	Waits    []string              // who has not signed an open one
	Denied   []string              // of those, who said that an earlier signature was not his
	Lacks    bool                  // an open one is not filled in
	Does     []safety.PatrolTarget // the rounds that an open one will do
	Onward   *onward               // where to go after a signed one of today
	Next     *safety.PatrolTarget  // the next round of card and place, for the paper
	Owner    kernel.Words          // who answers for the place, for the paper
	Company  kernel.Words
}

func (h *PatrolPages) show(c *web.Ctx) error {
	page, err := h.record(c)
	if err != nil {
		return err
	}
	if page.History, err = audit.History(c.R.Context(), h.Patrols.DB.Read, c.Actor.Org, audit.Subject{Kind: checklist.Kind, ID: c.ID()}); err != nil {
		return err
	}
	me := people.ID(c.Actor.Person)
	page.Mine = page.Inspects(me)
	for _, s := range page.Signatures {
		if _, late := s.Deny(c.Now); s.Person == me && s.Proof != record.BySession && late == nil {
			page.Deniable = true
		}
	}
	for _, who := range page.Inspectors() {
		if page.Open() && !page.SignedBy(who) {
			page.Waits = append(page.Waits, page.About.Names[who])
			if page.DeniedBy(who) {
				page.Denied = append(page.Denied, page.About.Names[who])
			}
		}
	}
	if err := page.rounds(h, c); err != nil {
		return err
	}
	acknowledge(page.Page)
	return c.Render(PatrolRecord(page))
}

// rounds fills which rounds an open patrol will do, and after a signed one of today where to go next.
func (p *patrolShowPage) rounds(h *PatrolPages, c *web.Ctx) error {
	if p.Open() {
		p.Lacks = len(p.Standing()) == 0 && safety.Sheet{Run: p.Run, Card: p.PatrolPage.Card, On: p.On, Asked: p.Asked}.Lacks() != nil
		due, err := h.Patrols.Reads.OpenPatrolTargets(c.R.Context(), c.Actor.Org, p.Unit, p.On)
		p.Does = safety.DoneAt(due, p.Place, p.Run.Card.Code)
		return err
	}
	if p.State != checklist.Signed || !p.Mine || p.On != c.Today() || !c.Actor.May(safety.DoPatrol) {
		return nil
	}
	due, err := h.due(c)
	if err != nil {
		return err
	}
	open, err := h.openOf(c)
	p.Onward = onwardOf(due, open, c.Today())
	return err
}

// onward is where two representatives go after they have finished a place.
type onward struct {
	Today []onwardPlace // due today or late
	Soon  []onwardPlace // due within the week, where nothing is due today
}

type onwardPlace struct {
	safety.PatrolTarget
	Rounds int
}

// onwardOf gathers what is open by place, the earliest due first; where the person has begun something it is not offered.
func onwardOf(due []safety.PatrolTarget, open []openPatrol, today kernel.Date) *onward {
	var places []onwardPlace
	for _, t := range due {
		i := slices.IndexFunc(places, func(x onwardPlace) bool { return x.Place == t.Place })
		switch {
		case i >= 0:
			places[i].Rounds++
		case !begun(open, t.Place):
			places = append(places, onwardPlace{t, 1})
		}
	}
	var out onward
	for _, x := range places {
		switch {
		case !x.Due.After(today):
			out.Today = append(out.Today, x)
		case !x.Due.After(today.Add(7)):
			out.Soon = append(out.Soon, x)
		}
	}
	return &out
}

// record loads what page and paper share.
func (h *PatrolPages) record(c *web.Ctx) (patrolShowPage, error) {
	var page patrolShowPage
	show, err := h.Patrols.Show(c.R.Context(), c.Actor, checklist.RunID(c.ID()))
	if err != nil {
		return page, err
	}
	p, err := h.Frame.Page(c, "patrols", "巡视")
	if err != nil {
		return page, err
	}
	p.Title = patrolName(p, show.About.PatrolLine)
	p.Back = "/safety/patrols"
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.Title}}
	page.Page, page.PatrolPage, page.Result = p, show, show.Run.Result
	if show.State == checklist.Drafted { // counts are kept from the first signature on
		page.Result = provisional(show.Answers)
	}
	page.fill()
	page.Thumbs, err = h.thumbs(c, show.ID)
	return page, err
}

// provisional counts the verdicts of a card that nobody has signed.
func provisional(answers []checklist.Answer) checklist.Result {
	var r checklist.Result
	for _, a := range answers {
		switch a.Verdict {
		case checklist.Pass:
			r.Passed++
		case checklist.Fail:
			r.Failed++
		case checklist.NA:
			r.NA++
		}
	}
	r.Items = r.Passed + r.Failed + r.NA
	return r
}

func (p *patrolShowPage) fill() {
	for _, i := range p.Card.Items {
		a, ok := p.Answer(i.Code)
		if !ok {
			continue
		}
		item := patrolItem{Item: i, A: a}
		if hz, ok := p.About.Hazards[i.Code]; ok {
			item.Hazard = &hz
		}
		p.Items = append(p.Items, item)
	}
	order := map[checklist.Verdict]int{checklist.Fail: 0, checklist.Undecided: 1, checklist.Pass: 2, checklist.NA: 3}
	slices.SortStableFunc(p.Items, func(x, y patrolItem) int { return cmp.Compare(order[x.A.Verdict], order[y.A.Verdict]) })
}

// of lists the items with a verdict.
func (p patrolShowPage) of(v checklist.Verdict) []patrolItem {
	return slices.DeleteFunc(slices.Clone(p.Items), func(i patrolItem) bool { return i.A.Verdict != v })
}

// facts is what stands around the answers.
func (p patrolShowPage) facts() []ui.Fact {
	out := []ui.Fact{{Name: "哪天查的", Value: p.P.Date(p.On) + " " + p.P.Weekday(p.On)}, {Name: "谁查的", Value: p.P.Join(p.inspectors())}}
	if name := p.About.Names[p.Leader]; name != "" {
		out = append(out, ui.Fact{Name: "组长", Value: name})
	}
	for _, f := range []ui.Fact{{Name: "陪同", Value: p.Escort}, {Name: "现场负责人", Value: p.SiteHead}, {Name: "好的做法", Value: p.Good}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return append(out, ui.Fact{Name: "检查表", Value: p.W(p.Card.Name) + " " + p.Card.Version})
}

func (p patrolShowPage) inspectors() []string {
	var out []string
	for _, who := range p.Inspectors() {
		out = append(out, p.About.Names[who])
	}
	return out
}

// hazardState is where a hazard stands in words.
func hazardState(p *ui.Page, hz safety.PatrolHazard) string {
	if !slices.Contains(matter.States(), matter.State(hz.State)) {
		return hz.No
	}
	return hz.No + " · " + p.W(matter.StateName(matter.State(hz.State)))
}

// denied marks a signature that its person does not own to.
func denied(s record.Signature) bool { return !s.Denied.IsZero() }

func (h *PatrolPages) deny(c *web.Ctx) error {
	if err := h.Deny(c.R.Context(), c.Actor, checklist.RunID(c.ID()).Ref()); err != nil {
		return err
	}
	return c.See(patrolAt(c.ID(), ""), "记下了：不是你签的。这次巡视先不算数，已经告诉一起检查的人。")
}

func (h *PatrolPages) drop(c *web.Ctx) error {
	if err := h.Patrols.Drop(c.R.Context(), c.Actor, checklist.RunID(c.ID())); err != nil {
		return err
	}
	keepDone(c, h.draftKey(c))
	return c.See("/safety/patrols", "作废了。")
}

// unverified tells whether a figure stands on the page whose limit no published rule confirms.
func (p patrolShowPage) unverified() bool {
	return slices.ContainsFunc(p.Items, func(i patrolItem) bool { return i.Unverified && i.A.Number != "" })
}
