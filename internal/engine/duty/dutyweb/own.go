package dutyweb

import (
	"encoding/json"
	"net/http"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type ownPage struct {
	*ui.Page
	Measures  []ui.Option
	Rhythms   []ui.Option
	Weekdays  []ui.Option
	Months    []ui.Option
	Festivals []ui.Option
	Offices   []ui.Option
	Targets   []ui.Option
	Kinds     []ui.Option
	Groups    []ui.Option
	Places    []ui.Option
	Cards     []ui.Option
	Next      []nextLine
	Seen      string // the rhythm whose days were shown
}

// previewMost is how many coming days an officer sees before he saves.
const previewMost = 4

func (h *Pages) newOwn(c *web.Ctx) error {
	f := web.NewForm("kind", string(catalogue.Monthly), "before_end", "0", "workdays", "1", "lead", "10", "form", string(catalogue.Note),
		"targets", string(catalogue.TheBranch), "measure", c.Query("measure"), "on", c.Today().String())
	return h.ownForm(c, http.StatusOK, f, nil, "")
}

func (h *Pages) ownForm(c *web.Ctx, status int, f *web.Form, next []nextLine, seen string) error {
	p, err := h.frame.Page(c, "duties", "自己加一项")
	if err != nil {
		return err
	}
	p.Form, p.Back, p.NoDock = f, "/duties", true
	p.Crumbs = []ui.Crumb{{Name: p.T("常态化机制"), Href: "/duties"}, {Name: p.Title}}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page := ownPage{Page: p, Next: next, Seen: seen}
	h.choices(&page, chart, org.UnitID(c.Actor.Scope(duty.ManageDuties).ID))
	return c.RenderStatus(status, Own(page))
}

// choices fills the closed sets that the form offers.
func (h *Pages) choices(p *ownPage, chart *org.Chart, unit org.UnitID) {
	for _, m := range h.Catalogue.Measures {
		p.Measures = append(p.Measures, ui.Option{Value: string(m.Key), Name: p.W(m.Name), Icon: ui.HueIcon(string(m.Key))})
	}
	for _, k := range catalogue.RhythmKinds() {
		p.Rhythms = append(p.Rhythms, ui.Option{Value: string(k), Name: p.T(kindWords[k])})
	}
	for i := range weekdays {
		p.Weekdays = append(p.Weekdays, ui.Option{Value: itoa(i + 1), Name: p.T(weekdays[i])})
	}
	for i := range months {
		p.Months = append(p.Months, ui.Option{Value: itoa(i + 1), Name: p.T(months[i])})
	}
	for _, f := range calendar.Festivals() {
		p.Festivals = append(p.Festivals, ui.Option{Value: f.Key, Name: p.W(f.Name)})
	}
	for _, o := range h.Catalogue.Offices {
		if doesDuties(authz.Office(o.Key)) {
			p.Offices = append(p.Offices, ui.Option{Value: o.Key, Name: p.W(o.Name)})
		}
	}
	for _, t := range targetWords {
		p.Targets = append(p.Targets, ui.Option{Value: t[0], Name: p.T(t[1])})
	}
	for _, k := range h.Catalogue.PlaceKinds {
		p.Kinds = append(p.Kinds, ui.Option{Value: k.Key, Name: p.W(k.Name)})
	}
	for _, g := range h.Catalogue.Groups {
		p.Groups = append(p.Groups, ui.Option{Value: g.Key, Name: p.W(g.Name)})
	}
	for _, x := range chart.Places(unit, "") {
		p.Places = append(p.Places, ui.Option{Value: string(x.ID), Name: p.W(x.Name)})
	}
	for _, k := range h.cards() {
		p.Cards = append(p.Cards, ui.Option{Value: k.Code, Name: p.W(k.Name)})
	}
}

// cards is the newest version of each checklist.
func (h *Pages) cards() []catalogue.Card {
	var out []catalogue.Card
	for _, k := range h.Catalogue.Cards {
		if best, ok := h.Catalogue.Card(k.Code, ""); ok && best.Version == k.Version {
			out = append(out, k)
		}
	}
	return out
}

// doesDuties tells whether an office may write what a duty is done by.
func doesDuties(o authz.Office) bool {
	return slices.ContainsFunc(record.Rules(), func(r authz.Rule) bool { return r.Office == o && r.Perm == record.WriteNotes })
}

var kindWords = map[catalogue.RhythmKind]string{catalogue.Weekly: "每周一次", catalogue.Monthly: "每月一次", catalogue.Quarterly: "每季度一次", catalogue.InMonths: "某几个月",
	catalogue.Yearly: "每年一次", catalogue.Season: "一段时间里", catalogue.BeforeFestival: "节日前", catalogue.BeforeBlock: "连休前"}

// onePlace is a choice of the form, no kind of target: a duty about one place.
const onePlace = "place"

var targetWords = [][2]string{{string(catalogue.TheBranch), "全分工会一次"}, {string(catalogue.EachGroup), "每个工会小组"}, {onePlace, "一个场所"}, {string(catalogue.EachPlace), "一类场所的每一处"},
	{string(catalogue.EachPerson), "一类职工的每一位"}, {string(catalogue.EachFamily), "一类职工的每一户"}, {string(catalogue.EveryMember), "每一名会员"}, {string(catalogue.EachSite), "每个外地项目"}}

// addOwn shows the coming days first and saves what was seen; a rhythm that was changed meanwhile is shown again.
func (h *Pages) addOwn(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	o, err := readOwn(c, f)
	if err == nil {
		var rounds []duty.Round
		if rounds, err = h.duties.Preview(c.R.Context(), c.Actor, o, previewMost); err == nil {
			seen := stamp(o)
			if !f.Is("act", "save") || f.Text("seen") != seen {
				return h.ownForm(c, http.StatusOK, f, nextOf(c, rounds), seen)
			}
			var id duty.ID
			if id, err = h.duties.AddOwn(c.R.Context(), c.Actor, o); err == nil {
				return h.added(c, id)
			}
		}
	}
	if f.Take(c.P, err) {
		return h.ownForm(c, http.StatusUnprocessableEntity, f, nil, "")
	}
	return err
}

func (h *Pages) added(c *web.Ctx, id duty.ID) error {
	if err := h.duties.OpenNow(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	return c.See("/duties/"+string(id), "加好了，轮次已经排好。")
}

// stamp is what the shown days follow from.
func stamp(o duty.OwnDuty) string {
	raw, err := json.Marshal(struct {
		R  catalogue.Rhythm
		On string
	}{o.Rhythm, o.Adopted.String()})
	if err != nil {
		return "" // plain values only
	}
	return string(raw)
}

func nextOf(c *web.Ctx, rounds []duty.Round) []nextLine {
	out := make([]nextLine, len(rounds))
	for i, r := range rounds {
		out[i] = nextLine{On: r.Due, Why: r.Why.Say(c.P), Passes: r.Why.Passes(c.P)}
	}
	return out
}
