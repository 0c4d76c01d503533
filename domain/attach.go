package domain

import (
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxDocument is how many bytes a document may hold.
const MaxDocument = 10 << 20

// maxDocuments is how many documents a case may have: a history is loaded whole.
const maxDocuments = 500

// maxTitle is how many letters the title of a document may have.
const maxTitle = 200

// Document is what an event says of a document that is attached to a case. The bytes lie beside the log, sealed.
type Document struct {
	Kind  string          `json:"kind" vi:"Loại tài liệu" en:"Kind" values:"application|identity|certificate|decision|minutes|receipt|photo|other"`
	Title Private[string] `json:"title,omitzero" vi:"Tên tài liệu" en:"Title" hint:"tối đa 200 chữ"`
	// Person is whose document it is: it is sealed with that one's key. Nobody in a case about nobody.
	Person PersonID `json:"person,omitzero" vi:"Của người nào" en:"Whose"`
	Media  string   `json:"media" vi:"Định dạng" en:"Format" values:"application/pdf|image/png|image/jpeg|application/vnd.openxmlformats-officedocument.wordprocessingml.document|application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"`
	Size   int64    `json:"size" vi:"Dung lượng" en:"Size" unit:"byte" min:"1" max:"10485760"`
	// Digest is the SHA-256 of the bytes, in hex. It is private: who can guess a document could prove the guess by it.
	Digest Private[string] `json:"digest" vi:"Mã băm SHA-256" en:"SHA-256"`
	// Stored is the SHA-256 of the sealed bytes, in hex. It tells nothing about the document, and by this name they lie there.
	Stored string `json:"stored" vi:"Mã băm bản niêm phong" en:"SHA-256 as sealed"`
}

// Attach puts a document beside a case. Every case type knows it; the name is "<case type>.attach". It changes nothing in the
// case, and no figure. Only the program gives it, when the bytes are durable.
type Attach struct {
	Type string `json:"-"`
	Document
}

// Attached says that a document was put beside the case. To withdraw it the act is voided, as any other one.
type Attached struct {
	Type string `json:"-"`
	Document
}

// CommandName implements [Command].
func (c Attach) CommandName() string { return c.Type + ".attach" }

// EventType implements [Event].
func (e Attached) EventType() string { return e.Type + ".attached" }

// Subject implements [Subject]; nobody where the case is about nobody.
func (d Document) Subject() PersonID { return d.Person }

// Owner returns with whose key the document is sealed: the office's own where it is nobody's.
func (d Document) Owner() PersonID { return ownerOf(d.Person) }

// sameBytes tells whether two are about the same bytes of the same person.
func (d Document) sameBytes(o Document) bool {
	return d.Media == o.Media && d.Size == o.Size && d.Stored == o.Stored && !d.Digest.open && !o.Digest.open
}

var documentKinds = map[string]Text{
	"application": {"Đơn, tờ khai", "Application"}, "identity": {"Giấy tờ tùy thân", "Identity paper"}, "certificate": {"Giấy xác nhận, chứng nhận", "Certificate"},
	"decision": {"Quyết định, thông báo", "Decision"}, "minutes": {"Biên bản", "Minutes"}, "receipt": {"Phiếu thu, chi, biên nhận", "Receipt"},
	"photo": {"Ảnh", "Photograph"}, "other": {"Khác", "Other"},
}

// DocumentKinds returns the kinds of documents, in the order in which people are shown them.
func DocumentKinds() []string {
	return []string{"application", "identity", "certificate", "decision", "minutes", "receipt", "photo", "other"}
}

// DocumentKind returns what people call a kind; false where there is none of the name.
func DocumentKind(name string) (Text, bool) { t, ok := documentKinds[name]; return t, ok }

// mediaEndings are the formats that are taken, with the ending of a file's name.
var mediaEndings = map[string]string{
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
}

// MediaEnding returns how the name of a file of a format ends; false where documents are not taken in that format.
func MediaEnding(media string) (string, bool) { s, ok := mediaEndings[media]; return s, ok }

var (
	attachesNoCase = Rule{Code: "attach.no_case", Say: Text{
		"chưa có hồ sơ này để đính kèm tài liệu", "there is no such case to attach a document to"}}
	attachesNothingKnown = Rule{Code: "attach.malformed", Say: Text{
		"mô tả tài liệu không đúng: cần loại, định dạng, dung lượng và hai mã băm", "the description of the document is wrong: it needs kind, format, size and both hashes"}}
	attachesWrongTitle = Rule{Code: "attach.wrong_title", Say: Text{
		"tên tài liệu tối đa %d chữ, trên một dòng, không có ký tự điều khiển", "a title has at most %d letters, on one line, without control characters"}}
	attachesWhose = Rule{Code: "attach.no_person", Say: Text{
		"hồ sơ này có nhiều người; hãy chọn tài liệu là của ai", "the case is about several people; say whose document it is"}}
	attachesOther = Rule{Code: "attach.other_person", Say: Text{
		"hồ sơ này không nói về người được chọn", "the case is not about the person named"}}
	attachesTooMany = Rule{Code: "attach.too_many", Say: Text{
		"hồ sơ đã có %d tài liệu, là mức tối đa", "the case has %d documents, which is the most that it may have"}}
	bytesAreFixed = Rule{Code: "attach.bytes_fixed", Say: Text{
		"nội dung tài liệu không sửa được; hãy hủy việc đính kèm rồi đính kèm tệp đúng", "the bytes of a document cannot be corrected; void the act and attach the right file"}}
)

func (h *History[S]) attach(c Attach) ([]Event, error) {
	if h.tail.Version == 0 {
		return nil, attachesNoCase.Refuse()
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	people, documents := h.about()
	switch {
	case documents >= maxDocuments:
		return nil, attachesTooMany.Refuse(maxDocuments)
	case c.Person.IsZero() && len(people) == 1:
		c.Person = people[0]
	case c.Person.IsZero() && len(people) > 1:
		return nil, attachesWhose.Refuse()
	case !c.Person.IsZero() && !slices.Contains(people, c.Person):
		return nil, attachesOther.Refuse()
	}
	return []Event{Attached(c)}, nil
}

// about returns the people of the acts that stand, and how many documents were attached. Where an act has a [Subject] it is
// about that one, and others whom it names are not meant.
func (h *History[S]) about() (people []PersonID, documents int) {
	for _, a := range h.acts {
		if beside(a.Event) {
			documents++
			continue
		}
		if a.voided {
			continue
		}
		named := personsNamed(a.Event)
		if s, ok := a.Event.(Subject); ok && !s.Subject().IsZero() {
			named = []PersonID{s.Subject()}
		}
		for _, p := range named {
			if !slices.Contains(people, p) {
				people = append(people, p)
			}
		}
	}
	return people, documents
}

// beside tells whether an act stands beside the rules of its case: no case type knows it, and it adds to no figure.
func beside(e Event) bool { _, ok := e.(Attached); return ok }

func (d Document) check() error {
	_, kind := documentKinds[d.Kind]
	_, media := mediaEndings[d.Media]
	digest, _ := d.Digest.Reveal()
	if !kind || !media || d.Size < 1 || d.Size > MaxDocument || !isDigest(digest) || !isDigest(d.Stored) {
		return attachesNothingKnown.Refuse()
	}
	return d.checkTitle()
}

// checkTitle looks at a title that is known here; one from the log was looked at when it came.
func (d Document) checkTitle() error {
	title, _ := d.Title.Reveal()
	if !utf8.ValidString(title) || utf8.RuneCountInString(title) > maxTitle || strings.ContainsFunc(title, unprintable) {
		return attachesWrongTitle.Refuse(maxTitle)
	}
	return nil
}

// unprintable finds what may not stand in a title: control characters, and those that turn the direction of letters, by which
// a name can look as if it ended otherwise.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func isDigest(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && s == strings.ToLower(s)
}
