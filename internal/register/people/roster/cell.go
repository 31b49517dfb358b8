package roster

import (
	"regexp"
	"strconv"
	"strings"
)

type kind byte

const (
	empty  kind = iota
	words       // text, also the cached text of a formula
	number      // a decimal numeral, not yet a date
	truth       // "1" or "0"
	isoDay      // a date as text, in strict files
	fault       // #N/A and the like
)

type cell struct {
	kind  kind
	text  string
	style int
}

// cell understands the stored type; a formula counts by the value Excel kept with it.
func (b *Book) cell(typ, text string, style int) cell {
	c := cell{text: text, style: style}
	switch typ {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || i < 0 || i >= len(b.texts) {
			return cell{}
		}
		c.kind, c.text = words, b.texts[i]
	case "inlineStr", "str":
		c.kind, c.text = words, unescape(text)
	case "b":
		c.kind = truth
	case "d":
		c.kind = isoDay
	case "e":
		c.kind = fault
	default:
		c.kind, c.text = number, strings.TrimSpace(text)
	}
	if strings.TrimSpace(halfWidth(c.text)) == "" {
		return cell{}
	}
	return c
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape undoes _x000D_, the way in which the format writes characters that XML forbids.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil {
			return m
		}
		return string(rune(n))
	})
}
