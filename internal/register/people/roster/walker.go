package roster

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// visitor is called while a sheet is read from top to bottom; a nil function is not called. The line is used again
// for the next row.
type visitor struct {
	line  func(*line) error
	merge func(area) error
	veil  func(from, to int)
}

// read streams one sheet; memory is that of one row.
func (b *Book) read(s *sheet, v visitor) error {
	w := walker{book: b, visitor: v}
	return b.pack.tokens(s.part, w.token)
}

type walker struct {
	visitor
	book   *Book
	row    line
	col    int // column of the open cell
	kind   string
	style  int
	in     inText
	value  bool // inside <v>
	text   strings.Builder
	inData bool // inside <sheetData>; anchors of buttons have elements called row and col, too
}

func (w *walker) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return w.start(t)
	case xml.CharData:
		if (w.value || w.in.text()) && w.text.Len() < maxText {
			w.text.Write(t)
		}
	case xml.EndElement:
		return w.end(t.Name.Local)
	}
	return nil
}

func (w *walker) start(t xml.StartElement) error {
	switch name := t.Name.Local; {
	case name == "sheetData":
		w.inData = true
	case w.inData:
		w.startData(t)
	case name == "col":
		w.column(t)
	case name == "mergeCell":
		if a, ok := parseArea(attr(t, "ref")); ok && w.merge != nil {
			return w.merge(a)
		}
	}
	return nil
}

func (w *walker) startData(t xml.StartElement) {
	switch t.Name.Local {
	case "row":
		w.openRow(t)
	case "c":
		w.openCell(t)
	case "v":
		w.value = true
	case "t", "rPh":
		w.in.start(t.Name.Local)
	}
}

func (w *walker) openRow(t xml.StartElement) {
	n, err := strconv.Atoi(attr(t, "r"))
	if err != nil || n <= 0 {
		n = w.row.number + 1 // the number may be left out
	}
	w.row = line{number: n, hidden: isTrue(attr(t, "hidden")), cells: w.row.cells[:0]}
	w.col = -1
}

func (w *walker) openCell(t xml.StartElement) {
	if col, _, ok := parseRef(attr(t, "r")); ok {
		w.col = col
	} else {
		w.col++
	}
	w.kind = attr(t, "t")
	w.style, _ = strconv.Atoi(attr(t, "s")) // without a style it is the first
	w.text.Reset()
}

func (w *walker) column(t xml.StartElement) {
	from, err1 := strconv.Atoi(attr(t, "min"))
	to, err2 := strconv.Atoi(attr(t, "max"))
	if err1 == nil && err2 == nil && isTrue(attr(t, "hidden")) && w.veil != nil {
		w.veil(max(from-1, 0), min(to-1, maxColumns-1))
	}
}

func (w *walker) end(name string) error {
	if !w.inData {
		return nil
	}
	switch name {
	case "sheetData":
		w.inData = false
	case "v":
		w.value = false
	case "t", "rPh":
		w.in.end(name)
	case "c":
		if c := w.book.cell(w.kind, w.text.String(), w.style); c.kind != empty {
			w.row.put(w.col, c)
		}
	case "row":
		if w.line != nil && len(w.row.cells) > 0 {
			return w.line(&w.row)
		}
	}
	return nil
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
