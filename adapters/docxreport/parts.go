package docxreport

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"hoso/domain/calendar"
)

const (
	declared = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	office   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages = "http://schemas.openxmlformats.org/package/2006"
	word     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	drawing  = "http://schemas.openxmlformats.org/drawingml/2006"
)

// when is the time of every file in the package: the first that a zip archive can hold.
var when = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes the package.
func (d *document) pack(w io.Writer) error {
	z := zip.NewWriter(w)
	write := func(name, content string) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: when})
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		return err
	}
	related := ""
	for n := range d.pictures {
		related += relation(fmt.Sprintf("rChart%d", n+1), office+"/image", fmt.Sprintf("media/chart%d.png", n+1))
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", types},
		{"_rels/.rels", relations(relation("rDocument", office+"/officeDocument", "word/document.xml") +
			relation("rCore", packages+"/relationships/metadata/core-properties", "docProps/core.xml"))},
		{"docProps/core.xml", d.core()},
		{"word/document.xml", declared + `<w:document xmlns:w="` + word + `" xmlns:r="` + office + `" xmlns:wp="` + drawing + `/wordprocessingDrawing" xmlns:a="` +
			drawing + `/main" xmlns:pic="` + drawing + `/picture"><w:body>` + d.String() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", relations(relation("rStyles", office+"/styles", "styles.xml") + relation("rSettings", office+"/settings", "settings.xml") +
			relation("rNumber", office+"/header", "header1.xml") + relation("rFirst", office+"/header", "header2.xml") + related)},
		{"word/styles.xml", styles},
		{"word/settings.xml", declared + `<w:settings xmlns:w="` + word + `"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`},
		{"word/header1.xml", header(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`)},
		{"word/header2.xml", header("")},
	} {
		if err := write(part[0], part[1]); err != nil {
			return err
		}
	}
	for n, p := range d.pictures {
		if err := write(fmt.Sprintf("word/media/chart%d.png", n+1), string(p)); err != nil {
			return err
		}
	}
	return z.Close()
}

// core names the document. Its times are the day of the document, or of a draft the last of its period.
func (d *document) core() string {
	day := d.report.Paper.Date
	if day.IsZero() {
		day = d.report.To
	}
	if day.IsZero() {
		day = calendar.On(when)
	}
	at := day.String() + "T00:00:00Z"
	return declared + `<cp:coreProperties xmlns:cp="` + packages + `/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + text("Báo cáo "+d.report.Subject()) + "</dc:title><dc:creator>" + text(d.report.Office) + "</dc:creator><dc:language>vi-VN</dc:language>" +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + "</dcterms:modified></cp:coreProperties>"
}

func relation(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"/>`, id, kind, target)
}

func relations(all string) string {
	return declared + `<Relationships xmlns="` + packages + `/relationships">` + all + "</Relationships>"
}

func header(content string) string {
	return declared + `<w:hdr xmlns:w="` + word + `"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + content + "</w:p></w:hdr>"
}

const types = declared + `<Types xmlns="` + packages + `/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

// styles: everything in Times New Roman 14, in Vietnamese; headings are known as such to whoever moves along an outline.
var styles = declared + `<w:styles xmlns:w="` + word + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
	`<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	strings.Join([]string{
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`,
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>`,
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>`,
	}, "") + "</w:styles>"
