package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
	"hoso/projections/report"
)

// attached is an attachment as a page lists it.
type attached struct {
	desk.Attachment
	Kind   domain.Text
	Format string
	Size   string
	Why    string // why it cannot be opened; empty: it can, by who may read personal data
}

// attachments are the documents of a case's page.
type attachments struct {
	List  []attached
	Kinds []option
	Key   uuid.UUID // of the form: sent twice, the document is attached once
}

var formats = map[string]string{"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX"}

// attachedTo lists what was attached to a case up to a version, the latest first.
func (a *Ask) attachedTo(r row, until uint64) (p attachments, err error) {
	id := r.Case.Case
	all, err := a.Desk.Documents(a.Context(), id.Type, id.ID.String(), 0)
	if err != nil {
		return p, err
	}
	auditor := a.May(right.Audit, id.Type, r.Unit) == nil
	for _, one := range all {
		if one.Version > until {
			continue
		}
		kind, _ := domain.DocumentKind(one.Kind)
		shown := attached{one, kind, formats[one.Media], sizeOf(one.Size), ""}
		switch {
		case one.Erased:
			shown.Why = text{"đã xóa cùng dữ liệu cá nhân của người đó", "erased with the personal data of the person"}.In(a.Lang)
		case one.Withdrawn && !auditor:
			shown.Why = text{"đã rút khỏi hồ sơ; chỉ người kiểm tra còn xem được", "withdrawn from the case; only an auditor can still read it"}.In(a.Lang)
		}
		p.List = append([]attached{shown}, p.List...)
	}
	for _, k := range domain.DocumentKinds() {
		kind, _ := domain.DocumentKind(k)
		p.Kinds = append(p.Kinds, option{k, text{kind.Vi, kind.En}.In(a.Lang)})
	}
	p.Key = uuid.New()
	return p, nil
}

// sizeOf writes a number of bytes for people.
func sizeOf(n int64) string {
	switch {
	case n < 1<<10:
		return report.Number(n) + " B"
	case n < 1<<20:
		return report.Number((n+1<<9)>>10) + " KB"
	}
	return strings.ReplaceAll(fmt.Sprintf("%.1f MB", float64(n)/(1<<20)), ".", ",")
}

// paperTime is how long a document may take to come.
const paperTime = 2 * time.Minute

// attach takes a document in, and leads back to its case.
func (s *Site) attach(w http.ResponseWriter, r *http.Request) {
	a := s.ask(w, r)
	a.page.name, a.page.section = "case", "/ho-so"
	leave, err := func() {}, a.may(right.Act)
	if err == nil {
		leave, err = s.receiving.Take(a.Who.Account)
	}
	next := ""
	if err == nil {
		defer leave()
		next, err = a.attach()
		err = a.sendBack("/ho-so/"+a.PathValue("case"), "paper", err)
	}
	if err != nil {
		s.fail(w, a, err)
		return
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (a *Ask) attach() (next string, err error) {
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return "", err
	}
	if err := desk.MaySomewhere(a.Context(), id.Type+".attach"); err != nil { // nothing of the file is read for who may attach it to no such case
		return "", err
	}
	_ = http.NewResponseController(a.w).SetReadDeadline(time.Now().Add(paperTime)) // where there is none to set, none was set
	u, err := desk.ReadForm(a.Header.Get("Content-Type"), http.MaxBytesReader(a.w, a.Body, desk.MaxForm))
	if err != nil {
		return "", err
	}
	if u.ID == uuid.Nil {
		return "", domain.Malformed("command.no_id", "id", "thiếu mã lệnh")
	}
	u.Type, u.Case = id.Type, id.ID.String()
	a.PostForm = url.Values{"kind": {u.Kind}, "title": {u.Title}} // for the form again, where it is refused
	if u.Media == "application/octet-stream" {                    // what browsers say where they do not know
		u.Media = ""
	}
	done, err := a.Desk.Attach(a.Context(), u)
	if err != nil {
		return "", err
	}
	if err := a.shows(done.Position); err != nil {
		return "", err
	}
	return "/ho-so/" + id.String() + "?done=" + strconv.FormatUint(done.Last, 10) + "#tai-lieu", nil
}

// shows waits a little until the pages show a position; later they do by themselves.
func (a *Ask) shows(position domain.Ordinal) error {
	late := time.NewTimer(paperWait)
	defer late.Stop()
	for {
		at, changed := a.Changed()
		if at >= position {
			return nil
		}
		select {
		case <-changed:
		case <-late.C:
			return nil
		case <-a.Context().Done():
			return a.Context().Err()
		}
	}
}

// paperWait is how long the pages may take to show what was attached before they are shown without it.
const paperWait = 5 * time.Second

// givenPaper is a document on its way to who asked for it.
type givenPaper struct{ desk.Paper }

func (p givenPaper) serve(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", p.Media)
	h.Set("Content-Disposition", p.Disposition())
	h.Set("Content-Length", strconv.Itoa(len(p.Content)))
	h.Set("Repr-Digest", p.ReprDigest())
	h.Set("Content-Security-Policy", desk.SandboxPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(p.Content)
}

// openPaper gives a document out, for a purpose that is recorded first. It is asked by a form: nobody reads it by following an
// address.
func openPaper(a *Ask) (any, error) {
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return nil, err
	}
	version, err := strconv.ParseUint(a.PathValue("version"), 10, 64)
	if err != nil {
		return nil, domain.Malformed("data.ill_typed", "version", "cần số của việc đính kèm")
	}
	p, err := a.Desk.Document(a.Context(), desk.DocumentLook{Type: id.Type, Case: id.ID.String(), Version: version, Purpose: desk.Purpose(a.PostFormValue("purpose"))})
	if errors.Is(err, domain.ErrErased) {
		return nil, domain.ErrErased
	}
	return givenPaper{p}, err
}

// paperLabels are the names of what an attachment says, which no case type declares.
func paperLabels(t domain.CaseType, lang Lang) labels {
	c, l := t, labels{}
	for _, one := range t.Commands {
		if one.Name == t.Name+".attach" {
			c.Commands = []domain.CommandType{one}
			l = labelled(c, lang)
		}
	}
	for _, k := range domain.DocumentKinds() {
		kind, _ := domain.DocumentKind(k)
		l.values["kind"][k] = text{kind.Vi, kind.En}.In(lang)
	}
	for media, name := range formats {
		l.values["media"][media] = name
	}
	return l
}
