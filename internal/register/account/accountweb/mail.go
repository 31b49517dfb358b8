package accountweb

import (
	"net/http"
	"slices"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

type mailPage struct {
	*ui.Page
	Works bool // a mail server is set
	Has   bool
	Wish  account.Wish
}

func (h *Pages) mail(c *web.Ctx) error { return h.mailForm(c, http.StatusOK, nil) }

func (h *Pages) mailForm(c *web.Ctx, status int, f *web.Form) error {
	p, err := h.own(c, "邮件提醒")
	if err != nil {
		return err
	}
	page := mailPage{Page: p, Works: h.Mails}
	page.Wish, err = h.Accounts.MyWish(c.R.Context(), c.Actor)
	if page.Has = err == nil; err != nil && kernel.KindOf(err) != kernel.NotFound {
		return err
	}
	if p.Form = f; f == nil {
		p.Form = web.NewForm("address", page.Wish.Address, "hour", strconv.Itoa(hourOr(page.Wish.Hour)))
		wanted := page.Wish.Kinds
		if !page.Has {
			wanted = []account.MailKind{account.MailDue, account.MailLate, account.MailResult}
		}
		for _, k := range wanted {
			p.Form.Values.Add("kinds", string(k))
		}
	}
	p.Needs("address", "kinds", "hour")
	return c.RenderStatus(status, Mail(page))
}

// usualHour is when a digest comes to who has not chosen.
const usualHour = 8

func hourOr(hour int) int {
	if hour == 0 {
		return usualHour
	}
	return hour
}

func (p mailPage) hours() []ui.Option {
	var out []ui.Option
	for h := account.MailFirst; h <= account.MailLast; h++ {
		out = append(out, ui.Option{Value: strconv.Itoa(h), Name: p.T("%d 点", h)})
	}
	return out
}

func (h *Pages) saveMail(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if !h.Mails {
		return kernel.Err(kernel.Conflict, "这里没有接邮件服务器，寄不出邮件。")
	}
	w := account.Wish{Address: f.Text("address"), Lang: string(c.P.Lang)}
	for _, k := range f.List("kinds") {
		w.Kinds = append(w.Kinds, account.MailKind(k))
	}
	slices.Sort(w.Kinds)
	w.Kinds = slices.Compact(w.Kinds)
	if w.Hour, err = f.Int("hour"); err == nil {
		err = h.Accounts.WishFor(c.R.Context(), c.Actor, w)
	}
	if f.Take(c.P, err) {
		return h.mailForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return c.See("/me/mail", "存好了。")
}

func (h *Pages) askAgain(c *web.Ctx) error {
	err := h.Accounts.AskAgain(c.R.Context(), c.Actor)
	if kernel.KindOf(err) == kernel.NotFound {
		return c.See("/me/mail", "")
	}
	if err != nil {
		return err
	}
	return c.See("/me/mail", "确认信马上再寄一次。")
}

func (h *Pages) noMail(c *web.Ctx) error {
	if err := h.Accounts.NoMail(c.R.Context(), c.Actor); err != nil {
		return err
	}
	return c.See("/me/mail", "不会再寄邮件给你，邮箱地址也删了。")
}

// confirmAsk shows a button: what looks through mails for dangerous links opens pages, and presses nothing.
func (h *Pages) confirmAsk(c *web.Ctx) error {
	if _, err := h.Accounts.AddressAsked(c.R.Context(), c.R.PathValue("token")); err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "", "确认邮箱")
	if err != nil {
		return err
	}
	return c.Render(MailConfirm(p))
}

func (h *Pages) confirm(c *web.Ctx) error {
	if err := h.Accounts.ConfirmAddress(c.R.Context(), c.R.PathValue("token")); err != nil {
		return err
	}
	return h.mailDone(c, "邮箱确认好了，到点就寄。")
}

type stopPage struct {
	*ui.Page
	Kind account.MailKind // empty: all
}

// stopped is the kind of mail that a link ends; empty, for all, where it names none.
func stopped(c *web.Ctx) account.MailKind {
	if k := account.MailKind(c.Query("kind")); k.Name() != "" {
		return k
	}
	return ""
}

func (h *Pages) stopAsk(c *web.Ctx) error {
	if _, err := h.Accounts.StopOf(c.R.Context(), c.R.PathValue("token")); err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "", "不再收邮件")
	if err != nil {
		return err
	}
	return c.Render(MailStop(stopPage{p, stopped(c)}))
}

// stop is pressed on the page, or by a mail program with one click (RFC 8058), which brings no cookie and no origin.
func (h *Pages) stop(c *web.Ctx) error {
	if err := h.Accounts.StopMail(c.R.Context(), c.R.PathValue("token"), stopped(c)); err != nil {
		return err
	}
	return h.mailDone(c, "好，不再寄了。")
}

func (h *Pages) mailDone(c *web.Ctx, sentence string) error {
	p, err := h.Frame.Page(c, "", "邮件提醒")
	if err != nil {
		return err
	}
	return c.Render(MailDone(p, p.T(sentence)))
}
