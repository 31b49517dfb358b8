package checklist

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
)

// Verdict is what the inspectors found; an item that they have not decided yet has none.
type Verdict string

const (
	Undecided Verdict = ""
	Pass      Verdict = "pass" // 合格
	Fail      Verdict = "fail" // 不合格
	NA        Verdict = "na"   // 不适用
)

// Answer is what was found at one item.
type Answer struct {
	Item     string
	Verdict  Verdict
	Number   string      // a figure in the unit of the item's limit
	Typed    string      // what was typed for a figure or a day and cannot be read as one; it is kept, and no signature is given over it
	Dated    kernel.Date // the day on the paper: of issue where the item has a term in months, else the last valid day
	Note     string
	Photos   []string // hashes, in order
	AsHazard bool     // 也开成隐患, for a general item
	Matter   string   // the hazard that was raised from it
}

// Limits of what one form may hold.
const (
	maxNote   = 1000
	maxName   = 60
	maxPhotos = 9
)

func (a Answer) empty() bool {
	return a.Verdict == Undecided && a.Number == "" && a.Typed == "" && a.Dated.IsZero() && a.Note == "" && len(a.Photos) == 0
}

// clean brings an answer into the one form that is hashed and stored, and says what no draft can hold. What is only not yet
// right, such as a figure that cannot be read, is kept: Judge tells of it before the first signature.
func (a Answer) clean(i Item, on kernel.Date, p *kernel.Problems) Answer {
	a.Note, a.Matter = tidy(a.Note), ""
	switch a.Verdict {
	case Undecided, Pass, Fail, NA:
	default:
		p.Add(i.Code, "请选合格、不合格或不适用。")
	}
	a = a.Read(i, on)
	a.AsHazard = a.AsHazard && a.Verdict == Fail && i.Severity == catalogue.General
	if utf8.RuneCountInString(a.Note) > maxNote {
		p.Add(i.Code, "备注太长，最多 %d 个字。", maxNote)
	}
	a.Photos = checkPhotos(i, a.Photos, p)
	return a
}

// maxTyped is how much of what cannot be read is kept.
const maxTyped = 60

// Read makes a figure of what was typed for one, and takes the verdict that a figure or a day speaks for itself.
func (a Answer) Read(i Item, on kernel.Date) Answer { return a.read(i).spoken(i, on) }

func (a Answer) read(i Item) Answer {
	if i.Type == catalogue.Count {
		raw := tidy(a.Number)
		if raw == "" {
			raw = tidy(a.Typed)
		}
		a.Number, a.Typed = "", raw
		if n, ok := ReadFigure(i, raw); ok {
			a.Number, a.Typed = n.String(), ""
		}
	} else {
		a.Number = ""
	}
	if i.Type != catalogue.Until {
		a.Dated = kernel.Date{}
	}
	if a.Typed = tidy(a.Typed); i.Type == catalogue.YesNo || !a.Dated.IsZero() {
		a.Typed = ""
	}
	if r := []rune(a.Typed); len(r) > maxTyped {
		a.Typed = string(r[:maxTyped])
	}
	return a
}

func checkPhotos(i Item, photos []string, p *kernel.Problems) []string {
	if len(photos) > maxPhotos {
		p.Add(i.Code, "一项最多 %d 张照片。", maxPhotos)
	}
	var out []string
	for _, h := range photos {
		if len(h) != 64 || strings.Trim(h, "0123456789abcdef") != "" {
			p.Add(i.Code, "有一张照片认不出来，请重新拍。")
			continue
		}
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

func tidy(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }
