package safetyweb

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

type patrolEditPage struct {
	*ui.Page
	safety.Sheet
	About  safety.PatrolAbout
	Draft  checklist.Draft // what the fields hold
	Items  []patrolItem
	Lacks  []lack   // what is missing before the first signature, where it was asked
	Began  bool     // by the person, who may then choose the other one
	Signed []string // who has signed the content as it is stored
	Thumbs map[string]string
	keeps  func(hash string) string // names a picture in the form
	Stored bool                     // the fields hold what is stored; else what was sent and refused
}

type patrolItem struct {
	checklist.Item
	A        checklist.Answer
	Hazard   *safety.PatrolHazard // that was raised from it
	Complete bool                 // nothing is missing here
}

// lacksShown keeps the list of what is missing within a phone's screen; a card that is hardly begun lacks everything.
const lacksShown = 8

// lack is one thing that is missing, with the place on the page where it is filled in.
type lack struct{ Item, Code, Text string }

// edit opens the card where it was left; a finished one opens as its record.
func (h *PatrolPages) edit(c *web.Ctx) error {
	sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, checklist.RunID(c.ID()))
	if k := kernel.KindOf(err); err != nil && (k == kernel.Conflict || k == kernel.Gone) {
		return c.See(patrolAt(c.ID(), ""), "")
	}
	if err != nil {
		return err
	}
	p, err := h.card(c, web.NewForm(), sheet, sheet.Run.Draft)
	if err != nil {
		return err
	}
	p.Stored = true
	acknowledge(p.Page)
	p.check(c.Query("check"))
	return c.Render(PatrolCard(p))
}

// again shows the card as it was sent, where nothing of it could be stored.
func (h *PatrolPages) again(c *web.Ctx, f *web.Form, d checklist.Draft) error {
	sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, d.ID)
	if err != nil {
		return err
	}
	p, err := h.card(c, f, sheet, d)
	if err != nil {
		return err
	}
	return c.RenderStatus(http.StatusUnprocessableEntity, PatrolCard(p))
}

// storedBut shows the card as it is stored now, with the sentences about what could not be taken.
func (h *PatrolPages) storedBut(c *web.Ctx, f *web.Form) error {
	sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, checklist.RunID(c.ID()))
	if err != nil {
		return err
	}
	p, err := h.card(c, f, sheet, sheet.Run.Draft)
	if err != nil {
		return err
	}
	p.Stored, p.Done = true, h.draftKey(c)
	return c.RenderStatus(http.StatusUnprocessableEntity, PatrolCard(p))
}

func (h *PatrolPages) card(c *web.Ctx, f *web.Form, sheet safety.Sheet, d checklist.Draft) (patrolEditPage, error) {
	p, err := h.Frame.Page(c, "patrols", "%s", sheet.Place.Name)
	page := patrolEditPage{Page: p, Sheet: sheet, Draft: d, Began: sheet.Run.By == people.ID(c.Actor.Person)}
	if err != nil {
		return page, err
	}
	p.Form, p.NoDock, p.Back = f, true, patrolAt(c.ID(), "")
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.Title}}
	if page.About, err = h.Patrols.Reads.PatrolAbout(c.R.Context(), c.Actor.Org, sheet.ID); err != nil {
		return page, err
	}
	if page.Thumbs, err = h.thumbs(c, sheet.ID); err != nil {
		return page, err
	}
	page.keeps = func(hash string) string {
		if page.Thumbs[hash] != "" {
			return hash
		}
		return h.handed(c, hash)
	}
	return page, page.fill()
}

// fill puts the items in the order of the card: those of this visit, and those that are answered already.
func (p *patrolEditPage) fill() error {
	shown := p.Sheet
	shown.Run.Draft = p.Draft
	var lacks kernel.Problems
	if err := shown.Lacks(); err != nil && !errors.As(err, &lacks) {
		return err
	}
	for _, i := range p.Card.Items {
		k := slices.IndexFunc(p.Draft.Answers, func(a checklist.Answer) bool { return a.Item == i.Code })
		asked := slices.ContainsFunc(p.Asked, func(x checklist.Item) bool { return x.Code == i.Code })
		item := patrolItem{Item: i}
		if k >= 0 {
			item.A = p.Draft.Answers[k]
		}
		if hz, ok := p.About.Hazards[i.Code]; ok {
			item.Hazard = &hz
		}
		if !asked && !given(item.A) {
			continue
		}
		n := slices.IndexFunc(lacks, func(e *kernel.Error) bool { return e.Field == i.Code })
		if item.Complete = n < 0; !item.Complete && item.A.Typed != "" { // kept as typed: the sentence belongs to it at once
			p.Form.Errs[i.Code] = p.P.Err(lacks[n])
		}
		p.Items = append(p.Items, item)
	}
	for _, s := range (safety.Patrol{Run: p.Run, Signatures: p.About.Signatures}).Standing() {
		p.Signed = append(p.Signed, p.About.Names[s.Person])
	}
	return nil
}

