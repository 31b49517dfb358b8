package almanac

import (
	"fmt"
	"slices"
	"strings"

	"xiaojia/internal/kernel"
)

// ParseDays reads what an officer types: 2027-02-08 or 02-08, runs as 02-05~02-11 or 02-05~11, with blanks or commas between.
// A run over a weekend leaves the weekend out.
func ParseDays(year int, text string) ([]kernel.Date, error) {
	var out []kernel.Date
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n,，、;；", r) }) {
		from, to, run := strings.Cut(strings.ReplaceAll(f, "～", "~"), "~")
		a, err := parseDay(year, from, kernel.Date{})
		b := a
		if err == nil && run {
			b, err = parseDay(year, to, a)
		}
		if err != nil || b.Before(a) || b.Sub(a) > 31 {
			return nil, kernel.Err(kernel.Invalid, "“%s”读不出是哪一天，请写成 %d-02-08，连着几天写成 %d-02-08~12。", f, year, year)
		}
		for d := a; !d.After(b); d = d.Add(1) {
			if !run || !weekend(d) {
				out = append(out, d)
			}
		}
	}
	slices.SortFunc(out, kernel.Date.Compare)
	return out, nil
}

// parseDay completes a day by the year, and by the month of a run's first day.
func parseDay(year int, s string, first kernel.Date) (kernel.Date, error) {
	switch strings.Count(s, "-") {
	case 0:
		if first.IsZero() {
			break
		}
		s = fmt.Sprintf("%s-%s", first.String()[:7], s)
	case 1:
		s = fmt.Sprintf("%04d-%s", year, s)
	}
	d, err := kernel.ParseDate(s)
	if err == nil && d.IsZero() {
		err = fmt.Errorf("no day")
	}
	return d, err
}
