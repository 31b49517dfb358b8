package calendar

import (
	"strings"

	"xiaojia/internal/kernel"
)

// Arrangement is what the State Council's office publishes for one year: days off that fall on Monday to Friday, and worked
// Saturdays and Sundays. Single days may lie in the neighbour year. Source is the title and number of the notice.
type Arrangement struct {
	Year   int
	Off    []kernel.Date
	Work   []kernel.Date
	Source string
}

// published holds month and day; a "~" runs to a day of the same month. The comments carry the evidence of each year.
var published = []struct {
	year              int
	source, off, work string
}{
	{ // Two independent sources agree; number and days read again in re-hosted texts of the notice of 2022-12-08.
		2023, "国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）",
		"01-02 01-23~27 04-05 05-01~03 06-22~23 09-29 10-02~06",
		"01-28~29 04-23 05-06 06-25 10-07~08",
	},
	{ // Two independent sources agree; number and days read again in re-hosted texts of the notice of 2023-10-25.
		2024, "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）",
		"01-01 02-12~16 04-04~05 05-01~03 06-10 09-16~17 10-01~04 10-07",
		"02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
	},
	{ // Confirmed in the notice. The first year with four days for 春节 and two for 劳动节.
		2025, "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）",
		"01-01 01-28~31 02-03~04 04-04 05-01~02 05-05 06-02 10-01~03 10-06~08",
		"01-26 02-08 04-27 09-28 10-11",
	},
	{ // Confirmed in the notice of 2025-11-04.
		2026, "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）",
		"01-01~02 02-16~20 02-23 04-06 05-01 05-04~05 06-19 09-25 10-01~02 10-05~07",
		"01-04 02-14 02-28 05-09 09-20 10-10",
	},
}

// Published lists the arrangements that are known to the program, 2023 to 2026; later years are entered by an administrator.
func Published() []Arrangement {
	out := make([]Arrangement, 0, len(published))
	for _, p := range published {
		out = append(out, Arrangement{Year: p.year, Off: days(p.year, p.off), Work: days(p.year, p.work), Source: p.source})
	}
	return out
}

// days reads month-days and runs of the form "01-23~27".
func days(year int, text string) []kernel.Date {
	first := kernel.NewDate(year, 1, 1).String()[:5]
	var out []kernel.Date
	for _, field := range strings.Fields(text) {
		from, last, run := strings.Cut(field, "~")
		to := from
		if run {
			to = from[:3] + last
		}
		for d, end := kernel.MustDate(first+from), kernel.MustDate(first+to); !d.After(end); d = d.Add(1) {
			out = append(out, d)
		}
	}
	return out
}
