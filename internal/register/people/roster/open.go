package roster

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// Book is an opened workbook. Its methods may be called again and again; the reader it was opened
// with must stay open.
type Book struct {
	pack   *pack
	lim    Limits
	sheets []*sheet
	texts  []string
	styles []dateStyle
	from04 bool // days are counted from 1904
}

// SheetInfo is what a page says about one sheet when a person chooses another.
type SheetInfo struct {
	Name   string
	Hidden bool
	Rows   int  // rows that hold more than a remark
	Roster bool // has a header that Propose recognises
}

// Open reads the frame of an Excel workbook (.xlsx, .xlsm). A file that is something else, is locked, is over the
// limits or has no sheet with the header of a roster is refused with a kernel error at field "file".
func Open(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	lim = lim.filled()
	if size > lim.File {
		return nil, tooLarge("文件有 %d MB,超过了 %d MB 的上限。请只留下花名册那一张表再上传", megabytes(size), megabytes(lim.File))
	}
	if err := refuseOther(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged()
	}
	b := &Book{lim: lim}
	if b.pack, err = newPack(z, lim); err != nil {
		return nil, err
	}
	if err := b.load(); err != nil {
		return nil, err
	}
	if b.best() == nil {
		return nil, wrongFile("没有找到花名册的表头：至少要有“姓名”，再加上工号、身份证号、部门等列中的两列")
	}
	return b, nil
}

// maxTexts is the number of different texts in a workbook; each costs memory even when it is empty.
const maxTexts = 2_000_000

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

func (b *Book) load() error {
	main, err := b.pack.workbook()
	if err != nil {
		return err
	}
	rels, err := b.pack.relations(main)
	if err != nil {
		return err
	}
	if err := b.loadSheets(main, rels); err != nil {
		return err
	}
	for _, rel := range rels {
		switch {
		case strings.HasSuffix(rel.Type, "/sharedStrings"):
			err = b.loadTexts(rel.Target)
		case strings.HasSuffix(rel.Type, "/styles"):
			err = b.loadStyles(rel.Target)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range b.sheets {
		if err := b.scan(s); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) loadSheets(main string, rels map[string]relation) error {
	var w struct {
		Props struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			Rel   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.pack.decode(main, &w); err != nil {
		return err
	}
	if len(w.Sheets) > b.lim.Sheets {
		return tooLarge("工作簿有 %d 张表，超过了 %d 张的上限", len(w.Sheets), b.lim.Sheets)
	}
	b.from04 = w.Props.Date1904 == "1" || w.Props.Date1904 == "true"
	for _, s := range w.Sheets {
		rel, ok := rels[s.Rel]
		if !ok || !strings.HasSuffix(rel.Type, "/worksheet") || !b.pack.has(rel.Target) {
			continue // a chart or a macro sheet
		}
		b.sheets = append(b.sheets, &sheet{name: s.Name, hidden: s.State != "" && s.State != "visible", part: rel.Target})
	}
	return nil
}

// Sheets lists the worksheets in their order in the workbook.
func (b *Book) Sheets() []SheetInfo {
	out := make([]SheetInfo, 0, len(b.sheets))
	for _, s := range b.sheets {
		out = append(out, SheetInfo{Name: s.name, Hidden: s.hidden, Rows: s.filled, Roster: s.header != nil})
	}
	return out
}

func (b *Book) sheet(name string) *sheet {
	for _, s := range b.sheets {
		if s.name == name {
			return s
		}
	}
	return nil
}

// loadTexts keeps the shared strings; a phonetic guide above the characters is no part of the text.
func (b *Book) loadTexts(part string) error {
	if !b.pack.has(part) {
		return nil
	}
	var text strings.Builder
	var in inText
	return b.pack.tokens(part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				text.Reset()
			}
			in.start(t.Name.Local)
		case xml.CharData:
			if in.text() && text.Len() < maxText {
				text.Write(t)
			}
		case xml.EndElement:
			in.end(t.Name.Local)
			if t.Name.Local == "si" {
				b.texts = append(b.texts, unescape(text.String()))
				if len(b.texts) > maxTexts {
					return bomb()
				}
			}
		}
		return nil
	})
}

// inText follows whether the decoder stands inside a <t> that is not a phonetic guide.
type inText struct{ t, guide bool }

func (i *inText) start(name string) { i.set(name, true) }
func (i *inText) end(name string)   { i.set(name, false) }
func (i *inText) text() bool        { return i.t && !i.guide }

func (i *inText) set(name string, on bool) {
	switch name {
	case "t":
		i.t = on
	case "rPh":
		i.guide = on
	}
}

// resolve makes a relation's target an address in the package.
func resolve(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join(path.Dir(from), target)
}
