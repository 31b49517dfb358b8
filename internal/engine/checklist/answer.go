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
	return a.Verdict == Undecided && a.Number == "" && a.Dated.IsZero() && a.Note == "" && len(a.Photos) == 0
}

// clean brings an answer into the one form that is hashed and stored, and says what cannot be right.
func (a Answer) clean(i Item, p *kernel.Problems) Answer {
	a.Note, a.Matter = tidy(a.Note), ""
	a.AsHazard = a.AsHazard && a.Verdict == Fail && i.Severity == catalogue.General
	switch a.Verdict {
	case Undecided, Pass, Fail, NA:
	default:
		p.Add(i.Code, "请选合格、不合格或不适用。")
	}
	if i.Type != catalogue.Count {
		a.Number = ""
	}
	if i.Type != catalogue.Until {
		a.Dated = kernel.Date{}
	}
	if a.Number = strings.TrimSpace(a.Number); a.Number != "" {
		n, err := catalogue.ParseNumber(a.Number)
		if err != nil {
			p.Add(i.Code, "“%s”不是数，请填像 4.5 这样的数。", a.Number)
		} else {
			a.Number = n.String()
		}
	}
	if utf8.RuneCountInString(a.Note) > maxNote {
		p.Add(i.Code, "备注太长，最多 %d 个字。", maxNote)
	}
	a.Photos = checkPhotos(i, a.Photos, p)
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
