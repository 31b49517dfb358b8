package accountweb

import (
	"net/http"
	"time"

	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

// deviceCookie is by what a browser is known again, whoever signs in on it.
const deviceCookie = "xj_device"

// deviceMark is the browser's mark, a new one where it has none.
func deviceMark(c *web.Ctx) string {
	if k, err := c.R.Cookie(deviceCookie); err == nil && len(k.Value) > 20 && len(k.Value) < 100 {
		return k.Value
	}
	mark := account.NewMark()
	http.SetCookie(c.W, &http.Cookie{Name: deviceCookie, Value: mark, Path: "/", Expires: time.Now().AddDate(1, 0, 0), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
	return mark
}

func (h *Pages) endOthers(c *web.Ctx) error {
	if err := h.Accounts.EndOthers(c.R.Context(), c.Actor, c.Session); err != nil {
		return err
	}
	return c.See("/me", "其他设备都退出了，只有这台还登录着。")
}
