package safetyweb

import (
	"net/url"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

type cardPage struct {
	*ui.Page
	Card   catalogue.Card
	Place  kernel.Words
	Others []ui.Option // the cards to choose from
}

func cardAt(code string) string { return "/safety/cards/" + url.PathEscape(code) }

// showCard is a checklist as it stands: what is asked, against which limit, by which rule, and what of it nobody has
// confirmed. The safety department checks that list.
func (h *PatrolPages) showCard(c *web.Ctx) error {
	card, ok := h.Patrols.Cards.Card(c.ID(), "")
	if !ok {
		return kernel.Err(kernel.NotFound, "没有这张检查表。")
	}
	p, err := h.Frame.Page(c, "patrols", "%s", card.Name)
	if err != nil {
		return err
	}
	p.Back = "/safety/patrols"
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.Title}}
	page := cardPage{Page: p, Card: card}
	for _, k := range h.Patrols.Cards.PlaceKinds {
		if x, ok := h.Patrols.Cards.CardFor(k.Key); ok {
			page.Others = append(page.Others, ui.Option{Value: x.Code, Name: p.W(k.Name)})
		}
		if k.Key == card.Place {
			page.Place = k.Name
		}
	}
	return c.Render(PatrolCardSheet(page))
}

// doubtful is the items that no published rule confirms.
func (p cardPage) doubtful() []checklist.Item {
	return slices.DeleteFunc(slices.Clone(p.Card.Items), func(i checklist.Item) bool { return !i.Unverified })
}

// wants is what is held against an item: its limit, or until when a paper is valid.
func (p cardPage) wants(i checklist.Item) string {
	switch {
	case i.Type == catalogue.Count && i.Limit.Op == catalogue.OwnMark:
		return p.T("按现场标牌")
	case i.Type == catalogue.Count:
		return p.T("应 %s", checklist.LimitText(i.Limit))
	case i.Type == catalogue.Until && i.ValidMonths > 0:
		return p.T("管 %d 个月", i.ValidMonths)
	case i.Type == catalogue.Until:
		return p.T("看有效期到哪天")
	}
	return ""
}

func (p cardPage) asked(i checklist.Item) string {
	switch i.Ask {
	case catalogue.EveryMonth:
		return p.T("每月看一次")
	case catalogue.EveryYear:
		return p.T("每年看一次")
	}
	return p.T("每次都看")
}
