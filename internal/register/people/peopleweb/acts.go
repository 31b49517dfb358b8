package peopleweb

import (
	"net/http"
	"strconv"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

// act runs what one small form of a person's page asks; where it is refused, the page comes back with that form open.
func (h *Pages) act(c *web.Ctx, name, done string, do func(f *web.Form, id people.ID) error) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	err = do(f, people.ID(c.ID()))
	if f.Take(c.P, err) || refused(c, f, err) {
		return h.showWith(c, http.StatusUnprocessableEntity, f, name, nil)
	}
	if err != nil {
		return err
	}
	return c.See(home(people.ID(c.ID())), done)
}

// refused keeps a "may not" at the form, where the person can see what else he may do.
func refused(c *web.Ctx, f *web.Form, err error) bool {
	e, ok := err.(*kernel.Error)
	if !ok || e.Kind != kernel.Forbidden {
		return false
	}
	f.Errs[""] = c.P.Err(e)
	return true
}

// version is the one that the page showed.
func version(f *web.Form) int {
	n, err := strconv.Atoi(f.Text("version"))
	if err != nil {
		return -1 // fits no record, so that the save is refused
	}
	return n
}

func (h *Pages) reveal(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	field := people.Secret(f.Text("field"))
	plain, err := h.People.Reveal(c.R.Context(), c.Actor, people.ID(c.ID()), field, f.Text("why"))
	if f.Take(c.P, err) {
		return h.showWith(c, http.StatusUnprocessableEntity, f, "reveal", nil)
	}
	if err != nil {
		return err
	}
	p := &ui.Page{C: c, P: c.P}
	return h.showWith(c, http.StatusOK, web.NewForm(), "", &shown{personPage{Page: p}.secretName(field), revealed(p, field, plain)})
}

func (h *Pages) leave(c *web.Ctx) error {
	return h.act(c, "leave", "登记好了。职务和分类到这一天为止，账号已关。", func(f *web.Form, id people.ID) error {
		on, err := f.Date("on")
		if err != nil {
			return err
		}
		return h.People.Leave(c.R.Context(), c.Actor, id, version(f), on)
	})
}

func (h *Pages) comeBack(c *web.Ctx) error {
	return h.act(c, "return", "重新入册了。职务和账号不会自己回来，需要的请再办。", func(f *web.Form, id people.ID) error {
		return h.People.Return(c.R.Context(), c.Actor, id, version(f))
	})
}

func (h *Pages) label(c *web.Ctx) error {
	return h.act(c, "label", "分类改好了。", func(f *web.Form, id people.ID) error {
		term, err := term(f)
		if err != nil {
			return err
		}
		return h.People.PutLabel(c.R.Context(), c.Actor, people.Label{Person: id, Key: f.Text("label"), Term: term, Detail: f.Text("detail")})
	})
}

func (h *Pages) dismiss(c *web.Ctx) error {
	m := c.R.PathValue("m")
	return h.act(c, "end."+m, "职务到这一天为止，本人会看到通知。", func(f *web.Form, _ people.ID) error {
		on, err := f.Date("on")
		if err != nil {
			return err
		}
		return h.People.EndMandate(c.R.Context(), c.Actor, m, version(f), on, f.Text("why"))
	})
}
