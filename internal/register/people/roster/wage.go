package roster

import (
	"regexp"
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
)

var (
	grouped   = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d+)?$`)
	wageMarks = strings.NewReplacer("人民币", "", "RMB", "", "¥", "", "￥", "", "/月", "", "每月", "", "整", "", "'", "", "，", ",")
	amount    = regexp.MustCompile(`^(\d{1,12})(?:\.(\d*))?$`)
)

// readWage reads yuan into whole fen without going through a float; scale is 1, 1000 (千元) or 10000 (万元).
func readWage(c cell, scale int64) (kernel.Money, bool) {
	s := c.text
	if c.kind == number {
		s = shortest(s)
	}
	s = wageMarks.Replace(squeeze(halfWidth(s)))
	s = strings.TrimSuffix(s, "元")
	if t, ok := strings.CutSuffix(s, "万"); ok {
		s, scale = t, 10_000
	}
	if strings.Contains(s, ",") {
		if !grouped.MatchString(s) {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	m := amount.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	return fen(m[1], m[2], scale)
}

// shortest drops the noise that a binary float leaves behind the fifteenth digit.
func shortest(raw string) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	return plain(strconv.FormatFloat(f, 'g', 15, 64))
}

// fen rounds half up at the third decimal of the yuan; a wage of ten billion is no wage.
func fen(whole, fraction string, scale int64) (kernel.Money, bool) {
	const places = 7 // decimals that count: the fen of an amount in 万元 and one more
	fraction = (fraction + strings.Repeat("0", places))[:places]
	n, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || n > 1e17/scale {
		return 0, false
	}
	n = (n*scale + 50_000) / 100_000
	return kernel.Money(n), true
}

// wageScale reads the unit from the header.
func wageScale(header string) int64 {
	switch {
	case strings.Contains(header, "万元"):
		return 10_000
	case strings.Contains(header, "千元"):
		return 1000
	}
	return 1
}
