package roster

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"xiaojia/internal/kernel"
)

// pack is the zip archive of a workbook with its sizes checked before anything is unpacked.
type pack struct{ files map[string]*zip.File }

type relation struct{ Type, Target string }

const (
	maxParts   = 5000
	smallPart  = 5 << 20 // below this a part may shrink as well as it likes
	maxTree    = 8 << 20 // of a part that is read as a whole: styles and lists of parts
	officeMain = "/officeDocument"
)

func newPack(z *zip.Reader, lim Limits) (*pack, error) {
	if len(z.File) > maxParts {
		return nil, bomb()
	}
	p := &pack{files: make(map[string]*zip.File, len(z.File))}
	var total uint64
	for _, f := range z.File {
		size := f.UncompressedSize64
		// A part that claims more than the limit is refused before it is added up, or the sum could wrap.
		if size > uint64(lim.Unzipped) || total+size > uint64(lim.Unzipped) {
			return nil, bomb()
		}
		if size > smallPart && size/uint64(lim.Ratio) > f.CompressedSize64 {
			return nil, bomb()
		}
		total += size
		p.files[partName(f.Name)] = f
	}
	return p, nil
}

func bomb() error {
	return tooLarge("这个文件解压后大得不正常，已拒绝打开。请把花名册复制到新的工作簿里另存后再上传")
}

// partName is how parts are compared: without case, with slashes, as the Open Packaging Conventions have it.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, "\\", "/"), "/"))
}

func (p *pack) has(part string) bool { return p.files[partName(part)] != nil }

// open reads a part and never gives more than the archive claimed for it.
func (p *pack) open(part string) (io.ReadCloser, error) {
	f := p.files[partName(part)]
	if f == nil {
		return nil, damaged()
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged()
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, int64(f.UncompressedSize64)), r}, nil
}

func (p *pack) decode(part string, into any) error {
	r, err := p.open(part)
	if err != nil {
		return err
	}
	defer r.Close() // a reader's close tells nothing new
	if err := xml.NewDecoder(io.LimitReader(r, maxTree)).Decode(into); err != nil {
		return damaged()
	}
	return nil
}

// errStop ends a walk over tokens early and is no failure.
var errStop = errors.New("stop")

// tokens walks a part without building a tree; errors of the visitor pass through.
func (p *pack) tokens(part string, visit func(xml.Token) error) error {
	r, err := p.open(part)
	if err != nil {
		return err
	}
	defer r.Close() // a reader's close tells nothing new
	d := xml.NewDecoder(r)
	depth := 0
	for {
		t, err := d.RawToken()
		switch {
		case err == io.EOF && depth == 0:
			return nil
		case err != nil:
			return damaged()
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if err := visit(t); err == errStop {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// relations reads the links of a part, by their id; those of the package itself for "".
func (p *pack) relations(of string) (map[string]relation, error) {
	dir, name := path.Split(of)
	part := dir + "_rels/" + name + ".rels"
	var x struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if err := p.decode(part, &x); err != nil {
		return nil, err
	}
	out := make(map[string]relation, len(x.Links))
	for _, l := range x.Links {
		if l.Mode != "External" { // what lies outside the file is never fetched
			out[l.ID] = relation{l.Type, resolve(of, l.Target)}
		}
	}
	return out, nil
}

// workbook finds the main part, and says what an archive is that has none.
func (p *pack) workbook() (string, error) {
	switch {
	case p.has("mimetype") || p.has("content.xml"):
		return "", wrongFile("这是 OpenDocument 文件(.ods、.odt)。请另存为 Excel 工作簿(.xlsx)再上传")
	case p.has("word/document.xml"):
		return "", wrongFile("这是 Word 文件。请上传 Excel 工作簿(.xlsx)")
	case p.has("xl/workbook.bin"):
		return "", wrongFile("这是二进制工作簿(.xlsb)。请在 Excel 里另存为 .xlsx 再上传")
	case !p.has("_rels/.rels"):
		return "", notWorkbook()
	}
	links, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, l := range links {
		if strings.HasSuffix(l.Type, officeMain) && p.has(l.Target) {
			return l.Target, nil
		}
	}
	return "", notWorkbook()
}

func notWorkbook() error {
	return kernel.Wrong("file", "这不是 Excel 工作簿。请在 Excel 或 WPS 里另存为 .xlsx 再上传")
}
