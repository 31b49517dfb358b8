package roster

import "strings"

// parseRef reads "AB12" as column 27 and row 12; columns count from 0.
func parseRef(ref string) (col, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 3 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		col = col*26 + int(ref[i]-'A') + 1
	}
	if i == 0 || len(ref)-i > 7 || !digits(ref[i:]) {
		return 0, 0, false
	}
	return col - 1, atoi(ref[i:]), true
}

// parseArea reads "G3:H4".
func parseArea(ref string) (area, bool) {
	from, to, _ := strings.Cut(ref, ":")
	c1, r1, ok1 := parseRef(from)
	c2, r2, ok2 := parseRef(to)
	return area{c1, r1, c2, r2}, ok1 && ok2 && c1 <= c2 && r1 <= r2
}

// letter names a column as Excel does.
func letter(col int) string {
	s := ""
	for col++; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}
