package dutyweb

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
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
	Seen      string    // the rhythm whose days were shown
	Old       duty.Duty // the one that is changed, zero for a new one
}

// to is where the form goes.
func (p ownPage) to() string {
	if p.Old.ID != "" {
		return "/duties/" + string(p.Old.ID)
	}
	return "/duties/new"
}

// draft names the form on the device.
func (p ownPage) draft() string {
	if p.Old.ID != "" {
		return p.DraftKey("duty", string(p.Old.ID))
	}
	return p.DraftKey("duty", "new")
}

// previewMost is how many coming days an officer sees before he saves.
const previewMost = 4

func (h *Pages) newOwn(c *web.Ctx) error {
	f := web.NewForm("kind", string(catalogue.Monthly), "before_end", "0", "workdays", "1", "lead", itoa(leadUsual), "form", string(catalogue.Note),
		"targets", string(catalogue.TheBranch), "measure", c.Query("measure"), "on", c.Today().String())
	return h.ownForm(c, http.StatusOK, f, ownPage{})
}

// ownForm renders what the page holds already: the days that were shown, the duty that is changed.
func (h *Pages) ownForm(c *web.Ctx, status int, f *web.Form, page ownPage) error {
	title := "自己加一项"
	if page.Old.ID != "" {
		title = "修改"
	}
	p, err := h.frame.Page(c, "duties", title)
	if err != nil {
		return err
	}
	p.Form, p.Back, p.NoDock = f, "/duties", true
	p.Crumbs = []ui.Crumb{{Name: p.T("常态化机制"), Href: "/duties"}}
	if page.Old.ID != "" {
		p.Back = page.to()
		p.Crumbs = append(p.Crumbs, ui.Crumb{Name: p.W(page.Old.Name), Href: p.Back})
	}
	p.Crumbs = append(p.Crumbs, ui.Crumb{Name: p.Title})
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	page.Page = p
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
	return h.saveOwn(c, f, ownPage{}, func(o duty.OwnDuty) error {
		id, err := h.duties.AddOwn(c.R.Context(), c.Actor, o)
		if err != nil {
			return err
		}
		return h.planned(c, id, "加好了，轮次已经排好。")
	})
}

// saveOwn shows the coming days of what was typed, and saves it when those were seen. What is wrong is said all at once.
func (h *Pages) saveOwn(c *web.Ctx, f *web.Form, page ownPage, save func(duty.OwnDuty) error) error {
	o, typed := readOwn(c, f)
	rounds, err := h.duties.Preview(c.R.Context(), c.Actor, o, previewMost)
	if err = both(typed, err); err == nil {
		if page.Seen = stamp(o); !f.Is("act", "save") || f.Text("seen") != page.Seen {
			page.Next = nextOf(c, rounds)
			return h.ownForm(c, http.StatusOK, f, page)
		}
		err = save(o)
	}
	if f.Take(c.P, err) {
		page.Seen = ""
		return h.ownForm(c, http.StatusUnprocessableEntity, f, page)
	}
	return err
}

// both puts the wrong fields of two checks together, the first one's sentence where both have one.
func both(a, b error) error {
	var first, second kernel.Problems
	if !errors.As(a, &first) || !errors.As(b, &second) {
		return cmp.Or(a, b)
	}
	for _, p := range second {
		if !slices.ContainsFunc(first, func(x *kernel.Error) bool { return x.Field == p.Field }) {
			first = append(first, p)
		}
	}
	return first.Err()
}

func (h *Pages) planned(c *web.Ctx, id duty.ID, done string) error {
	if err := h.duties.OpenNow(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	return c.See("/duties/"+string(id), done)
}

// own reads the duty that is changed; one of the catalogue is none.
func (h *Pages) own(c *web.Ctx) (ownPage, error) {
	d, err := h.reads.Duty(c.R.Context(), c.Actor.Scope(duty.ManageDuties), duty.ID(c.ID()))
	if err == nil && (!d.Own || !d.Retired.IsZero()) {
		err = kernel.Err(kernel.NotFound, "只有自己加的、还在做的才能改；目录里的只能停用")
	}
	return ownPage{Old: d}, err
}

func (h *Pages) editOwn(c *web.Ctx) error {
	page, err := h.own(c)
	if err != nil {
		return err
	}
	return h.ownForm(c, http.StatusOK, fillOwn(page.Old, c.Today()), page)
}

func (h *Pages) changeOwn(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	page, err := h.own(c)
	if err != nil {
		return err
	}
	return h.saveOwn(c, f, page, func(o duty.OwnDuty) error {
		version, err := f.Int("version")
		if err == nil {
			err = h.duties.ChangeOwn(c.R.Context(), c.Actor, page.Old.ID, version, o)
		}
		if err != nil {
			return err
		}
		return h.planned(c, page.Old.ID, "改好了，后面的轮次按新的排；已经开始的照旧。")
	})
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
