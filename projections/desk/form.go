package desk

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/documents"
)

// MaxForm is how many bytes a form with a document may have in all.
const MaxForm = domain.MaxDocument + 64<<10

// maxField is how many bytes each of its fields but the file may have.
const maxField = 2 << 10

var (
	errNoForm = &domain.Error{Kind: domain.Usage, Code: "document.not_a_form",
		Msg: "tài liệu gửi lên bằng biểu mẫu multipart/form-data: kind, title, person, file", En: "a document is sent as a form, multipart/form-data: kind, title, person, file"}
	errWrongForm = &domain.Error{Kind: domain.Invalid, Code: "document.wrong_form",
		Msg: "biểu mẫu gửi tài liệu thiếu, thừa hoặc lặp trường, hoặc bị cắt ngang", En: "the form with the document lacks a field, has one too many or twice, or was cut off"}
)

// IsForm tells whether a Content-Type is that of a form with a file; an error says so, too (document.not_a_form).
func IsForm(contentType string) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return errNoForm
	}
	return nil
}

// ReadForm reads an upload from a form (RFC 7578) with the fields kind, title, person, id, version, and file. Nothing of it
// touches the disk. Of the case the form says nothing. Errors: document.not_a_form, document.wrong_form, document.too_large,
// data.ill_typed.
func ReadForm(contentType string, body io.Reader) (u Upload, err error) {
	if err := IsForm(contentType); err != nil {
		return u, err
	}
	_, params, _ := mime.ParseMediaType(contentType)
	form, seen := multipart.NewReader(body, params["boundary"]), map[string]bool{}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err != nil {
			return u, cutForm(err)
		}
		name := part.FormName()
		if seen[name] {
			return u, errWrongForm
		}
		seen[name] = true
		if err := u.take(name, part); err != nil {
			return u, err
		}
	}
}

func (u *Upload) take(name string, part *multipart.Part) (err error) {
	if name == "file" {
		u.File, u.Media = part.FileName(), part.Header.Get("Content-Type")
		u.Content, err = io.ReadAll(io.LimitReader(part, domain.MaxDocument+1))
		if len(u.Content) > domain.MaxDocument {
			return documents.ErrTooLarge
		}
		return cutForm(err)
	}
	b, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return cutForm(err)
	}
	if len(b) > maxField {
		return errWrongForm
	}
	value := string(b)
	switch name {
	case "kind":
		u.Kind = value
	case "title":
		u.Title = value
	case "id":
		u.ID, err = uuid.Parse(value)
	case "version":
		u.Expect, err = strconv.ParseUint(value, 10, 64)
	case "person":
		if value != "" {
			u.Person.UUID, err = uuid.Parse(value)
		}
	default:
		return errWrongForm
	}
	if err != nil {
		return domain.Malformed("data.ill_typed", name, "giá trị không đúng kiểu")
	}
	return nil
}

// cutForm says that a form broke off, or was too large to come to its end.
func cutForm(err error) error {
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large):
		return documents.ErrTooLarge
	}
	wrong := *errWrongForm
	wrong.Err = err
	return &wrong
}
