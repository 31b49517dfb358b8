package catalogue

import (
	"slices"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
)

// Rhythm says when the rounds of a duty open and are due. It is a closed form; the engine turns it into days with
// the working days as published. Due days that fall on a day off are the engine's affair.
type Rhythm struct {
	Kind      RhythmKind `yaml:"kind" json:"kind"`
	Weekday   int        `yaml:"weekday" json:"weekday,omitempty"`       // weekly: due on, Monday 1 … Sunday 7
	BeforeEnd int        `yaml:"before_end" json:"before_end,omitempty"` // monthly, quarterly, months: due so many days before the period's last
	Months    []int      `yaml:"months" json:"months,omitempty"`         // months: one round for each
	Month     int        `yaml:"month" json:"month,omitempty"`           // yearly, season: the window's first day …
	Day       int        `yaml:"day" json:"day,omitempty"`
	EndMonth  int        `yaml:"end_month" json:"end_month,omitempty"` // … and its last, the due day; before the first: in the next year
	EndDay    int        `yaml:"end_day" json:"end_day,omitempty"`
	Festivals []string   `yaml:"festivals" json:"festivals,omitempty"` // before_festival: keys of the calendar, one round for each
	Workdays  int        `yaml:"workdays" json:"workdays,omitempty"`   // before_festival, before_block: due so many working days before it; 0 (festivals only): on its day
	Lead      int        `yaml:"lead" json:"lead,omitempty"`           // opens so many days before due; 0: with the first day of the period
}

// RhythmKind is the closed set of rhythms.
type RhythmKind string

const (
	Weekly         RhythmKind = "weekly"
	Monthly        RhythmKind = "monthly"
	Quarterly      RhythmKind = "quarterly"
	Yearly         RhythmKind = "yearly" // once a year, done by the end of its window
	InMonths       RhythmKind = "months" // in certain months, such as June and December for every half-year
	Season         RhythmKind = "season" // a programme that runs through its window, such as 送清凉
	BeforeFestival RhythmKind = "before_festival"
	BeforeBlock    RhythmKind = "before_block" // once before each block of days off, however many festivals lie in it
)

// RhythmKinds lists the closed set in the order of the form.
func RhythmKinds() []RhythmKind {
	return []RhythmKind{Weekly, Monthly, Quarterly, Yearly, InMonths, Season, BeforeFestival, BeforeBlock}
}

// ParseRhythmKind reads one of the closed set.
func ParseRhythmKind(s string) (RhythmKind, error) {
	var k RhythmKind
	err := k.UnmarshalText([]byte(s))
	return k, err
}

func (k *RhythmKind) UnmarshalText(b []byte) error {
	return oneOf(k, "rhythm kind", b, RhythmKinds()...)
}

// Shape is the period that one round stands for; with the period's first day it makes the round unique.
type Shape string

const (
	ByWeek    Shape = "week"
	ByMonth   Shape = "month"
	ByQuarter Shape = "quarter"
	ByWindow  Shape = "window"  // the window of a year
	ByHoliday Shape = "holiday" // a festival or a block of days off
)

// Shape tells which period a round of this rhythm stands for.
func (r Rhythm) Shape() Shape {
	switch r.Kind {
	case Weekly:
		return ByWeek
	case Monthly, InMonths:
		return ByMonth
	case Quarterly:
		return ByQuarter
	case BeforeFestival, BeforeBlock:
		return ByHoliday
	default:
		return ByWindow
	}
}

// Crosses tells that the window ends in the year after the one in which it began, as 冬送温暖 does.
func (r Rhythm) Crosses() bool { return r.EndMonth*100+r.EndDay < r.Month*100+r.Day }

// Validate tells a person what is wrong with a rhythm, field by field. A field that the kind has no use for is wrong too.
func (r Rhythm) Validate() error {
	var p kernel.Problems
	if !slices.Contains(RhythmKinds(), r.Kind) {
		p.Add("kind", "请选择周期")
		return p.Err()
	}
	r.checkPeriod(&p)
	r.checkWindow(&p)
	r.checkHoliday(&p)
	return p.Err()
}

func (r Rhythm) checkPeriod(p *kernel.Problems) {
	if weekly := r.Kind == Weekly; weekly != (r.Weekday != 0) || r.Weekday < 0 || r.Weekday > 7 {
		p.Add("weekday", "每周的事项要选星期一到星期日中的一天")
	}
	parted := r.Kind == Monthly || r.Kind == Quarterly || r.Kind == InMonths
	if r.BeforeEnd < 0 || r.BeforeEnd > 27 || r.BeforeEnd > 0 && !parted {
		p.Add("before_end", "期末前的天数应在 0 到 27 之间")
	}
	rising := len(r.Months) > 0
	for i, m := range r.Months {
		rising = rising && m >= 1 && m <= 12 && (i == 0 || m > r.Months[i-1])
	}
	if r.Kind == InMonths && !rising || r.Kind != InMonths && len(r.Months) > 0 {
		p.Add("months", "请按先后选 1 月到 12 月中的月份")
	}
	leads := r.Kind == Monthly || r.Kind == Quarterly || r.Kind == InMonths || r.anchored()
	if r.Lead < 0 || r.Lead > 180 || r.Lead > 0 && !leads || r.Lead == 0 && r.anchored() {
		p.Add("lead", "提前开启的天数不合适")
	}
}

func (r Rhythm) checkWindow(p *kernel.Problems) {
	if r.Kind != Yearly && r.Kind != Season {
		if r.Month != 0 || r.Day != 0 || r.EndMonth != 0 || r.EndDay != 0 {
			p.Add("month", "这种周期不用起止日")
		}
		return
	}
	if !monthDay(r.Month, r.Day) {
		p.Add("month", "开始的月、日不存在")
	}
	if !monthDay(r.EndMonth, r.EndDay) {
		p.Add("end_month", "结束的月、日不存在")
	}
}

func (r Rhythm) checkHoliday(p *kernel.Problems) {
	if r.Workdays < 0 || r.Workdays > 20 || r.Workdays > 0 && !r.anchored() || r.Workdays == 0 && r.Kind == BeforeBlock {
		p.Add("workdays", "节前的工作日数不合适")
	}
	if !r.onFestivals() {
		p.Add("festivals", "请选择节日")
	}
}

func (r Rhythm) anchored() bool { return r.Kind == BeforeFestival || r.Kind == BeforeBlock }

func (r Rhythm) onFestivals() bool {
	if r.Kind != BeforeFestival {
		return len(r.Festivals) == 0
	}
	for i, f := range r.Festivals {
		if _, ok := calendar.FestivalBy(f); !ok || slices.Contains(r.Festivals[:i], f) {
			return false
		}
	}
	return len(r.Festivals) > 0
}

// monthDay tells whether the day exists in every year, so 29 February does not.
func monthDay(m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= kernel.NewDate(2023, time.Month(m), 1).EndOfMonth().Day()
}
