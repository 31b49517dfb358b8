package catalogue

import (
	"regexp"

	"xiaojia/internal/kernel"
)

var (
	version  = regexp.MustCompile(`^\d+(\.\d+)+$`)
	itemCode = regexp.MustCompile(`^([A-Z]{2})\d{2}[a-h]?$`)
)

func (c *Catalogue) checkCard(f *failures, k Card) {
	where := "card " + k.Code
	if !version.MatchString(k.Version) {
		f.add(where, "version %q: want numbers such as 2024.1", k.Version)
	}
	if p, ok := c.PlaceKind(k.Place); !ok || p.Card != k.Code {
		f.add(where, "place kind %q has another card", k.Place)
	}
	if len(k.Signers) < 2 {
		f.add(where, "needs two signing offices")
	}
	c.checkOffices(f, where, k.Signers)
	seen := map[string]bool{}
	for _, i := range k.Items {
		if m := itemCode.FindStringSubmatch(i.Code); m == nil || m[1] != k.Code || seen[i.Code] {
			f.add(where, "item code %q is wrong or used twice", i.Code)
		}
		seen[i.Code] = true
		c.checkItem(f, i)
	}
}

func (c *Catalogue) checkItem(f *failures, i Item) {
	both(f, i.Code, i.Text)
	given(f, i.Code, "type", string(i.Type))
	given(f, i.Code, "severity", string(i.Severity))
	given(f, i.Code, "ask", string(i.Ask))
	given(f, i.Code, "mark", string(i.Mark))
	if i.Mark == Unconfirmed && !i.Unverified {
		f.add(i.Code, "marked U without unverified: true")
	}
	if i.Doubt != (kernel.Words{}) {
		both(f, i.Code, i.Doubt)
		if !i.Unverified {
			f.add(i.Code, "a doubt without unverified: true")
		}
	}
	if i.Mark == Confirmed && len(i.Rules) == 0 {
		f.add(i.Code, "confirmed by no rule")
	}
	for _, r := range i.Rules {
		given(f, i.Code, "title of a rule", r.Title)
	}
	for _, m := range i.Majors {
		if _, ok := find(c.Majors, func(x Major) bool { return x.Code == m }); !ok {
			f.add(i.Code, "no situation %q", m)
		}
	}
	checkAnswer(f, i)
}

// checkAnswer: a figure has its limit, a date may have a validity, and no other type has either.
func checkAnswer(f *failures, i Item) {
	if i.Type != Count && i.Limit != (Limit{}) || i.Type == Count && !i.Limit.sound() {
		f.add(i.Code, "limit %+v does not fit type %s", i.Limit, i.Type)
	}
	if i.ValidMonths < 0 || i.ValidMonths > 0 && i.Type != Until {
		f.add(i.Code, "valid_months %d does not fit type %s", i.ValidMonths, i.Type)
	}
}

func (l Limit) sound() bool {
	switch l.Op {
	case AtLeast:
		return l.Unit != "" && l.Min != 0 && l.Max == 0
	case AtMost:
		return l.Unit != "" && l.Max != 0 && l.Min == 0
	case Between:
		return l.Unit != "" && l.Min < l.Max
	case OwnMark:
		return l.Min == 0 && l.Max == 0
	default:
		return false
	}
}
