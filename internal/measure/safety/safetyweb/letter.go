package safetyweb

import (
	"net/http"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type letterPage struct {
	*ui.Page
	safety.LetterView
	Chart   *org.Chart
	Answers bool // the person may sign for it and answer it
}

func (h *HazardPages) issue(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	until, err := f.Date("until")
	var l safety.Letter
	if err == nil {
		l, err = h.Letters.Draft(c.R.Context(), c.Actor, matter.ID(c.ID()), safety.LetterKind(f.Text("kind")), safety.Wanted{Advice: f.Text("advice"), StopWork: f.Is("stop", "1"), Until: until})
	}
	if err == nil {
		l, err = h.Letters.Issue(c.R.Context(), c.Actor, l.ID, l.Version)
	}
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, "")
	}
	if err != nil {
		return err
	}
	return c.See(safety.LetterHref(l), "%s 已编号，请打印盖章送达。", l.No)
}

func (h *HazardPages) letter(c *web.Ctx) error {
	return h.letterPage(c, http.StatusOK, web.NewForm())
}

func (h *HazardPages) letterPage(c *web.Ctx, status int, f *web.Form) error {
	ctx := c.R.Context()
	view, err := h.Reads.Letter(ctx, safety.SeenHazards(c.Actor), c.R.PathValue("letter"))
	if err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "hazards", view.Kind.Title())
	if err != nil {
		return err
	}
	p.Form, p.Back = f, safety.HazardHref(view.Matter)
	page := letterPage{Page: p, LetterView: view, Answers: view.RepliedOn.IsZero() && safety.MayReceive(c.Actor, view.Letter, view.Hazard.Matter) == nil}
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return err
	}
	return c.RenderStatus(status, LetterPaper(page))
}

func (h *HazardPages) receive(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.Letters.Receive(c.R.Context(), c.Actor, c.R.PathValue("letter"), f.Text("received"))
	return h.letterDone(c, f, err, "已经签收。")
}

func (h *HazardPages) reply(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.Letters.Reply(c.R.Context(), c.Actor, c.R.PathValue("letter"), f.Text("received"), f.Text("reply"))
	return h.letterDone(c, f, err, "已经答复。")
}

func (h *HazardPages) letterDone(c *web.Ctx, f *web.Form, err error, done string) error {
	if f.Take(c.P, err) {
		return h.letterPage(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return c.See(safety.HazardHref(matter.ID(c.ID()))+"/letters/"+c.R.PathValue("letter"), done)
}
