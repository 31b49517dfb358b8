package checklist

import (
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
)

// Result is what the answers of a run come to. Fails are in the order of the card.
type Result struct {
	Items, Passed, Failed, KeyFailed, NA int
	Fails                                []Item
}

// Judge tells whether the answers are complete and sound, item by item, and what they come to. Every asked item needs a
// verdict; an answered item that was not asked is judged as well.
func (c Card) Judge(asked []Item, answers []Answer, on kernel.Date) (Result, error) {
	var p kernel.Problems
	given := make(map[string]Answer, len(answers))
	for _, a := range answers {
		if _, ok := c.Item(a.Item); !ok {
			p.Add(a.Item, "这张检查表没有“%s”这一项。", a.Item)
		}
		given[a.Item] = a
	}
	var r Result
	for _, i := range c.Items {
		a := given[i.Code]
		if a.Verdict == Undecided {
			if a.Typed != "" || slices.ContainsFunc(asked, func(x Item) bool { return x.Code == i.Code }) {
				missing(i, a, &p)
			}
			continue
		}
		sound(i, a, on, &p)
		r.count(i, a)
	}
	if err := p.Err(); err != nil {
		return Result{}, err
	}
	return r, nil
}

func (r *Result) count(i Item, a Answer) {
	r.Items++
	switch a.Verdict {
	case Pass:
		r.Passed++
	case NA:
		r.NA++
	case Fail:
		r.Failed++
		r.Fails = append(r.Fails, i)
		if i.Severity == catalogue.Key {
			r.KeyFailed++
		}
	}
}

// missing says what an item without a verdict lacks.
func missing(i Item, a Answer, p *kernel.Problems) {
	switch {
	case a.Typed != "":
		unread(i, a, p)
	case i.Type == catalogue.Count && i.Limit.Op != catalogue.OwnMark:
		p.Add(i.Code, "请填实测数：%s", i.Text)
	case i.Type == catalogue.Until:
		p.Add(i.Code, "请填日期：%s", i.Text)
	default:
		p.Add(i.Code, "还没看：%s", i.Text)
	}
}

// unread is for what was typed and is neither a figure nor a day.
func unread(i Item, a Answer, p *kernel.Problems) {
	switch {
	case i.Type == catalogue.Until:
		p.Add(i.Code, "“%s”认不出是哪一天，请写成 2024-12-25 这样。", a.Typed)
	case i.Limit.Unit == "":
		p.Add(i.Code, "“%s”认不出是几，请只用数字写，像 4.5 这样。", a.Typed)
	default:
		p.Add(i.Code, "“%s”认不出是几，请按 %s 只用数字写，像 4.5 这样。", a.Typed, i.Limit.Unit)
	}
}

func sound(i Item, a Answer, on kernel.Date, p *kernel.Problems) {
	switch {
	case a.Verdict == NA:
		return
	case a.Typed != "":
		unread(i, a, p)
		return
	case a.Verdict == Fail && a.Note == "" && len(a.Photos) == 0 && Says(i, a, on) != Fail:
		p.Add(i.Code, "不合格要写一句或拍一张：%s", i.Text)
		return
	}
	switch i.Type {
	case catalogue.Count:
		soundNumber(i, a, p)
	case catalogue.Until:
		soundDay(i, a, on, p)
	}
}

// soundNumber: who could not measure (no thermometer) fails the item and says so; nobody has to invent a figure.
func soundNumber(i Item, a Answer, p *kernel.Problems) {
	if a.Number == "" {
		if a.Verdict != Fail || a.Note == "" {
			p.Add(i.Code, "请填实测数：%s", i.Text)
		}
		return
	}
	n, err := catalogue.ParseNumber(a.Number)
	if err != nil {
		a.Typed = a.Number
		unread(i, a, p)
		return
	}
	if a.Verdict != Pass || Within(i.Limit, n) {
		return
	}
	if i.Unverified {
		p.Add(i.Code, "实测 %s，要求 %s（限值待核实），不能算合格。", Measured(i, a.Number), LimitText(i.Limit))
		return
	}
	p.Add(i.Code, "实测 %s，要求 %s，不能算合格。", Measured(i, a.Number), LimitText(i.Limit))
}

// soundDay: a paper that is not there fails with a word about it; nobody has to invent its day.
func soundDay(i Item, a Answer, on kernel.Date, p *kernel.Problems) {
	if a.Dated.IsZero() {
		if a.Verdict != Fail || a.Note == "" {
			p.Add(i.Code, "请填日期：%s", i.Text)
		}
		return
	}
	if i.ValidMonths > 0 && a.Dated.After(on) {
		p.Add(i.Code, "日期 %s 还没到，请核对。", a.Dated.String())
		return
	}
	if end := ValidTo(i, a.Dated); a.Verdict == Pass && end.Before(on) {
		p.Add(i.Code, "有效期到 %s，检查那天已经过期，不能算合格。", end.String())
	}
}

// Within tells whether a figure meets the limit; the place's own mark is judged by the inspectors.
func Within(l catalogue.Limit, n catalogue.Number) bool {
	switch l.Op {
	case catalogue.AtLeast:
		return n >= l.Min
	case catalogue.AtMost:
		return n <= l.Max
	case catalogue.Between:
		return l.Min <= n && n <= l.Max
	default:
		return true
	}
}

// LimitText is the limit as it stands beside the field, the same in every language; empty for the place's own mark.
func LimitText(l catalogue.Limit) string {
	switch l.Op {
	case catalogue.AtLeast:
		return "≥ " + l.Min.String() + " " + l.Unit
	case catalogue.AtMost:
		return "≤ " + l.Max.String() + " " + l.Unit
	case catalogue.Between:
		return l.Min.String() + "–" + l.Max.String() + " " + l.Unit
	default:
		return ""
	}
}

// Measured is a figure with its unit.
func Measured(i Item, number string) string {
	if number == "" || i.Limit.Unit == "" {
		return number
	}
	return number + " " + i.Limit.Unit
}
