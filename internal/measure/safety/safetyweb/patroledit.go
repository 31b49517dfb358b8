package safetyweb

import (
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
	Began  bool     // by the person, who may then choose the other one
	Signed []string // who has signed the content as it is stored
	Thumbs map[string]string
}

type patrolItem struct {
	checklist.Item
	A      checklist.Answer
	Hazard *safety.PatrolHazard // that was raised from it
}

// edit opens the card where it was left; a finished one opens as its record.
func (h *PatrolPages) edit(c *web.Ctx) error {
	sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, checklist.RunID(c.ID()))
	if k := kernel.KindOf(err); err != nil && (k == kernel.Conflict || k == kernel.Gone) {
		return c.See(patrolAt(c.ID(), ""), "")
	}
	if err != nil {
		return err
	}
	return h.card(c, http.StatusOK, web.NewForm(), sheet, sheet.Run.Draft)
}

// again shows the card with what was typed and the sentences at its fields.
func (h *PatrolPages) again(c *web.Ctx, f *web.Form, d checklist.Draft) error {
	sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, d.ID)
	if err != nil {
		return err
	}
	return h.card(c, http.StatusUnprocessableEntity, f, sheet, d)
}

func (h *PatrolPages) card(c *web.Ctx, status int, f *web.Form, sheet safety.Sheet, d checklist.Draft) error {
	p, err := h.Frame.Page(c, "patrols", "%s", sheet.Place.Name)
	if err != nil {
		return err
	}
	p.Form, p.NoDock, p.Back = f, true, patrolAt(c.ID(), "")
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.Title}}
	acknowledge(p)
	page := patrolEditPage{Page: p, Sheet: sheet, Draft: d, Began: sheet.Run.By == people.ID(c.Actor.Person)}
	if page.About, err = h.Patrols.Reads.PatrolAbout(c.R.Context(), c.Actor.Org, sheet.ID); err != nil {
		return err
	}
	if page.Thumbs, err = h.thumbs(c, sheet.ID); err != nil {
		return err
	}
	page.fill()
	return c.RenderStatus(status, PatrolCard(page))
}

// fill puts the items in the order of the card: those of this visit, and those that are answered already.
func (p *patrolEditPage) fill() {
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
		if asked || given(item.A) {
			p.Items = append(p.Items, item)
		}
	}
	for _, s := range (safety.Patrol{Run: p.Run, Signatures: p.About.Signatures}).Standing() {
		p.Signed = append(p.Signed, p.About.Names[s.Person])
	}
}

func given(a checklist.Answer) bool {
	return a.Verdict != checklist.Undecided || a.Number != "" || !a.Dated.IsZero() || a.Note != "" || len(a.Photos) > 0
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

func (p patrolEditPage) version() string { return strconv.Itoa(p.Run.Version) }

// dueHint is which round the card is for.
func (p patrolEditPage) dueHint() string { return forRound(p.Page, p.About.PatrolLine) }

func (i patrolItem) id() string { return "i-" + i.Code }

func (i patrolItem) is(v string) bool { return string(i.A.Verdict) == v }

// limit is the words beside a figure: 米 · 应 ≥ 0.5.
func (i patrolItem) limit(p *ui.Page) string {
	if text := checklist.LimitText(i.Limit); text != "" {
		return p.T("应 %s", text)
	}
	return strings.TrimPrefix(i.Limit.Unit+" · "+p.T("按现场标牌"), " · ")
}

func (i patrolItem) key() bool { return i.Severity == "K" }

const savedCookie = "xj_kept"

// keepDone remembers for one page that the server has what this device holds as a draft.
func keepDone(c *web.Ctx, draft string) {
	http.SetCookie(c.W, &http.Cookie{Name: savedCookie, Value: strings.ReplaceAll(draft, "/", "."), Path: "/safety", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
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

func (p patrolEditPage) answered() string {
	n := 0
	for _, i := range p.Items {
		if i.A.Verdict != checklist.Undecided || i.A.Number != "" || !i.A.Dated.IsZero() {
			n++
		}
	}
	return strconv.Itoa(n)
}

// dateLabel says which of a paper's days is asked.
func (i patrolItem) dateLabel(p *ui.Page) string {
	if i.ValidMonths > 0 {
		return p.T("证上的日期（管 %d 个月）", i.ValidMonths)
	}
	return p.T("有效期到哪天")
}
