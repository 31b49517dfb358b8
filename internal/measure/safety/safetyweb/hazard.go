package safetyweb

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type hazardPage struct {
	*ui.Page
	safety.Told
	Chart   *org.Chart
	Steps   []matter.Step // what the person may do now
	Turn    matter.Act    // the one that waits for the person
	Failed  matter.Act    // the one that has just been refused
	Main    matter.Act    // the one that stands first
	Grades  []ui.Option
	Owners  []ui.Option
	Picks   []Pick
	Similar []safety.HazardRow
	Askable bool        // may put a question to the reporter
	Kinds   []ui.Option // papers that the person may issue
}

func (h *HazardPages) show(c *web.Ctx) error {
	return h.page(c, http.StatusOK, web.NewForm(), "")
}

// page shows a hazard; on bad input with the form of the act that failed.
func (h *HazardPages) page(c *web.Ctx, status int, f *web.Form, failed matter.Act) error {
	ctx := c.R.Context()
	told, err := h.Reads.Seen(ctx, safety.SeenHazards(c.Actor), matter.ID(c.ID()))
	if err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "hazards", "%s", told.Title)
	if err != nil {
		return err
	}
	p.Form, p.Back = f, "/safety/hazards"
	acknowledge(p)
	page := hazardPage{Page: p, Told: told, Failed: failed}
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	flow, roles := h.Hazards.Flow(), safety.Roles(c.Actor, told.Matter)
	page.Steps = offered(flow, told.Hazard, roles)
	page.Turn = turn(flow, told.Hazard, roles, page.Steps)
	page.Main = cmp.Or(failed, page.Turn)
	page.Askable = safety.MayAsk(c.Actor, told.Matter) == nil
	for _, k := range []safety.LetterKind{safety.Advice, safety.Order} {
		if c.Actor.May(safety.IssueLetter) && safety.MayIssue(c.Actor, told.Matter, k) == nil {
			page.Kinds = append(page.Kinds, ui.Option{Value: string(k), Name: p.T(k.Title())})
		}
	}
	if err := page.choices(h, c); err != nil {
		return err
	}
	return c.RenderStatus(status, HazardPage(page))
}

// similarMost is how many earlier reports stand beside a new one.
const similarMost = 4

// choices fills what the open acts' forms choose from.
func (p *hazardPage) choices(h *HazardPages, c *web.Ctx) error {
	var err error
	if len(p.Steps) > 0 && (p.State == matter.Raised || p.State == matter.Judged) && p.Place != "" {
		if p.Similar, err = h.Reads.Similar(c.R.Context(), c.Actor.Scope(safety.SeeHazards), p.Unit, p.Place, similarMost); err != nil {
			return err
		}
	}
	for _, s := range p.Steps {
		switch s.Act {
		case safety.JudgeAct:
			for _, g := range h.Grades {
				p.Grades = append(p.Grades, ui.Option{Value: g.Key, Name: p.W(g.Name), Class: "", Icon: ""})
			}
		case safety.Assign, safety.Transfer, safety.Reappoint:
			if p.Picks != nil {
				continue
			}
			if p.Picks, err = h.People(c.R.Context(), c.Actor, p.Unit); err != nil {
				return err
			}
			p.Owners = p.owners()
		}
	}
	return nil
}

// owners are the units that can be made to answer, the one that the place belongs to first.
func (p *hazardPage) owners() []ui.Option {
	var out []ui.Option
	first := org.UnitID("")
	if pl, ok := p.Chart.Place(p.Place); ok && pl.Owner != "" {
		first = pl.Owner
		out = append(out, ui.Option{Value: string(first), Name: p.W(p.Chart.Name(first))})
	}
	for _, k := range []org.UnitKind{org.Department, org.Contractor} {
		for _, u := range p.Chart.Units(k, p.Unit) {
			if u.ID != first {
				out = append(out, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
			}
		}
	}
	return out
}

func (h *HazardPages) act(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	do, err := h.read(c, f)
	var out safety.Hazard
	if err == nil {
		out, err = h.Hazards.Act(c.R.Context(), c.Actor, matter.ID(c.ID()), do)
	}
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, matter.Act(c.R.PathValue("act")))
	}
	if err != nil {
		return err
	}
	keepDone(c, c.Actor.Account+"/hazard-"+string(do.Act)+"/"+string(out.ID))
	s, _ := h.Hazards.Flow().Step(do.Act)
	return c.See("/safety/hazards/"+string(out.ID), "%s：办好了，现在是“%s”。", s.Name, matter.StateName(out.State))
}

// read takes the act's fields; several wrong ones are told together.
func (h *HazardPages) read(c *web.Ctx, f *web.Form) (matter.Do, error) {
	version, err1 := f.Int("version")
	until, err2 := f.Date("until")
	on, err3 := f.Date("on")
	photos, err4 := h.Photos.Take(c, f, "photos", 6)
	do := matter.Do{Act: matter.Act(c.R.PathValue("act")), Version: version, Reason: f.Text("reason"), Words: f.Text("words"), Grade: f.Text("grade"),
		Owner: org.UnitID(f.Text("owner")), Rectifier: people.ID(f.Text("rectifier")), Verifier: people.ID(f.Text("verifier")), Measure: f.Text("measure"), Doer: f.Text("doer"),
		Until: until, Into: matter.ID(f.Text("into")), How: f.Text("how"), On: on, Congress: f.Is("congress", "1"), Photos: photos}
	return do, errors.Join(err1, err2, err3, err4)
}

func (h *HazardPages) ask(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.Hazards.Ask(c.R.Context(), c.Actor, matter.ID(c.ID()), f.Text("text"))
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, "")
	}
	if err != nil {
		return err
	}
	return c.See("/safety/hazards/"+c.ID()+"#talk", "问出去了。")
}

// pictures are those of a slot, of all rounds of rework.
func (p hazardPage) pictures(slot string) []record.Attachment {
	var out []record.Attachment
	for _, a := range p.Photos {
		if a.Slot == slot || strings.HasPrefix(a.Slot, slot+"-") {
			out = append(out, a)
		}
	}
	return out
}

func (p hazardPage) name(id people.ID) string {
	if id == "" {
		return "—"
	}
	return p.Names[id]
}

func (p hazardPage) reporter() string {
	switch {
	case p.You:
		return p.T("你报的")
	case p.Mode == safety.Named:
		return p.Names[p.Reporter]
	case p.Mode == safety.Hidden:
		return p.T("隐名")
	case p.Mode == safety.FromPatrol:
		return p.T("巡视带出")
	}
	return p.T("匿名")
}

func (p hazardPage) others() []matter.Step {
	var out []matter.Step
	for _, s := range p.Steps {
		if s.Act != p.Main {
			out = append(out, s)
		}
	}
	return out
}

func (p hazardPage) main() (matter.Step, bool) {
	for _, s := range p.Steps {
		if s.Act == p.Main {
			return s, true
		}
	}
	return matter.Step{}, false
}
