// Package checklist runs an inspection card at a place: which items a visit asks, whether the answers are complete and
// what they come to, and the run that keeps them from the first draft to the signatures. The nouns are Card, Answer,
// Draft and Run. It never decides who may inspect or sign, and what a failed item leads to: the measures do.
package checklist

import (
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
)

// Item is one line of a card, as the catalogue ships it.
type Item = catalogue.Item

// CardID names one version of a card; a run keeps the version that it was done under.
type CardID struct{ Code, Version string }

// Card is a version of a checklist with the rules of asking and judging.
type Card struct{ catalogue.Card }

// ID names the card.
func (c Card) ID() CardID { return CardID{Code: c.Code, Version: c.Version} }

// Item finds a line by its code.
func (c Card) Item(code string) (Item, bool) {
	i := slices.IndexFunc(c.Items, func(i Item) bool { return i.Code == code })
	if i < 0 {
		return Item{}, false
	}
	return c.Items[i], true
}

// Asked is when an item was last asked at a place, and until when what it found is valid.
type Asked struct{ On, ValidTo kernel.Date }

// Fact is an item that this visit does not ask, because its paper is still valid.
type Fact struct {
	Item Item
	Asked
}

// Ask is the items of this visit: those of every visit, those not yet asked in this month or year, and those whose paper
// has run out before the day (decision 10).
func (c Card) Ask(on kernel.Date, asked map[string]Asked) []Item {
	var out []Item
	for _, i := range c.Items {
		if due(i, on, asked[i.Code]) {
			out = append(out, i)
		}
	}
	return out
}

// Facts is what the visit shows instead of asking.
func (c Card) Facts(on kernel.Date, asked map[string]Asked) []Fact {
	var out []Fact
	for _, i := range c.Items {
		if a := asked[i.Code]; stillValid(i, on, a) {
			out = append(out, Fact{Item: i, Asked: a})
		}
	}
	return out
}

func due(i Item, on kernel.Date, a Asked) bool {
	if i.Type == catalogue.Until && !a.ValidTo.IsZero() {
		return a.ValidTo.Before(on)
	}
	if a.On.IsZero() {
		return true
	}
	switch i.Ask {
	case catalogue.EveryMonth:
		return a.On.Year() != on.Year() || a.On.Month() != on.Month()
	case catalogue.EveryYear:
		return a.On.Year() != on.Year()
	default:
		return true
	}
}

func stillValid(i Item, on kernel.Date, a Asked) bool {
	return i.Type == catalogue.Until && !a.ValidTo.IsZero() && !a.ValidTo.Before(on)
}

// ValidTo is the last valid day of a paper that bears the day. A term in months ends on the day of the same number,
// the first day not counted (民法典第二百零一、二百零二条).
func ValidTo(i Item, dated kernel.Date) kernel.Date {
	if dated.IsZero() || i.ValidMonths == 0 {
		return dated
	}
	return dated.AddMonths(i.ValidMonths)
}
