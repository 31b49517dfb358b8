package docx

import (
	"fmt"
	"strings"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

const documentHead = xmlHead + `<w:document ` + wordSpace + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>`

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + Type + `.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const relSpace = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

const packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relSpace + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

func core(title string) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(title) + `</dc:title></cp:coreProperties>`
}

func (d *Doc) rels() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, part := range []string{"styles", "fontTable", "settings", "footer", "header"} {
		file := part
		if part == "footer" || part == "header" {
			file += "1"
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, relSpace, part, file)
	}
	for i, p := range d.media {
		fmt.Fprintf(&b, `<Relationship Id="rIdM%d" Type="%simage" Target="media/%s"/>`, i+1, relSpace, mediaName(i, p))
	}
	return b.String() + `</Relationships>`
}

// section is the page: A4, the margins of the printed form, foot and head in them. The head stands from the second page on.
func (w *writer) section() string {
	side, end := w.doc.margin()
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="first" r:id="rId4"/>`+
		`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		twips(pageWide), twips(pageHigh), twips(end), twips(side), twips(end), twips(side), twips(5), twips(5))
}

// The fonts of official papers by their names, which every office program in China has; others find a relative by the table.
const (
	song = "宋体"
	hei  = "黑体"

	fonts     = `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + song + `" w:cs="Times New Roman"/>`
	fontsHead = `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + hei + `" w:cs="Times New Roman"/>`
)

const fontTable = xmlHead + `<w:fonts ` + wordSpace + `>` +
	`<w:font w:name="` + song + `"><w:altName w:val="SimSun"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="` + hei + `"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

const settings = xmlHead + `<w:settings ` + wordSpace + `><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

func (d *Doc) styles() string {
	lang, pad := d.Lang, 1.2
	if lang == "" {
		lang = "zh-CN"
	}
	if !d.Dense {
		pad = 2
	}
	side := func(name string) string {
		return `<w:` + name + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	}
	cell := func(name string, mm float64) string {
		return fmt.Sprintf(`<w:%s w:w="%d" w:type="dxa"/>`, name, twips(mm))
	}
	return xmlHead + `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts + `<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="` + lang + `" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr>` + fontsHead + `<w:b/><w:spacing w:val="100"/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr>` + fontsHead + `<w:b/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="Form"><w:name w:val="Form"/><w:tblPr><w:tblBorders>` + side("top") + side("left") + side("bottom") + side("right") + side("insideH") + side("insideV") +
		`</w:tblBorders><w:tblCellMar>` + cell("top", pad/2) + cell("left", pad) + cell("bottom", pad/2) + cell("right", pad) + `</w:tblCellMar></w:tblPr></w:style></w:styles>`
}

func field(name string) string {
	return `<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r>` +
		`<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t>1</w:t></w:r><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>`
}

// footer is the number of the page, of how many.
func (d *Doc) footer() string {
	foot := d.Foot
	if strings.Count(foot, "%s") != 2 {
		foot = "%s / %s"
	}
	part := strings.Split(foot, "%s")
	text := func(s string) string {
		return `<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">` + escape(s) + `</w:t></w:r>`
	}
	return xmlHead + `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + text(part[0]) + field("PAGE") + text(part[1]) + field("NUMPAGES") + text(part[2]) + `</w:p></w:ftr>`
}

func (d *Doc) header() string {
	return xmlHead + `<w:hdr ` + wordSpace + `><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">` + escape(d.Title) + `</w:t></w:r></w:p></w:hdr>`
}
