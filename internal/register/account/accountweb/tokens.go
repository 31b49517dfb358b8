package accountweb

import (
	"net/http"
	"slices"
	"strings"

	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
)

type tokensPage struct {
	*ui.Page
	Tokens []account.Token
	Fresh  string // the key that was made just now; it is shown this once
}

func (h *Pages) tokens(c *web.Ctx) error {
	return h.tokensForm(c, http.StatusOK, web.NewForm("days", "90"), "")
}

func (h *Pages) tokensForm(c *web.Ctx, status int, f *web.Form, fresh string) error {
	p, err := h.own(c, "接口钥匙")
	if err != nil {
		return err
	}
	p.Form = f
	p.Needs("name", "scopes")
	page := tokensPage{Page: p, Fresh: fresh}
	if page.Tokens, err = h.Accounts.MyTokens(c.R.Context(), c.Actor); err != nil {
		return err
	}
	c.W.Header().Set("Cache-Control", "no-store")
	return c.RenderStatus(status, Tokens(page))
}

func (h *Pages) newToken(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	days, err := f.Int("days")
	key := ""
	if err == nil {
		w := account.TokenWish{Name: f.Text("name"), Days: days}
		for _, s := range f.List("scopes") {
			w.Scopes = append(w.Scopes, account.TokenScope(s))
		}
		key, err = h.Accounts.NewToken(c.R.Context(), c.Actor, w)
	}
	if f.Take(c.P, err) {
		return h.tokensForm(c, http.StatusUnprocessableEntity, f, "")
	}
	if err != nil {
		return err
	}
	return h.tokensForm(c, http.StatusOK, web.NewForm("days", "90"), key)
}

func (h *Pages) endToken(c *web.Ctx) error {
	if err := h.Accounts.EndToken(c.R.Context(), c.Actor, c.ID()); err != nil {
		return err
	}
	return c.See("/me/tokens", "停用了，用这把钥匙的程序马上进不来了。")
}

// scopeWords says what a key opens.
var scopeWords = map[account.TokenScope]string{account.ReadHazards: "读隐患", account.WriteHazards: "报隐患、办隐患", account.ReadPeople: "读名册", account.ReadDuties: "读机制和轮次"}

func (p tokensPage) opens(t account.Token) string {
	out := make([]string, len(t.Scopes))
	for i, s := range t.Scopes {
		out[i] = p.T(scopeWords[s])
	}
	return p.P.Join(out)
}

func (p tokensPage) days() []ui.Option {
	return []ui.Option{{Value: "30", Name: p.T("30 天")}, {Value: "90", Name: p.T("90 天")}, {Value: "366", Name: p.T("一年")}}
}

type callsPage struct {
	*ui.Page
	Calls []api.Described
	Root  string
}

func (h *Pages) calls(c *web.Ctx) error {
	p, err := h.own(c, "接口说明")
	if err != nil {
		return err
	}
	p.Back, p.Crumbs = "/me/tokens", slices.Insert(p.Crumbs, 1, ui.Crumb{Name: p.T("接口钥匙"), Href: "/me/tokens"})
	return c.Render(Calls(callsPage{Page: p, Calls: h.Describe(), Root: h.base(c) + api.Root}))
}

// example is a call for a console.
func (p callsPage) example(d api.Described) string {
	line := "curl -H \"Authorization: Bearer $XIAOJIA_KEY\""
	path := strings.NewReplacer("{id}", "ID", "{act}", "judge").Replace(d.Path)
	switch {
	case d.Method == http.MethodGet && !strings.Contains(d.Path, "{id}"):
		path += "?limit=20"
	case strings.HasSuffix(d.Path, "/photos"):
		line += " -F photo=@a.jpg"
	case strings.HasSuffix(d.Path, "{act}"):
		line += " -H 'Content-Type: application/json' -d '{\"grade\":\"C\"}'"
	case d.Method == http.MethodPost:
		line += " -H 'Content-Type: application/json' -H 'Idempotency-Key: 1' -d '{\"title\":\"...\"}'"
	}
	return line + " " + p.Root + path
}

func (p callsPage) kind(f api.Field) string {
	if len(f.Enum) > 0 {
		return strings.Join(f.Enum, " | ")
	}
	return f.Kind
}
