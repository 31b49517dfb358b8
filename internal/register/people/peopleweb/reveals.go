package peopleweb

import (
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

type revealsPage struct {
	*ui.Page
	people.RevealList
	Filter people.RevealFilter
	Odd    bool // a day could not be read
}

// secrets are what can be opened, in the order in which they are offered.
var secrets = []people.Secret{people.SecretID, people.SecretWage, people.SecretPhone}

// revealFilter reads the address; a day that is none does not narrow, and odd says so.
func revealFilter(c *web.Ctx) (f people.RevealFilter, odd bool) {
	f = people.RevealFilter{Field: people.Secret(c.Query("field")), By: people.ID(c.Query("by")), Of: people.ID(c.Query("of")), Name: strings.TrimSpace(c.Query("q"))}
	var from, to error
	f.On.From, from = kernel.ReadDate(c.Query("from"), c.Today())
	f.On.To, to = kernel.ReadDate(c.Query("to"), c.Today())
	return f, from != nil || to != nil
}

func (h *Pages) reveals(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "people", "谁看过号码、工资")
	if err != nil {
		return err
	}
	p.Back, p.Crumbs = "/people", []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.Title}}
	page := revealsPage{Page: p}
	page.Filter, page.Odd = revealFilter(c)
	if page.RevealList, err = h.People.AllReveals(c.R.Context(), c.Actor, page.Filter, c.Query("after"), pageOf); err != nil {
		return err
	}
	return c.Render(Reveals(page))
}

func (p revealsPage) filtered() bool { return p.Filter != people.RevealFilter{} }

func (p revealsPage) fields() []ui.Option {
	out := []ui.Option{{Name: p.T("全部项目")}}
	for _, s := range secrets {
		out = append(out, ui.Option{Value: string(s), Name: secretName(p.Page, s)})
	}
	return out
}

// exportOfReveals is the list whose exports are noted.
const exportOfReveals = "reveals"

func (h *Pages) revealsExport(c *web.Ctx) error {
	p := &ui.Page{C: c, P: c.P}
	f, odd := revealFilter(c)
	if odd {
		return kernel.Err(kernel.Invalid, "看不懂这个日期，写成 2024-12-20、12月20日、明天都可以。")
	}
	first, err := h.People.AllReveals(c.R.Context(), c.Actor, f, "", 1)
	if err != nil {
		return err
	}
	narrowed := func(p *ui.Page) string {
		words := []string{p.T("全部项目")}
		if f.Field != "" {
			words[0] = secretName(p, f.Field)
		}
		if f.By != "" && len(first.Rows) > 0 {
			words = append(words, p.T("%s看的", first.Rows[0].ByName))
		}
		if f.Of != "" && len(first.Rows) > 0 {
			words = append(words, p.T("看%s的", first.Rows[0].Name))
		}
		if f.Name != "" {
			words = append(words, f.Name)
		}
		if !f.On.From.IsZero() {
			words = append(words, p.T("从 %s", p.P.Date(f.On.From)))
		}
		if !f.On.To.IsZero() {
			words = append(words, p.T("到 %s", p.P.Date(f.On.To)))
		}
		return p.P.Join(words)
	}
	s, err := sheet.New(p.T("谁看过号码、工资"), []string{p.T("谁看过号码、工资（%s），%s 导出", narrowed(p), p.P.Date(p.C.Today()))}, sheet.Column{Head: p.T("时间"), Wide: 18},
		sheet.Column{Head: p.T("谁看的"), Wide: 12}, sheet.Column{Head: p.T("看谁的"), Wide: 12}, sheet.Column{Head: p.T("看了什么"), Wide: 12}, sheet.Column{Head: p.T("为什么"), Wide: 40})
	if err != nil {
		return err
	}
	defer s.Close()
	n := 0
	for after, more := "", true; more; more = after != "" {
		l, err := h.People.AllReveals(c.R.Context(), c.Actor, f, after, exportChunk)
		if err != nil {
			return err
		}
		for _, r := range l.Rows {
			if err := s.Row(r.At.In().Format("2006-01-02 15:04"), r.ByName, r.Name, secretName(p, r.Field), r.Why); err != nil {
				return err
			}
		}
		after, n = l.Next, n+len(l.Rows)
	}
	if err := audit.Exported(c.R.Context(), h.DB, c.Actor, exportOfReveals, c.Actor.Scope(people.SeeReveals).ID, narrowed(ui.Chinese(c)), n); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("谁看过号码、工资"), s)
}