// check says what is missing: everywhere after 去签名, at one item after 现在就报.
func (p *patrolEditPage) check(what string) {
	var lacks kernel.Problems
	switch what {
	case "":
		return
	case "all":
		if !errors.As(p.Sheet.Lacks(), &lacks) {
			return
		}
	default:
		err := safety.Reportable(p.Run, p.Card, what)
		var one *kernel.Error
		if !errors.As(err, &lacks) && errors.As(err, &one) {
			lacks = kernel.Problems{one}
		}
	}
	for _, e := range lacks {
		p.Form.Errs[e.Field] = p.P.Err(e)
		if what == "all" {
			p.Lacks = append(p.Lacks, p.lack(e))
		}
	}
}

func (p *patrolEditPage) lack(e *kernel.Error) lack {
	if e.Field == "with" {
		return lack{Item: "team", Text: p.P.Err(e)}
	}
	return lack{Item: patrolItem{Item: checklist.Item{Code: e.Field}}.id(), Code: e.Field, Text: p.P.Err(e)}
}

func given(a checklist.Answer) bool {
	return a.Verdict != checklist.Undecided || a.Number != "" || a.Typed != "" || !a.Dated.IsZero() || a.Note != "" || len(a.Photos) > 0
}

// thumbs finds the small picture of each big one of a patrol.
func (h *PatrolPages) thumbs(c *web.Ctx, id checklist.RunID) (map[string]string, error) {
	all, err := h.Attachments(c.R.Context(), c.Actor.Org, id.Ref())
	out := map[string]string{}
	for _, a := range all {
		out[a.Hash] = a.Thumb
	}
	return out, err
}

// thumbHref is the address of a picture's small form; of one that was sent a moment ago only the big form is known.
func thumbHref(thumbs map[string]string, hash string) string {
	if t := thumbs[hash]; t != "" {
		return "/f/" + t
	}
	return "/f/" + hash
}

// other is the name of the one who inspects with the reader.
func (p patrolEditPage) other() string {
	if !p.Began {
		return p.About.By
	}
	i := slices.IndexFunc(p.Partners, func(m people.Mandate) bool { return m.Person == p.Draft.With })
	if i >= 0 {
		return p.Partners[i].Name
	}
	return p.About.Names[p.Draft.With]
}

// leaders is who may lead: the one who began, and the other one.
func (p patrolEditPage) leaders() []people.Mandate {
	with := p.About.Names[p.Draft.With]
	if i := slices.IndexFunc(p.Partners, func(m people.Mandate) bool { return m.Person == p.Draft.With }); with == "" && i >= 0 {
		with = p.Partners[i].Name
	}
	return []people.Mandate{{Person: p.Run.By, Name: p.About.By}, {Person: p.Draft.With, Name: with}}
}

func (p patrolEditPage) version() string { return strconv.Itoa(p.Run.Version) }

const savedCookie = "xj_kept"

// keepDone remembers for one page that the server has what this device holds as a draft.
func keepDone(c *web.Ctx, draft string) {
	http.SetCookie(c.W, &http.Cookie{Name: savedCookie, Value: strings.ReplaceAll(draft, "/", "."), Path: "/safety", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
}

// acknowledge lets the device forget the draft that keepDone was told of.
func acknowledge(p *ui.Page) {
	k, err := p.C.R.Cookie(savedCookie)
	if err != nil || !strings.HasPrefix(k.Value, p.C.Actor.Account+".") {
		return
	}
	p.Done = strings.ReplaceAll(k.Value, ".", "/")
	http.SetCookie(p.C.W, &http.Cookie{Name: savedCookie, Path: "/safety", MaxAge: -1})
}

func (p patrolEditPage) count() string { return strconv.Itoa(len(p.Items)) }

func (p patrolEditPage) complete() string {
	n := 0
	for _, i := range p.Items {
		if i.Complete {
			n++
		}
	}
	return strconv.Itoa(n)
}

// unverified tells whether the card asks something that no published rule confirms.
func (p patrolEditPage) unverified() bool {
	return slices.ContainsFunc(p.Items, func(i patrolItem) bool { return i.Unverified })
}
