package safetyweb

import (
	"strings"

	"github.com/a-h/templ"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
)

func (i patrolItem) id() string { return "i-" + i.Code }

func (i patrolItem) is(v string) bool { return string(i.A.Verdict) == v }

func (i patrolItem) key() bool { return i.Severity == catalogue.Key }

// limit is the words beside a figure: 应 ≥ 0.5 m.
func (i patrolItem) limit(p *ui.Page) string {
	if text := checklist.LimitText(i.Limit); text != "" {
		return p.T("应 %s", text)
	}
	return strings.TrimPrefix(i.Limit.Unit+" · "+p.T("按现场标牌"), " · ")
}

// judged tells whether what is filled in speaks for itself, so that nobody ticks a verdict.
func (i patrolItem) judged() bool {
	return i.Type == catalogue.Until || i.Type == catalogue.Count && i.Limit.Op != catalogue.OwnMark
}

// otherwise tells whether a verdict was chosen that the figure or the day does not speak.
func (i patrolItem) otherwise(on kernel.Date) bool {
	return i.A.Verdict != checklist.Undecided && i.A.Verdict != checklist.Says(i.Item, i.A, on)
}

// explained tells whether the figure or the day says why the item failed: then nobody has to write it.
func (i patrolItem) explained(on kernel.Date) bool {
	return i.A.Verdict == checklist.Fail && checklist.Says(i.Item, i.A, on) == checklist.Fail
}

// typed is what the field of a figure or a day shows: what was read of it, else what was typed.
func typedNumber(a checklist.Answer) string {
	if a.Number != "" {
		return a.Number
	}
	return a.Typed
}

func typedDay(a checklist.Answer) string {
	if !a.Dated.IsZero() {
		return a.Dated.String()
	}
	return a.Typed
}

// figure is what a script needs to judge a figure as it is typed: the limit, and how people write the unit.
func (i patrolItem) figure() templ.Attributes {
	out := templ.Attributes{"data-op": string(i.Limit.Op), "data-unit": i.Limit.Unit, "data-units": strings.Join(checklist.UnitWords(i.Limit.Unit), " ")}
	if i.Limit.Op == catalogue.AtLeast || i.Limit.Op == catalogue.Between {
		out["data-min"] = i.Limit.Min.String()
	}
	if i.Limit.Op == catalogue.AtMost || i.Limit.Op == catalogue.Between {
		out["data-max"] = i.Limit.Max.String()
	}
	if i.Limit.Op != catalogue.OwnMark {
		out["data-limit"] = checklist.LimitText(i.Limit)
	}
	return out
}

// keyboard: the decimal pad of some phones has no minus.
func (i patrolItem) keyboard() string {
	if i.Limit.Max < 0 || i.Limit.Op == catalogue.OwnMark {
		return "text"
	}
	return "decimal"
}

// says is the verdict of the figure or the day in words; a script says the same while one types (web/src/figure.ts).
func (i patrolItem) says(p *ui.Page, on kernel.Date) string {
	says := checklist.Says(i.Item, i.A, on)
	switch {
	case i.A.Verdict == checklist.NA || says == checklist.Undecided:
		return ""
	case i.Type == catalogue.Until && says == checklist.Fail:
		return p.T("过期了：不合格")
	case i.Type == catalogue.Until:
		return p.T("在有效期内：合格")
	case says == checklist.Fail:
		return p.T("%s，应 %s：不合格", checklist.Measured(i.Item, i.A.Number), checklist.LimitText(i.Limit))
	}
	return p.T("%s：合格", checklist.Measured(i.Item, i.A.Number))
}

// dateLabel says which of a paper's days is asked.
func (i patrolItem) dateLabel(p *ui.Page) string {
	if i.ValidMonths > 0 {
		return p.T("证上的日期（管 %d 个月）", i.ValidMonths)
	}
	return p.T("有效期到哪天")
}
