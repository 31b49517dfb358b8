package safetyweb

import (
	"net"
	"net/url"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type placePage struct {
	*ui.Page
	Place    org.Place
	Chart    *org.Chart
	Visitor  bool // not signed in
	Foreign  bool // signed in to another company union
	Closed   bool
	Inspects bool                  // the reader may patrol here
	Does     []safety.PatrolTarget // what a patrol of today would do
	Mine     *openPatrol           // what the reader has begun here and not finished
	Past     []safety.PatrolLine
	Open     int // hazards, -1 where the reader sees none of a place
	Manages  bool
	Rounds   []PlaceRound // that want this place now
	Reps     []string     // who may patrol here, by name
	History  []audit.Entry
}

// place is where the code on the wall leads: what a person can do here.
func (h *PatrolPages) place(c *web.Ctx) error {
	orgID, pl, err := h.ByCode(c.R.Context(), c.R.PathValue("code"))
	if err != nil {
		return err
	}
	page := placePage{Place: pl, Visitor: c.Actor.Account == "", Open: -1, Closed: !pl.Closed.IsZero() && !pl.Closed.After(c.Today())}
	page.Foreign = !page.Visitor && c.Actor.Org != orgID
	if page.Chart, err = h.Chart(c.R.Context(), orgID); err != nil {
		return err
	}
	if page.Page, err = h.Frame.Page(c, "places", "%s", pl.Name); err != nil {
		return err
	}
	page.Back = "/"
	if c.Actor.May(org.SeePlaces) {
		page.Back = "/places"
		page.Crumbs = []ui.Crumb{{Name: page.T("场所"), Href: "/places"}, {Name: page.Title}}
	}
	if !page.Visitor && !page.Foreign {
		if err := page.known(h, c); err != nil {
			return err
		}
	}
	return c.Render(Place(page))
}

func (p placePage) start() string { return patrolPlace{Place: p.Place, Does: p.Does}.start() }

// report leads to the report of a hazard with the place filled in; the code works for visitors too.
func (p placePage) report() string {
	return "/safety/hazards/new?" + url.Values{"place": {string(p.Place.ID)}, "code": {p.Place.Code}}.Encode()
}

type codesPage struct {
	*ui.Page
	Codes []wallCode
	Each  int  // codes a sheet
	Plain bool // plain http: what it lacks is said
	Local bool // an address that no phone can reach
}

// codes prints the codes of all places that the reader manages.
func (h *PatrolPages) codes(c *web.Ctx) error {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	s := c.Actor.Scope(org.ManagePlaces)
	branch := org.UnitID(s.ID)
	if s.Reach == authz.Org {
		branch = org.UnitID(c.Query("unit"))
	}
	return h.sheet(c, chart, chart.Places(branch, ""), 6)
}

// code prints one place's sheet; the address holds its id or the code on the wall.
func (h *PatrolPages) code(c *web.Ctx) error {
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	s := c.Actor.Scope(org.ManagePlaces)
	for _, pl := range chart.Places("", "") {
		if (string(pl.ID) == c.ID() || pl.Code == org.CleanCode(c.ID())) && org.SeesPlace(s, pl) {
			return h.sheet(c, chart, []org.Place{pl}, 1)
		}
	}
	return kernel.Err(kernel.NotFound, "没有这个地点，或者不归你管。")
}

func (h *PatrolPages) sheet(c *web.Ctx, chart *org.Chart, places []org.Place, each int) error {
	p, err := h.Frame.Page(c, "places", "墙上的码")
	if err != nil {
		return err
	}
	base := h.base(c)
	page := codesPage{Page: p, Each: each, Plain: strings.HasPrefix(base, "http://"), Local: onlyHere(base)}
	for _, pl := range places {
		w, err := newWallCode(pl, chart.Name(pl.Unit), base+"/p/"+pl.Code)
		if err != nil {
			return err
		}
		page.Codes = append(page.Codes, w)
	}
	return c.Render(WallCodes(page))
}

// base is the address under which a phone reaches this machine.
func (h *PatrolPages) base(c *web.Ctx) string {
	if h.PublicURL != "" {
		return strings.TrimSuffix(h.PublicURL, "/")
	}
	if c.R.TLS != nil {
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

// onlyHere tells whether an address is that of this machine to itself.
func onlyHere(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// sheets cuts the codes into pages of paper.
func (p codesPage) sheets() [][]wallCode {
	var out [][]wallCode
	for i := 0; i < len(p.Codes); i += p.Each {
		out = append(out, p.Codes[i:min(i+p.Each, len(p.Codes))])
	}
	return out
}
