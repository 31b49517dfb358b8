package accountweb

import (
	"net/http"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

// setup is the first page of an empty installation; it opens by the one link that the server printed.
func (h *Moving) setup(c *web.Ctx) error { return h.setupForm(c, http.StatusOK, web.NewForm()) }

func (h *Moving) setupForm(c *web.Ctx, status int, f *web.Form) error {
	i, _, err := h.Accounts.Look(c.R.Context(), c.R.PathValue("token"))
	if err != nil {
		return err
	}
	if i.Purpose != account.Setup {
		return c.See("/join/"+c.R.PathValue("token"), "")
	}
	p, err := h.Frame.Page(c, "", "安个家")
	if err != nil {
		return err
	}
	p.Form = f
	p.Needs("company", "branch", "name", "no", "until")
	return c.RenderStatus(status, SetupForm(p))
}

func (h *Moving) found(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	until, err := f.Date("until")
	token := ""
	if err == nil {
		token, err = h.Founder.SetUp(c.R.Context(), c.R.PathValue("token"), account.Founding{
			Company: kernel.Words{Zh: f.Text("company"), En: f.Text("company_en")}, Branch: kernel.Words{Zh: f.Text("branch"), En: f.Text("branch_en")},
			Name: f.Text("name"), No: f.Text("no"), Phone: f.Text("phone"), Password: f.Values.Get("password"), Until: until}, device(c))
	}
	if f.Take(c.P, err) {
		f.Values.Del("password")
		return h.setupForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	c.SetFlash(c.P.T("家安好了。照下面几步，把人和场所请进来。"))
	return signIn(c, h.Accounts, token, "/")
}
