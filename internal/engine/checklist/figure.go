package checklist

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
)

// unitWords are the ways in which people write the unit of a limit behind a figure, as they look after NFKC. A figure in
// another unit is not read: 30 cm is not 30 m.
var unitWords = map[string][]string{
	"℃":  {"°C", "°c", "摄氏度", "度", "C", "c"},
	"m":  {"m", "米"},
	"mm": {"mm", "毫米"},
	"m²": {"m2", "平方米", "平米"},
	"g":  {"g", "克"},
	"h":  {"h", "个小时", "小时"},
	"%":  {"%"},
}

// UnitWords is how people write a unit behind a figure, after NFKC.
func UnitWords(unit string) []string { return unitWords[unit] }

// thousands is 1,500: a comma before exactly three digits, and no 0 in front.
var thousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$`)

// ReadFigure reads what people write into the field of a figure: 75℃, 75 度, ７５, 1,5, 零下18. The web page reads alike
// (web/src/figure.ts).
func ReadFigure(i Item, text string) (catalogue.Number, bool) {
	t := strings.Join(strings.Fields(norm.NFKC.String(text)), "")
	for _, u := range unitWords[i.Limit.Unit] {
		if short, ok := strings.CutSuffix(t, u); ok {
			t = short
			break
		}
	}
	for _, below := range []string{"零下", "负", "−", "–"} {
		if rest, ok := strings.CutPrefix(t, below); ok {
			t = "-" + rest
		}
	}
	t = strings.Replace(t, "。", ".", 1)
	if thousands.MatchString(t) {
		t = strings.ReplaceAll(t, ",", "")
	}
	n, err := catalogue.ParseNumber(strings.Replace(t, ",", ".", 1))
	return n, err == nil
}

// Says is the verdict that a figure or a day speaks for itself; Undecided where the inspectors decide.
func Says(i Item, a Answer, on kernel.Date) Verdict {
	good := true
	switch {
	case i.Type == catalogue.Count && a.Number != "" && i.Limit.Op != catalogue.OwnMark:
		n, err := catalogue.ParseNumber(a.Number)
		if err != nil {
			return Undecided
		}
		good = Within(i.Limit, n)
	case i.Type == catalogue.Until && !a.Dated.IsZero():
		good = !ValidTo(i, a.Dated).Before(on)
	default:
		return Undecided
	}
	if good {
		return Pass
	}
	return Fail
}

// spoken is the answer with the verdict of its figure or day: outside of the limit it fails whatever was chosen, within it
// passes where nothing was.
func (a Answer) spoken(i Item, on kernel.Date) Answer {
	switch says := Says(i, a, on); {
	case a.Verdict == NA:
	case says == Fail, a.Verdict == Undecided:
		a.Verdict = says
	}
	return a
}
