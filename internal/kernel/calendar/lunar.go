package calendar

import "xiaojia/internal/kernel"

// Lunar is a day of the lunar calendar; the year begins at 春节. The zero value means "outside the table".
type Lunar struct {
	Year, Month, Day int
	Leap             bool
}

// ToLunar is the lunar date of d, zero for a day outside the lunar years FirstYear to LastYear.
func ToLunar(d kernel.Date) Lunar {
	year := d.Year()
	if year >= FirstYear && year <= LastYear && d.Before(newYear(year)) || year == LastYear+1 {
		year--
	}
	if year < FirstYear || year > LastYear {
		return Lunar{}
	}
	left := d.Sub(newYear(year))
	for i := range monthCount(year) {
		month, leap, days := monthAt(year, i)
		if left < days {
			return Lunar{year, month, left + 1, leap}
		}
		left -= days
	}
	return Lunar{}
}

// FromLunar is the day of a lunar date; false where the table has no such year, month, leap month or day.
func FromLunar(year, month, day int, leap bool) (kernel.Date, bool) {
	if year < FirstYear || year > LastYear || day < 1 {
		return kernel.Date{}, false
	}
	passed := 0
	for i := range monthCount(year) {
		m, l, days := monthAt(year, i)
		if m == month && l == leap && day <= days {
			return newYear(year).Add(passed + day - 1), true
		}
		passed += days
	}
	return kernel.Date{}, false
}

// newYear is 春节 of a lunar year of the table.
func newYear(year int) kernel.Date {
	return kernel.NewDate(year, 1, 1+int(lunarYears[year-FirstYear]>>17))
}

func leapMonth(year int) int { return int(lunarYears[year-FirstYear] >> 13 & 15) }

func monthCount(year int) int {
	if leapMonth(year) > 0 {
		return 13
	}
	return 12
}

// monthAt is the i-th month of a lunar year, counted from 0 with the leap month in its place.
func monthAt(year, i int) (month int, leap bool, days int) {
	days = 29 + int(lunarYears[year-FirstYear]>>i&1)
	switch l := leapMonth(year); {
	case l == 0 || i < l:
		return i + 1, false, days
	case i == l:
		return l, true, days
	default:
		return i, false, days
	}
}
