package ui

import (
	"fmt"
	"strings"
)

// Charts are drawn by the server as SVG of one narrow picture, so that their letters can be read on a phone as well. Colours go
// by class alone, and never alone: each row says its figures in words beside it. Each chart stands with its table (Figure).

// ChartPart is a piece of a bar; Key is its look: done, over, not, none, before, or s1 to s6 for steps of one hue.
type ChartPart struct {
	N    int
	Key  string
	Name string
}

// ChartRow is one bar, whole or in pieces; Text stands behind it, Label is what else is read aloud, Href opens
// the records.
type ChartRow struct {
	Name, Text, Label, Href string
	Parts                   []ChartPart
}

// Bars is horizontal bars, one a row.
type Bars struct {
	ID, Title, Desc string
	Rows            []ChartRow
}

// Measures of the pictures, in their own units.
const (
	chartWide = 360.0
	barRow    = 26.0
	nameLeast = 34.0
	nameMost  = 92.0
	roomLeast = 60.0
)

type barPiece struct {
	ChartPart
	x, w float64
}

type barShape struct {
	ChartRow
	y      float64
	pieces []barPiece
	end    float64
}

// wide is about how wide a text stands in letters of 12.
func wide(s string) (w float64) {
	for _, r := range s {
		if w += 6.9; r > 0x2e80 {
			w += 5.3
		}
	}
	return w
}

// room is where the bars begin, behind the longest name, and how much the longest text leaves them.
func (b Bars) room() (from, room float64) {
	from, text := nameLeast, 0.0
	for _, r := range b.Rows {
		from, text = max(from, wide(r.Name)+8), max(text, wide(r.Text)+6)
	}
	from = min(from, nameMost)
	return from, max(chartWide-from-text, roomLeast)
}

// shapes scales all bars by the longest.
func (b Bars) shapes() []barShape {
	most := 1
	for _, r := range b.Rows {
		most = max(most, r.sum())
	}
	from, room := b.room()
	out := make([]barShape, len(b.Rows))
	for i, r := range b.Rows {
		s := barShape{ChartRow: r, y: float64(i) * barRow, end: from}
		for _, p := range r.Parts {
			if p.N <= 0 {
				continue
			}
			w := float64(p.N) / float64(most) * room
			s.pieces = append(s.pieces, barPiece{p, s.end, max(w-.8, .6)})
			s.end += w
		}
		out[i] = s
	}
	return out
}

func (r ChartRow) sum() (n int) {
	for _, p := range r.Parts {
		n += p.N
	}
	return n
}

// said is the row to who hears it: what is seen, then what it means.
func (r ChartRow) said() string { return strings.TrimSpace(r.Name + " " + r.Text + " " + r.Label) }

func (b Bars) viewBox() string {
	return fmt.Sprintf("0 0 %.0f %.0f", chartWide, float64(max(len(b.Rows), 1))*barRow)
}

// ChartLine is one series of a line; a point below 0 is none and breaks the line. Texts stand at the points of a named series.
type ChartLine struct {
	Key, Name string
	Points    []int
	Said      bool // its figures stand at its points
}

// Lines is figures from 0 to 100 over the same steps.
type Lines struct {
	ID, Title, Desc string
	Steps           []string
	Lines           []ChartLine
}

const (
	lineTop, lineHigh  = 20.0, 120.0
	lineLeft, lineWide = 34.0, 312.0
)

type linePoint struct {
	x, y float64
	n    int
}

func (l Lines) x(i int) float64 {
	return lineLeft + lineWide*(float64(i)+.5)/float64(max(len(l.Steps), 1))
}

func lineY(n int) float64 { return lineTop + lineHigh*(1-float64(n)/100) }

func (l Lines) points(s ChartLine) []linePoint {
	var out []linePoint
	for i, n := range s.Points {
		if n >= 0 {
			out = append(out, linePoint{l.x(i), lineY(n), n})
		}
	}
	return out
}

// path joins neighbours; a step without a figure is a gap.
func (l Lines) path(s ChartLine) string {
	var b strings.Builder
	drawn := false
	for i, n := range s.Points {
		if n < 0 {
			drawn = false
			continue
		}
		op := "M"
		if drawn {
			op = "L"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", op, l.x(i), lineY(n))
		drawn = true
	}
	return b.String()
}

// HeatCell is one field: Text stands in it, Level 0 to 4 is how full its hue is, Bad marks it with a diamond.
type HeatCell struct {
	Text, Label, Href string
	Level             int
	Bad               bool
}

// size is that of the letters, smaller for what would not fit.
func (c HeatCell) size() string {
	if len(c.Text) > 4 {
		return "8.5"
	}
	return "10.5"
}

// HeatRow is a line of fields under its name.
type HeatRow struct {
	Name  string
	Cells []HeatCell
}

// Heat is a grid of fields under the names of its columns.
type Heat struct {
	ID, Title, Desc string
	Cols            []string
	Rows            []HeatRow
}

const (
	heatHead = 18.0
	heatName = 16.0
	heatHigh = 26.0
	heatGap  = 8.0
)

func (h Heat) wide() float64     { return chartWide / float64(max(len(h.Cols), 1)) }
func (h Heat) y(row int) float64 { return heatHead + float64(row)*(heatName+heatHigh+heatGap) }
func (h Heat) viewBox() string {
	return fmt.Sprintf("0 0 %.0f %.0f", chartWide, h.y(len(h.Rows)))
}
