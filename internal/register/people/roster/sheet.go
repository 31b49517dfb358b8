package roster

// sheet is one worksheet: what the first pass over it has learned.
type sheet struct {
	name   string
	hidden bool
	part   string
	head   []line       // the first rows that hold anything
	merges []area       // in the order of the file
	veiled map[int]bool // hidden columns
	filled int          // rows with three cells or more
	header *header
}

// line is one row of a sheet as it is stored.
type line struct {
	number int
	hidden bool
	cells  []cell
}

type area struct{ col, row, toCol, toRow int }

const (
	maxColumns = 256    // what lies further right is not a roster's
	maxMerges  = 50_000 // merged cells of one sheet
	maxText    = 32_767 // characters that Excel allows in a cell
)

func (l *line) at(col int) cell {
	if col < 0 || col >= len(l.cells) {
		return cell{}
	}
	return l.cells[col]
}

func (l *line) put(col int, c cell) {
	if col < 0 || col >= maxColumns {
		return
	}
	for len(l.cells) <= col {
		l.cells = append(l.cells, cell{})
	}
	l.cells[col] = c
}

// used counts the cells that hold something.
func (l *line) used() (n int) {
	for _, c := range l.cells {
		if c.kind != empty {
			n++
		}
	}
	return n
}

func (l *line) clone() line {
	return line{l.number, l.hidden, append([]cell(nil), l.cells...)}
}
