package docx

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // sizes of pictures
	_ "image/png"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Look gives the picture that a page shows under an address, as a data: address.
type Look func(src string) (string, error)

// FromHTML makes a paper of a page: of its main with the class "paper", in the order in which it stands there. It knows what
// papers are made of: headings, paragraphs, tables with widths in millimetres, pictures, drawn signatures.
func FromHTML(page io.Reader, look Look) (*Doc, error) {
	root, err := html.Parse(page)
	if err != nil {
		return nil, fmt.Errorf("docx: %w", err)
	}
	main := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Main && has(n, "paper") })
	if main == nil {
		return nil, errors.New("docx: the page has no paper")
	}
	b := &builder{look: look, doc: &Doc{Dense: has(main, "paper-dense")}}
	if h := find(main, func(n *html.Node) bool { return n.DataAtom == atom.H1 }); h != nil {
		b.doc.Title = strings.TrimSpace(text(h))
	}
	b.blocks(main, false)
	return b.doc, errors.Join(b.errs...)
}

type builder struct {
	doc  *Doc
	look Look
	errs []error
}

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if x := find(c, is); x != nil {
			return x
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, key) {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var s string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s += text(c)
	}
	return s
}

// blocks adds what stands in a part of the page; keep holds it on one sheet.
func (b *builder) blocks(n *html.Node, keep bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || has(c, "no-print") {
			continue
		}
		switch c.DataAtom {
		case atom.Table:
			t := b.table(c)
			t.Keep = keep
			b.doc.AddTable(t)
			b.doc.Add(Para{Size: 3}) // two tables side by side would be one
		case atom.H1:
			b.add(c, Para{Title: true, Align: Centre, Before: 2, After: 2})
		case atom.H2, atom.H3:
			b.add(c, Para{Head: true, Keep: true, Before: 2, After: 1})
		case atom.P:
			b.add(c, b.kind(c))
		default:
			b.blocks(c, keep || has(c, "paper-keep"))
		}
	}
}

// kind is how a paragraph of a paper stands, by its class.
func (b *builder) kind(n *html.Node) Para {
	switch {
	case has(n, "paper-no"):
		return Para{Align: Right, Size: sizeNo}
	case has(n, "paper-void"):
		return Para{Red: true, Before: 2, After: 2}
	case has(n, "paper-body"):
		return Para{Indent: true, After: 2}
	case has(n, "paper-sign"):
		return Para{Align: Right, Before: 6}
	case has(n, "paper-foot"):
		return Para{Size: sizeSmall, Before: 4}
	}
	return Para{}
}

func (b *builder) add(n *html.Node, like Para) {
	for _, p := range b.paras(n, like) {
		b.doc.Add(p)
	}
}

// paras is the text of a part: what stands in the line is one paragraph, each part of its own is another.
func (b *builder) paras(n *html.Node, like Para) []Para {
	c := &collect{b: b, like: like}
	c.walk(n, false)
	c.end()
	return c.out
}

type collect struct {
	b    *builder
	like Para
	runs []Run
	line bool // a new line is wanted before the next run
	out  []Para
}

func (c *collect) walk(n *html.Node, bold bool) {
	for x := n.FirstChild; x != nil; x = x.NextSibling {
		switch {
		case x.Type == html.TextNode:
			c.text(x.Data, bold)
		case x.Type != html.ElementNode:
		case x.Data == "svg":
			c.signature(x)
		case x.DataAtom == atom.Img:
			c.image(x)
		case x.DataAtom == atom.Br:
			c.line = true
		case x.DataAtom == atom.P || x.DataAtom == atom.Div && !has(x, "signed") || x.DataAtom == atom.Li || has(x, "block") || has(x, "paper-photos"):
			c.end()
			c.walk(x, bold)
			c.end()
		default:
			c.walk(x, bold || x.DataAtom == atom.B || x.DataAtom == atom.Strong)
		}
	}
}

var blanks = regexp.MustCompile(`[ \t\r\n\f]+`)

// text adds words as a browser shows them: blanks fall together, none stands at the beginning of a line.
func (c *collect) text(s string, bold bool) {
	s = blanks.ReplaceAllString(s, " ")
	if len(c.runs) == 0 || c.line {
		s = strings.TrimLeft(s, " ")
	}
	if n := len(c.runs); n > 0 && strings.HasSuffix(c.runs[n-1].Text, " ") {
		s = strings.TrimPrefix(s, " ")
	}
	if s == "" {
		return
	}
	c.runs = append(c.runs, Run{Text: s, Bold: bold, Break: c.line})
	c.line = false
}

// end closes a paragraph that has something in it.
func (c *collect) end() {
	if n := len(c.runs); n > 0 {
		c.runs[n-1].Text = strings.TrimRight(c.runs[n-1].Text, " ")
		p := c.like
		p.Runs = c.runs
		c.out = append(c.out, p)
	}
	c.runs, c.line = nil, false
}

