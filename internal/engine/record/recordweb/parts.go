package recordweb

import (
	"strconv"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
)

// hue is the class of a measure's colour; the proof of the measures has the branch's own.
func hue(m catalogue.Measure) string {
	if m == catalogue.Proof {
		return "own"
	}
	return string(m)
}

// writer is who wrote a note; what the program wrote itself is signed with its name.
func writer(p notePage) string {
	if p.N.ByName == "" {
		return p.T("小家")
	}
	return p.N.ByName
}

func there(p notePage) string {
	if len(p.There) == 0 {
		return p.T("没有记名字")
	}
	return p.T("%s（共 %d 人）", p.P.Join(p.There), len(p.There))
}

// small is the small picture of a photo, the picture itself where there is none.
func small(a record.Attachment) string {
	if a.Thumb != "" {
		return a.Thumb
	}
	return a.Hash
}

func itoa(n int) string { return strconv.Itoa(n) }
