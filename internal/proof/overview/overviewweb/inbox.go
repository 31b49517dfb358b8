package overviewweb

import (
	"github.com/a-h/templ"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

type inboxPage struct {
	*ui.Page
	All     bool // read ones too
	Notices []notify.Notice
	Next    string
}

// inbox shows what is unread, or all.
func (h *Pages) inbox(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "inbox", "通知")
	if err != nil {
		return err
	}
	page := inboxPage{Page: p, All: c.Query("tab") == "all"}
	page.Notices, page.Next, err = notify.Inbox(c.R.Context(), h.DB.Read, c.Actor.Org, c.Actor.Person, notify.Filter{Unread: !page.All, After: c.Query("after")})
	if err != nil {
		return err
	}
	return c.Render(Inbox(page))
}

// open leads on to what a notice is about; who follows it has read it.
func (h *Pages) open(c *web.Ctx) error {
	href := ""
	err := h.DB.InTx(c.R.Context(), c.Actor, func(tx db.Tx) (err error) {
		href, err = notify.Open(tx, c.Actor.Person, c.ID())
		return err
	})
	if err != nil {
		return err
	}
	if href == "" {
		href = "/inbox"
	}
	return c.See(href, "")
}

func (h *Pages) read(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = h.DB.InTx(c.R.Context(), c.Actor, func(tx db.Tx) error { return notify.MarkRead(tx, c.Actor.Person, f.List("shown")) })
	if err != nil {
		return err
	}
	return c.See("/inbox", "")
}

// unread lists the shown ones that are not read.
func (p inboxPage) unread() []string {
	var out []string
	for _, n := range p.Notices {
		if !n.Read {
			out = append(out, n.ID)
		}
	}
	return out
}

func inboxTab(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func (p inboxPage) emptyTitle() string {
	if p.All {
		return p.T("没有通知")
	}
	return p.T("都看过了，没有新的")
}
