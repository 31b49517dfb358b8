package roster

// headRows is how far down a header is looked for; above it stand titles and remarks.
const headRows = 40

// scan is the first pass over a sheet: it keeps its first rows, its merged cells and its hidden columns.
func (b *Book) scan(s *sheet) error {
	s.veiled = map[int]bool{}
	err := b.read(s, visitor{
		line: func(l *line) error {
			if len(s.head) < headRows {
				s.head = append(s.head, l.clone())
			}
			if l.used() >= 3 {
				s.filled++
			}
			return nil
		},
		merge: func(a area) error {
			if len(s.merges) >= maxMerges {
				return bomb()
			}
			s.merges = append(s.merges, a)
			return nil
		},
		veil: func(from, to int) {
			for c := from; c <= to; c++ {
				s.veiled[c] = true
			}
		},
	})
	if err != nil {
		return err
	}
	s.header = s.findHeader()
	return nil
}

// filler gives the value of a merged area to the rows below its first: offices merge one department over its people.
type filler struct {
	spans map[int][]area // by column, in the order of the rows
	held  map[int]cell
}

func newFiller(s *sheet, below int) *filler {
	f := &filler{map[int][]area{}, map[int]cell{}}
	for _, a := range s.merges {
		if a.row > below && a.toRow > a.row {
			f.spans[a.col] = append(f.spans[a.col], a)
		}
	}
	for _, list := range f.spans {
		sortAreas(list)
	}
	return f
}

// value is what the reader sees in the cell; rows must be asked from top to bottom.
func (f *filler) value(l *line, col int) cell {
	list := f.spans[col]
	for len(list) > 0 && list[0].toRow < l.number {
		list = list[1:]
	}
	f.spans[col] = list
	if len(list) == 0 || l.number < list[0].row {
		return l.at(col)
	}
	if l.number == list[0].row {
		f.held[col] = l.at(col)
	}
	return f.held[col]
}
