package roster

import (
	"strconv"
	"strings"
	"unicode"
)

// halfWidth turns full-width letters, digits and signs into ASCII and drops what is invisible.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == '\n', r == '\t', r == '\r', r == '\u3000', r == '\u00a0', unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == '\ufffd':
			return -1
		}
		return r
	}, s)
}

// squeeze takes all spaces out.
func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

// cleanText trims a cell, makes letters and digits half width, joins what spaces part between Han
// characters and leaves Chinese punctuation as it is.
func cleanText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' && !isWide(r) {
			return r
		}
		if h := halfWidth(string(r)); h != "" {
			return []rune(h)[0]
		}
		return -1
	}, s)
	return joinHan(strings.Fields(strings.TrimPrefix(strings.TrimSpace(s), "'")))
}

func isWide(r rune) bool {
	return r >= '０' && r <= '９' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// joinHan puts a space only where both neighbours are Latin.
func joinHan(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && latinEnd(words[i-1]) && latinStart(w) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func latinEnd(s string) bool   { return s[len(s)-1] < 0x80 }
func latinStart(s string) bool { return s[0] < 0x80 }

// CleanNo is a staff number without blanks and in half width.
func CleanNo(s string) string { return squeeze(halfWidth(s)) }

// CleanName joins what blanks part in a Chinese name and gives the dot in a minority name its one form.
func CleanName(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '•', '・', '‧', '．', '∙', '⋅', '･', '●':
			return '·'
		}
		return r
	}, cleanText(s))
}

// nothing tells the ways in which a clerk writes that a cell is empty.
func nothing(s string) bool {
	switch s {
	case "", "无", "/", "\\", "-", "--", "—", "——", "否", "×", "没有", "N/A":
		return true
	}
	return false
}

// ditto tells the signs for "as above".
func ditto(s string) bool {
	switch s {
	case "同上", "〃", "″", `"`, "”", "''", "″″":
		return true
	}
	return false
}

// plain writes a number cell as people see it in a wide column: 1.3362332733E10 is 13362332733.
func plain(raw string) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || f > 1e21 || f < -1e21 {
		return raw
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// yes reads a yes-or-no cell; ok is false where it is neither. An empty cell is a no: clerks tick those who are.
func yes(s string) (is, ok bool) {
	switch strings.ToUpper(squeeze(halfWidth(s))) {
	case "是", "√", "✓", "✔", "☑", "✅", "对", "1", "Y", "YES", "T", "TRUE", "会员", "工会会员", "是会员", "已入会", "入会", "已加入", "有", "○", "●":
		return true, true
	case "", "否", "×", "✗", "✘", "X", "☐", "不", "不是", "0", "N", "NO", "F", "FALSE", "非会员", "不是会员", "未入会", "未加入", "无", "/", "-", "—":
		return false, true
	}
	return false, false
}

// sexOf is 男, 女 or empty; 1 and 2 are the codes of GB/T 2261.1.
func sexOf(s string) string {
	switch strings.ToUpper(squeeze(halfWidth(s))) {
	case "男", "男性", "M", "MALE", "1", "1男", "♂":
		return "男"
	case "女", "女性", "F", "FEMALE", "2", "2女", "♀":
		return "女"
	}
	return ""
}
