// Package docx writes papers as Word files: A4 pages of paragraphs, tables and pictures, no macros, no links, no fields but the
// numbers of pages. A paper comes from the page that is printed (FromHTML), so that both say the same in the same order. It
// knows no paper of the trade.
package docx

// Type is the media type of what Write gives.
const Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Align is how the lines of a paragraph stand.
type Align string

const (
	Left   Align = ""
	Centre Align = "center"
	Right  Align = "right"
)

// Sizes of letters are in points, all lengths in millimetres.
const (
	sizeText  = 12.0
	sizeTable = 11.0
	sizeDense = 9.5
	sizeSmall = 8.5
	sizeNo    = 10.5
	sizeTitle = 18.0
)

// Doc is a paper that is being put together.
type Doc struct {
	Title string
	Dense bool // a form with a long list: narrower margins, smaller letters
	Lang  string
	Foot  string // words of the foot with %s for the page and for how many there are
	body  []block
	media []Picture
}

// Run is text of one look, or a picture.
type Run struct {
	Text    string
	Bold    bool
	Break   bool // a new line before it
	Picture *Picture
}

// Picture is a JPEG or PNG as it lies in the file, and how large it stands.
type Picture struct {
	Data       []byte
	PNG        bool
	Wide, High float64 // mm
	Alt        string
}

// Para is a paragraph.
type Para struct {
	Runs   []Run
	Align  Align
	Size   float64 // points; 0 is that of its place
	Title  bool    // the heading of the paper
	Head   bool    // a heading inside it
	Indent bool    // the first line by two letters
	Red    bool
	Before float64 // mm
	After  float64
	Keep   bool // on the page of what follows
}

// Table has borders and fixed columns.
type Table struct {
	Wide []float64 // mm, a column each
	Rows []Row
	Keep bool // on one page
}

// Row is a line of a table; a head is repeated on each page.
type Row struct {
	Cells []Cell
	High  float64 // at least, mm; 0 is as needed
	Head  bool
}

// Cell spans so many columns.
type Cell struct {
	Span  int
	Paras []Para
}

type block interface{ write(w *writer) }

// Add puts a paragraph behind what is there.
func (d *Doc) Add(p Para) { d.body = append(d.body, p) }

// AddTable puts a table behind what is there.
func (d *Doc) AddTable(t Table) { d.body = append(d.body, t) }

// margin is how much paper stays free at the sides and at head and foot, mm: those of the printed form.
func (d *Doc) margin() (side, end float64) {
	if d.Dense {
		return 16, 12
	}
	return 18, 18
}

// room is how wide the text stands, mm.
func (d *Doc) room() float64 {
	side, _ := d.margin()
	return pageWide - 2*side
}

const (
	pageWide = 210.0
	pageHigh = 297.0
)

func (d *Doc) textSize() float64 {
	if d.Dense {
		return sizeNo
	}
	return sizeText
}

// leading is how high a line is, in sizes of its letters: that of the printed form.
func (d *Doc) leading(table bool) float64 {
	switch {
	case table && d.Dense:
		return 1.3
	case table:
		return 1.5
	}
	return 1.75
}

func (d *Doc) tableSize() float64 {
	if d.Dense {
		return sizeDense
	}
	return sizeTable
}
