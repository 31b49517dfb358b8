package safetyweb

import (
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/web"
)

// paper is 巡视检查记录表 with the fields of domain 4.4.
func (h *PatrolPages) paper(c *web.Ctx) error {
	page, err := h.record(c)
	if err != nil {
		return err
	}
	for _, year := range []int{page.On.Year(), page.On.Year() + 1} {
		all, err := h.Patrols.Reads.PatrolTargets(c.R.Context(), c.Actor.Org, page.Unit, year)
		if err != nil {
			return err
		}
		for _, t := range all { // by their due day
			if page.Next == nil && t.Place == page.Place && t.Due.After(page.On) && t.Round != record.RoundID(page.Round) {
				page.Next = &t
			}
		}
	}
	return c.Render(PatrolPaper(page))
}

// number names a record on paper: card, day, and the end of its id.
func (p patrolShowPage) number() string {
	id := string(p.ID)
	return p.Card.Code + "-" + strings.ReplaceAll(p.On.String(), "-", "") + "-" + id[max(0, len(id)-4):]
}

// kind is 定期, 节前 or 不定期.
func (p patrolShowPage) kind() string {
	switch {
	case p.Round == "":
		return p.T("不定期")
	case strings.Contains(p.About.Period, "-block-"):
		return p.T("节前")
	}
	return p.T("定期")
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

// next is the day of the next round at the place, and of which duty.
func (p patrolShowPage) next() string {
	if p.Next == nil {
		return "—"
	}
	return p.T("%s（%s到期）", p.P.Date(p.Next.Due), p.Next.DutyName)
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

func (p patrolShowPage) remark(i patrolItem) string {
	parts := []string{}
	if i.A.Note != "" {
		parts = append(parts, i.A.Note)
	}
	if n := len(i.A.Photos); n > 0 {
		parts = append(parts, p.T("%d 张照片", n))
	}
	return strings.Join(parts, " · ")
}

// finding is the figure with its limit.
func (p patrolShowPage) finding(i patrolItem) string {
	text := measured(p.Page, i.Item, i.A)
	if limit := checklist.LimitText(i.Limit); limit != "" && text != "" {
		text = p.T("%s（应 %s）", text, limit)
		if i.Unverified {
			text += p.T("，限值待核实")
		}
	}
	return text
}

func (p patrolShowPage) round() string { return forRound(p.Page, p.About.PatrolLine) }

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
