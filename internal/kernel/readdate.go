package kernel

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	foldDate   = strings.NewReplacer(dateFolds()...)
	packedDate = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)$`)
	wholeDate  = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	shortDate  = regexp.MustCompile(`^([去今明]年)?(\d{1,2})[-/.月](\d{1,2})日?$`)
	dayAlone   = regexp.MustCompile(`^(\d{1,2})日$`)
	weekDate   = regexp.MustCompile(`^([本这上下]?)个?(?:周|星期|礼拜)([一二三四五六日天])$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})([a-z]{3})[a-z]*,?(\d{4})?$`)
	monthFirst = regexp.MustCompile(`^([a-z]{3})[a-z]*(\d{1,2})(?:,(\d{4}))?$`)
)

var (
	nearDays = map[string]int{"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
		"today": 0, "yesterday": -1, "tomorrow": 1}
	nearYears = map[string]int{"去年": -1, "今年": 0, "明年": 1}
	nearWeeks = map[string]int{"上": -7, "下": 7}
	weekDays  = map[string]int{"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
)

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

func dateFolds() []string {
	out := []string{" ", "", "\u3000", "", "\t", "", "－", "-", "—", "-", "／", "/", "．", ".", "。", ".", "，", ",", "号", "日"}
	for d := range 10 {
		out = append(out, string(rune('０'+d)), strconv.Itoa(d))
	}
	return out
}

// ReadDate reads a day as people write it: 2024-12-25, 2024.12.25, 20241225, 2024年12月25日, 12月25日, 25号, 明天, 下周一, 25 Dec. Without a
// year it is the day nearest to today; without today only whole dates are read. Empty text is no day. A year of two digits is not guessed.
func ReadDate(s string, today Date) (Date, error) {
	t := strings.ToLower(foldDate.Replace(strings.TrimSpace(s)))
	if t == "" {
		return Date{}, nil
	}
	d, ok := readWhole(t)
	if !ok && !today.IsZero() {
		d, ok = readNear(t, today)
	}
	if !ok {
		return Date{}, fmt.Errorf("day %q: cannot be read", s)
	}
	return d, nil
}

func readWhole(t string) (Date, bool) {
	for _, r := range []*regexp.Regexp{packedDate, wholeDate} {
		if m := r.FindStringSubmatch(t); m != nil {
			return realDate(number(m[1]), number(m[2]), number(m[3]))
		}
	}
	if m := dayFirst.FindStringSubmatch(t); m != nil && m[3] != "" {
		return realDate(number(m[3]), monthNamed(m[2]), number(m[1]))
	}
	if m := monthFirst.FindStringSubmatch(t); m != nil && m[3] != "" {
		return realDate(number(m[3]), monthNamed(m[1]), number(m[2]))
	}
	return Date{}, false
}

func readNear(t string, today Date) (Date, bool) {
	if n, ok := nearDays[t]; ok {
		return today.Add(n), true
	}
	if m := weekDate.FindStringSubmatch(t); m != nil {
		return today.Monday().Add(nearWeeks[m[1]] + weekDays[m[2]]), true
	}
	if m := dayAlone.FindStringSubmatch(t); m != nil {
		return realDate(today.Year(), int(today.Month()), number(m[1]))
	}
	if m := shortDate.FindStringSubmatch(t); m != nil {
		if m[1] != "" {
			return realDate(today.Year()+nearYears[m[1]], number(m[2]), number(m[3]))
		}
		return nearest(today, number(m[2]), number(m[3]))
	}
	if m := dayFirst.FindStringSubmatch(t); m != nil {
		return nearest(today, monthNamed(m[2]), number(m[1]))
	}
	if m := monthFirst.FindStringSubmatch(t); m != nil {
		return nearest(today, monthNamed(m[1]), number(m[2]))
	}
	return Date{}, false
}

// nearest is the month's day of the year in which it is closest to today; the earlier one of two.
func nearest(today Date, month, day int) (Date, bool) {
	best, found := Date{}, false
	for y := today.Year() - 1; y <= today.Year()+1; y++ {
		if d, ok := realDate(y, month, day); ok && (!found || away(d, today) < away(best, today)) {
			best, found = d, true
		}
	}
	return best, found
}

func away(a, b Date) int { return max(a.Sub(b), b.Sub(a)) }

// realDate refuses what is no day of the calendar instead of running over into the next month.
func realDate(y, m, d int) (Date, bool) {
	if y < 1900 || y > 2200 || m < 1 || m > 12 {
		return Date{}, false
	}
	out := NewDate(y, time.Month(m), d)
	return out, out.Day() == d && int(out.Month()) == m
}

func monthNamed(s string) int {
	if i := strings.Index(monthNames, s); i >= 0 && i%3 == 0 {
		return i/3 + 1
	}
	return 0
}

// number is that of a few digits.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
