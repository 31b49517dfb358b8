package roster

import (
	"regexp"
	"strings"
)

// dateStyle says what a cell's number format shows of a date.
type dateStyle byte

const (
	noDate    dateStyle = iota
	fullDate            // day and month are shown, or a program chose the format
	monthDate           // the day is not shown: a clerk typed year and month and Excel added the first
)

func (b *Book) loadStyles(part string) error {
	if !b.pack.has(part) {
		return nil
	}
	var x struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.pack.decode(part, &x); err != nil {
		return err
	}
	custom := make(map[int]string, len(x.Formats))
	for _, f := range x.Formats {
		custom[f.ID] = f.Code
	}
	for _, c := range x.Cells {
		if code, ok := custom[c.Format]; ok {
			b.styles = append(b.styles, formatStyle(code))
		} else {
			b.styles = append(b.styles, builtinStyle(c.Format))
		}
	}
	return nil
}

func (b *Book) style(c cell) dateStyle {
	if c.style < 0 || c.style >= len(b.styles) {
		return noDate
	}
	return b.styles[c.style]
}

// builtinStyle knows the numbers of ECMA-376 part 1, 18.8.30, with the Chinese ones. 17 (mmm-yy) counts as a full
// date although it hides the day: spreadsheet libraries choose it for every date that is the first of a month.
func builtinStyle(id int) dateStyle {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 28 && id <= 31, id == 51, id == 53, id == 54, id == 58:
		return fullDate
	case id == 27, id == 36, id == 50, id == 52, id == 57:
		return monthDate
	}
	return noDate
}

var quoted = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

// formatStyle reads a format code such as yyyy"年"m"月"d"日".
func formatStyle(code string) dateStyle {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(quoted.ReplaceAllString(code, ""))
	switch {
	case code == "general" || strings.Contains(code, "0"):
		return noDate
	case strings.Contains(code, "d"):
		return fullDate
	case strings.Contains(code, "y"):
		return monthDate
	}
	return noDate
}
