package safetyweb

import (
	"slices"
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
)

// paper is 巡视检查记录表 with the fields of domain 4.4.
func (h *PatrolPages) paper(c *web.Ctx) error {
	page, err := h.onForm(c)
	if err != nil {
		return err
	}
	return c.Render(PatrolPaper(page))
}

// paperWord is the same form as a Word file.
func (h *PatrolPages) paperWord(c *web.Ctx) error {
	page, err := h.onForm(c)
	if err != nil {
		return err
	}
	return ui.SendWord(c, c.P.T("巡视检查记录表")+"-"+page.number(), PatrolPaper(page), h.Picture.of(c))
}

func (h *PatrolPages) onForm(c *web.Ctx) (patrolShowPage, error) {
	page, err := h.record(c)
	if err != nil {
		return page, err
	}
	if page.Next, err = h.Patrols.Reads.NextPatrol(c.R.Context(), c.Actor.Org, page.Run); err != nil {
		return page, err
	}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return page, err
	}
	page.Company = chart.Company().Name
	if place, ok := chart.Place(page.Place); ok {
		page.Owner = chart.Name(place.Owner)
	}
	return page, nil
}

// reportedTo is the union and the administration (domain 4.4), and who answers for the place.
func (p patrolShowPage) reportedTo() string {
	if p.Owner == (kernel.Words{}) {
		return p.T("%s；安环部门", p.Company)
	}
	return p.T("%s；安环部门；%s（场所负责单位）", p.Company, p.Owner)
}

// number names a record on paper: card, day, and the end of its id.
func (p patrolShowPage) number() string {
	id := string(p.ID)
	return p.Card.Code + "-" + strings.ReplaceAll(p.On.String(), "-", "") + "-" + id[max(0, len(id)-4):]
}

// kind is 定期, 节前, both, or 不定期.
func (p patrolShowPage) kind() string {
	out := []string{}
	for _, r := range p.About.Did {
		word := p.T("定期")
		if strings.Contains(r.Period, "-block-") {
			word = p.T("节前")
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	if len(out) == 0 {
		return p.T("不定期")
	}
	return p.P.Join(out)
}

// hours is the day with the time from the first entry to the second signature.
func (p patrolShowPage) hours() string {
	text := p.P.Date(p.On)
	if p.Started.Date() == p.On {
		text += " " + clock(p.Started)
	}
	if p.SignedAt.Date() == p.On {
		text += "–" + clock(p.SignedAt)
	}
	return text
}

// signedAs is the standing signature in an office, nil where it is still missing.
func (p patrolShowPage) signedAs(o authz.Office) *record.Signature {
	for _, s := range p.Standing() {
		if s.Office == o {
			return &s
		}
	}
	return nil
}

// next is the day of the next round of this card at the place, and of which duty.
func (p patrolShowPage) next() string {
	if p.Next == nil {
		return "—"
	}
	return p.T("%s（%s）", p.P.Date(p.Next.Due), roundWords(p.Page, p.Next.DutyName, p.Next.Period))
}

// onPaper is the answers in the order of the card, as the form has them.
func (p patrolShowPage) onPaper() []patrolItem {
	var out []patrolItem
	for _, i := range p.Card.Items {
		for _, x := range p.Items {
			if x.Code == i.Code {
				out = append(out, x)
			}
		}
	}
	return out
}

// problems are the failed items with the numbers of their hazards.
func (p patrolShowPage) problems() []string {
	var out []string
	for _, i := range p.of(checklist.Fail) {
		text := i.Code + " " + p.W(i.Text)
		if i.A.Note != "" {
			text += " · " + i.A.Note
		}
		if i.Hazard != nil {
			text += " → " + p.T("隐患 %s", i.Hazard.No)
		}
		out = append(out, text)
	}
	return out
}

// finding is the figure with its limit.
func (p patrolShowPage) finding(i patrolItem) string {
	text := measured(p.Page, i.Item, i.A)
	if limit := checklist.LimitText(i.Limit); limit != "" && text != "" {
		text = p.T("%s（应 %s）", text, limit)
	}
	return text
}

// rounds are those that the patrol did, each with its period.
func (p patrolShowPage) roundsDone() string {
	var out []string
	for _, r := range p.About.Did {
		text := roundWords(p.Page, r.Duty, r.Period)
		if n := r.Late(); n > 0 {
			text = p.T("%s（%s）", text, p.T("晚 %d 天", n))
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return p.T("临时巡视，不属于哪一轮")
	}
	return strings.Join(out, "；")
}

// starred tells whether the paper needs its footnote.
func (p patrolShowPage) starred() bool {
	return slices.ContainsFunc(p.Items, func(i patrolItem) bool { return i.Unverified })
}

// print is the fingerprint of the content, in groups that an eye can compare.
func (p patrolShowPage) print() string {
	var parts []string
	for i := 0; i+4 <= min(16, len(p.Content)); i += 4 {
		parts = append(parts, p.Content[i:i+4])
	}
	return strings.Join(parts, " ")
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
