package roster

import (
	"slices"

	"xiaojia/internal/kernel"
)

// Read gives the people below the header one by one, in the order of the sheet, with the memory of one row (and of
// the numbers seen, for duplicates). It ends early, without an error, when yield returns false.
func (b *Book) Read(m Mapping, opt Options, yield func(Row) bool) (Tally, error) {
	s, err := b.check(m)
	if err != nil {
		return Tally{}, err
	}
	r := newReader(b, s, m, opt)
	err = b.read(s, visitor{line: func(l *line) error {
		if l.number <= m.HeaderTo {
			return nil
		}
		if why, skip := r.noPerson(l); skip {
			r.skip(l.number, why)
			return nil
		}
		if r.tally.People >= b.lim.Rows {
			return tooLarge("名册超过 %d 人。请按部门分成几个文件导入", b.lim.Rows)
		}
		r.tally.People++
		if l.hidden {
			r.tally.Hidden++
		}
		if !yield(r.person(l)) {
			return errStop
		}
		return nil
	}})
	return r.tally, err
}

// check refuses a mapping that a form has damaged.
func (b *Book) check(m Mapping) (*sheet, error) {
	s := b.sheet(m.Sheet)
	if s == nil {
		return nil, kernel.Wrong("sheet", "工作簿里没有叫“%s”的表", m.Sheet)
	}
	taken := map[Field]bool{}
	for _, c := range m.Columns {
		switch {
		case c.Field == Ignored:
			continue
		case !slices.Contains(Fields(), c.Field) || c.Index < 0 || c.Index >= maxColumns:
			return nil, kernel.Wrong("columns", "%s 列选的内容不认识", letter(max(c.Index, 0)))
		case taken[c.Field] && !several(c.Field):
			return nil, kernel.Wrong("columns", "“%s”和另一列选了同样的内容，请只留一列", c.Header)
		}
		taken[c.Field] = true
	}
	if !taken[Name] {
		return nil, kernel.Wrong("columns", "请指出哪一列是姓名")
	}
	return s, nil
}

// reader turns lines into rows; it remembers the numbers seen and the row above.
type reader struct {
	book  *Book
	opt   Options
	cols  map[Field][]Column
	fill  *filler
	seen  map[string]int // a staff or ID number and the row that had it first
	above map[int]string // the last text of a column, for "as above"
	tally Tally
}

func newReader(b *Book, s *sheet, m Mapping, opt Options) *reader {
	r := &reader{
		book: b, opt: opt, cols: map[Field][]Column{}, fill: newFiller(s, m.HeaderTo),
		seen: map[string]int{}, above: map[int]string{},
	}
	for _, c := range m.Columns {
		if c.Field != Ignored {
			r.cols[c.Field] = append(r.cols[c.Field], c)
		}
	}
	return r
}

// column is the one column of a field.
func (r *reader) column(f Field) (Column, bool) {
	if len(r.cols[f]) == 0 {
		return Column{}, false
	}
	return r.cols[f][0], true
}

func (r *reader) cell(l *line, f Field) cell {
	c, ok := r.column(f)
	if !ok {
		return cell{}
	}
	return l.at(c.Index)
}

// text is a cell as one clean line; numbers as people see them, faults of a formula as nothing.
func text(c cell) string {
	switch c.kind {
	case number:
		return shortest(c.text)
	case fault:
		return ""
	}
	return cleanText(c.text)
}

// shared is the text of a column whose cells may be merged over several people or say "as above".
func (r *reader) shared(l *line, f Field) string {
	c, ok := r.column(f)
	if !ok {
		return ""
	}
	s := text(r.fill.value(l, c.Index))
	if ditto(s) {
		return r.above[c.Index]
	}
	r.above[c.Index] = s
	return s
}

// joined is the text of all columns of a field.
func (r *reader) joined(l *line, f Field, between string) string {
	out := ""
	for _, c := range r.cols[f] {
		s := text(r.fill.value(l, c.Index))
		switch {
		case f != Note && nothing(s) || s == "":
		case out == "":
			out = s
		default:
			out += between + s
		}
	}
	return out
}
