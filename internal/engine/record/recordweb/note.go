package recordweb

import (
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

type notePage struct {
	*ui.Page
	N        record.NoteView
	Branch   kernel.Words
	Measure  kernel.Words
	Round    kernel.Words // name of the round's duty, where the reader may see whom it covers
	Did      []string     // targets of the round that it did
	There    []string
	Photos   []record.Attachment
	Signed   []record.Signature
	Trail    []audit.Entry
	Corrects bool
}

func (h *Pages) show(c *web.Ctx) error {
	page, err := h.note(c)
	if err != nil {
		return err
	}
	page.Corrects = mayCorrect(c.Actor, page.N.Note)
	page.Trail, err = audit.History(c.R.Context(), h.Read, c.Actor.Org, audit.Subject{Kind: record.KindNote, ID: string(page.N.ID)})
	if err != nil {
		return err
	}
	if c.Flash != "" { // it has just been saved, so its draft is of no use any more
		w := wish{round: record.RoundBrief{ID: page.N.Round}, old: record.NoteView{Note: record.Note{ID: page.N.Replaces}}}
		page.Done = page.DraftKey("note", w.draft())
	}
	return c.Render(Note(page))
}

// paper is the note as it is filed, on A4.
func (h *Pages) paper(c *web.Ctx) error {
	page, err := h.note(c)
	if err != nil {
		return err
	}
	return c.Render(Paper(page))
}

// note reads what page and paper show.
func (h *Pages) note(c *web.Ctx) (notePage, error) {
	ctx := c.R.Context()
	n, err := h.reads.Note(ctx, c.Actor.Scope(record.SeeNotes), record.NoteID(c.ID()))
	if err != nil {
		return notePage{}, err
	}
	p, err := h.frame.Page(c, string(n.Measure), "%s", n.Title)
	if err != nil {
		return notePage{}, err
	}
	p.Back = "/notes"
	p.Crumbs = []ui.Crumb{{Name: p.T("记录"), Href: "/notes"}, {Name: n.Title}}
	chart, err := h.Chart(ctx, c.Actor.Org)
	if err != nil {
		return notePage{}, err
	}
	page := notePage{Page: p, N: n, Branch: chart.Name(n.Unit), Measure: h.measure(n.Measure)}
	for _, x := range n.Names {
		page.There = append(page.There, x.Name)
	}
	if page.Photos, err = h.reads.Attachments(ctx, c.Actor.Org, n.Ref()); err != nil {
		return page, err
	}
	if page.Signed, err = h.reads.Signatures(ctx, c.Actor.Org, n.Ref()); err != nil {
		return page, err
	}
	return page, h.did(c, &page, chart)
}

// did names what the note did of its round, for who may read it.
func (h *Pages) did(c *web.Ctx, p *notePage, chart *org.Chart) error {
	if p.N.Round == "" {
		return nil
	}
	b, err := h.Rounds.Brief(c.R.Context(), c.Actor, p.N.Round)
	if k := kernel.KindOf(err); err != nil && (k == kernel.Forbidden || k == kernel.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Round = b.Name
	var refs []record.Ref
	for _, t := range b.Targets {
		if t.Proof == p.N.Ref() {
			refs = append(refs, t.Ref)
		}
	}
	names, err := h.Names(c, refs)
	for _, r := range refs {
		p.Did = append(p.Did, names[r])
	}
	return err
}

// mayCorrect offers what record.Write will allow: the writer and the chair, on the newest version.
func mayCorrect(a authz.Actor, n record.Note) bool {
	return n.ReplacedBy == "" && a.May(record.WriteNotes) && (string(n.By) == a.Person || a.HoldsAt(authz.Chair, string(n.Unit)))
}

func (h *Pages) measure(m catalogue.Measure) kernel.Words {
	for _, i := range h.Catalogue.Measures {
		if i.Key == m {
			return i.Name
		}
	}
	return kernel.Words{}
}

type listPage struct {
	*ui.Page
	Unit     org.UnitID
	Branch   kernel.Words
	Query    string
	Measure  catalogue.Measure
	Measures []catalogue.MeasureInfo
	Year     int
	Years    []int
	Rows     []record.NoteRow
	Next     string
}

// listMost is one page of notes, yearsBack how many years the filter offers.
const (
	listMost  = 30
	yearsBack = 3
)

func (h *Pages) list(c *web.Ctx) error {
	p, err := h.frame.Page(c, "notes", "记录")
	if err != nil {
		return err
	}
	page, f, err := h.readList(c, p)
	if err != nil {
		return err
	}
	if f.After, err = db.ParseCursor(c.Query("after"), "ds"); err != nil {
		return err
	}
	if page.Rows, err = h.reads.Notes(c.R.Context(), c.Actor.Scope(record.SeeNotes), f); err != nil {
		return err
	}
	if len(page.Rows) > listMost {
		page.Rows = page.Rows[:listMost]
		page.Next = page.Rows[listMost-1].Key().Cursor()
	}
	return c.Render(List(page))
}

// readList reads what the list is asked for, and whose it is.
func (h *Pages) readList(c *web.Ctx, p *ui.Page) (listPage, record.NoteFilter, error) {
	now := c.Today().Year()
	page := listPage{Page: p, Measures: h.Catalogue.Measures, Year: c.Int("year", 0, 0, now), Query: c.Query("q")}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return page, record.NoteFilter{}, err
	}
	if page.Unit, err = chart.Shown(c.Actor.Scope(record.SeeNotes), c.Branch()); err != nil {
		return page, record.NoteFilter{}, err
	}
	page.Branch = chart.Name(page.Unit)
	if m := catalogue.Measure(c.Query("measure")); slices.ContainsFunc(h.Catalogue.Measures, func(i catalogue.MeasureInfo) bool { return i.Key == m }) {
		page.Measure = m
	}
	for y := now; y >= now-yearsBack; y-- {
		page.Years = append(page.Years, y)
	}
	f := record.NoteFilter{Unit: page.Unit, Measure: page.Measure, Year: page.Year, Limit: listMost + 1}
	if page.Query != "" {
		f.IDs, err = h.Find(c.R.Context(), c.Actor, page.Query)
	}
	return page, f, err
}

// measure is the name of a note's measure.
func (p listPage) measure(n record.NoteRow) kernel.Words {
	for _, m := range p.Measures {
		if m.Key == n.Measure {
			return m.Name
		}
	}
	return kernel.Words{}
}

// filtered tells that the list is not the whole.
func (p listPage) filtered() bool { return p.Query != "" || p.Measure != "" || p.Year != 0 }
