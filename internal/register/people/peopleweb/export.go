package peopleweb

import (
	"cmp"
	"strings"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/sheet"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// exportOfPeople is the list whose exports are noted.
const exportOfPeople = "people"

// exportChunk is how many people are in memory at once.
const exportChunk = 200

// export writes the list as the page filters it; what the actor may not see stays away, numbers stay masked.
func (h *Pages) export(c *web.Ctx) error {
	p := &ui.Page{C: c, P: c.P}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	f := h.filter(c)
	s, err := sheet.New(p.T("人员"), []string{p.T("人员（%s），%s 导出", h.filterWords(p, chart, f), p.P.Date(p.C.Today()))},
		sheet.Column{Head: p.T("工号"), Wide: 12}, sheet.Column{Head: p.T("姓名"), Wide: 12}, sheet.Column{Head: p.T("性别"), Wide: 6}, sheet.Column{Head: p.T("部门"), Wide: 20},
		sheet.Column{Head: p.T("工会小组"), Wide: 16}, sheet.Column{Head: p.T("岗位"), Wide: 16}, sheet.Column{Head: p.T("入会"), Wide: 10}, sheet.Column{Head: p.T("职务"), Wide: 24},
		sheet.Column{Head: p.T("用工形式"), Wide: 12}, sheet.Column{Head: p.T("入职日期"), Wide: 12}, sheet.Column{Head: p.T("出生日期"), Wide: 12}, sheet.Column{Head: p.T("电话"), Wide: 14},
		sheet.Column{Head: p.T("身份证号"), Wide: 22}, sheet.Column{Head: p.T("最后一天"), Wide: 12})
	if err != nil {
		return err
	}
	defer s.Close()
	n := 0
	for after, more := "", true; more; more = after != "" {
		l, err := h.People.List(c.R.Context(), c.Actor, f, after, exportChunk)
		if err != nil {
			return err
		}
		offices, err := h.offices(c, p, l.Rows)
		if err != nil {
			return err
		}
		for _, r := range l.Rows {
			if err := s.Row(exported(p, chart, r, offices[r.ID])...); err != nil {
				return err
			}
		}
		after, n = l.Next, n+len(l.Rows)
	}
	if err := audit.Exported(c.R.Context(), h.DB, c.Actor, exportOfPeople, c.Actor.Scope(people.SeePeople).ID, h.filterWords(ui.Chinese(c), chart, f), n); err != nil {
		return err
	}
	return ui.SendSheet(c, p.T("人员"), s)
}

func exported(p *ui.Page, chart *org.Chart, r people.Row, offices []string) []string {
	member := p.T("不是会员")
	if r.IsMember {
		member = p.T("会员")
	}
	return []string{r.No, r.Name, sexWord(p, r.Sex), p.W(chart.Name(r.Department)), p.W(chart.Name(r.Group)), r.Post, member,
		p.P.Join(offices), r.Employment, cmp.Or(r.Joined.String(), r.JoinedPart), r.Birth.String(), r.Phone, r.IDMask, r.Left.String()}
}

// filterWords name what the list was narrowed by, so that the paper says what it shows.
func (h *Pages) filterWords(p *ui.Page, chart *org.Chart, f people.Filter) string {
	var by []string
	for _, u := range []org.UnitID{f.Branch, f.Department, f.Group} {
		if n := p.W(chart.Name(u)); n != "" {
			by = append(by, n)
		}
	}
	if f.Label != "" {
		by = append(by, groupName(h.People, p, f.Label))
	}
	if f.Office != "" {
		by = append(by, officeName(h.People, p, f.Office))
	}
	if f.Text != "" {
		by = append(by, f.Text)
	}
	state := p.T("在册")
	switch {
	case f.Left:
		state = p.T("已离开")
	case f.Loose:
		state = p.T("没进小组")
	case f.Outside:
		state = p.T("没入会")
	case f.Away:
		state = p.T("没进过门")
	}
	return strings.Join(append([]string{state}, by...), " · ")
}
