package calendar

// The names follow the numbered months of the printed almanac: 十一月 and 十二月, not 冬月 and 腊月.
var (
	monthNames = [...]string{"正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"}
	digits     = [...]string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
	stems      = [...]string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"}
	branches   = [...]string{"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"}
)

// String is month and day in Chinese, as 十一月二十 or 闰六月初一; empty outside the table.
func (l Lunar) String() string {
	if l.Month < 1 || l.Month > 12 {
		return ""
	}
	name := monthNames[l.Month-1] + l.DayName()
	if l.Leap {
		return "闰" + name
	}
	return name
}

// DayName is the day of the month in Chinese, 初一 to 三十.
func (l Lunar) DayName() string {
	switch {
	case l.Day < 1 || l.Day > 30:
		return ""
	case l.Day <= 10:
		return "初" + digits[l.Day-1]
	case l.Day < 20:
		return "十" + digits[l.Day-11]
	case l.Day == 20:
		return "二十"
	case l.Day == 30:
		return "三十"
	default:
		return "廿" + digits[l.Day-21]
	}
}

// YearName is the year in stems and branches, as 甲辰年; empty outside the table.
func (l Lunar) YearName() string {
	if l.Year < FirstYear || l.Year > LastYear {
		return ""
	}
	return stems[(l.Year-4)%10] + branches[(l.Year-4)%12] + "年"
}
