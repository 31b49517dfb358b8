package roster

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
)

// written is what a cell says of a day. Only one of day, month and short is set; none means unreadable.
type written struct {
	day   kernel.Date
	month [2]int // year and month, the day left out; month 0 where the cell has the year alone
	loose bool   // the month may have lost a zero: 1983.1 as a number is January or October
	short [3]int // a year of two digits, month and day
	two   bool   // short is set
}

var (
	clock  = regexp.MustCompile(`[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$`)
	groups = regexp.MustCompile(`^\d+(-\d+){0,2}$`)
	marks  = strings.NewReplacer("年", "-", "月", "-", ".", "-", "/", "-", "、", "-", "。", "-", "—", "-", "–", "-", ",", "-", "\\", "-")
)

func (b *Book) readDate(c cell) written {
	if c.kind != number {
		return readDay(c.text)
	}
	f, err := strconv.ParseFloat(c.text, 64)
	if err != nil {
		return written{}
	}
	style := b.style(c)
	whole := f == math.Trunc(f)
	if style == noDate && !(whole && f >= 10_000 && f <= 73_050) {
		w := readDay(plain(c.text))
		w.loose = !whole
		return w
	}
	return b.serial(f, style)
}

// serial counts days as Excel does. The first two months of 1900 are off by one there and are no one's day.
func (b *Book) serial(f float64, style dateStyle) written {
	if f < 61 || f > 73_050 {
		return written{}
	}
	d := kernel.NewDate(1899, 12, 30).Add(int(f))
	if b.from04 {
		d = d.Add(1462)
	}
	if style == monthDate && d.Day() == 1 {
		return written{month: [2]int{d.Year(), int(d.Month())}}
	}
	return written{day: d}
}

// readDay reads 2012-06-26, 2012/6/26, 2012.6.26, 2012年6月26日, 20120626, 12.6.26, 2012.6, 2012年 and the like.
func readDay(s string) written {
	s = clock.ReplaceAllString(strings.Trim(halfWidth(s), " '"), "")
	s = marks.Replace(squeeze(s))
	s = strings.TrimSuffix(strings.TrimSuffix(s, "日"), "号")
	s = strings.Trim(s, "-")
	if len(s) > 12 || !groups.MatchString(s) {
		return written{}
	}
	p := strings.Split(s, "-")
	switch len(p) {
	case 1:
		return packed(p[0])
	case 2:
		return yearMonth(p[0], p[1])
	}
	return three(p)
}

// packed is a day without signs between; six digits that can be year and month are not taken for a short year.
func packed(s string) written {
	switch len(s) {
	case 8:
		return written{day: day(atoi(s[:4]), atoi(s[4:6]), atoi(s[6:]))}
	case 6:
		if w := yearMonth(s[:4], s[4:]); w.month[0] != 0 {
			return w
		}
		return shortYear(s[:2], s[2:4], s[4:])
	case 4:
		if y := atoi(s); y >= 1900 && y <= 2100 {
			return written{month: [2]int{y, 0}}
		}
	}
	return written{}
}

func yearMonth(y, m string) written {
	if len(y) != 4 || len(m) > 2 || day(atoi(y), atoi(m), 1).IsZero() {
		return written{}
	}
	return written{month: [2]int{atoi(y), atoi(m)}}
}

func three(p []string) written {
	if len(p[1]) > 2 {
		return written{}
	}
	switch {
	case len(p[0]) == 4 && len(p[2]) <= 2:
		return written{day: day(atoi(p[0]), atoi(p[1]), atoi(p[2]))}
	case len(p[0]) <= 2 && len(p[2]) == 4:
		return yearLast(atoi(p[0]), atoi(p[1]), atoi(p[2]))
	case len(p[0]) == 2 && len(p[2]) <= 2:
		return shortYear(p[0], p[1], p[2])
	}
	return written{}
}

// yearLast is read only where day and month cannot be taken for each other.
func yearLast(a, b, y int) written {
	if d, e := day(y, a, b), day(y, b, a); d.IsZero() || e.IsZero() || d == e {
		if d.IsZero() {
			d = e
		}
		return written{day: d}
	}
	return written{}
}

func shortYear(y, m, d string) written {
	if len(y) != 2 || day(2000, atoi(m), atoi(d)).IsZero() {
		return written{}
	}
	return written{short: [3]int{atoi(y), atoi(m), atoi(d)}, two: true}
}

// full is the short year in a century, or no day (29 February of 1900).
func (w written) full(century int) kernel.Date {
	return day(century+w.short[0], w.short[1], w.short[2])
}

// agrees tells whether a known day is what the cell means as far as the cell goes.
func (w written) agrees(d kernel.Date) bool {
	switch {
	case !w.day.IsZero():
		return w.day == d
	case w.two:
		return d.Year()%100 == w.short[0] && int(d.Month()) == w.short[1] && d.Day() == w.short[2]
	case w.month[0] == 0 || d.Year() != w.month[0]:
		return false
	}
	m := w.month[1]
	return m == 0 || m == int(d.Month()) || w.loose && m == 1 && d.Month() == 10
}

// part is the month or the year alone, where that is all the cell has and it has come: 2012-06 or 2012.
func (w written) part(today kernel.Date) string {
	y, m := w.month[0], w.month[1]
	first := day(y, max(m, 1), 1)
	switch {
	case first.IsZero() || w.loose && m == 1 || !today.IsZero() && (first.After(today) || first.Before(ago(today, 60))):
		return ""
	case m == 0:
		return strconv.Itoa(y)
	}
	return first.String()[:len("2006-01")]
}

// settle is the day itself, or the one century in which a short year can lie; oldest and latest bound it.
func (w written) settle(oldest, latest kernel.Date) kernel.Date {
	if !w.two || latest.IsZero() {
		return w.day
	}
	var found kernel.Date
	for _, century := range []int{1900, 2000} {
		d := w.full(century)
		if d.IsZero() || d.Before(oldest) || d.After(latest) {
			continue
		}
		if !found.IsZero() {
			return kernel.Date{}
		}
		found = d
	}
	return found
}
