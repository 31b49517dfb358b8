package safetyweb

import (
	"errors"
	"net/http"
	"strconv"

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
	Issues  bool // the person may issue this draft
	Voids   bool // the person may withdraw it
}

// draft begins a letter; what 五定 says stands in it already.
func (h *HazardPages) draft(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	l, err := h.Letters.Draft(c.R.Context(), c.Actor, matter.ID(c.ID()), safety.LetterKind(f.Text("kind")), safety.Wanted{})
	if f.Take(c.P, err) {
		return h.page(c, http.StatusUnprocessableEntity, f, "")
	}
	if err != nil {
		return err
	}
	return c.See(safety.LetterHref(l), "")
}

// wanted reads the fields of a draft.
func wanted(f *web.Form) (safety.Wanted, int, error) {
	until, err1 := f.Date("until")
	version, err2 := f.Int("version")
	return safety.Wanted{Inspectors: f.Text("inspectors"), Basis: f.Text("basis"), Advice: f.Text("advice"), StopWork: f.Is("stop", "1"), Until: until}, version, errors.Join(err1, err2)
}

func (h *HazardPages) redraft(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	w, version, err := wanted(f)
	if err == nil {
		err = h.Letters.Redraft(c.R.Context(), c.Actor, c.R.PathValue("letter"), version, w)
	}
	return h.letterDone(c, f, err, "存好了，样子在下面；还没有发出。")
}

// issue takes what stands in the form, so that nobody issues what he has not seen.
func (h *HazardPages) issue(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	id := c.R.PathValue("letter")
	w, version, err := wanted(f)
	if err == nil {
		if err = h.Letters.Redraft(c.R.Context(), c.Actor, id, version, w); err == nil {
			_, err = h.Letters.Issue(c.R.Context(), c.Actor, id, version+1)
			f.Values.Set("version", strconv.Itoa(version+1))
		}
	}
	return h.letterDone(c, f, err, "已经编号发出，责任单位收到了通知。请打印盖章送达。")
}

func (h *HazardPages) drop(c *web.Ctx) error {
	if err := h.Letters.Drop(c.R.Context(), c.Actor, c.R.PathValue("letter")); err != nil {
		return err
	}
	return c.See(safety.HazardHref(matter.ID(c.ID())), "草稿丢掉了。")
}

func (h *HazardPages) void(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.Letters.Void(c.R.Context(), c.Actor, c.R.PathValue("letter"), f.Text("why"))
	return h.letterDone(c, f, err, "作废了，文号留着不再用，责任单位收到了通知。")
}

func (h *HazardPages) letter(c *web.Ctx) error {
	return h.letterPage(c, http.StatusOK, web.NewForm())
}

// letterWord is the letter as a Word file.
func (h *HazardPages) letterWord(c *web.Ctx) error {
	page, err := h.onPaper(c, web.NewForm())
	if err != nil {
		return err
	}
	name := page.Kind.Title()
	if page.Letter.No != "" {
		name += "-" + page.Letter.No
	}
	return ui.SendWord(c, name, LetterPaper(page), Picture(h.Photos.Inline).of(c))
}

func (h *HazardPages) letterPage(c *web.Ctx, status int, f *web.Form) error {
	page, err := h.onPaper(c, f)
	if err != nil {
		return err
	}
	return c.RenderStatus(status, LetterPaper(page))
}

func (h *HazardPages) onPaper(c *web.Ctx, f *web.Form) (letterPage, error) {
	ctx := c.R.Context()
	view, err := h.Reads.Letter(ctx, safety.SeenHazards(c.Actor), c.R.PathValue("letter"))
	if err != nil {
		return letterPage{}, err
	}
	p, err := h.Frame.Page(c, "hazards", view.Kind.Title())
	if err != nil {
		return letterPage{}, err
	}
	p.Form, p.Back = f, safety.HazardHref(view.Matter)
	l, m := view.Letter, view.Hazard.Matter
	page := letterPage{Page: p, LetterView: view, Answers: l.Waits() && safety.MayReceive(c.Actor, l, m) == nil,
		Issues: l.Draft() && safety.MayIssue(c.Actor, m, l.Kind) == nil, Voids: safety.MayVoid(c.Actor, l, m) == nil}
	if page.Issues && f.Text("version") == "" {
		f.Values.Set("version", strconv.Itoa(l.Version))
		f.Values.Set("inspectors", l.Inspectors)
		f.Values.Set("basis", l.Basis)
		f.Values.Set("advice", l.Advice)
		f.Values.Set("until", l.Until.String())
		if l.StopWork {
			f.Values.Set("stop", "1")
		}
	}
	if page.Chart, err = h.Chart(ctx, c.Actor.Org); err != nil {
		return letterPage{}, err
	}
	return page, nil
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