// Heights of drawn signatures, mm, and of their pictures, in pixels.
const (
	signHigh, signDense = 14.0, 11.0
	signPixels          = 220
	signWideMost        = 46.0
)

func (c *collect) signature(n *html.Node) {
	path := find(n, func(x *html.Node) bool { return x.Data == "path" })
	if path == nil {
		return
	}
	data, ratio, err := Strokes(attr(path, "d"), attr(n, "viewBox"), signPixels)
	if err != nil {
		c.b.errs = append(c.b.errs, err)
		return
	}
	high := signHigh
	if c.b.doc.Dense {
		high = signDense
	}
	high = min(high, signWideMost/ratio)
	c.runs = append(c.runs, Run{Picture: &Picture{Data: data, PNG: true, Wide: high * ratio, High: high, Alt: attr(n, "aria-label")}})
}

// Photos stand as large as on the page, cut to nothing: the whole picture fits into the frame.
const photoWide, photoHigh = 22.0, 16.0

func (c *collect) image(n *html.Node) {
	src, err := c.b.look(attr(n, "src"))
	if err != nil {
		c.b.errs = append(c.b.errs, err)
		return
	}
	_, raw, ok := strings.Cut(src, ";base64,")
	data, err := base64.StdEncoding.DecodeString(raw)
	if err != nil || !ok {
		c.b.errs = append(c.b.errs, errors.New("docx: a picture has no data"))
		return
	}
	size, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		c.b.errs = append(c.b.errs, cmp.Or(err, errors.New("docx: a picture has no size")))
		return
	}
	k := min(photoWide/float64(size.Width), photoHigh/float64(size.Height))
	c.runs = append(c.runs, Run{Picture: &Picture{Data: data, PNG: kind == "png", Wide: k * float64(size.Width), High: k * float64(size.Height), Alt: attr(n, "alt")}}, Run{Text: " "})
}

// Heights of rows by their class, mm.
var tall = []struct {
	class        string
	plain, dense float64
}{{"taller", 24, 24}, {"tall", 16, 9}}

// table reads rows and the widths of columns: what a head says in millimetres, else that of a head cell, the rest shared.
func (b *builder) table(n *html.Node) Table {
	var t Table
	var widths []width
	var walk func(n *html.Node, head bool)
	walk = func(n *html.Node, head bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Thead:
				walk(c, true)
			case atom.Tbody:
				walk(c, false)
			case atom.Tr:
				r, w := b.row(c, head)
				t.Rows = append(t.Rows, r)
				widths = merge(widths, w)
			}
		}
	}
	walk(n, false)
	t.Wide = share(widths, b.doc.room(), b.headWide())
	return t
}

// width is what is known of a column: its millimetres, or that it is a head.
type width struct {
	mm         float64
	head, free bool
}

var mmClass = regexp.MustCompile(`w-\[(\d+(?:\.\d+)?)mm\]`)

func (b *builder) row(n *html.Node, head bool) (Row, []width) {
	r := Row{Head: head}
	var ws []width
	for _, k := range tall {
		if has(n, k.class) {
			r.High = k.plain
			if b.doc.Dense {
				r.High = k.dense
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		span, err := strconv.Atoi(attr(c, "colspan"))
		if err != nil || span < 1 {
			span = 1
		}
		r.Cells = append(r.Cells, Cell{Span: span, Paras: b.paras(c, Para{})})
		w := width{}
		if span == 1 {
			w = width{head: c.DataAtom == atom.Th, free: strings.Contains(attr(c, "class"), "w-auto")}
			if m := mmClass.FindStringSubmatch(attr(c, "class")); m != nil {
				w.mm, _ = strconv.ParseFloat(m[1], 64) // digits, as the expression says
			}
		}
		for range span {
			ws = append(ws, w)
		}
	}
	return r, ws
}

// merge keeps what the first row knows of a column that says anything.
func merge(a, b []width) []width {
	for i, w := range b {
		if i >= len(a) {
			a = append(a, w)
		} else if a[i] == (width{}) {
			a[i] = w
		}
	}
	return a
}

// headWide is eight letters, as wide as a head cell is on the page.
func (b *builder) headWide() float64 { return 8 * b.doc.tableSize() * 25.4 / 72 }

// share divides the room: known widths first, the free columns share the rest; without a free one all grow alike.
func share(ws []width, room, head float64) []float64 {
	out, sum, free := make([]float64, len(ws)), 0.0, 0
	for i, w := range ws {
		switch {
		case w.mm > 0:
			out[i] = w.mm
		case w.head && !w.free:
			out[i] = head
		default:
			free++
		}
		sum += out[i]
	}
	for i := range out {
		switch {
		case free > 0 && out[i] == 0:
			out[i] = max(room-sum, float64(free)*8) / float64(free)
		case free == 0 && sum > 0:
			out[i] *= room / sum
		}
	}
	return out
}
