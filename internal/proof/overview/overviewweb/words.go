package overviewweb

import (
	"xiaojia/catalogue"
	"xiaojia/internal/platform/ui"
)

func nameOf(measure string) string { return measureNames[catalogue.Measure(measure)] }

// next is the first step that is still to do.
func (p homePage) next() int {
	for i, s := range p.Steps {
		if !s.Done {
			return i
		}
	}
	return -1
}

// small is the ring as one picture that leads to the list.
func (p homePage) small() ui.Ring {
	r := p.Ring
	r.Small = true
	return r
}

func anchor(m month) string {
	if m.Now {
		return "now"
	}
	return "m-" + m.Name
}

// kinds is how a hit of each kind is marked.
var kinds = map[string]struct{ icon, word string }{
	"person": {"user-round", "人员"}, "hazard": {"shield-alert", "隐患"}, "place": {"map-pin", "场所"}, "unit": {"building-2", "单位"},
	"duty": {"scroll-text", "机制"}, "note": {"square-pen", "记录"},
}
