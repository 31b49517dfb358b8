package roster

import "slices"

// captions are the texts of the first rows, merged cells spread out.
type captions struct {
	text   map[[2]int]string // by row and column
	merges []area
	width  int
}

// wideTitle is the span from which a merged cell is a title and not the head of a group of columns.
const wideTitle = 8

func newCaptions(s *sheet) *captions {
	c := &captions{text: map[[2]int]string{}}
	lowest := 0
	for i := range s.head {
		l := &s.head[i]
		lowest = l.number
		c.width = max(c.width, len(l.cells))
		for col := range l.cells {
			if l.cells[col].kind == words {
				c.text[[2]int{l.number, col}] = l.cells[col].text
			}
		}
	}
	for _, a := range s.merges {
		if a.row <= lowest {
			c.merges = append(c.merges, a)
			c.spread(a)
		}
	}
	return c
}

func (c *captions) spread(a area) {
	text := c.text[[2]int{a.row, a.col}]
	if text == "" || a.toCol-a.col >= wideTitle || a.toRow-a.row > 2 {
		return
	}
	for col := a.col + 1; col <= min(a.toCol, maxColumns-1); col++ {
		c.text[[2]int{a.row, col}] = text
		c.width = max(c.width, col+1)
	}
}

// data tells a row that cannot be a lower line of a header: it holds numbers.
func (c *captions) data(l *line) bool {
	return slices.ContainsFunc(l.cells, func(x cell) bool { return x.kind != empty && x.kind != words })
}

// bottom goes down to the end of cells that are merged over more rows than the header has.
func (c *captions) bottom(m Mapping) int {
	to := m.HeaderTo
	for _, a := range c.merges {
		if a.row >= m.HeaderFrom && a.row <= m.HeaderTo && a.toRow <= m.HeaderFrom+2 {
			to = max(to, a.toRow)
		}
	}
	return to
}

// header reads rows from to last as one; nil where they do not name a person and two more things.
func (c *captions) header(s *sheet, from, last int) *header {
	m := Mapping{Sheet: s.name, HeaderFrom: from, HeaderTo: last}
	ranks := make([]int, 0, c.width)
	for col := range c.width {
		column, rank, ok := c.column(from, last, col)
		if ok {
			column.Hidden = s.veiled[col]
			m.Columns, ranks = append(m.Columns, column), append(ranks, rank)
		}
	}
	score := m.settle(ranks)
	name := slices.IndexFunc(m.Columns, func(x Column) bool { return x.Field == Name })
	if score < 3 || name < 0 || c.person(from, last, m.Columns[name].Index) {
		return nil
	}
	return &header{m, score}
}

// person tells that a row below the first holds a name already, so that it is no lower line of the header.
func (c *captions) person(from, last, col int) bool {
	if cl, ok := claimOf(c.text[[2]int{from, col}]); !ok || cl.field != Name {
		return false
	}
	for r := from + 1; r <= last; r++ {
		if c.text[[2]int{r, col}] != "" {
			return true
		}
	}
	return false
}

func (c *captions) column(from, last, col int) (Column, int, bool) {
	top, sub := c.text[[2]int{from, col}], ""
	for r := from + 1; r <= last; r++ {
		if t := c.text[[2]int{r, col}]; t != "" {
			if sub != "" {
				top += sub
			}
			sub = t
		}
	}
	if top == "" {
		top, sub = sub, ""
	}
	if headerText(top) == "" {
		return Column{}, 0, false
	}
	cl, text, ok := claimUnder(top, sub)
	x := Column{Index: col, Letter: letter(col), Header: text, Field: cl.field}
	switch {
	case !ok:
		x.Why = whyUnknown
	case cl.field == Ignored:
		x.Why = whySerial
	}
	return x, cl.rank, true
}
