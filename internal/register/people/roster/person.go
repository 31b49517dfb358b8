package roster

import "strings"

// person reads one line. The order matters: the ID number comes first, because it can confirm the birth and the sex.
func (r *reader) person(l *line) Row {
	row := Row{Number: l.number, Hidden: l.hidden}
	r.name(l, &row)
	r.idNumber(l, &row)
	r.duplicates(&row)
	r.sex(l, &row)
	r.birth(l, &row)
	r.unit(l, &row)
	row.Post = r.shared(l, Post)
	row.Employment = r.shared(l, Employment)
	row.Household = r.shared(l, Household)
	r.joinedOn(l, &row)
	r.member(l, &row)
	r.phone(l, &row)
	r.wage(l, &row)
	row.Special = r.joined(l, Special, "、")
	row.Note = r.joined(l, Note, ";")
	if s := r.shared(l, ModelWorker); !nothing(s) {
		row.ModelWorker = s
	}
	return row
}

const absent = "是空的，请补上"

func (r *reader) name(l *line, row *Row) {
	if c, ok := r.column(No); ok {
		if row.No = CleanNo(text(l.at(c.Index))); row.No == "" {
			row.report(c, Missing, absent)
		}
	}
	c, _ := r.column(Name)
	if row.Name = CleanName(text(l.at(c.Index))); row.Name == "" {
		row.report(c, Missing, absent)
	}
}

func (r *reader) duplicates(row *Row) {
	first := 0
	if c, ok := r.column(No); ok && row.No != "" {
		first = r.twice(c, row, "no:"+strings.ToUpper(row.No), "和第 %d 行的工号相同", 0)
	}
	if c, ok := r.column(ID); ok && row.IDWritten != "" {
		r.twice(c, row, "id:"+string(row.IDWritten), "和第 %d 行的身份证号相同", first)
	}
}

// twice reports a number that an earlier row has, unless that row is known to be the same already.
func (r *reader) twice(c Column, row *Row, key, text string, known int) int {
	n, ok := r.seen[key]
	if !ok {
		r.seen[key] = row.Number
		return 0
	}
	if n != known {
		row.report(c, Duplicate, text, n)
	}
	return n
}

// sex comes from the sheet; where the cell is empty a checked number states it by its 17th digit.
func (r *reader) sex(l *line, row *Row) {
	byNumber := row.IDNumber.Sex()
	c, ok := r.column(Sex)
	if !ok {
		row.Sex = byNumber
		return
	}
	s := text(l.at(c.Index))
	row.Sex = sexOf(s)
	switch {
	case s == "" && byNumber != "":
		row.Sex = byNumber
	case s == "":
		row.report(c, Missing, absent)
	case row.Sex == "":
		row.report(c, Missing, "写的是“%s”，应为“男”或“女”", shorten(s))
	case byNumber != "" && byNumber != row.Sex:
		row.report(c, CheckDigit, "写的是“%s”，而身份证号第 17 位表示“%s”，请核对", row.Sex, byNumber)
	}
}

func (r *reader) unit(l *line, row *Row) {
	row.Department = r.shared(l, Department)
	row.Team = r.shared(l, Team)
	r.site(l, row)
	c, ok := r.column(Department)
	switch {
	case !ok:
	case row.Department == "":
		row.report(c, Missing, absent)
	case r.opt.Known != nil && !r.opt.Known(row.Department, row.Team):
		row.report(c, UnknownUnit, "系统里没有“%s”，请先建立或改成已有的名称", strings.Trim(row.Department+"/"+row.Team, "/"))
	}
}

// site has a column of its own, or is the team of those whose department is away: offices write the project there.
func (r *reader) site(l *line, row *Row) {
	if _, ok := r.column(Site); ok {
		if s := r.shared(l, Site); !nothing(s) {
			row.Site = s
		}
		return
	}
	away := strings.Contains(row.Department, "外地") || strings.Contains(row.Department, "外派")
	if away || strings.HasSuffix(row.Team, "项目部") || strings.HasSuffix(row.Team, "工地") {
		row.Site = row.Team
	}
}

func (r *reader) member(l *line, row *Row) {
	c, ok := r.column(Member)
	if !ok {
		return
	}
	s := text(l.at(c.Index))
	is, ok := yes(s)
	if !ok {
		row.report(c, Missing, "写的是“%s”，应为“是”或“否”", shorten(s))
		return
	}
	row.Member = &is
}

func (r *reader) phone(l *line, row *Row) {
	c, ok := r.column(Phone)
	s := text(r.cell(l, Phone))
	if !ok || nothing(s) {
		return
	}
	n, ok := ReadPhone(s)
	if !ok {
		row.report(c, BadPhone, "不是一个电话号码：手机应为 11 位，座机应带区号，一格只写一个")
		return
	}
	row.Phone = n
}

func (r *reader) wage(l *line, row *Row) {
	c, ok := r.column(Wage)
	x := r.cell(l, Wage)
	if !ok || x.kind != number && nothing(text(x)) {
		return
	}
	m, ok := readWage(x, wageScale(c.Header))
	if !ok {
		row.report(c, Missing, "读不出金额，请只写数字")
		return
	}
	row.WageFen, row.HasWage = m, true
}

// shorten keeps a sentence readable whatever a cell holds.
func shorten(s string) string {
	r := []rune(s)
	if len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
