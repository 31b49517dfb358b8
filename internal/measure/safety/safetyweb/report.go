package safetyweb

import (
	"net/http"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type reportPage struct {
	*ui.Page
	Places  []org.Place
	Chart   *org.Chart
	Visitor bool // not signed in: anonymous only
	Similar []safety.HazardRow
}

// say is 我要说: what a member can put forward today.
func (h *HazardPages) say(c *web.Ctx) error {
	if !c.Actor.May(safety.ReportHazard) {
		return c.See("/", "")
	}
	return h.new(c)
}

func (h *HazardPages) new(c *web.Ctx) error {
	f := web.NewForm("mode", "named", "place", c.Query("place"))
	return h.form(c, http.StatusOK, f)
}

// orgOf is whose hazard it will be: the person's union, or for a visitor the one whose wall he stands at.
func (h *HazardPages) orgOf(c *web.Ctx, code string) (string, org.PlaceID, error) {
	if code == "" {
		return c.Actor.Org, "", nil
	}
	o, pl, err := h.ByCode(c.R.Context(), code)
	if err != nil {
		return "", "", err
	}
	if c.Actor.Account != "" && c.Actor.Org != o {
		return "", "", kernel.Err(kernel.NotFound, "这个地方不在你的公司工会里。")
	}
	return o, pl.ID, nil
}

func (h *HazardPages) form(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.Frame.Page(c, "say", "报隐患")
	if err != nil {
		return err
	}
	p.Form, p.Back, p.NoDock = f, "/", true
	page := reportPage{Page: p, Visitor: c.Actor.Account == ""}
	if f.Text("code") == "" {
		f.Values.Set("code", c.Query("code"))
	}
	o, at, err := h.orgOf(c, f.Text("code"))
	if err != nil {
		return err
	}
	if page.Visitor && o == "" {
		return c.See("/enter", "请扫墙上的码来报，或者先进门。")
	}
	if page.Visitor {
		f.Values.Set("mode", string(safety.Anonymous))
	}
	if f.Text("place") == "" {
		f.Values.Set("place", string(at))
	}
	if page.Chart, err = h.Chart(c.R.Context(), o); err != nil {
		return err
	}
	page.Places = page.Chart.Places(branchOf(c, page.Chart, org.PlaceID(f.Text("place"))), "")
	return c.RenderStatus(status, ReportForm(page))
}

// branchOf is the branch whose places are offered: that of the place at hand, else the person's own.
func branchOf(c *web.Ctx, chart *org.Chart, at org.PlaceID) org.UnitID {
	if pl, ok := chart.Place(at); ok {
		return pl.Unit
	}
	if u, ok := chart.Unit(org.UnitID(c.Actor.Branch)); ok && u.Kind == org.Branch {
		return u.ID
	}
	return ""
}

func (h *HazardPages) raise(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	mode := safety.Mode(f.Text("mode"))
	by := c.Actor
	if by.Account == "" || mode == safety.Anonymous {
		mode = safety.Anonymous
	} else if !by.May(safety.ReportHazard) {
		return kernel.Err(kernel.Forbidden, "你的身份只看不报。看到隐患请告诉分工会。")
	}
	o, at, err := h.orgOf(c, f.Text("code"))
	if err != nil {
		return err
	}
	if o == "" {
		return kernel.Err(kernel.Gone, "登录已经过期。填好的都在，请重新进门再试。")
	}
	by.Org, c.Actor.Org = o, o
	if f.Text("place") != "" {
		at = org.PlaceID(f.Text("place"))
	}
	once, err := f.Once()
	if err != nil {
		return err
	}
	take := h.Photos.Take
	if mode == safety.Anonymous {
		take = h.Photos.TakeBlind
	}
	photos, err := take(c, f, "photos", 6)
	var out safety.Hazard
	if err == nil {
		out, err = h.Hazards.Raise(c.R.Context(), by, safety.Report{Place: at, Title: f.Text("title"), Description: f.Text("description"), Spot: f.Text("spot"), Mode: mode, Photos: photos, Once: once})
	}
	if f.Take(c.P, err) {
		return h.form(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	if mode == safety.Anonymous {
		return h.raised(c, out)
	}
	return c.See("/safety/hazards/"+string(out.ID)+"/raised", "")
}

type raisedPage struct {
	*ui.Page
	safety.Hazard
	Signed bool
	Where  string // the address at which a receipt is asked for
}

// receiptAt is the address at which a receipt is asked for, as it can be written down.
func receiptAt(c *web.Ctx) string {
	scheme := "http"
	if c.Client.Secure {
		scheme = "https"
	}
	return scheme + "://" + c.R.Host + "/receipt"
}

// seen are the pictures that a reporter gets back: his own and those of what was put right.
func seen(all []record.Attachment) []record.Attachment {
	return slices.DeleteFunc(slices.Clone(all), func(a record.Attachment) bool {
		return a.Slot != "before" && !strings.HasPrefix(a.Slot, "after")
	})
}

func pictureWord(p *ui.Page, slot string) string {
	if slot == "before" {
		return p.T("你拍的")
	}
	return p.T("整改后")
}

// raised says what happens next. The receipt of an anonymous report can stand in no address: it is shown in the answer to the
// form itself, which answers the same when it is sent again.
func (h *HazardPages) raised(c *web.Ctx, out safety.Hazard) error {
	p, err := h.Frame.Page(c, "say", "报上去了")
	if err != nil {
		return err
	}
	p.Done = p.DraftKey("hazard", "new")
	return c.Render(Raised(raisedPage{Page: p, Hazard: out, Signed: c.Actor.Account != "", Where: receiptAt(c)}))
}

// justRaised is where a report under a name leads.
func (h *HazardPages) justRaised(c *web.Ctx) error {
	told, err := h.Reads.Seen(c.R.Context(), safety.SeenHazards(c.Actor), matter.ID(c.ID()))
	if err != nil {
		return err
	}
	if string(told.Reporter) != c.Actor.Person {
		return c.See(safety.HazardHref(told.ID), "")
	}
	return h.raised(c, told.Hazard)
}

type receiptPage struct {
	*ui.Page
	Told     *safety.Told
	Where    string
	Pictures []receiptPicture
}

// receiptPicture is a picture that comes with the page: its reader is not signed in.
type receiptPicture struct{ Src, Word string }

func (h *HazardPages) receipt(c *web.Ctx) error {
	return h.receiptForm(c, http.StatusOK, web.NewForm(), receiptPage{})
}

// receiptForm renders what the page holds already: nothing, or what was told for a code.
func (h *HazardPages) receiptForm(c *web.Ctx, status int, f *web.Form, page receiptPage) error {
	p, err := h.Frame.Page(c, "", "用查询码看进展")
	if err != nil {
		return err
	}
	p.Form, page.Page = f, p
	return c.RenderStatus(status, Receipt(page))
}

func (h *HazardPages) follow(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	return h.followed(c, http.StatusOK, f)
}

// followed shows a hazard to whoever holds its receipt; the code travels in the form's body, never in an address or log.
func (h *HazardPages) followed(c *web.Ctx, status int, f *web.Form) error {
	orgID, hz, err := h.Hazards.Follow(c.R.Context(), f.Text("receipt"))
	if f.Take(c.P, err) {
		return h.receiptForm(c, http.StatusUnprocessableEntity, f, receiptPage{})
	}
	if err != nil {
		return err
	}
	told, err := h.Reads.Show(c.R.Context(), authz.Scope{Org: orgID, Reach: authz.Org}, hz.ID)
	if err != nil {
		return err
	}
	chart, err := h.Chart(c.R.Context(), orgID)
	if err != nil {
		return err
	}
	page := receiptPage{Told: &told, Where: c.P.W(chart.PlaceName(hz.Place))}
	for _, a := range seen(told.Photos) {
		src, err := h.Photos.Inline(orgID, a.Thumb)
		if err != nil {
			return err
		}
		page.Pictures = append(page.Pictures, receiptPicture{src, pictureWord(&ui.Page{C: c, P: c.P}, a.Slot)})
	}
	return h.receiptForm(c, status, f, page)
}

func (h *HazardPages) answer(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.Hazards.AnswerByReceipt(c.R.Context(), f.Text("receipt"), f.Text("text"))
	if f.Take(c.P, err) {
		return h.followed(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	f.Values.Del("text")
	c.Flash = c.P.T("发出去了。")
	return h.followed(c, http.StatusOK, f)
}
