package roster

import (
	"strings"
	"time"

	"xiaojia/internal/kernel"
)

// IDNumber is a citizen identity number (GB 11643), 18 characters once normalised.
type IDNumber string

// NormalizeID undoes what typing does to a number: full width, spaces, dashes, a leading apostrophe, a small x.
func NormalizeID(s string) IDNumber {
	s = strings.ToUpper(squeeze(halfWidth(s)))
	return IDNumber(strings.Map(func(r rune) rune {
		switch r {
		case '\'', '’', '‘', '`', '-', '–', '—':
			return -1
		}
		return r
	}, s))
}

// Check tells whether the number has 18 characters, a possible day of birth and the right check digit (GB 11643,
// ISO 7064 MOD 11-2).
func (n IDNumber) Check() bool {
	if len(n) != 18 || !digits(string(n[:17])) || n.born().IsZero() {
		return false
	}
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(n[i]-'0') * weight
	}
	return n[17] == "10X98765432"[sum%11]
}

// Birth is the day of birth in a number that passes Check, else no day.
func (n IDNumber) Birth() kernel.Date {
	if !n.Check() {
		return kernel.Date{}
	}
	return n.born()
}

func (n IDNumber) born() kernel.Date {
	return day(atoi(string(n[6:10])), atoi(string(n[10:12])), atoi(string(n[12:14])))
}

// Sex is 男 or 女 by the 17th digit of a number that passes Check, else empty.
func (n IDNumber) Sex() string {
	switch {
	case !n.Check():
		return ""
	case (n[16]-'0')%2 == 1:
		return "男"
	default:
		return "女"
	}
}

// Old tells a 15-digit number, as issued before October 1999 and no longer valid since 2013.
func (n IDNumber) Old() bool { return len(n) == 15 && digits(string(n)) }

// Mask keeps the first three and the last four characters; anything shorter than twelve is hidden whole.
func (n IDNumber) Mask() string {
	r := []rune(string(n))
	if len(r) < 12 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}

// day is the date, or no day where the calendar has none or it lies outside 1900 to 2100.
func day(y, m, d int) kernel.Date {
	if y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31 {
		return kernel.Date{}
	}
	t := kernel.NewDate(y, time.Month(m), d)
	if t.Day() != d {
		return kernel.Date{}
	}
	return t
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads up to eight digits; callers have checked that there is nothing else.
func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
