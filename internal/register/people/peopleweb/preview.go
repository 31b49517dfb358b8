package peopleweb

import (
	"fmt"
	"strconv"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// previewPage is the third step: what becomes of each row.
type previewPage struct {
	*ui.Page
	importState
	Mapping  roster.Mapping
	Tally    people.Tally
	Problems int // rows with at least one
	Missing  []people.MissingUnit
	Left     roster.Tally // rows that are no person
	Show     string
	From     int
	Rows     []people.Planned
	More     bool
}

// previewRows is how many rows a preview shows at once; the figures are of all.
const previewRows = 100

// maxFrom bounds how far somebody can leaf.
const maxFrom = 1_000_000

func (h *Pages) preview(c *web.Ctx, status int, f *web.Form) error {
	b, err := h.open(c, f.Text("file"))
	if err != nil {
		return h.back(c, f, err)
	}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page := previewPage{importState: h.state(c, f, chart), Show: f.Text("show")}
	if page.From, err = f.Int("from"); err != nil || page.From < 0 || page.From > maxFrom {
		page.From = 0
	}
	if page.Mapping, err = mapped(b.Book, f); err != nil {
		return h.back(c, f, err)
	}
	src := b.source(c, chart, page.Unit, page.Mapping, &page.Left)
	page.Tally, page.Missing, err = h.People.Preview(c.R.Context(), c.Actor, page.options(), src, page.take)
	if err != nil {
		return h.back(c, f, err)
	}
	if page.Page, err = h.importFrame(c); err != nil {
		return err
	}
	page.Form, page.Back, page.NoDock, page.Sheet = f, "/people/import", true, page.Mapping.Sheet
	return c.RenderStatus(status, Preview(page))
}

func (s importState) options() people.ImportOptions {
	return people.ImportOptions{Unit: s.Unit, File: s.Name, CreateMissing: s.Make}
}

// take counts every row and keeps those that the page shows.
func (p *previewPage) take(x people.Planned) error {
	if len(x.Problems) > 0 {
		p.Problems++
	}
	if !p.shows(x) {
		return nil
	}
	p.From--
	if p.From >= 0 {
		return nil
	}
	if len(p.Rows) == previewRows {
		p.More = true
		return nil
	}
	p.Rows = append(p.Rows, x)
	return nil
}

func (p *previewPage) shows(x people.Planned) bool {
	switch p.Show {
	case "", "all":
		return true
	case "problems":
		return len(x.Problems) > 0
	}
	return string(x.Action) == p.Show
}

// run writes the roster for good.
func (h *Pages) run(c *web.Ctx, f *web.Form) error {
	b, err := h.open(c, f.Text("file"))
	if err != nil {
		return h.back(c, f, err)
	}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	m, err := mapped(b.Book, f)
	if err != nil {
		return h.back(c, f, err)
	}
	state, left := h.state(c, f, chart), roster.Tally{}
	done, err := h.People.Import(c.R.Context(), c.Actor, state.options(), b.source(c, chart, state.Unit, m, &left), nil)
	if err != nil {
		return h.back(c, f, err)
	}
	if err := h.Shelf.Drop(c.Actor.Account, state.File); err != nil {
		return err
	}
	t := done.Tally
	return c.See("/people/imports?done="+done.ID, "导入好了：新登记 %d 人，更新 %d 人，没有变化 %d 人，跳过 %d 行。", t.Created, t.Updated, t.Unchanged, t.Skipped)
}

// figure is one count of the preview that leads to its rows.
type figure struct {
	Key, Name string
	N         int
}

func (p previewPage) figures() []figure {
	t := p.Tally
	return []figure{{"all", p.T("全部"), t.Created + t.Updated + t.Unchanged + t.Skipped}, {"problems", p.T("有问题"), p.Problems}, {"create", p.T("新登记"), t.Created},
		{"update", p.T("更新"), t.Updated}, {"unchanged", p.T("没有变化"), t.Unchanged}, {"skip", p.T("跳过"), t.Skipped}}
}

func (p previewPage) shown() string {
	if p.Show == "" {
		return "all"
	}
	return p.Show
}

// actionChip says what becomes of a row.
func actionChip(p *ui.Page, a people.Action) (kind, icon, text string) {
	switch a {
	case people.Create:
		return "good", "user-plus", p.T("新登记")
	case people.Update:
		return "soon", "pencil", p.T("更新")
	case people.Unchanged:
		return "calm", "check", p.T("没有变化")
	}
	return "late", "x", p.T("跳过")
}

func changeLine(p *ui.Page, c people.Change) string {
	if c.Old == "" {
		return p.T("%s：填上“%s”", p.T(fieldNames[c.Field]), c.New)
	}
	return p.T("%s：“%s”改成“%s”", p.T(fieldNames[c.Field]), c.Old, c.New)
}

// missingLine names units that the roster has and the branch lacks.
func missingLine(m people.MissingUnit) string {
	if m.Team == "" {
		return m.Department
	}
	return fmt.Sprintf("%s / %s", m.Department, m.Team)
}

func (p previewPage) next() string { return strconv.Itoa(p.start() + previewRows) }

// start is the number of rows before the first one shown.
func (p previewPage) start() int {
	n, err := p.Form.Int("from")
	if err != nil || n < 0 || n > maxFrom {
		return 0
	}
	return n
}

// skippedLine names the rows that are no person.
func (p previewPage) skippedLine() string {
	var out []string
	for i, s := range p.Left.Skipped {
		if i == 8 {
			out = append(out, "…")
			break
		}
		out = append(out, p.T("第 %d 行是%s", s.Number, p.T(s.Text)))
	}
	return p.T("没有当成人的行：%s", p.P.Join(out))
}
