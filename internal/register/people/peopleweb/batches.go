package peopleweb

import (
	"net/http"
	"strconv"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type batchesPage struct {
	*ui.Page
	Rows    []people.Batch
	Chart   *org.Chart
	Exports []audit.Entry // who took the roster out of the program
}

func (h *Pages) batches(c *web.Ctx) error {
	p, err := h.Frame.Page(c, "people", "导入和导出过的")
	if err != nil {
		return err
	}
	p.Back = "/people"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.T("导入名册"), Href: "/people/import"}, {Name: p.Title}}
	page := batchesPage{Page: p}
	if page.Chart, err = h.chart(c); err != nil {
		return err
	}
	if page.Rows, err = h.People.Batches(c.R.Context(), c.Actor); err != nil {
		return err
	}
	page.Exports, err = audit.History(c.R.Context(), h.DB.Read, c.Actor.Org, audit.Exports(exportOfPeople, c.Actor.Scope(people.SeePeople).ID))
	if err != nil {
		return err
	}
	return c.Render(Batches(page))
}

// batchPage is one import: what it did, what it left, and the way back.
type batchPage struct {
	*ui.Page
	people.Batch
	Unit     string
	Problems []people.BatchProblem
	Left     int // problems in all
	Next     string
	Empty    []string // departments and groups that it made and that nobody belongs to
}

// problemsOf is how many problems the page of a batch shows at once.
const problemsOf = 100

func (h *Pages) batch(c *web.Ctx) error { return h.batchWith(c, http.StatusOK, web.NewForm()) }

func (h *Pages) batchWith(c *web.Ctx, status int, f *web.Form) error {
	b, left, err := h.People.Batch(c.R.Context(), c.Actor, c.ID())
	if err != nil {
		return err
	}
	p, err := h.Frame.Page(c, "people", "导入名册")
	if err != nil {
		return err
	}
	p.Title, p.Form, p.Back = b.File, f, "/people/imports"
	p.Crumbs = []ui.Crumb{{Name: p.T("人员"), Href: "/people"}, {Name: p.T("导入和导出过的"), Href: p.Back}, {Name: b.File}}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	page := batchPage{Page: p, Batch: b, Unit: p.W(chart.Name(b.Unit)), Left: left}
	list, next, err := h.People.Problems(c.R.Context(), c.Actor, b.ID, c.Int("after", 0, 0, maxFrom), problemsOf)
	if err != nil {
		return err
	}
	if page.Problems = list; next > 0 {
		page.Next = strconv.Itoa(next)
	}
	if !b.Undone.IsZero() {
		ids, err := h.People.EmptyUnits(c.R.Context(), c.Actor, b.ID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			page.Empty = append(page.Empty, p.W(chart.Name(id)))
		}
	}
	return c.RenderStatus(status, Batch(page))
}

func (h *Pages) undo(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	done, err := h.People.Undo(c.R.Context(), c.Actor, c.ID())
	if f.Take(c.P, err) {
		return h.batchWith(c, http.StatusConflict, f)
	}
	if err != nil {
		return err
	}
	at := "/imports/" + c.ID()
	if len(done.Kept) == 0 {
		return c.See(at, "撤回了：删去 %d 人，恢复 %d 人。", done.Removed, done.Restored)
	}
	return c.See(at, "撤回了：删去 %d 人，恢复 %d 人。后来改过、任过职、进过门或进了轮次的 %d 人保留不动：%s", done.Removed, done.Restored, len(done.Kept), kept(c, done.Kept))
}

// keptNames is how many of those who stayed are named.
const keptNames = 20

func kept(c *web.Ctx, names []string) string {
	if len(names) <= keptNames {
		return c.P.Join(names)
	}
	return c.P.T("%s 等", c.P.Join(names[:keptNames]))
}

func (h *Pages) closeEmpty(c *web.Ctx) error {
	n, err := h.People.CloseEmpty(c.R.Context(), c.Actor, c.ID())
	if err != nil {
		return err
	}
	return c.See("/imports/"+c.ID(), "停用了 %d 个空着的部门和小组。", n)
}

// problemsExport writes what an import left as a workbook, for who keeps the roster.
func (h *Pages) problemsExport(c *web.Ctx) error {
	b, _, err := h.People.Batch(c.R.Context(), c.Actor, c.ID())
	if err != nil {
		return err
	}
	p := &ui.Page{C: c, P: c.P}
	s, err := sheet.New(p.T("要补的"), ui.About(p, p.T("要补的"), b.File), sheet.Column{Head: p.T("行"), Wide: 8}, sheet.Column{Head: p.T("工号"), Wide: 12}, sheet.Column{Head: p.T("姓名"), Wide: 12},
		sheet.Column{Head: p.T("哪一项"), Wide: 24}, sheet.Column{Head: p.T("为什么"), Wide: 60}, sheet.Column{Head: p.T("现在"), Wide: 14})
	if err != nil {
		return err
	}
	defer s.Close()
	rows := 0
	for after, more := 0, true; more; more = after > 0 {
		list, next, err := h.People.Problems(c.R.Context(), c.Actor, b.ID, after, exportChunk)
		if err != nil {
			return err
		}
		for _, q := range list {
			if err := s.Row(strconv.Itoa(q.Row), q.No, q.Name, p.T(fieldNames[q.Field]), problemText(p, q.Text, q.Args), problemState(p, q)); err != nil {
				return err
			}
		}
		after, rows = next, rows+len(list)
	}
	if err := audit.Exported(c.R.Context(), h.DB, c.Actor, exportOfPeople, c.Actor.Scope(people.SeePeople).ID, "导入后要补的", rows); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("要补的"), s)
}

func problemState(p *ui.Page, q people.BatchProblem) string {
	switch {
	case q.Mended:
		return p.T("补上了")
	case q.Skipped:
		return p.T("没有导入")
	}
	return p.T("还空着")
}

// undoAsk says what taking the whole import back does.
func (p batchPage) undoAsk() string {
	switch t := p.Tally; {
	case t.Updated == 0:
		return p.T("整批撤回？新登记的 %d 人会删去；后来改过、任过职、进过门、进了轮次的会保留。", t.Created)
	case t.Created == 0:
		return p.T("整批撤回？更新过的 %d 人恢复原样；后来又改过的不动。", t.Updated)
	default:
		return p.T("整批撤回？新登记的 %d 人会删去，更新过的 %d 人恢复原样；后来改过、任过职、进过门、进了轮次的会保留。", t.Created, t.Updated)
	}
}
