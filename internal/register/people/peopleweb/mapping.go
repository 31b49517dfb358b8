package peopleweb

import (
	"regexp"
	"strings"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// mappingPage is the second step: which column is what.
type mappingPage struct {
	*ui.Page
	importState
	Mapping  roster.Mapping
	Sheets   []ui.Option
	Fields   []ui.Option
	Examples map[int]string // the first filled cell, by column
}

// importState is what goes from step to step in the form.
type importState struct {
	File, Name, Sheet string
	Unit              org.UnitID
	UnitName          string
	Make              bool // departments that are missing
}

func (h *Pages) state(c *web.Ctx, f *web.Form, chart *org.Chart) importState {
	unit := org.UnitID(f.Text("unit"))
	return importState{File: f.Text("file"), Name: f.Text("name"), Sheet: f.Text("sheet"), Unit: unit, UnitName: c.P.W(chart.Name(unit)), Make: f.Is("make", "yes")}
}

func (h *Pages) mapping(c *web.Ctx, status int, f *web.Form) error {
	b, err := h.open(c, f.Text("file"))
	if err != nil {
		return h.back(c, f, err)
	}
	m, err := mapped(b.Book, f)
	if err != nil && f.Take(c.P, err) {
		m = b.Propose()
	} else if err != nil {
		return err
	}
	p, err := h.importFrame(c)
	if err != nil {
		return err
	}
	chart, err := h.chart(c)
	if err != nil {
		return err
	}
	p.Form, p.Back, p.NoDock = f, "/people/import", true
	page := mappingPage{Page: p, importState: h.state(c, f, chart), Mapping: m}
	page.Sheet = m.Sheet
	page.choices(b.Book)
	if page.Examples, err = examples(b.Book, m); err != nil && !f.Take(c.P, err) {
		return err
	}
	return c.RenderStatus(status, Mapping(page))
}

func (p *mappingPage) choices(b *roster.Book) {
	for _, s := range b.Sheets() {
		if s.Roster {
			p.Sheets = append(p.Sheets, ui.Option{Value: s.Name, Name: p.T("%s（%d 行）", s.Name, s.Rows)})
		}
	}
	p.Fields = []ui.Option{{Name: p.T("不导入")}}
	for _, f := range roster.Fields() {
		p.Fields = append(p.Fields, ui.Option{Value: string(f), Name: p.T(fieldNames[f])})
	}
}

// fieldNames are the meanings of columns in words.
var fieldNames = map[roster.Field]string{roster.No: "工号", roster.Name: "姓名", roster.Sex: "性别", roster.ID: "身份证号", roster.Birth: "出生日期",
	roster.Department: "部门", roster.Team: "班组（工会小组）", roster.Post: "岗位", roster.Employment: "用工形式", roster.Joined: "入职日期", roster.Member: "是不是会员",
	roster.Phone: "电话", roster.Household: "户籍", roster.Wage: "月工资", roster.ModelWorker: "劳模称号", roster.Special: "特殊工种", roster.Site: "外地项目", roster.Note: "备注"}

// examples shows the first filled cell of each column; what is sealed or P2 stays masked, also in columns that mean nothing.
func examples(b *roster.Book, m roster.Mapping) (map[int]string, error) {
	out, err := b.Samples(m)
	if err != nil {
		return nil, err
	}
	for _, c := range m.Columns {
		out[c.Index] = shownExample(c.Field, out[c.Index])
	}
	return out, nil
}

// longNumber may be an ID number, a phone or a bank card.
var longNumber = regexp.MustCompile(`[0-9][0-9 \-]{6,}[0-9Xx]`)

func shownExample(f roster.Field, v string) string {
	switch f {
	case roster.ID:
		return vault.MaskID(v)
	case roster.Phone:
		return vault.MaskPhone(v)
	case roster.Wage:
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '*'
			}
			return r
		}, v)
	case roster.No, roster.Birth, roster.Joined:
		return v
	}
	return longNumber.ReplaceAllStringFunc(v, func(s string) string { return strings.Repeat("*", len(s)) })
}
