package dutyweb

import (
	"net/http"
	"strings"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// chosenTab is the tab that was asked for; without a wish the one that says most: who is missing, else who is done.
func chosenTab(c *web.Ctx, f *web.Form, cover duty.Coverage) duty.TargetState {
	if f.Wrong() {
		return duty.Missing
	}
	for _, s := range []duty.TargetState{duty.Missing, duty.Done, duty.Excused} {
		if c.Query("state") == string(s) {
			return s
		}
	}
	switch {
	case cover.Missing() > 0:
		return duty.Missing
	case cover.Done == 0 && cover.Excused > 0:
		return duty.Excused
	}
	return duty.Done
}

// namedMost is how many subjects a line of the history names.
const namedMost = 12

func tabsOf(p *ui.Page, c duty.Coverage) []tab {
	out := []tab{{duty.Missing, p.T("还差"), c.Missing()}, {duty.Done, p.T("已到"), c.Done}}
	if c.Excused > 0 {
		out = append(out, tab{duty.Excused, p.T("免"), c.Excused})
	}
	return out
}

func (h *Pages) excuse(c *web.Ctx) error {
	return h.turn(c, "免了，原因大家看得到。", func(f *web.Form, r duty.RoundID, subjects []record.Ref, named string) error {
		return h.duties.Excuse(c.R.Context(), c.Actor, r, subjects, named, f.Text("reason"))
	})
}

func (h *Pages) unexcuse(c *web.Ctx) error {
	return h.turn(c, "不免了，重新算应到。", func(_ *web.Form, r duty.RoundID, subjects []record.Ref, named string) error {
		return h.duties.Unexcuse(c.R.Context(), c.Actor, r, subjects, named)
	})
}

// turn reads which targets are meant. Only units and places are named in the history, which more people read than the list.
func (h *Pages) turn(c *web.Ctx, done string, do func(f *web.Form, r duty.RoundID, subjects []record.Ref, named string) error) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	var subjects []record.Ref
	var names []string
	for _, t := range f.List("target") {
		kind, id, _ := strings.Cut(t, ":")
		subjects = append(subjects, record.Ref{Kind: kind, ID: id})
		switch kind {
		case record.KindUnit:
			names = append(names, chart.Name(org.UnitID(id)).Zh)
		case record.KindPlace:
			names = append(names, chart.PlaceName(org.PlaceID(id)).Zh)
		}
	}
	named := ""
	if len(names) <= namedMost {
		named = strings.Join(names, "、")
	}
	err = do(f, duty.RoundID(c.ID()), subjects, named)
	if f.Take(c.P, err) {
		return h.showRound(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return c.See("/rounds/"+c.ID(), done)
}
