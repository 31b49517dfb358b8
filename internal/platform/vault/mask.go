package vault

import "strings"

// MaskPhone shows the first three and last four digits: 138****5678. A shorter number shows its last two.
func MaskPhone(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if len(digits) == 13 {
		digits = strings.TrimPrefix(digits, "86") // +86 before a mobile number
	}
	switch {
	case len(digits) >= 11:
		return middle([]rune(digits), 3, 4)
	case len(digits) >= 7:
		return middle([]rune(digits), 0, 2)
	}
	return middle([]rune(s), 0, 0)
}

// MaskID shows the first three and last four characters of an ID number: the province and enough to tell two people apart.
func MaskID(s string) string {
	if r := []rune(s); len(r) >= 15 {
		return middle(r, 3, 4)
	}
	return middle([]rune(s), 0, 0)
}

// MaskName shows the first character, and the last of three or more: 张*, 张*明. One alone is hidden.
func MaskName(s string) string {
	r := []rune(strings.TrimSpace(s))
	switch {
	case len(r) < 2:
		return middle(r, 0, 0)
	case len(r) == 2:
		return middle(r, 1, 0)
	}
	return middle(r, 1, 1)
}

// middle replaces all but the outer characters by stars.
func middle(r []rune, head, tail int) string {
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
