package peopleweb

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// previewPage is the third step: what becomes of each row.
type previewPage struct {
	*ui.Page
	importState
	Mapping roster.Mapping
	Tally   people.Tally            // as the page may show it
	Sealed  int                     // people of the roster whose sealed fields are kept as the sheet has them
	Rows    map[people.Severity]int // with at least one problem of the kind
	Look    int                     // rows that a person should see
	Groups  map[string]*problemGroup
	Missing []people.MissingUnit
	Left    roster.Tally // rows that are no person
	Show    string
	From    int
	Shown   []people.Planned
	More    bool
}

// previewRows is how many rows a preview shows at once; the figures are of all.
const previewRows = 100

// maxFrom bounds how far somebody can leaf.
const maxFrom = 1_000_000

// What a preview shows besides the actions, severities and groups of problems. Look is where it begins: what a person should see.
const (
	showAll  = "all"
	showLook = "look"
)

func (h *Pages) preview(c *web.Ctx, status int, f *web.Form) error {
	b, err := h.open(c, f.Text("file"))
	if err != nil {
		return h.back(c, f, err)
	}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page := previewPage{importState: h.state(c, f, chart), Show: cmp.Or(f.Text("show"), showLook), Rows: map[people.Severity]int{}, Groups: map[string]*problemGroup{}}
	if page.From, err = f.Int("from"); err != nil || page.From < 0 || page.From > maxFrom {
		page.From = 0
	}
	if page.Mapping, err = mapped(b.Book, f); err != nil {
		return h.back(c, f, err)
	}
	src := b.source(c, chart, page.Unit, page.Mapping, &page.Left)
	if _, page.Missing, err = h.People.Preview(c.R.Context(), c.Actor, page.options(), src, page.take); err != nil {
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
	x = x.Seen()
	p.count(x)
	if !p.shows(x) {
		return nil
	}
	p.From--
	if p.From >= 0 {
		return nil
	}
	if len(p.Shown) == previewRows {
		p.More = true
		return nil
	}
	p.Shown = append(p.Shown, x)
	return nil
}

func (p *previewPage) count(x people.Planned) {
	switch x.Action {
	case people.Create:
		p.Tally.Created++
	case people.Update:
		p.Tally.Updated++
	case people.Unchanged:
		p.Tally.Unchanged++
	default:
		p.Tally.Skipped++
	}
	if x.Sealed {
		p.Sealed++
	}
	if look(x) {
		p.Look++
	}
	for s := range grades(x) {
		p.Rows[s]++
	}
	for _, g := range groupsOf(x) {
		if p.Groups[g.Key] == nil {
			p.Groups[g.Key] = &g
		}
		p.Groups[g.Key].N++
	}
}

func (p *previewPage) shows(x people.Planned) bool {
	switch p.Show {
	case showAll, string(x.Action):
		return true
	case showLook:
		return look(x)
	}
	if grades(x)[people.Severity(p.Show)] {
		return true
	}
	return slices.ContainsFunc(groupsOf(x), func(g problemGroup) bool { return g.Key == p.Show })
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
	return c.See("/imports/"+done.ID, "导入好了：新登记 %d 人，更新 %d 人，没有变化 %d 人，没导入 %d 行。", t.Created, t.Updated, t.Unchanged, t.Skipped)
}

// figure is one count of the preview that leads to its rows.
type figure struct {
	Key, Name string
	N         int
}

func (p previewPage) figures() []figure {
	t := p.Tally
	out := []figure{{showLook, p.T("要看的"), p.Look}, {showAll, p.T("全部"), t.Created + t.Updated + t.Unchanged + t.Skipped}}
	for _, f := range []figure{{string(people.Create), p.T("新登记"), t.Created}, {string(people.Update), p.T("更新"), t.Updated},
		{string(people.Unchanged), p.T("没有变化"), t.Unchanged}, {string(people.Skip), p.T("不导入"), t.Skipped}} {
		if f.N > 0 {
			out = append(out, f)
		}
	}
	return out
}

// takes is how many people the import writes or may write.
func (p previewPage) takes() int {
	if p.Tally.Created+p.Tally.Updated+p.Sealed == 0 {
		return 0
	}
	return p.Tally.Created + p.Tally.Updated + p.Tally.Unchanged
}

// summary is what the import does, in one line.
func (p previewPage) summary() string {
	t := p.Tally
	out := []string{p.T("%d 行", t.Created+t.Updated+t.Unchanged+t.Skipped)}
	for _, f := range p.figures()[2:] {
		out = append(out, f.Name+" "+strconv.Itoa(f.N))
	}
	return strings.Join(out, " · ")
}

// importWord is the main button: whom it takes.
func (p previewPage) importWord() string {
	switch here := p.Tally.Updated + p.Tally.Unchanged; {
	case here == 0:
		return p.T("导入这 %d 人", p.Tally.Created)
	case p.Tally.Created == 0:
		return p.T("照表更新在册的 %d 人", here)
	default:
		return p.T("导入：新登记 %d 人，在册 %d 人照表更新", p.Tally.Created, here)
	}
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
	return "late", "x", p.T("不导入")
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
