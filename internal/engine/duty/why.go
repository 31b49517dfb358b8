package duty

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/i18n"
)

// Why is how the day of a round came about, stored with the round and said in either language (decision 25).
type Why struct {
	Anchor    Anchor        `json:"anchor"`
	Offset    int           `json:"offset,omitempty"`    // days before the anchor's end; working days before a festival or block
	Part      int           `json:"part,omitempty"`      // weekday 1–7, month 1–12, quarter 1–4
	Festivals []string      `json:"festivals,omitempty"` // keys, in the order of their days
	From      kernel.Date   `json:"from,omitzero"`       // the window's first day
	Day       kernel.Date   `json:"day,omitzero"`        // the due day before it gave way to days off
	Due       kernel.Date   `json:"due,omitzero"`
	Skipped   []kernel.Date `json:"skipped,omitempty"` // days off that were not counted
	Unsure    int           `json:"unsure,omitempty"`  // a year whose working days are not published: 待核实
}

// Anchor is what a due day hangs on.
type Anchor string

const (
	OnWeekday   Anchor = "week"
	MonthEnd    Anchor = "month"  // of every month
	OneMonth    Anchor = "months" // of certain months
	QuarterEnd  Anchor = "quarter"
	WindowEnd   Anchor = "window"
	OnFestival  Anchor = "festival"
	BeforeBreak Anchor = "block"
)

var (
	weekdays   = [...]string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}
	monthNames = [...]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"}
	quarters   = [...]string{"第一季度", "第二季度", "第三季度", "第四季度"}
)

// Say is the derivation in words: 元旦：节前 3 个工作日 = 12月27日（周五）.
func (w Why) Say(p *i18n.Printer) string {
	text := w.rule(p)
	last := w.Offset == 0 && (w.Anchor == MonthEnd || w.Anchor == OneMonth || w.Anchor == QuarterEnd) // "the last working day" says it already
	switch {
	case last || w.Day.IsZero() || w.Day == w.Due:
	case w.Due.Before(w.Day):
		text = p.T("%s，遇休息日提前到 %s", text, day(p, w.Due))
	default:
		text = p.T("%s，遇休息日顺延到 %s", text, day(p, w.Due))
	}
	if w.Unsure > 0 {
		text = p.T("%s（%d 年放假安排未公布，待核实）", text, w.Unsure)
	}
	return text
}

func (w Why) rule(p *i18n.Printer) string {
	switch w.Anchor {
	case OnWeekday:
		return p.T("每%s", p.T(weekdays[(w.Part+6)%7]))
	case MonthEnd:
		return w.end(p, p.T("每月"))
	case OneMonth:
		return w.end(p, p.T(monthNames[(w.Part+11)%12]))
	case QuarterEnd:
		return w.end(p, p.T(quarters[(w.Part+3)%4]))
	case WindowEnd:
		return w.window(p)
	case OnFestival:
		if w.Offset == 0 {
			return p.T("%s当天 = %s", w.festivals(p), day(p, w.Day))
		}
	}
	return p.T("%s：节前 %d 个工作日 = %s", w.festivals(p), w.Offset, day(p, w.Due))
}

func (w Why) end(p *i18n.Printer, period string) string {
	if w.Offset == 0 {
		return p.T("%s最后一个工作日 = %s", period, day(p, w.Due))
	}
	return p.T("%s末前 %d 天 = %s", period, w.Offset, day(p, w.Day))
}

func (w Why) window(p *i18n.Printer) string {
	if w.From.Year() != w.Day.Year() {
		return p.T("每年%s至次年%s", w.From, w.Day)
	}
	return p.T("每年%s至%s", w.From, w.Day)
}

func (w Why) festivals(p *i18n.Printer) string {
	names := make([]string, len(w.Festivals))
	for i, key := range w.Festivals {
		f, _ := calendar.FestivalBy(key) // an unknown key prints as an empty name; the catalogue's check refuses it
		names[i] = p.W(f.Name)
	}
	return p.Join(names)
}

// Passes names the days off that the derivation did not count, empty where there were none.
func (w Why) Passes(p *i18n.Printer) string {
	if len(w.Skipped) == 0 {
		return ""
	}
	days := make([]string, len(w.Skipped))
	for i, d := range w.Skipped {
		days[i] = p.Day(d)
	}
	return p.T("中间休息不算：%s", p.Join(days))
}

// day is 12月27日（周五）.
func day(p *i18n.Printer, d kernel.Date) string {
	return p.T("%s（%s）", d, p.T(weekdays[(int(d.Weekday())+6)%7]))
}
