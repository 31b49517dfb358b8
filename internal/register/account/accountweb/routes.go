// Package accountweb is the pages of getting in: the demo's door, signing in, one-time links, 我的.
package accountweb

import (
	_ "embed"
	"net/http"
	"strings"
	"time"
	"unicode"

	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

// English is this module's translations.
//
//go:embed en.toml
var English string

// Cast is who stands at the demo's door.
type Cast struct {
	Login, Role, Name, Does, Icon string
	Device                        string // phone or desktop
}

// Pages serves them. Doors is empty where the folder is no demo; count says whether wrong passwords are counted by address.
type Pages struct {
	frame *ui.Frame
	acc   *account.Service
	doors []Cast
	count bool
	// describe explains the API.
	describe func() []api.Described
}

func New(f *ui.Frame, a *account.Service, doors []Cast, count bool, describe func() []api.Described) *Pages {
	return &Pages{frame: f, acc: a, doors: doors, count: count, describe: describe}
}

// Routes adds the module's lines to the table.
func (h *Pages) Routes(r *web.Routes) {
	r.Get("/enter", authz.Public, h.enter)
	r.Post("/enter", authz.Public, h.login)
	r.Get("/join/{token}", authz.Public, h.join, web.Example("invite"))
	r.Post("/join/{token}", authz.Public, h.accept)
	r.Post("/leave", authz.SignedIn, h.leave)
	r.Post("/looks", authz.Public, h.looks)
	r.Get("/me", authz.SignedIn, h.me)
	r.Get("/me/password", authz.SignedIn, h.password)
	r.Post("/me/password", authz.SignedIn, h.changePassword)
	r.Post("/me/devices/{id}/end", authz.SignedIn, h.end)
	r.Get("/me/tokens", authz.SignedIn, h.tokens)
	r.Post("/me/tokens", authz.SignedIn, h.newToken)
	r.Post("/me/tokens/{id}/end", authz.SignedIn, h.endToken)
	r.Get("/api/v1/docs", authz.SignedIn, h.calls)
	if len(h.doors) > 0 {
		r.Get("/door", authz.Public, h.door)
		r.Post("/door/{login}", authz.Public, h.open)
	}
}

func (h *Pages) signIn(c *web.Ctx, token, to string) error { return signIn(c, token, to) }

func signIn(c *web.Ctx, token, to string) error {
	http.SetCookie(c.W, &http.Cookie{Name: web.SessionCookie, Value: token, Path: "/", Expires: time.Now().AddDate(0, 0, 30),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
	return c.See(safe(to), "")
}

// safe keeps a way back inside this program.
func safe(to string) string {
	odd := func(r rune) bool { return r == '\\' || unicode.IsControl(r) } // browsers drop a tab, and turn a backslash
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsFunc(to, odd) {
		return "/"
	}
	return to
}

// deviceWords is what a session's device is called, in the reader's language; it is kept in Chinese.
func deviceWords(p *ui.Page, kept string) string {
	parts := strings.Split(kept, " · ")
	for i, s := range parts {
		parts[i] = p.T(s)
	}
	return strings.Join(parts, " · ")
}

// device says in words what a person would recognise in the list of devices.
func device(c *web.Ctx) string {
	ua := c.R.UserAgent()
	system := "电脑"
	for _, s := range [][2]string{{"iPhone", "苹果手机"}, {"iPad", "平板"}, {"HarmonyOS", "华为手机"}, {"Android", "安卓手机"}, {"Windows", "Windows 电脑"}, {"Macintosh", "苹果电脑"}, {"Linux", "Linux 电脑"}} {
		if strings.Contains(ua, s[0]) {
			system = s[1]
			break
		}
	}
	for _, b := range [][2]string{{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"}, {"Edg/", "Edge"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(ua, b[0]) {
			return system + " · " + b[1]
		}
	}
	return system
}
