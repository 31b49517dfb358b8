package calendar

import (
	"time"

	"xiaojia/internal/kernel"
)

// Term is one of the 24 solar terms: a key for rules and a name for people.
type Term struct {
	Key  string
	Name kernel.Words
}

// terms stand in the order of the Gregorian year: term i lies in month i/2+1.
var terms = [24]Term{
	{"xiaohan", kernel.Words{Zh: "小寒", En: "Minor Cold"}},
	{"dahan", kernel.Words{Zh: "大寒", En: "Major Cold"}},
	{"lichun", kernel.Words{Zh: "立春", En: "Start of Spring"}},
	{"yushui", kernel.Words{Zh: "雨水", En: "Rain Water"}},
	{"jingzhe", kernel.Words{Zh: "惊蛰", En: "Awakening of Insects"}},
	{"chunfen", kernel.Words{Zh: "春分", En: "Spring Equinox"}},
	{"qingming", kernel.Words{Zh: "清明", En: "Pure Brightness"}},
	{"guyu", kernel.Words{Zh: "谷雨", En: "Grain Rain"}},
	{"lixia", kernel.Words{Zh: "立夏", En: "Start of Summer"}},
	{"xiaoman", kernel.Words{Zh: "小满", En: "Grain Buds"}},
	{"mangzhong", kernel.Words{Zh: "芒种", En: "Grain in Ear"}},
	{"xiazhi", kernel.Words{Zh: "夏至", En: "Summer Solstice"}},
	{"xiaoshu", kernel.Words{Zh: "小暑", En: "Minor Heat"}},
	{"dashu", kernel.Words{Zh: "大暑", En: "Major Heat"}},
	{"liqiu", kernel.Words{Zh: "立秋", En: "Start of Autumn"}},
	{"chushu", kernel.Words{Zh: "处暑", En: "End of Heat"}},
	{"bailu", kernel.Words{Zh: "白露", En: "White Dew"}},
	{"qiufen", kernel.Words{Zh: "秋分", En: "Autumn Equinox"}},
	{"hanlu", kernel.Words{Zh: "寒露", En: "Cold Dew"}},
	{"shuangjiang", kernel.Words{Zh: "霜降", En: "Frost's Descent"}},
	{"lidong", kernel.Words{Zh: "立冬", En: "Start of Winter"}},
	{"xiaoxue", kernel.Words{Zh: "小雪", En: "Minor Snow"}},
	{"daxue", kernel.Words{Zh: "大雪", En: "Major Snow"}},
	{"dongzhi", kernel.Words{Zh: "冬至", En: "Winter Solstice"}},
}

const (
	termQingming = 6
	termDongzhi  = 23
)

// Terms lists the solar terms in the order of the Gregorian year, 小寒 first: the place in it is the index for SolarTerm.
func Terms() []Term { return append([]Term(nil), terms[:]...) }

// TermIndex finds a solar term by its key.
func TermIndex(key string) (i int, ok bool) {
	for i, t := range terms {
		if t.Key == key {
			return i, true
		}
	}
	return 0, false
}

// SolarTerm is the Beijing day of the i-th term of a Gregorian year, no day outside FirstYear to LastYear or 0 to 23.
func SolarTerm(year, i int) kernel.Date {
	if year < FirstYear || year > LastYear || i < 0 || i >= len(terms) {
		return kernel.Date{}
	}
	later := int(termDays[year-FirstYear] >> (2 * i) & 3)
	return kernel.NewDate(year, time.Month(i/2+1), int(termBase[i])+later)
}

// TermOn is the solar term that begins on d.
func TermOn(d kernel.Date) (name kernel.Words, ok bool) {
	if d.IsZero() {
		return kernel.Words{}, false
	}
	first := 2 * (int(d.Month()) - 1)
	for i := first; i < first+2; i++ {
		if SolarTerm(d.Year(), i) == d {
			return terms[i].Name, true
		}
	}
	return kernel.Words{}, false
}
