package accountweb

import (
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ics"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

type calendarPage struct {
	*ui.Page
	Has     bool
	Feed    account.Feed
	Address string // just made, and shown this once
	Code    ui.QRCode
}

// webcal is the address by which a phone offers to subscribe.
func (p calendarPage) webcal() string {
	_, rest, _ := strings.Cut(p.Address, "://")
	return "webcal://" + rest
}

func (h *Pages) calendar(c *web.Ctx) error { return h.calendarShow(c, "") }

// calendarShow is the page; with a token that was just made it shows the address, which nobody can look up later.
func (h *Pages) calendarShow(c *web.Ctx, token string) error {
	p, err := h.own(c, "订到手机日历")
	if err != nil {
		return err
	}
	page := calendarPage{Page: p}
	page.Feed, err = h.Accounts.Subscription(c.R.Context(), c.Actor)
	if page.Has = err == nil; err != nil && kernel.KindOf(err) != kernel.NotFound {
		return err
	}
	if token != "" {
		page.Address = h.base(c) + "/calendar/" + token + ".ics"
		if page.Code, err = ui.NewQRCode(page.Address); err != nil {
			return err
		}
	}
	return c.Render(Calendar(page))
}

func (h *Pages) subscribe(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	token, err := h.Accounts.Subscribe(c.R.Context(), c.Actor, f.Is("holidays", "1"), string(c.P.Lang))
	if err != nil {
		return err
	}
	return h.calendarShow(c, token)
}

func (h *Pages) holidays(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := h.Accounts.SetHolidays(c.R.Context(), c.Actor, f.Is("holidays", "1"), string(c.P.Lang)); err != nil {
		return err
	}
	return c.See("/me/calendar", "改好了，手机下次更新日历时生效。")
}

func (h *Pages) unsubscribe(c *web.Ctx) error {
	if err := h.Accounts.Unsubscribe(c.R.Context(), c.Actor); err != nil {
		return err
	}
	return c.See("/me/calendar", "日历地址停用了，手机上的日历不会再更新。")
}

// base is the address of this program as phones reach it.
func (h *Pages) base(c *web.Ctx) string {
	switch {
	case h.PublicURL != "":
		return strings.TrimSuffix(h.PublicURL, "/")
	case c.Client.Secure:
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

// feed answers a phone that asks for a calendar: no session, the address is the key.
func (h *Pages) feed(c *web.Ctx) error {
	if !h.asks.Allow(c.Client.Addr) {
		return kernel.Err(kernel.Busy, "点得太快了，请过一会儿再试。")
	}
	token := feedToken(c.R.PathValue("file"))
	f, actor, err := h.Accounts.ByCalendar(c.R.Context(), token)
	if err != nil {
		return err
	}
	his := &web.Ctx{W: c.W, R: c.R, Actor: actor, P: h.Printer(i18n.Lang(f.Lang)), Now: c.Now, Client: c.Client}
	list, err := h.Days(his)
	if err == nil && f.Holidays {
		var off []ics.Event
		off, err = h.Holidays(his)
		list = append(list, off...)
	}
	if err != nil {
		return err
	}
	memory, _ := ics.ReadMemory(f.Memory).Next(list, c.Today())
	if err := h.Accounts.Fetched(c.R.Context(), actor, token, f, memory.String()); err != nil {
		return err
	}
	text := ics.Write(his.P.T("小家 · 我的日子"), h.base(c), list, memory)
	head := c.W.Header()
	head.Set("Content-Type", "text/calendar; charset=utf-8")
	head.Set("Content-Disposition", `inline; filename="xiaojia.ics"`)
	head.Set("Cache-Control", "private, max-age=600")
	head.Set("X-Robots-Tag", "noindex")
	_, _ = c.W.Write([]byte(text)) // who hung up is not told
	return nil
}

// feedToken is the token of an address's last part, empty where it is none.
func feedToken(file string) string {
	token, ok := strings.CutSuffix(file, ".ics")
	if !ok || !kernel.IsBlindID(token) {
		return ""
	}
	return token
}
