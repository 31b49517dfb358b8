package accountweb

import (
	"net/http"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

type doorPage struct {
	*ui.Page
	Cast []Cast
	To   string
}

func (h *Pages) door(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "", "进门")
	if err != nil {
		return err
	}
	return c.Render(Door(doorPage{Page: p, Cast: h.Doors, To: c.Query("to")}))
}

func (h *Pages) open(c *web.Ctx) error {
	login := c.R.PathValue("login")
	known := false
	for _, d := range h.Doors {
		known = known || d.Login == login
	}
	if !known {
		return c.See("/door", "")
	}
	token, err := h.Accounts.Door(c.R.Context(), login, device(c))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	return h.signIn(c, token, f.Text("to"))
}

func (h *Pages) enter(c *web.Ctx) error {
	if c.Actor.May(authz.SignedIn) {
		return c.See(safe(c.Query("to")), "")
	}
	if len(h.Doors) > 0 {
		return h.door(c)
	}
	return h.enterForm(c, http.StatusOK, web.NewForm("to", c.Query("to")))
}

type enterPage struct {
	*ui.Page
	Unset  bool   // nobody has an account yet
	Cannot string // why passkeys cannot be used here; empty where they can
}

func (h *Pages) enterForm(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.Frame.Page(c, "", "登录")
	if err != nil {
		return err
	}
	p.Form = f
	unset, err := h.Accounts.Unset(c.R.Context())
	if err != nil {
		return err
	}
	return c.RenderStatus(status, Enter(enterPage{p, unset, h.cannot(c)}))
}

func (h *Pages) login(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	k := account.Knock{Login: f.Text("login"), Password: f.Values.Get("password"), Device: device(c)}
	if h.Count {
		k.From = c.Client.Addr
	}
	token, err := h.Accounts.Login(c.R.Context(), k)
	if f.Take(c.P, err) {
		f.Values.Del("password")
		return h.enterForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return h.signIn(c, token, f.Text("to"))
}

type joinPage struct {
	*ui.Page
	Holder account.Holder
	Reset  bool
}

func (h *Pages) join(c *web.Ctx) error { return h.joinForm(c, http.StatusOK, web.NewForm()) }

func (h *Pages) joinForm(c *web.Ctx, status int, f *web.Form) error {
	i, who, err := h.Accounts.Look(c.R.Context(), c.R.PathValue("token"))
	if err != nil {
		return err
	}
	if i.Purpose == account.Setup {
		return c.See("/setup/"+c.R.PathValue("token"), "")
	}
	p, err := h.Frame.Page(c, "", "设密码")
	if err != nil {
		return err
	}
	p.Form = f
	return c.RenderStatus(status, JoinForm(joinPage{Page: p, Holder: who, Reset: i.Purpose == account.Reset}))
}

func (h *Pages) accept(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := h.Accounts.Accept(c.R.Context(), c.R.PathValue("token"), f.Values.Get("password"), device(c))
	if f.Take(c.P, err) {
		return h.joinForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return h.signIn(c, token, "/")
}

func (h *Pages) leave(c *web.Ctx) error {
	if err := h.Accounts.End(c.R.Context(), c.Actor, c.Session); err != nil {
		return err
	}
	http.SetCookie(c.W, &http.Cookie{Name: web.SessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	c.W.Header().Set("Clear-Site-Data", `"cache"`) // the next person at this device goes back to nothing
	return c.See("/enter", "")
}

// looks keeps language, size and light on the device.
func (h *Pages) looks(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	for _, name := range []string{"lang", "size", "theme"} {
		if v := f.Text(name); v != "" && len(v) < 20 {
			c.Cookie(name, v)
		}
	}
	return c.See(safe(f.Text("back")), "")
}

type mePage struct {
	*ui.Page
	Devices []account.Session
}

func (h *Pages) me(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "me", "我的")
	if err != nil {
		return err
	}
	devices, err := h.Accounts.Devices(c.R.Context(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(Me(mePage{Page: p, Devices: devices}))
}

func (h *Pages) end(c *web.Ctx) error {
	if err := h.Accounts.End(c.R.Context(), c.Actor, c.ID()); err != nil {
		return err
	}
	return c.See("/me", "这台设备已经退出。")
}
