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
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
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

// Parts is what the pages ask.
type Parts struct {
	Frame     *ui.Frame
	Accounts  *account.Service
	Doors     []Cast // empty where the folder is no demo
	Count     bool   // wrong passwords, and who asks for calendars, are counted by address
	PublicURL string // empty where it was not set
	Mails     bool   // a mail server is set
	Printer   func(l i18n.Lang) *i18n.Printer
	Days      func(c *web.Ctx) ([]ics.Event, error) // what waits for the actor, by its day
	Holidays  func(c *web.Ctx) ([]ics.Event, error)
	Describe  func() []api.Described // explains the API
}

// Pages serves them.
type Pages struct {
	Parts
	asks *web.Limiter // of calendars
}

func New(p Parts) *Pages {
	h := &Pages{Parts: p}
	if p.Count {
		h.asks = web.NewLimiter(1, 60)
	}
	return h
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
	r.Post("/me/devices/others", authz.SignedIn, h.endOthers)
	r.Post("/enter/passkey/ask", authz.Public, h.askPasskey)
	r.Post("/enter/passkey", authz.Public, h.enterByPasskey)
	r.Get("/me/passkeys", authz.SignedIn, h.passkeys)
	r.Post("/me/passkeys/ask", authz.SignedIn, h.offerPasskey)
	r.Post("/me/passkeys", authz.SignedIn, h.addPasskey)
	r.Post("/me/passkeys/{id}/remove", authz.SignedIn, h.removePasskey)
	r.Get("/me/calendar", authz.SignedIn, h.calendar)
	r.Post("/me/calendar", authz.SignedIn, h.subscribe)
	r.Post("/me/calendar/holidays", authz.SignedIn, h.holidays)
	r.Post("/me/calendar/end", authz.SignedIn, h.unsubscribe)
	r.Get("/me/mail", authz.SignedIn, h.mail)
	r.Post("/me/mail", authz.SignedIn, h.saveMail)
	r.Post("/me/mail/ask", authz.SignedIn, h.askAgain)
	r.Post("/me/mail/end", authz.SignedIn, h.noMail)
	r.Get("/mail/confirm/{token}", authz.Public, h.confirmAsk, web.Example("invite"))
	r.Post("/mail/confirm/{token}", authz.Public, h.confirm)
	r.Get("/mail/stop/{token}", authz.Public, h.stopAsk, web.Example("mail-stop"))
	r.Post("/mail/stop/{token}", authz.Public, h.stop)
	r.Get("/calendar/{file}", authz.Public, h.feed, web.Example("calendar"))
	r.Get("/me/tokens", authz.SignedIn, h.tokens)
	r.Post("/me/tokens", authz.SignedIn, h.newToken)
	r.Post("/me/tokens/{id}/end", authz.SignedIn, h.endToken)
	r.Get("/api/v1/docs", authz.SignedIn, h.calls)
	if len(h.Doors) > 0 {
		r.Get("/door", authz.Public, h.door)
		r.Post("/door/{login}", authz.Public, h.open)
	}
}

// signIn lets in, and tells the person where the device is a new one.
func (h *Pages) signIn(c *web.Ctx, token, to string) error {
	return signIn(c, h.Accounts, token, to)
}

func signIn(c *web.Ctx, acc *account.Service, token, to string) error {
	if err := acc.Met(c.R.Context(), token, deviceMark(c)); err != nil {
		return err
	}
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
