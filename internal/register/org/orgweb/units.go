package orgweb

import (
	"net/http"
	"net/url"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type treePage struct {
	*ui.Page
	Root   node
	Kinds  []ui.Option
	Parent []ui.Option // where the actor may add
	Wrong  string      // "add", or the unit whose form comes back
	Heads  map[org.UnitID]int
}

// node is a unit with what stands below it.
type node struct {
	org.Unit
	Below   []node
	Places  int
	Manages bool
	Moves   []ui.Option // where a group can be moved
}

// tree begins with the kind and parent of the unit that was made last: they come in series.
func (h *Pages) tree(c *web.Ctx) error {
	return h.treeWith(c, http.StatusOK, web.NewForm("kind", c.Query("kind"), "parent", c.Query("parent")), "")
}

func (h *Pages) treeWith(c *web.Ctx, status int, f *web.Form, wrong string) error {
	p, err := h.frame.Page(c, "units", "单位")
	if err != nil {
		return err
	}
	p.Form, p.Back = f, "/me"
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	p.Needs("name")
	page := treePage{Page: p, Root: below(c, chart, chart.Company()), Wrong: wrong}
	if page.Heads, err = h.heads(c.R.Context(), c.Actor.Org); err != nil {
		return err
	}
	for _, k := range []org.UnitKind{org.Branch, org.Group, org.Department, org.Contractor, org.Site} {
		if k != org.Branch || manages(c.Actor.Scope(org.ManageUnits), "") {
			page.Kinds = append(page.Kinds, ui.Option{Value: string(k), Name: p.T(kindNames[k])})
		}
	}
	page.parents(page.Root)
	return c.RenderStatus(status, Tree(page))
}

var kindNames = map[org.UnitKind]string{org.Company: "公司工会", org.Branch: "分工会", org.Group: "工会小组", org.Department: "部门", org.Contractor: "承包单位", org.Site: "外地项目"}

var kindIcons = map[org.UnitKind]string{org.Company: "building-2", org.Branch: "house", org.Group: "users-round", org.Department: "layout-grid", org.Contractor: "hard-hat", org.Site: "map-pin"}

func below(c *web.Ctx, chart *org.Chart, u org.Unit) node {
	n := node{Unit: u, Manages: manages(c.Actor.Scope(org.ManageUnits), u.Branch), Places: len(chart.PlacesOwnedBy(u.ID))}
	for _, k := range chart.Children(u.ID) {
		n.Below = append(n.Below, below(c, chart, k))
	}
	if n.Kind == org.Group && n.Manages {
		for _, p := range append([]org.Unit{branchOf(chart, u)}, chart.Units(org.Department, u.Branch)...) {
			n.Moves = append(n.Moves, ui.Option{Value: string(p.ID), Name: c.P.W(p.Name)})
		}
	}
	return n
}

func branchOf(chart *org.Chart, u org.Unit) org.Unit {
	b, _ := chart.Unit(u.Branch)
	return b
}

// parents lists the units under which the actor may add one: the company, branches and a branch's departments.
func (p *treePage) parents(n node) {
	if n.Manages && (n.Kind == org.Company || n.Kind == org.Branch || n.Kind == org.Department && n.Branch != "") {
		p.Parent = append(p.Parent, ui.Option{Value: string(n.ID), Name: p.W(n.Name)})
	}
	for _, k := range n.Below {
		p.parents(k)
	}
}

func (h *Pages) add(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	sort, err := f.Int("sort")
	if err == nil {
		_, err = h.units.AddUnit(c.R.Context(), c.Actor, org.NewUnit{Kind: org.UnitKind(f.Text("kind")), Parent: org.UnitID(f.Text("parent")),
			Name: words(f), Sort: sort})
	}
	if f.Take(c.P, err) {
		return h.treeWith(c, http.StatusUnprocessableEntity, f, "add")
	}
	if err != nil {
		return err
	}
	back := url.Values{"kind": {f.Text("kind")}, "parent": {f.Text("parent")}}
	return c.See("/units?"+back.Encode()+"#add", "“%s”建好了。", f.Text("name"))
}

// words is a name as a form brings it.
func words(f *web.Form) kernel.Words { return kernel.Words{Zh: f.Text("name"), En: f.Text("name_en")} }

func (h *Pages) rename(c *web.Ctx) error {
	return h.unitAct(c, "改好了。", func(f *web.Form, id org.UnitID) error {
		sort, err := f.Int("sort")
		if err != nil {
			return err
		}
		return h.units.RenameUnit(c.R.Context(), c.Actor, id, version(f), words(f), sort)
	})
}

func (h *Pages) moveGroup(c *web.Ctx) error {
	return h.unitAct(c, "移好了，组里的人跟着过去。", func(f *web.Form, id org.UnitID) error {
		return h.units.MoveGroup(c.R.Context(), c.Actor, id, version(f), org.UnitID(f.Text("parent")))
	})
}

func (h *Pages) closeUnit(c *web.Ctx) error {
	return h.unitAct(c, "停用了，记录都留着。", func(f *web.Form, id org.UnitID) error {
		return h.units.CloseUnit(c.R.Context(), c.Actor, id, version(f))
	})
}

func (h *Pages) unitAct(c *web.Ctx, done string, do func(*web.Form, org.UnitID) error) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = do(f, org.UnitID(c.ID()))
	if f.Take(c.P, err) {
		return h.treeWith(c, http.StatusUnprocessableEntity, f, c.ID())
	}
	if err != nil {
		return err
	}
	return c.See("/units", done)
}

// version is the one that the page showed; one that cannot be read fits no record.
func version(f *web.Form) int {
	n, err := strconv.Atoi(f.Text("version"))
	if err != nil {
		return -1
	}
	return n
}

// typed is what stands in a field of a unit's form: what came back, else what is kept.
func (p treePage) typed(id org.UnitID, field, kept string) string {
	if p.Wrong == string(id) {
		return p.Form.Text(field)
	}
	return kept
}

// people is how many are in a unit, where somebody can be in one.
func (p treePage) people(n node) string {
	if n.Kind == org.Site || n.Kind == org.Company {
		return ""
	}
	return p.T("%d 人", p.Heads[n.ID])
}

func (p treePage) wrongAt(id, field string) string {
	if p.Wrong != id {
		return ""
	}
	return p.Err(field)
}

// query is the filter of the roster for a unit's people; contractors stand in the list of departments.
func query(n node) string {
	if n.Kind == org.Contractor {
		return string(org.Department)
	}
	return string(n.Kind)
}

func (p treePage) changeWord(n node) string {
	if len(n.Moves) > 1 {
		return p.T("改名、移动、停用")
	}
	return p.T("改名或停用")
}
