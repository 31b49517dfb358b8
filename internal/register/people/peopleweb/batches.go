package peopleweb

import (
	"net/http"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type batchPage struct {
	*ui.Page
	Rows   []people.Batch
	Chart  *org.Chart
	Done   string         // the import that has just ended
	Undone *people.Undone // what has just been taken back
}

func (h *Pages) batches(c *web.Ctx) error { return h.batchesWith(c, http.StatusOK, web.NewForm(), nil) }

func (h *Pages) batchesWith(c *web.Ctx, status int, f *web.Form, undone *people.Undone) error {
	p, err := h.Frame.Page(c, "people", "以前导入的")
	if err != nil {
		return err
	}
	p.Back, p.Form = "/people", f
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.T("导入名册"), Href: "/people/import"}, {Name: p.T("以前导入的")}}
	page := batchPage{Page: p, Done: c.Query("done"), Undone: undone}
	if page.Chart, err = h.chart(c); err != nil {
		return err
	}
	if page.Rows, err = h.People.Batches(c.R.Context(), c.Actor); err != nil {
		return err
	}
	return c.RenderStatus(status, Batches(page))
}

func (h *Pages) undo(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	done, err := h.People.Undo(c.R.Context(), c.Actor, c.ID())
	if f.Take(c.P, err) {
		return h.batchesWith(c, http.StatusConflict, f, nil)
	}
	if err != nil {
		return err
	}
	return h.batchesWith(c, http.StatusOK, f, &done)
}

// keptNames is how many of those who stayed are named on the page.
const keptNames = 60

func (p batchPage) kept() string {
	names := p.Undone.Kept
	if len(names) <= keptNames {
		return p.P.Join(names)
	}
	return p.T("%s 等 %d 人", p.P.Join(names[:keptNames]), len(names))
}
