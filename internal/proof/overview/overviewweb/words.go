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

// kinds is how hits of each kind are marked, in the order in which the search shows them; all leads to the list with the same words.
var kinds = []struct{ kind, icon, word, all string }{
	{"person", "user-round", "人员", "/people?q="}, {"hazard", "shield-alert", "隐患", "/safety/hazards?tab=all&q="}, {"place", "map-pin", "场所", ""}, {"unit", "building-2", "单位", ""},
	{"duty", "scroll-text", "机制", ""}, {"round", "calendar-check", "轮次", ""}, {"letter", "mail", "文书", ""}, {"note", "square-pen", "记录", "/notes?q="},
}
