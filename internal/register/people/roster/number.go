package roster

import (
	"regexp"
	"strings"
)

// scientific is what is left of a long number when a file has been through CSV or a narrow column.
var scientific = regexp.MustCompile(`^\d(\.\d+)?E\+?\d{2}$`)

// idNumber takes a number only when its check digit is right. A number whose last digits Excel has dropped cannot be
// completed: float64 holds fifteen of the eighteen.
func (r *reader) idNumber(l *line, row *Row) {
	c, ok := r.column(ID)
	if !ok {
		return
	}
	x := l.at(c.Index)
	n := NormalizeID(x.text)
	if x.kind == number {
		n = NormalizeID(plain(x.text))
	}
	switch {
	case x.kind == empty || x.kind == fault || nothing(string(n)):
		row.report(c, Missing, absent)
		return
	case x.kind == number && len(n) > 15, scientific.MatchString(string(n)):
		row.report(c, DigitsLost, "按数字存放，后面的几位已经丢失。请把这一列设成“文本”，再照身份证重新填写")
		return
	}
	row.IDWritten = n
	switch {
	case n.Check():
		row.IDNumber = n
	case n.Old():
		row.report(c, OldFormat, "是 15 位的旧号码，请换成 18 位的号码；系统不自动换算")
	case len(n) == 18 && strings.HasSuffix(string(n), "000") && digits(string(n)):
		row.IDWritten = "" // such numbers of different people look alike
		row.report(c, DigitsLost, "最后三位都是 0,多半是被 Excel 丢掉了，请照身份证重新填写")
	case len(n) != 18:
		row.report(c, CheckDigit, "有 %d 位，而身份证号应为 18 位，请核对", len([]rune(string(n))))
	default:
		row.report(c, CheckDigit, "校验位不对，其中至少有一位写错了，请照身份证核对")
	}
}
