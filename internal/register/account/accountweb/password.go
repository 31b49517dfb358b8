package accountweb

import (
	"net/http"

	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

func (h *Pages) password(c *web.Ctx) error {
	return h.passwordForm(c, http.StatusOK, web.NewForm())
}

func (h *Pages) passwordForm(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.own(c, "修改密码")
	if err != nil {
		return err
	}
	p.Form = f
	return c.RenderStatus(status, Password(p))
}

// changePassword never sends a password back into the page.
func (h *Pages) changePassword(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	others := f.Is("others", "1")
	err = h.Accounts.ChangePassword(c.R.Context(), c.Actor, account.NewPassword{Old: f.Values.Get("old"), New: f.Values.Get("password"), Session: c.Session, Others: others})
	if f.Take(c.P, err) {
		f.Values.Del("old")
		f.Values.Del("password")
		return h.passwordForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	if others {
		return c.See("/me", "密码换好了，别的设备都退出了。")
	}
	return c.See("/me", "密码换好了。")
}
