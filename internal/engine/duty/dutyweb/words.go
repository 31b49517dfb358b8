package dutyweb

import (
	"strconv"
	"strings"
	"time"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
)

// state is how a round stands, as a chip.
type state struct{ Kind, Icon, Word string }

func stateOf(p *ui.Page, r duty.RoundRow) state {
	today := p.C.Today()
	switch cell := r.Cell(today); {
	case cell == duty.CellDone && r.DoneOn.After(r.Due):
		return state{"good", "check", p.T("晚 %d 天做完", r.DoneOn.Sub(r.Due))}
	case cell == duty.CellDone:
		return state{"good", "check", p.T("已完成")}
	case cell == duty.CellExcused:
		return state{"calm", "circle-dot", p.T("有理由免")}
	case cell == duty.CellNone:
		return state{"calm", "minus", p.T("没有对象")}
	case r.State == duty.Closed:
		return state{"late", "circle-x", p.T("没做完，已截止")}
	case cell == duty.CellLate:
		return state{"late", "triangle-alert", p.T("超期 %d 天", today.Sub(r.Due))}
	case r.State == duty.Planned:
		return state{"calm", "calendar", p.T("还没开始")}
	case r.Due == today:
		return state{"soon", "clock", p.T("今天到期")}
	case cell == duty.CellDue:
		return state{"soon", "clock", p.T("还有 %d 天", r.Due.Sub(today))}
	}
	return state{"calm", "calendar", p.T("未到期")}
}

// roundLine is a round in a list.
type roundLine struct {
	duty.RoundRow
	state
	Name string // of its period
}

func roundLines(p *ui.Page, rows []duty.RoundRow) []roundLine {
	out := make([]roundLine, len(rows))
	for i, r := range rows {
		out[i] = roundLine{r, stateOf(p, r), period(p, r.Period)}
	}
	return out
}

func period(p *ui.Page, key duty.Period) string { return Period(p.P, key) }

// Period says 2024-W51 as 2024 年第 51 周.
func Period(p *i18n.Printer, key duty.Period) string {
	year, rest, _ := strings.Cut(string(key), "-")
	y, err := strconv.Atoi(year)
	if err != nil {
		return string(key)
	}
	festival, block := strings.CutPrefix(rest, "block-")
	n, err := strconv.Atoi(strings.TrimLeft(rest, "WQ"))
	switch f, known := calendar.FestivalBy(festival); {
	case rest == "":
		return p.T("%d 年", y)
	case block && known:
		return p.T("%d 年%s连休前", y, f.Name)
	case known:
		return p.T("%d 年%s", y, f.Name)
	case err != nil:
		return string(key)
	case rest[0] == 'W':
		return p.T("%d 年第 %d 周", y, n)
	case rest[0] == 'Q':
		return p.T("%d 年第 %d 季度", y, n)
	}
	return p.Month(y, time.Month(n))
}

var weekdays = [...]string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}

var months = [...]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"}

// rhythm says a rhythm in words.
func rhythm(p *ui.Page, r catalogue.Rhythm) string {
	switch r.Kind {
	case catalogue.Weekly:
		return p.T("每%s", p.T(weekdays[(r.Weekday+6)%7]))
	case catalogue.Monthly, catalogue.Quarterly, catalogue.InMonths:
		return ending(p, r)
	case catalogue.Yearly, catalogue.Season:
		return window(p, r)
	case catalogue.BeforeBlock:
		return p.T("每次连休前 %d 个工作日", r.Workdays)
	}
	return festivals(p, r)
}

func ending(p *ui.Page, r catalogue.Rhythm) string {
	names := make([]string, len(r.Months))
	for i, m := range r.Months {
		names[i] = p.T(months[(m+11)%12])
	}
	switch n := r.BeforeEnd; {
	case r.Kind == catalogue.Monthly && n == 0:
		return p.T("每月，到最后一个工作日")
	case r.Kind == catalogue.Monthly:
		return p.T("每月，到月末前 %d 天", n)
	case r.Kind == catalogue.Quarterly && n == 0:
		return p.T("每季度，到最后一个工作日")
	case r.Kind == catalogue.Quarterly:
		return p.T("每季度，到季末前 %d 天", n)
	case n == 0:
		return p.T("每年%s，到最后一个工作日", p.P.Join(names))
	}
	return p.T("每年%s，到月末前 %d 天", p.P.Join(names), r.BeforeEnd)
}

func window(p *ui.Page, r catalogue.Rhythm) string {
	from, to := monthDay(r.Month, r.Day), monthDay(r.EndMonth, r.EndDay)
	if r.Crosses() {
		return p.T("每年%s至次年%s", from, to)
	}
	return p.T("每年%s至%s", from, to)
}

func monthDay(m, d int) kernel.Date { return kernel.NewDate(2023, time.Month(m), d) } // any year will do, only month and day are printed

func festivals(p *ui.Page, r catalogue.Rhythm) string {
	names := make([]string, 0, len(r.Festivals))
	for _, key := range r.Festivals {
		if f, ok := calendar.FestivalBy(key); ok {
			names = append(names, p.W(f.Name))
		}
	}
	if r.Workdays == 0 {
		return p.T("%s当天", p.P.Join(names))
	}
	return p.T("%s前 %d 个工作日", p.P.Join(names), r.Workdays)
}

// hue is the class of a measure's colour; the proof of the measures has the branch's own.
func hue(m catalogue.Measure) string {
	if m == catalogue.Proof {
		return "own"
	}
	return string(m)
}

func itoa(n int) string { return strconv.Itoa(n) }
