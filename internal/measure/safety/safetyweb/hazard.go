package safetyweb

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"xiaojia/catalogue"

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
	Grades  []catalogue.Grade
	Owners  []group
	Picks   []Pick
	Similar []safety.HazardRow
	Askable bool                // may put a question to the reporter
	Kinds   []safety.LetterKind // papers that the person may issue
	Alone   bool                // nobody is 安环部门, so the branch's chair grades
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
	p.Form, p.Back = f, cameFrom(c)
	acknowledge(p)
	page := hazardPage{Page: p, Told: told, Failed: failed}
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	flow, roles := h.Hazards.Flow(), safety.Roles(c.Actor, told.Matter)
	page.Steps = offered(flow, told.Hazard, roles)
	page.Turn = turn(flow, told.Hazard, roles, page.Steps)
	if page.Main = cmp.Or(failed, page.Turn); failed == safety.DenyExtend {
		page.Main = safety.Extend
	}
	page.Askable = safety.MayAsk(c.Actor, told.Matter) == nil
	for _, k := range []safety.LetterKind{safety.Advice, safety.Order} {
		if c.Actor.May(safety.IssueLetter) && safety.MayIssue(c.Actor, told.Matter, k) == nil {
			page.Kinds = append(page.Kinds, k)
		}
	}
	if told.State == matter.Raised {
		if page.Alone, err = h.Unjudged(ctx, c.Actor.Org, told.Unit); err != nil {
			return err
		}
	}
	if err := page.choices(h, c); err != nil {
		return err
	}
	return c.RenderStatus(status, HazardPage(page))
}

// cameFrom is where the arrow leads: the list one came from with what narrows it, or another page that leads here.
func cameFrom(c *web.Ctx) string {
	at, err := url.Parse(c.R.Referer())
	if err == nil && at.Host == c.R.Host && slices.Contains([]string{"/", "/todo", "/inbox", "/safety/hazards", "/safety/notices"}, at.Path) {
		return at.RequestURI()
	}
	return "/safety/hazards"
}

// similarMost is how many earlier reports stand beside a new one.
const similarMost = 4

// choices fills what the open acts' forms choose from.
func (p *hazardPage) choices(h *HazardPages, c *web.Ctx) error {
	var err error
	merges := slices.ContainsFunc(p.Steps, func(s matter.Step) bool { return s.Act == safety.Merge })
	if merges && p.Place != "" {
		if p.Similar, err = h.Reads.Similar(c.R.Context(), c.Actor.Scope(safety.SeeHazards), p.Unit, p.Place, similarMost); err != nil {
			return err
		}
	}
	for _, s := range p.Steps {
		switch s.Act {
		case safety.JudgeAct, safety.Regrade:
			p.Grades = h.Grades
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

// group is choices under one heading.
type group struct {
	Unit    org.UnitID // whose people it has
	Name    string
	Options []ui.Option
}

// owners are the units that can be made to answer: the one that the place belongs to first, then those with somebody who
// hears of it, then the others.
func (p *hazardPage) owners() []group {
	heard := map[org.UnitID]bool{}
	for _, x := range p.Picks {
		if x.Contact {
			heard[x.Unit] = true
		}
	}
	out := []group{{Name: p.T("这个地方归它管")}, {Name: p.T("有联系人的单位")}, {Name: p.T("还没有联系人的单位")}}
	first := org.UnitID("")
	if pl, ok := p.Chart.Place(p.Place); ok && pl.Owner != "" {
		first = pl.Owner
		out[0].Options = []ui.Option{{Value: string(first), Name: p.W(p.Chart.Name(first))}}
	}
	for _, k := range []org.UnitKind{org.Department, org.Contractor} {
		for _, u := range p.Chart.Units(k, p.Unit) {
			i := 2
			if heard[u.ID] {
				i = 1
			}
			if u.ID != first {
				out[i].Options = append(out[i].Options, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
			}
		}
	}
	return out
}

// people are those who can be chosen, by where they work; the unit of the place first.
func (p hazardPage) people() []group {
	at := map[org.UnitID]int{}
	var out []group
	pl, _ := p.Chart.Place(p.Place)
	for _, unit := range []org.UnitID{p.Owner, pl.Owner} {
		if _, ok := at[unit]; unit != "" && !ok {
			at[unit] = len(out)
			out = append(out, group{Unit: unit, Name: p.W(p.Chart.Name(unit))})
		}
	}
	named := map[string]int{}
	for _, x := range p.Picks {
		named[x.Name]++
	}
	for _, x := range p.Picks {
		i, ok := at[x.Unit]
		if !ok {
			i, at[x.Unit] = len(out), len(out)
			out = append(out, group{Unit: x.Unit, Name: cmp.Or(p.W(p.Chart.Name(x.Unit)), p.T("没有登记部门"))})
		}
		name := x.Name
		if named[name] > 1 && x.No != "" {
			name = p.T("%s（工号 %s）", name, x.No)
		}
		out[i].Options = append(out[i].Options, ui.Option{Value: string(x.ID), Name: name})
	}
	return out
}

// hangs is what ties a list of people to the select of their unit.
func hangs(p *ui.Page, of string) templ.Attributes {
	if of == "" {
		return nil
	}
	return templ.Attributes{"data-of": "f-" + p.Prefix + of}
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
	text, args := doneWords(out, do.Act)
	to := safety.HazardHref(out.ID)
	if !safety.SeenHazards(c.Actor).Sees(out.Matter) { // what was returned is no longer his
		to = "/safety/hazards"
	}
	return c.See(to, text, args...)
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

// others are the acts besides the main one; who answers a question for more time has both answers there.
func (p hazardPage) others() []matter.Step {
	return slices.DeleteFunc(slices.Clone(p.Steps), func(s matter.Step) bool {
		return s.Act == p.Main || p.Main == safety.Extend && s.Act == safety.DenyExtend
	})
}

func (p hazardPage) main() (matter.Step, bool) { return p.step(p.Main) }

func (p hazardPage) step(a matter.Act) (matter.Step, bool) {
	i := slices.IndexFunc(p.Steps, func(s matter.Step) bool { return s.Act == a })
	if i < 0 {
		return matter.Step{}, false
	}
	return p.Steps[i], true
}

// told: the words say more than the title does.
func (p hazardPage) told() bool {
	return p.Description != "" && strings.Trim(p.Description, "。 ") != strings.Trim(p.Told.Title, "。 ")
}

// talks: there is somebody on the other side; what a patrol found was reported by no reporter.
func (p hazardPage) talks() bool { return p.Mode != safety.FromPatrol || len(p.Words) > 0 }

// fresh are the papers that can be begun: one of a kind at a time.
func (p hazardPage) fresh() []safety.LetterKind {
	return slices.DeleteFunc(slices.Clone(p.Kinds), func(k safety.LetterKind) bool {
		return slices.ContainsFunc(p.Letters, func(l safety.Letter) bool { return l.Kind == k && (l.Draft() || l.Waits()) })
	})
}
