package safetyweb

import (
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
)

// step is one of the eight stations of a hazard's way.
type step struct {
	Name string
	When string
	Who  string
	Done bool
	Now  bool
}

// way is the eight stations, each with the act that passes it; when something was put right is said by who hands it in.
var way = []struct {
	name kernel.Words
	act  matter.Act
}{
	{kernel.Words{Zh: "上报", En: "Reported"}, "raise"}, {kernel.Words{Zh: "定级", En: "Graded"}, safety.JudgeAct}, {kernel.Words{Zh: "五定交办", En: "Assigned"}, safety.Assign},
	{kernel.Words{Zh: "整改", En: "Put right"}, ""}, {kernel.Words{Zh: "申请验收", En: "Handed in"}, safety.Answer}, {kernel.Words{Zh: "复查", En: "Checked"}, safety.Verify},
	{kernel.Words{Zh: "通报", En: "Announced"}, safety.Announce}, {kernel.Words{Zh: "销号", En: "Closed"}, safety.CloseHazard},
}

// stations reads the way from the history: when each was passed, and by whom.
func (p hazardPage) stations() []step {
	passed := map[matter.State]int{matter.Raised: 1, matter.Judged: 2, matter.Assigned: 3, matter.Answered: 5, matter.Verified: 6, matter.Announced: 7, matter.Closed: 8}[p.State]
	if p.State == matter.Closed && p.Outcome != matter.Solved {
		passed = 1
	}
	out := make([]step, len(way))
	for i, at := range way {
		s := step{Name: p.W(at.name), Done: i < passed, Now: i == passed && p.Open()}
		for _, e := range p.History {
			if s.Done && at.act != "" && e.Act == "hazard."+string(at.act) {
				s.When, s.Who = p.When(e.At), e.Name
			}
		}
		if s.Now {
			s.When = p.T("应于 %s", p.Day(p.Due.Date()))
		}
		out[i] = s
	}
	if p.Run != "" {
		out[0].Who = p.T("巡视带出") // two people signed it, not the one whose signature came second
	}
	if p.Grade != "" {
		out[1].Name += " " + gradeName(p.Page, p.Grade)
	}
	return out
}

// here is how far the way is, for a phone.
func (p hazardPage) here() string {
	all := p.stations()
	for i, s := range all {
		if s.Now {
			return p.T("第 %d 步，共 %d 步：%s", i+1, len(all), s.Name)
		}
	}
	return p.W(matter.StandingName(p.State, p.Outcome))
}
