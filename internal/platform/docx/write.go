package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// writer is the body of a document as it grows.
type writer struct {
	bytes.Buffer
	doc *Doc
}

// Write gives the finished file.
func (d *Doc) Write(out io.Writer) error {
	w := &writer{doc: d}
	for _, b := range d.body {
		b.write(w)
	}
	z := zip.NewWriter(out)
	files := []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRels}, {"docProps/core.xml", core(d.Title)},
		{"word/document.xml", documentHead + w.String() + w.section() + "</w:body></w:document>"}, {"word/_rels/document.xml.rels", d.rels()},
		{"word/styles.xml", d.styles()}, {"word/fontTable.xml", fontTable}, {"word/settings.xml", settings}, {"word/footer1.xml", d.footer()}, {"word/header1.xml", d.header()},
	}
	for _, f := range files {
		if err := put(z, f.name, []byte(f.text)); err != nil {
			return err
		}
	}
	for i, p := range d.media {
		if err := put(z, "word/media/"+mediaName(i, p), p.Data); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

func put(z *zip.Writer, name string, data []byte) error {
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return fmt.Errorf("docx %s: %w", name, err)
	}
	return nil
}

func mediaName(i int, p Picture) string {
	if p.PNG {
		return fmt.Sprintf("image%d.png", i+1)
	}
	return fmt.Sprintf("image%d.jpeg", i+1)
}

// clean drops what XML cannot hold: control characters and halves of characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff, r == 0xfffd:
			return -1
		}
		return r
	}, s)
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(clean(s))) // a strings.Builder takes everything
	return b.String()
}

// twips is a length in twentieths of a point, emu in units of drawings.
func twips(mm float64) int { return int(mm*1440/25.4 + .5) }
func emu(mm float64) int   { return int(mm * 36000) }

func (p Para) write(w *writer) { p.in(w, w.doc.textSize(), w.doc.leading(false)) }

// in writes a paragraph whose place has a size and a height of lines of its own.
func (p Para) in(w *writer, size, leading float64) {
	if p.Size > 0 {
		size = p.Size
	}
	w.WriteString("<w:p><w:pPr>")
	if p.Title {
		w.WriteString(`<w:pStyle w:val="Title"/>`)
	} else if p.Head {
		w.WriteString(`<w:pStyle w:val="Heading1"/>`)
	}
	if p.Keep {
		w.WriteString("<w:keepNext/>")
	}
	fmt.Fprintf(w, `<w:spacing w:before="%d" w:after="%d"%s/>`, twips(p.Before), twips(p.After), p.line(size*leading))
	if p.Indent {
		w.WriteString(`<w:ind w:firstLineChars="200" w:firstLine="480"/>`)
	}
	if p.Align != Left {
		fmt.Fprintf(w, `<w:jc w:val="%s"/>`, p.Align)
	}
	w.WriteString("</w:pPr>")
	for _, r := range p.Runs {
		r.write(w, p, size)
	}
	w.WriteString("</w:p>")
}

// line is the height of a line in points, said exactly, so that a paper has as many sheets with one font as with another; what
// has a picture grows with it.
func (p Para) line(points float64) string {
	if p.Title || p.Head || slices.ContainsFunc(p.Runs, func(r Run) bool { return r.Picture != nil }) {
		return ""
	}
	return fmt.Sprintf(` w:line="%d" w:lineRule="exact"`, int(points*20))
}

func (r Run) write(w *writer, p Para, size float64) {
	w.WriteString("<w:r><w:rPr>")
	if r.Bold || p.Red {
		w.WriteString("<w:b/>")
	}
	if p.Red {
		w.WriteString(`<w:color w:val="B3211F"/>`)
	}
	if !p.Title && !p.Head {
		fmt.Fprintf(w, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, int(size*2), int(size*2))
	}
	w.WriteString("</w:rPr>")
	if r.Break {
		w.WriteString("<w:br/>")
	}
	if r.Text != "" {
		w.WriteString(`<w:t xml:space="preserve">` + escape(r.Text) + "</w:t>")
	}
	if r.Picture != nil {
		w.picture(*r.Picture)
	}
	w.WriteString("</w:r>")
}

func (t Table) write(w *writer) {
	sum := 0
	for _, c := range t.Wide {
		sum += twips(c)
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, sum)
	for _, c := range t.Wide {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, twips(c))
	}
	w.WriteString("</w:tblGrid>")
	for i, r := range t.Rows {
		r.write(w, t, i < len(t.Rows)-1)
	}
	w.WriteString("</w:tbl>")
}

func (r Row) write(w *writer, t Table, more bool) {
	w.WriteString("<w:tr><w:trPr><w:cantSplit/>")
	if r.High > 0 {
		fmt.Fprintf(w, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(r.High))
	}
	if r.Head {
		w.WriteString("<w:tblHeader/>")
	}
	w.WriteString("</w:trPr>")
	at := 0
	for _, c := range r.Cells {
		wide := 0.0
		for i := at; i < min(at+c.Span, len(t.Wide)); i++ {
			wide += t.Wide[i]
		}
		at += c.Span
		fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:vAlign w:val="center"/></w:tcPr>`, twips(wide), c.Span)
		if len(c.Paras) == 0 {
			c.Paras = []Para{{}}
		}
		for _, p := range c.Paras {
			p.Keep = p.Keep || t.Keep && more
			p.in(w, w.doc.tableSize(), w.doc.leading(true))
		}
		w.WriteString("</w:tc>")
	}
	w.WriteString("</w:tr>")
}

// picture stands in the line.
func (w *writer) picture(p Picture) {
	w.doc.media = append(w.doc.media, p)
	n := len(w.doc.media)
	fmt.Fprintf(w, `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="image%d" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="rIdM%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`,
		emu(p.Wide), emu(p.High), n, n, escape(p.Alt), n, n, n, emu(p.Wide), emu(p.High))
}
