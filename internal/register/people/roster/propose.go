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
	whySerial  = "序号，不导入"
	whyUnknown = "花名册不需要这一列，或认不出表头"
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
