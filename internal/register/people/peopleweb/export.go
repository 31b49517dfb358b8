package peopleweb

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// exportOfPeople is the list whose exports are noted.
const exportOfPeople = "people"

// exportChunk is how many people are in memory at once.
const exportChunk = 200

// sheet writes a workbook row by row. Every cell is text, so that no office program counts with a number or runs a formula.
type sheet struct {
	book *excelize.File
	out  *excelize.StreamWriter
	text int // the style of text
	row  int
}

func newSheet(name string, widths ...float64) (*sheet, error) {
	s := &sheet{book: excelize.NewFile()}
	if err := s.book.SetSheetName("Sheet1", name); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	format := "@"
	var err error
	if s.text, err = s.book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	if s.out, err = s.book.NewStreamWriter(name); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	for i, w := range widths {
		if err := s.out.SetColWidth(i+1, i+1, w); err != nil {
			return nil, fmt.Errorf("export: %w", err)
		}
	}
	return s, nil
}

func (s *sheet) put(cells ...string) error {
	s.row++
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = excelize.Cell{StyleID: s.text, Value: c}
	}
	if err := s.out.SetRow(fmt.Sprintf("A%d", s.row), row); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *sheet) send(c *web.Ctx, name string) error {
	if err := s.out.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	c.Attach(name+"-"+c.Today().String()+".xlsx", xlsx)
	if err := s.book.Write(c.W); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// export writes the list as the page filters it; what the actor may not see stays away, numbers stay masked.
func (h *Pages) export(c *web.Ctx) error {
	p := &ui.Page{C: c, P: c.P}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	s, err := newSheet(c.P.T("人员"), 12, 12, 6, 20, 16, 16, 10, 24, 12, 12, 12, 14, 22, 12)
	if err != nil {
		return err
	}
	defer s.book.Close() // a closed book tells nothing new
	f := h.filter(c)
	if err := s.put(p.T("人员（%s），%s 导出", h.filterWords(p, chart, f), p.P.Date(p.C.Today()))); err != nil {
		return err
	}
	if err := s.put(c.P.T("工号"), c.P.T("姓名"), c.P.T("性别"), c.P.T("部门"), c.P.T("工会小组"), c.P.T("岗位"), c.P.T("入会"), c.P.T("职务"),
		c.P.T("用工形式"), c.P.T("入职日期"), c.P.T("出生日期"), c.P.T("电话"), c.P.T("身份证号"), c.P.T("最后一天")); err != nil {
		return err
	}
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
			if err := s.put(exported(p, chart, r, offices[r.ID])...); err != nil {
				return err
			}
		}
		after, n = l.Next, n+len(l.Rows)
	}
	zh := &ui.Page{C: c, P: &i18n.Printer{Lang: i18n.Zh}} // the history is kept in Chinese
	if err := audit.Exported(c.R.Context(), h.DB, c.Actor, exportOfPeople, c.Actor.Scope(people.SeePeople).ID, h.filterWords(zh, chart, f), n); err != nil {
		return err
	}
	return s.send(c, c.P.T("人员"))
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
