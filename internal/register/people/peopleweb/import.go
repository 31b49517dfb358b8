package peopleweb

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// uploadPage is the first step: which branch, which file.
type uploadPage struct {
	*ui.Page
	Units []ui.Option
	Most  int64 // MB
}

// upload is the first step, or the second where the address names a file that was kept.
func (h *Pages) upload(c *web.Ctx) error {
	if c.Query("file") != "" {
		f := web.NewForm("file", c.Query("file"), "name", c.Query("name"), "unit", c.Query("unit"), "sheet", c.Query("sheet"), "make", "yes")
		return h.mapping(c, http.StatusOK, f)
	}
	return h.uploadForm(c, http.StatusOK, web.NewForm("unit", h.ownBranch(c)))
}

func (h *Pages) uploadForm(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.importFrame(c)
	if err != nil {
		return err
	}
	p.Form, p.Back = f, "/people"
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page := uploadPage{Page: p, Most: roster.DefaultLimits().File >> 20}
	s := c.Actor.Scope(people.ImportPeople)
	units := chart.Units(org.Branch, "")
	if s.Reach == authz.Org {
		units = append(units, chart.Company())
	}
	for _, u := range units {
		if s.Reach == authz.Org || string(u.ID) == s.ID {
			page.Units = append(page.Units, ui.Option{Value: string(u.ID), Name: p.W(u.Name)})
		}
	}
	return c.RenderStatus(status, Upload(page))
}

func (h *Pages) importFrame(c *web.Ctx) (*ui.Page, error) {
	p, err := h.Frame.Page(c, "people", "导入名册")
	if err != nil {
		return nil, err
	}
	p.Back = "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.T("导入名册")}}
	return p, nil
}

func (h *Pages) template(c *web.Ctx) error {
	c.Attach(c.P.T("花名册模板")+".xlsx", sheet.Type)
	return roster.Template(c.W, string(c.P.Lang))
}

// step takes what each step of the import sends.
func (h *Pages) step(c *web.Ctx) error {
	f, err := c.Form()
	if kernel.KindOf(err) == kernel.TooLarge {
		f = web.NewForm("unit", h.ownBranch(c))
		f.Errs["file"] = c.P.T("文件超过 %d MB。请只留下花名册那一张表再传。", roster.DefaultLimits().File>>20)
		return h.uploadForm(c, http.StatusRequestEntityTooLarge, f)
	}
	if err != nil {
		return err
	}
	step := f.Text("step")
	if show := f.Text("filter"); show != "" {
		f.Values.Set("show", show)
		step = "preview"
	}
	if f.Text("from") != "" {
		step = "preview"
	}
	switch step {
	case "map":
		return h.mapping(c, http.StatusOK, f)
	case "preview":
		return h.preview(c, http.StatusOK, f)
	case "import":
		return h.run(c, f)
	}
	return h.keep(c, f)
}

// keep takes the upload, opens it once to refuse what is no roster, and goes on to its columns.
func (h *Pages) keep(c *web.Ctx, f *web.Form) error {
	token, err := h.take(c, f)
	if err == nil {
		if _, err = h.open(c, token); err != nil {
			err = errors.Join(err, h.Shelf.Drop(c.Actor.Account, token))
		}
	}
	if status := http.StatusUnprocessableEntity; refusedFile(c, f, err) || f.Take(c.P, err) {
		if kernel.KindOf(err) == kernel.TooLarge {
			status = http.StatusRequestEntityTooLarge
		}
		return h.uploadForm(c, status, f)
	}
	if err != nil {
		return err
	}
	q := url.Values{"file": {token}, "name": {filepath.Base(f.FileNames("file")[0])}, "unit": {f.Text("unit")}}
	return c.See("/people/import?"+q.Encode(), "")
}

func (h *Pages) take(c *web.Ctx, f *web.Form) (string, error) {
	up, err := f.Files("file")
	if err != nil {
		return "", err
	}
	if len(up) == 0 {
		return "", kernel.Wrong("file", "请选一个 Excel 文件。")
	}
	token, err := h.Shelf.Keep(c.Actor.Account, up[0], roster.DefaultLimits().File)
	for _, u := range up {
		_ = u.Close() // only read from
	}
	return token, err
}

// refusedFile keeps the sentence of a file that is too large, which is no error of a field elsewhere.
func refusedFile(c *web.Ctx, f *web.Form, err error) bool {
	var e *kernel.Error
	if !errors.As(err, &e) || e.Kind != kernel.TooLarge {
		return false
	}
	f.Errs["file"] = c.P.Err(e)
	return true
}

// mapped is the proposal with what a person chose instead; header rows and sheet come back with the form.
func mapped(b *roster.Book, f *web.Form) (roster.Mapping, error) {
	m := b.Propose()
	if s := f.Text("sheet"); s != "" {
		var ok bool
		if m, ok = b.ProposeSheet(s); !ok {
			return m, kernel.Wrong("sheet", "这张表里没有花名册的表头，请换一张。")
		}
	}
	for i := range m.Columns {
		if v := f.Values[column(m.Columns[i].Index)]; len(v) > 0 {
			m.Columns[i].Field = roster.Field(v[0])
		}
	}
	return m, nil
}

func column(i int) string { return "c" + strconv.Itoa(i) }

// back sends somebody to the step that can put an error right.
func (h *Pages) back(c *web.Ctx, f *web.Form, err error) error {
	if kernel.KindOf(err) == kernel.Gone {
		n := web.NewForm("unit", f.Text("unit"))
		var e *kernel.Error
		errors.As(err, &e)
		n.Errs["file"] = c.P.Err(e)
		return h.uploadForm(c, http.StatusGone, n)
	}
	if refusedFile(c, f, err) || f.Take(c.P, err) {
		if f.Errs["unit"] != "" || f.Errs["file"] != "" {
			return h.uploadForm(c, http.StatusUnprocessableEntity, f)
		}
		return h.mapping(c, http.StatusUnprocessableEntity, f)
	}
	return err
}
