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

func kindIcon(kind string) string {
	switch kind {
	case "person":
		return "user-round"
	case "hazard":
		return "shield-alert"
	case "place":
		return "map-pin"
	case "unit":
		return "building-2"
	case "duty":
		return "scroll-text"
	case "note":
		return "square-pen"
	case "letter":
		return "file-text"
	}
	return "calendar-days"
}
