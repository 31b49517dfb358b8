package calendar

import (
	"sync"
	"time"

	"xiaojia/internal/kernel"
)

// Festival is a day of the year with a name. Statutory marks the seven of 全国年节及纪念日放假办法 (2024-11-10) on which all
// have days off; only these are occasions for festival goods, the others are occasions for a visit.
type Festival struct {
	Key       string
	Name      kernel.Words
	Statutory bool
	day       func(year int) (kernel.Date, bool)
}

var festivals = []Festival{
	{"newyear", kernel.Words{Zh: "元旦", En: "New Year's Day"}, true, fixed(1, 1)},
	{"laba", kernel.Words{Zh: "腊八", En: "Laba Festival"}, false, laba},
	{"springeve", kernel.Words{Zh: "除夕", En: "Lunar New Year's Eve"}, false, springEve},
	{"spring", kernel.Words{Zh: "春节", En: "Spring Festival"}, true, lunar(1, 1)},
	{"lantern", kernel.Words{Zh: "元宵", En: "Lantern Festival"}, false, lunar(1, 15)},
	{"women", kernel.Words{Zh: "妇女节", En: "Women's Day"}, false, fixed(3, 8)},
	{"qingming", kernel.Words{Zh: "清明", En: "Qingming Festival"}, true, term(termQingming)},
	{"labour", kernel.Words{Zh: "劳动节", En: "Labour Day"}, true, fixed(5, 1)},
	{"youth", kernel.Words{Zh: "青年节", En: "Youth Day"}, false, fixed(5, 4)},
	{"dragonboat", kernel.Words{Zh: "端午", En: "Dragon Boat Festival"}, true, lunar(5, 5)},
	{"army", kernel.Words{Zh: "建军节", En: "Army Day"}, false, fixed(8, 1)},
	{"midautumn", kernel.Words{Zh: "中秋", En: "Mid-Autumn Festival"}, true, lunar(8, 15)},
	{"national", kernel.Words{Zh: "国庆", En: "National Day"}, true, fixed(10, 1)},
	{"chongyang", kernel.Words{Zh: "重阳", En: "Double Ninth Festival"}, false, lunar(9, 9)},
	{"dongzhi", kernel.Words{Zh: "冬至", En: "Winter Solstice"}, false, term(termDongzhi)},
}

// daysOff is how many days each statutory festival has, from which day of its own on (全国年节及纪念日放假办法, 2024-11-10:
// 元旦 1, 春节 4 from 除夕, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3).
var daysOff = map[string]struct{ from, n int }{"newyear": {0, 1}, "spring": {-1, 4}, "qingming": {0, 1}, "labour": {0, 2}, "dragonboat": {0, 1}, "midautumn": {0, 1}, "national": {0, 3}}

// legalDaysOff is the days off that the law itself gives, of all years of the table. What a year's notice moves beside them is
// not in it.
var legalDaysOff = sync.OnceValue(func() map[kernel.Date]bool {
	out := map[kernel.Date]bool{}
	for year := FirstYear; year <= LastYear; year++ {
		for key, off := range daysOff {
			if d, ok := FestivalDay(key, year); ok {
				for i := range off.n {
					out[d.Add(off.from+i)] = true
				}
			}
		}
	}
	return out
})

// Festivals lists all festivals, about in the order of the year.
func Festivals() []Festival { return append([]Festival(nil), festivals...) }

// FestivalBy finds a festival by its key.
func FestivalBy(key string) (Festival, bool) {
	for _, f := range festivals {
		if f.Key == key {
			return f, true
		}
	}
	return Festival{}, false
}

// FestivalDay is the day of a festival in a year; false for an unknown key or outside FirstYear to LastYear.
// 腊八 and 除夕 are those that lead to the 春节 of the year, so the 腊八 of 2023 is 2022-12-30.
func FestivalDay(key string, year int) (kernel.Date, bool) {
	f, ok := FestivalBy(key)
	if !ok {
		return kernel.Date{}, false
	}
	return f.Day(year)
}

// Day is FestivalDay for a festival in hand.
func (f Festival) Day(year int) (kernel.Date, bool) {
	if f.day == nil || year < FirstYear || year > LastYear {
		return kernel.Date{}, false
	}
	return f.day(year)
}

func fixed(month time.Month, day int) func(int) (kernel.Date, bool) {
	return func(year int) (kernel.Date, bool) { return kernel.NewDate(year, month, day), true }
}

func lunar(month, day int) func(int) (kernel.Date, bool) {
	return func(year int) (kernel.Date, bool) { return FromLunar(year, month, day, false) }
}

func term(i int) func(int) (kernel.Date, bool) {
	return func(year int) (kernel.Date, bool) { return SolarTerm(year, i), true }
}

// laba belongs to the winter that ends in year: the eighth of the last month of the lunar year before.
func laba(year int) (kernel.Date, bool) { return FromLunar(year-1, 12, 8, false) }

// springEve is a 29th or a 30th, so it is found from the day after.
func springEve(year int) (kernel.Date, bool) { return newYear(year).Add(-1), true }
