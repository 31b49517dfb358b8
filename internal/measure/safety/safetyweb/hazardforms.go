package safetyweb

import (
	"slices"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// offered is the acts that the reader may do now. An answer about more time is offered only where somebody has asked.
func offered(f matter.Flow, hz safety.Hazard, roles []matter.Role) []matter.Step {
	return slices.DeleteFunc(f.Can(hz.Matter, roles), func(s matter.Step) bool {
		return hz.AskedUntil.IsZero() && (s.Act == safety.Extend || s.Act == safety.DenyExtend)
	})
}

// turn is the act that waits for the reader, empty where it is another one's turn: what he may do besides is no duty.
func turn(f matter.Flow, hz safety.Hazard, roles []matter.Role, steps []matter.Step) matter.Act {
	whose := []matter.Role{f.Waits[hz.State]}
	if hz.State == matter.Assigned {
		whose = append(whose, matter.Owner)
	}
	for _, s := range steps {
		mine := func(r matter.Role) bool { return slices.Contains(roles, r) && slices.Contains(s.Who, r) }
		if s.Act == safety.Extend || slices.ContainsFunc(whose, mine) {
			return s.Act
		}
	}
	return ""
}

// in is the page for one act's form: what was typed there, or what it starts from.
func (p hazardPage) in(a matter.Act) hazardPage {
	f := p.Page.Form
	if a != p.Failed {
		f = p.begin(a)
	}
	p.Page = p.Page.In(string(a), f)
	return p
}

// begin is what an act's form starts from, where one answer is likely.
func (p hazardPage) begin(a matter.Act) *web.Form {
	switch a {
	case safety.Assign:
		if pl, ok := p.Chart.Place(p.Place); ok {
			return web.NewForm("owner", string(pl.Owner))
		}
	case safety.Extend:
		return web.NewForm("until", p.AskedUntil.String())
	case safety.Announce:
		return web.NewForm("on", p.C.Today().String())
	}
	return web.NewForm()
}

// actDraft is under which name a device keeps what is typed for an act.
func actDraft(p *ui.Page, id matter.ID, a matter.Act) string {
	return p.DraftKey("hazard-"+string(a), string(id))
}
