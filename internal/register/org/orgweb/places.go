package orgweb

import (
	"net/http"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type placesPage struct {
	*ui.Page
	Chart  *org.Chart
	Areas  []area
	Branch string // the branch that is shown where the actor sees several
	All    []ui.Option
	Owner  org.UnitID
	Total  int
}

// area is the places of one kind.
type area struct {
	Name   string
	Places []org.Place
}

func (h *Pages) places(c *web.Ctx) error {
	p, err := h.frame.Page(c, "places", "场所")
	if err != nil {
		return err
	}
	page, err := h.readPlaces(c, p)
	if err != nil {
		return err
	}
	return c.Render(Places(page))
}

// readPlaces reads the places that the actor sees and asked for.
func (h *Pages) readPlaces(c *web.Ctx, p *ui.Page) (page placesPage, err error) {
	page = placesPage{Page: p, Branch: c.Query("branch"), Owner: org.UnitID(c.Query("owner"))}
	if page.Chart, err = h.chart(c); err != nil {
		return page, err
	}
	scope := c.Actor.Scope(org.SeePlaces)
	if b := page.Chart.Units(org.Branch, ""); scope.Reach == authz.Org && len(b) > 1 {
		page.All = []ui.Option{{Name: p.T("全部分工会")}}
		for _, u := range b {
			page.All = append(page.All, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
		}
	}
	for _, k := range h.units.PlaceKinds() {
		a := area{Name: p.W(k.Name)}
		for _, pl := range page.Chart.Places(org.UnitID(page.Branch), k.Key) {
			if org.SeesPlace(scope, pl) && (page.Owner == "" || pl.Owner == page.Owner) {
				a.Places = append(a.Places, pl)
			}
		}
		if page.Total += len(a.Places); len(a.Places) > 0 {
			page.Areas = append(page.Areas, a)
		}
	}
	return page, nil
}

// exportPlaces writes the places that the list shows.
func (h *Pages) exportPlaces(c *web.Ctx) error {
	p := &ui.Page{Frame: h.frame, C: c, P: c.P}
	page, err := h.readPlaces(c, p)
	if err != nil {
		return err
	}
	s, err := sheet.New(p.T("场所"), ui.About(p, p.T("场所"), page.filters()...), sheet.Column{Head: p.T("种类"), Wide: 16}, sheet.Column{Head: p.T("场所"), Wide: 24},
		sheet.Column{Head: p.T("在哪里面"), Wide: 20}, sheet.Column{Head: p.T("分工会"), Wide: 16}, sheet.Column{Head: p.T("责任单位"), Wide: 20},
		sheet.Column{Head: p.T("墙上的码"), Wide: 12})
	if err != nil {
		return err
	}
	defer s.Close()
	for _, a := range page.Areas {
		for _, pl := range a.Places {
			if err := s.Row(a.Name, p.W(pl.Name), p.W(page.Chart.PlaceName(pl.Parent)), p.W(page.Chart.Name(pl.Unit)), p.W(page.Chart.Name(pl.Owner)), pl.Code); err != nil {
				return err
			}
		}
	}
	return ui.SendSheet(c, p.T("场所"), s)
}

// filters is what the list was asked for, in words.
func (p placesPage) filters() []string {
	var out []string
	if p.Branch != "" {
		out = append(out, p.W(p.Chart.Name(org.UnitID(p.Branch))))
	}
	if p.Owner != "" {
		out = append(out, p.hint())
	}
	return out
}

// manages tells whether the actor may change a place.
func (p placesPage) manages(pl org.Place) bool {
	return manages(p.C.Actor.Scope(org.ManagePlaces), pl.Unit)
}

func (p placesPage) hint() string {
	if p.Owner != "" {
		return p.T("%s负责的", p.W(p.Chart.Name(p.Owner)))
	}
	return p.T("共 %d 处", p.Total)
}

type placePage struct {
	*ui.Page
	Place    org.Place
	Kinds    []ui.Option
	Branches []ui.Option
	Parents  []ui.Option
	Owners   []ui.Option
}

func (h *Pages) newPlace(c *web.Ctx) error {
	return h.placeForm(c, http.StatusOK, web.NewForm("kind", c.Query("kind"), "unit", h.firstBranch(c)), org.Place{})
}

// firstBranch is the branch that a new place most likely belongs to.
func (h *Pages) firstBranch(c *web.Ctx) string {
	if s := c.Actor.Scope(org.ManagePlaces); s.Reach == authz.Unit {
		return s.ID
	}
	return c.Actor.Branch
}

func (h *Pages) placeForm(c *web.Ctx, status int, f *web.Form, pl org.Place) error {
	p, err := h.frame.Page(c, "places", "建一个场所")
	if err != nil {
		return err
	}
	p.Form, p.Back, p.NoDock = f, "/places", true
	p.Needs("unit", "kind", "name")
	if pl.ID != "" {
		p.Title = p.T("修改“%s”", p.W(pl.Name))
	}
	p.Crumbs = []ui.Crumb{{Name: p.T("场所"), Href: "/places"}, {Name: p.Title}}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page := placePage{Page: p, Place: pl, Kinds: []ui.Option{{Name: p.T("请选")}}}
	for _, k := range h.units.PlaceKinds() {
		page.Kinds = append(page.Kinds, ui.Option{Value: k.Key, Name: p.W(k.Name)})
	}
	page.choices(chart, org.UnitID(f.Text("unit")))
	return c.RenderStatus(status, PlaceForm(page))
}

func (p *placePage) choices(chart *org.Chart, branch org.UnitID) {
	whole := p.C.Actor.Scope(org.ManagePlaces).Reach == authz.Org
	if whole && p.Place.ID == "" {
		for _, u := range chart.Units(org.Branch, "") {
			p.Branches = append(p.Branches, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
		}
	}
	p.Parents, p.Owners = []ui.Option{{Name: p.T("不在别的场所里")}}, []ui.Option{{Name: p.T("还没定")}}
	for _, pl := range chart.Places("", "") {
		if (pl.Unit == branch || len(p.Branches) > 0) && pl.ID != p.Place.ID {
			p.Parents = append(p.Parents, ui.Option{Value: string(pl.ID), Name: p.W(pl.Name)})
		}
	}
	for _, k := range []org.UnitKind{org.Department, org.Contractor, org.Site} {
		for _, u := range chart.Units(k, "") {
			if u.Branch == branch || u.Branch == "" || len(p.Branches) > 0 {
				p.Owners = append(p.Owners, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
			}
		}
	}
}

func place(f *web.Form) (org.Place, error) {
	sort, err := f.Int("sort")
	return org.Place{Unit: org.UnitID(f.Text("unit")), Parent: org.PlaceID(f.Text("parent")), Kind: f.Text("kind"), Name: words(f),
		Owner: org.UnitID(f.Text("owner")), Sort: sort}, err
}

func (h *Pages) addPlace(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	pl, err := place(f)
	if err == nil {
		if pl.Unit == "" {
			pl.Unit = org.UnitID(h.firstBranch(c))
		}
		pl.ID, err = h.units.AddPlace(c.R.Context(), c.Actor, pl)
	}
	if f.Take(c.P, err) {
		return h.placeForm(c, http.StatusUnprocessableEntity, f, org.Place{})
	}
	if err != nil {
		return err
	}
	return c.See("/places", "“%s”建好了，二维码可以打印了。", pl.Name.Zh)
}

// found is a place that the actor may change; his eyes decide what "not there" means.
func (h *Pages) found(c *web.Ctx) (org.Place, error) {
	chart, err := h.chart(c)
	if err != nil {
		return org.Place{}, err
	}
	pl, ok := chart.Place(org.PlaceID(c.ID()))
	if !ok || !pl.Closed.IsZero() || !org.SeesPlace(c.Actor.Scope(org.SeePlaces), pl) {
		return pl, kernel.Err(kernel.NotFound, "找不到这个单位或场所，可能已经停用。")
	}
	return pl, nil
}

func (h *Pages) editPlace(c *web.Ctx) error {
	pl, err := h.found(c)
	if err != nil {
		return err
	}
	return h.placeForm(c, http.StatusOK, web.NewForm("version", strconv.Itoa(pl.Version), "unit", string(pl.Unit), "parent", string(pl.Parent), "kind", pl.Kind,
		"name", pl.Name.Zh, "name_en", pl.Name.En, "owner", string(pl.Owner), "sort", strconv.Itoa(pl.Sort)), pl)
}

func (h *Pages) changePlace(c *web.Ctx) error {
	return h.placeAct(c, "改好了。", func(f *web.Form, had org.Place) error {
		pl, err := place(f)
		if err != nil {
			return err
		}
		pl.ID, pl.Version = had.ID, version(f)
		return h.units.ChangePlace(c.R.Context(), c.Actor, pl)
	})
}

func (h *Pages) closePlace(c *web.Ctx) error {
	return h.placeAct(c, "停用了，墙上的二维码可以揭下来了。", func(f *web.Form, had org.Place) error {
		return h.units.ClosePlace(c.R.Context(), c.Actor, had.ID, version(f))
	})
}

func (h *Pages) placeAct(c *web.Ctx, done string, do func(*web.Form, org.Place) error) error {
	had, err := h.found(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = do(f, had)
	if f.Take(c.P, err) {
		return h.placeForm(c, http.StatusUnprocessableEntity, f, had)
	}
	if err != nil {
		return err
	}
	return c.See("/places", done)
}

func (p placePage) leaveWord() string {
	if p.Place.ID == "" {
		return p.T("不建了")
	}
	return p.T("不改了")
}

func (p placePage) action() string {
	if p.Place.ID == "" {
		return "/places/new"
	}
	return "/places/" + string(p.Place.ID) + "/edit"
}
