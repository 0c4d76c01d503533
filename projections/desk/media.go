package desk

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"hoso/domain"
	"hoso/projections/documents"
)

const (
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

var (
	errWrongMedia = &domain.Error{Kind: domain.Invalid, Code: "document.wrong_type", Field: "file",
		Msg: "chỉ nhận tài liệu PDF, ảnh PNG hoặc JPEG, tệp DOCX hoặc XLSX không có macro; hãy quét hoặc lưu lại ở một trong các dạng đó",
		En:  "documents are PDF, pictures PNG or JPEG, files DOCX or XLSX without macros; scan it or save it as one of these"}
	errOtherMedia = &domain.Error{Kind: domain.Invalid, Code: "document.not_as_declared", Field: "file",
		Msg: "nội dung tệp không đúng với định dạng đã khai; hãy kiểm tra lại tệp", En: "the file is not of the type that it is declared to be; look at the file again"}
	errEmptyFile = &domain.Error{Kind: domain.Invalid, Code: "document.empty", Field: "file",
		Msg: "chưa chọn tệp, hoặc tệp trống; hãy chọn lại", En: "no file was chosen, or it is empty; choose again"}
)

// mediaOf tells by its content which of the formats that are taken a file has, and holds that against what was declared, where
// something was. Nothing is unpacked.
func mediaOf(content []byte, declared string) (string, error) {
	switch {
	case len(content) == 0:
		return "", errEmptyFile
	case len(content) > domain.MaxDocument:
		return "", documents.ErrTooLarge
	}
	media, _, _ := strings.Cut(http.DetectContentType(content), ";")
	if media == "application/zip" {
		media = officeFormat(content)
	}
	if _, ok := domain.MediaEnding(media); !ok {
		return "", errWrongMedia
	}
	kind, _, err := mime.ParseMediaType(declared)
	if declared != "" && (err != nil || kind != media && kind != "application/octet-stream") {
		return "", errOtherMedia
	}
	return media, nil
}

// officeFormat tells by the list of its parts what an office file is: "" where it has macros, or is no such file.
func officeFormat(content []byte) (media string) {
	parts, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	for _, p := range parts.File {
		switch name := strings.ToLower(p.Name); {
		case strings.HasSuffix(name, ".bin") && strings.Contains(name, "vba"):
			return ""
		case name == "word/document.xml":
			media = docx
		case name == "xl/workbook.xml":
			media = xlsx
		}
	}
	return media
}

// FileName is the name under which a document is given out: its title, with the ending of what it really is, and nothing in
// it that leads somewhere.
func (p Paper) FileName() string {
	name := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, p.Title)
	if name = strings.Trim(name, " ."); name == "" {
		return p.plainName()
	}
	ending, _ := domain.MediaEnding(p.Media)
	return name + ending
}

// plainName is a name that says nothing.
func (p Paper) plainName() string {
	ending, _ := domain.MediaEnding(p.Media)
	return "tai-lieu-" + strconv.FormatUint(p.Version, 10) + ending
}

// Disposition is the header field Content-Disposition (RFC 6266, RFC 8187): to be kept, never shown in the browser.
func (p Paper) Disposition() string {
	return `attachment; filename="` + p.plainName() + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(p.FileName()), "+", "%20")
}

// ReprDigest is the header field Repr-Digest (RFC 9530): what whoever has the paper can hold it against.
func (p Paper) ReprDigest() string {
	digest, _ := hex.DecodeString(p.Digest)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(digest) + ":"
}

// SandboxPolicy is the Content-Security-Policy of a document: should a browser show it after all, nothing in it runs or loads.
const SandboxPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"
