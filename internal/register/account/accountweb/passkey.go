package accountweb

import (
	"errors"
	"io"
	"net/http"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

type passkeysPage struct {
	*ui.Page
	Keys      []account.Passkey
	Cannot    string
	Elsewhere bool // he is signed in on other devices too
}

// own starts a page below 我的.
func (h *Pages) own(c *web.Ctx, title string) (*ui.Page, error) {
	p, err := h.Frame.Page(c, "me", title)
	if err == nil {
		p.Back, p.Crumbs = "/me", []ui.Crumb{{Name: p.T("我的"), Href: "/me"}, {Name: p.Title}}
	}
	return p, err
}

func (h *Pages) passkeys(c *web.Ctx) error {
	p, err := h.own(c, "通行密钥")
	if err != nil {
		return err
	}
	page := passkeysPage{Page: p, Cannot: h.cannot(c)}
	if page.Keys, err = h.Accounts.MyPasskeys(c.R.Context(), c.Actor); err != nil {
		return err
	}
	devices, err := h.Accounts.Devices(c.R.Context(), c.Actor)
	if err != nil {
		return err
	}
	page.Elsewhere = len(devices) > 1
	return c.Render(Passkeys(page))
}

func (h *Pages) site(c *web.Ctx) (account.Site, error) {
	return account.SiteOf(h.PublicURL, c.R.Host, c.Client.Secure)
}

// cannot says why passkeys cannot be used at this address, empty where they can.
func (h *Pages) cannot(c *web.Ctx) string {
	_, err := h.site(c)
	var e *kernel.Error
	if errors.As(err, &e) {
		return c.P.Err(e)
	}
	return ""
}

func (h *Pages) offerPasskey(c *web.Ctx) error {
	return h.challenge(c, func(at account.Site) (any, error) { return h.Accounts.OfferPasskey(c.R.Context(), c.Actor, at) })
}

func (h *Pages) askPasskey(c *web.Ctx) error {
	return h.challenge(c, func(at account.Site) (any, error) { return h.Accounts.AskPasskey(c.R.Context(), at) })
}

// challenge sends what the browser is asked to sign.
func (h *Pages) challenge(c *web.Ctx, of func(account.Site) (any, error)) error {
	at, err := h.site(c)
	if err != nil {
		return err
	}
	ask, err := of(at)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, ask)
}

func (h *Pages) addPasskey(c *web.Ctx) error {
	at, answer, err := h.answered(c)
	if err != nil {
		return err
	}
	if err := h.Accounts.AddPasskey(c.R.Context(), c.Actor, at, device(c), answer); err != nil {
		return err
	}
	return c.See("/me/passkeys", "加好了。下次进门可以用它。")
}

func (h *Pages) removePasskey(c *web.Ctx) error {
	if err := h.Accounts.DropPasskey(c.R.Context(), c.Actor, c.ID()); err != nil {
		return err
	}
	return c.See("/me/passkeys", "这把通行密钥删掉了。")
}

func (h *Pages) enterByPasskey(c *web.Ctx) error {
	at, answer, err := h.answered(c)
	if err != nil {
		return err
	}
	k := account.KeyKnock{At: at, Answer: answer, Device: device(c)}
	if h.Count {
		k.From = c.Client.Addr
	}
	token, err := h.Accounts.EnterByPasskey(c.R.Context(), k)
	if err != nil {
		return err
	}
	return h.signIn(c, token, c.Query("to"))
}

// answered is what the browser answered, as it came, and where: its shape is the library's to check.
func (h *Pages) answered(c *web.Ctx) (account.Site, []byte, error) {
	at, err := h.site(c)
	if err != nil {
		return at, nil, err
	}
	b, err := io.ReadAll(c.R.Body)
	if err != nil {
		return at, nil, errors.Join(kernel.Err(kernel.Invalid, "传来的内容不完整，请再试一次。"), err)
	}
	return at, b, nil
}
