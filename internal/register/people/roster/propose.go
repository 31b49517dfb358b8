package roster

import (
	"cmp"
	"slices"
)

// Mapping says where the roster stands and what its columns mean. It is plain data: a form may carry it,
// and a person may change any Field in it.
type Mapping struct {
	Sheet      string   `json:"sheet"`
	HeaderFrom int      `json:"header_from"` // first and last row of the header
	HeaderTo   int      `json:"header_to"`
	Columns    []Column `json:"columns"`
}

// Column is one column of the sheet. Why is a Chinese phrase (and translation key) for an Ignored one.
type Column struct {
	Index  int    `json:"index"` // from 0
	Letter string `json:"letter"`
	Header string `json:"header"`
	Field  Field  `json:"field"`
	Hidden bool   `json:"hidden,omitempty"`
	Why    string `json:"why,omitempty"`
}

const (
	whySerial  = "序号,不导入"
	whyUnknown = "花名册不需要这一列,或认不出表头"
	whySecond  = "另一列更合适"
)

// header is a candidate: the mapping and how many fields it has.
type header struct {
	mapping Mapping
	score   int
}

// Propose is the mapping of the sheet that looks most like a roster.
func (b *Book) Propose() Mapping { return b.best().header.mapping.clone() }

// ProposeSheet is the mapping of one sheet; false where the sheet is not there or has no header.
func (b *Book) ProposeSheet(name string) (Mapping, bool) {
	s := b.sheet(name)
	if s == nil || s.header == nil {
		return Mapping{}, false
	}
	return s.header.mapping.clone(), true
}

func (m Mapping) clone() Mapping {
	m.Columns = slices.Clone(m.Columns)
	return m
}

// best prefers visible sheets, then many fields and, up to twenty, many rows: a sample of one row has the same header.
func (b *Book) best() *sheet {
	weight := func(s *sheet) int {
		w := s.header.score * s.header.score * (1 + min(s.filled, 20))
		if s.hidden {
			return w
		}
		return w + 1_000_000
	}
	var best *sheet
	for _, s := range b.sheets {
		if s.header != nil && (best == nil || weight(s) > weight(best)) {
			best = s
		}
	}
	return best
}

// findHeader tries every row, alone and with one or two rows below it, and keeps the one that names most fields.
func (s *sheet) findHeader() *header {
	top := newCaptions(s)
	var best *header
	for i := range s.head {
		for depth := 1; depth <= 3 && i+depth <= len(s.head); depth++ {
			last := &s.head[i+depth-1]
			if last.number != s.head[i].number+depth-1 || depth > 1 && top.data(last) {
				break
			}
			h := top.header(s, s.head[i].number, last.number)
			if h != nil && (best == nil || h.score > best.score || h.score == best.score && h.depth() < best.depth()) {
				best = h
			}
		}
	}
	if best != nil {
		best.mapping.HeaderTo = top.bottom(best.mapping)
	}
	return best
}

func (h *header) depth() int { return h.mapping.HeaderTo - h.mapping.HeaderFrom }

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
	if score < 3 || !slices.ContainsFunc(m.Columns, func(x Column) bool { return x.Field == Name }) {
		return nil
	}
	return &header{m, score}
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

// settle leaves each field to one column, the surest and then the leftmost; remarks and special jobs may have several.
// It returns the number of fields.
func (m *Mapping) settle(ranks []int) int {
	order := make([]int, len(ranks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
	taken := map[Field]bool{}
	for _, i := range order {
		x := &m.Columns[i]
		if x.Field == Ignored {
			continue
		}
		if taken[x.Field] && !several(x.Field) {
			x.Field, x.Why = Ignored, whySecond
			continue
		}
		taken[x.Field] = true
	}
	return len(taken)
}

func several(f Field) bool { return f == Special || f == Note }

func sortAreas(list []area) {
	slices.SortFunc(list, func(a, b area) int { return cmp.Compare(a.row, b.row) })
}
