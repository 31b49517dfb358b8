package safetyweb

import (
	"net/http"
	"slices"
	"strconv"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

type patrolConflictPage struct {
	*ui.Page
	About  safety.PatrolAbout
	Rows   []conflictRow // where the two differ
	Fields []conflictField
}

// conflictRow is one difference of the two versions.
type conflictRow struct{ Name, Yours, Stored string }

type conflictField struct{ Name, Value string }

// conflict shows what this phone sent beside what is stored; a person decides.
func (h *PatrolPages) conflict(c *web.Ctx, both *checklist.Changed) error {
	p, err := h.Frame.Page(c, "patrols", "两份不一样")
	if err != nil {
		return err
	}
	p.NoDock, p.Back = true, patrolAt(c.ID(), "/edit")
	page := patrolConflictPage{Page: p, Fields: h.fieldsOf(c, both)}
	if page.About, err = h.Patrols.Reads.PatrolAbout(c.R.Context(), c.Actor.Org, both.Stored.ID); err != nil {
		return err
	}
	card, _ := h.Patrols.Cards.Card(both.Stored.Card.Code, both.Stored.Card.Version)
	page.compare(checklist.Card{Card: card}, both.Yours, both.Stored.Draft)
	return c.RenderStatus(http.StatusConflict, PatrolConflict(page))
}

func (p *patrolConflictPage) compare(card checklist.Card, yours, stored checklist.Draft) {
	add := func(name, a, b string) {
		if a != b {
			p.Rows = append(p.Rows, conflictRow{name, a, b})
		}
	}
	add(p.T("哪天查的"), p.P.Date(yours.On), p.P.Date(stored.On))
	add(p.T("一起查的人"), p.named(yours), p.named(stored))
	for _, i := range card.Items {
		add(i.Code+" "+p.W(i.Text), p.found(i, yours), p.found(i, stored))
	}
	add(p.T("组长"), p.About.Names[yours.Leader], p.About.Names[stored.Leader])
	add(p.T("陪同"), yours.Escort, stored.Escort)
	add(p.T("现场负责人"), yours.SiteHead, stored.SiteHead)
	add(p.T("好的做法"), yours.Good, stored.Good)
}

// named is the second inspector; a person who is not stored with the patrol is told as another one.
func (p *patrolConflictPage) named(d checklist.Draft) string {
	if n := p.About.Names[d.With]; n != "" || d.With == "" {
		return n
	}
	return p.T("另一位代表")
}

// found is one answer in words.
func (p *patrolConflictPage) found(i checklist.Item, d checklist.Draft) string {
	k := slices.IndexFunc(d.Answers, func(a checklist.Answer) bool { return a.Item == i.Code })
	if k < 0 {
		return p.T(verdictName(checklist.Undecided))
	}
	a := d.Answers[k]
	out := p.T(verdictName(a.Verdict))
	for _, more := range []string{measured(p.Page, i, a), a.Typed, a.Note} {
		if more != "" {
			out += " · " + more
		}
	}
	if len(a.Photos) > 0 {
		out += " · " + p.T("%d 张照片", len(a.Photos))
	}
	if a.AsHazard {
		out += " · " + p.T("也开成隐患")
	}
	return out
}

// fieldsOf is this phone's draft as the card's form sends it, on top of the stored version.
func (h *PatrolPages) fieldsOf(c *web.Ctx, both *checklist.Changed) []conflictField {
	d := both.Yours
	out := []conflictField{{"version", strconv.Itoa(both.Stored.Version)}, {"card", d.Card.Code}, {"card_version", d.Card.Version}, {"place", string(d.Place)}, {"round", d.Round},
		{"on", d.On.String()}, {"with", string(d.With)}, {"leader", string(d.Leader)}, {"escort", d.Escort}, {"site_head", d.SiteHead}, {"good", d.Good}}
	for _, a := range d.Answers {
		out = append(out, conflictField{"v-" + a.Item, string(a.Verdict)}, conflictField{"n-" + a.Item, typedNumber(a)}, conflictField{"note-" + a.Item, a.Note},
			conflictField{"d-" + a.Item, typedDay(a)})
		if a.AsHazard {
			out = append(out, conflictField{"hz-" + a.Item, "1"})
		}
		for _, hash := range a.Photos {
			out = append(out, conflictField{"keep-" + a.Item, h.handed(c, hash)})
		}
	}
	return slices.DeleteFunc(out, func(f conflictField) bool { return f.Value == "" })
}
