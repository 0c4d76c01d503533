package desk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/intake"
	"hoso/domain/person"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/desk"
	"hoso/projections/documents"
	"hoso/projections/documents/documentstest"
)

// papers are people whose cases have documents.
type papers struct {
	*people
	store *counted
}

// counted is a store that tells how much was put into it, and may fail.
type counted struct {
	documentstest.Memory
	puts int
	fail error
	then func() // happens when the bytes are durable
}

func (c *counted) Put(ctx context.Context, sealed []byte) (string, error) {
	if c.puts++; c.fail != nil {
		return "", c.fail
	}
	name, err := c.Memory.Put(ctx, sealed)
	if c.then != nil {
		c.then()
	}
	return name, err
}

var (
	pdf  = []byte("%PDF-1.7\nĐơn đề nghị của bà Nông Thị Hoa\n%%EOF\n")
	png  = []byte("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 50))
	jpeg = []byte("\xff\xd8\xff\xe0\x00\x10JFIF" + strings.Repeat("x", 50))
)

func office(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range append([]string{"[Content_Types].xml"}, parts...) {
		w, err := z.Create(p)
		if err == nil {
			_, err = w.Write([]byte("<x/>"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func newPapers(t *testing.T) *papers {
	t.Helper()
	p := &papers{newPeople(t), &counted{}}
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	p.desk.Views, err = projections.New(t.Context(), memlog.New(), p.desk.Codec, f) // positions are not what is tested here
	if err != nil {
		t.Fatal(err)
	}
	if p.desk.Names, err = intake.NewNames(t.Context(), domaintestKeys{}); err != nil {
		t.Fatal(err)
	}
	p.desk.Stored = p.store
	p.desk.Reading = func() (desk.Readers, error) { return desk.Readers{At: func() domain.Ordinal { return 0 }}, nil }
	return p
}

type domaintestKeys struct{ domain.Keys }

func (domaintestKeys) Pseudonym(context.Context) (domain.Key, error) { return domain.Key{7}, nil }

func (p *papers) upload(change func(*desk.Upload)) desk.Upload {
	u := desk.Upload{Type: "merit", Case: p.allowance.String(), ID: uuid.New(), Kind: "application", File: `C:\Quét\Đơn của Hoa.pdf`, Media: "application/pdf", Content: pdf}
	if change != nil {
		change(&u)
	}
	return u
}

func (p *papers) look(version uint64) desk.DocumentLook {
	return desk.DocumentLook{Type: "merit", Case: p.allowance.ID.String(), Version: version, Purpose: desk.ForHandling}
}

func (p *papers) list() []desk.Attachment {
	p.Helper()
	all, err := p.desk.Documents(p.as(everywhere), "merit", p.allowance.ID.String(), 0)
	if err != nil {
		p.Fatal(err)
	}
	return all
}

func TestADocumentIsAttachedListedAndRead(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	u := p.upload(nil)
	r, err := p.desk.Attach(p.as(right.Grant{Role: right.Caseworker, Unit: "06550"}), u)
	if err != nil || r.Case != p.allowance || r.First != 2 || r.Last != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	all := p.list()
	if len(all) != 1 || all[0].Version != 2 || all[0].Kind != "application" || all[0].Person != p.hoa || all[0].Media != "application/pdf" ||
		all[0].Size != int64(len(pdf)) || all[0].Actor.ID != "lan" || all[0].Actor.Unit != "06550" || all[0].Withdrawn || all[0].Erased {
		t.Fatalf("%+v", all)
	}
	sealed, err := p.store.Get(t.Context(), all[0].Stored)
	if err != nil || bytes.Contains(sealed, []byte("Hoa")) {
		t.Errorf("the store holds %q, %v", sealed, err)
	}
	if len(p.recorded()) != 0 {
		t.Error("a list is no reading")
	}
	got, err := p.desk.Document(p.as(everywhere), p.look(2))
	if err != nil || !bytes.Equal(got.Content, pdf) || got.Title != "Đơn của Hoa" || got.Digest != documents.DigestOf(pdf) {
		t.Errorf("%q %+v, %v", got.Title, got.Attachment, err)
	}
	read := p.recorded()
	if len(read) != 1 || read[0].Person != p.hoa || read[0].Case != p.allowance || read[0].Purpose != desk.ForHandling || read[0].Account != "lan" {
		t.Errorf("recorded %+v", read)
	}
	// Sent again it has the effect and the answer of once, and stores nothing more.
	for range 2 {
		if again, err := p.desk.Attach(p.as(everywhere), u); err != nil || again.First != r.First || p.store.puts != 1 {
			t.Errorf("again: %+v, %d puts, %v", again, p.store.puts, err)
		}
	}
	u.Content = png
	u.Media = "image/png"
	if _, err := p.desk.Attach(p.as(everywhere), u); domain.CodeOf(err) != "command.id_reused" || p.store.puts != 1 {
		t.Errorf("other content under the same id: %v, %d puts", err, p.store.puts)
	}
	if len(p.list()) != 1 {
		t.Errorf("%+v", p.list())
	}
}

func TestWhatIsNotAttached(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	who := right.Grant{Role: right.Caseworker, Unit: "06550"}
	large := append(bytes.Clone(pdf), make([]byte, domain.MaxDocument)...)
	for name, c := range map[string]struct {
		who    context.Context
		change func(*desk.Upload)
		code   string
	}{
		"nobody asks":                {p.Context(), nil, "right.nobody"},
		"another unit":               {p.as(right.Grant{Role: right.Caseworker, Unit: "05977"}), nil, "case.not_found"},
		"an auditor":                 {p.as(auditor), nil, "forbidden"},
		"rehabilitation, not named":  {p.as(everywhere), func(u *desk.Upload) { u.Type, u.Case = "rehab", p.in.String() }, "forbidden"},
		"too large":                  {p.as(who), func(u *desk.Upload) { u.Content = large }, "document.too_large"},
		"empty":                      {p.as(who), func(u *desk.Upload) { u.Content = nil }, "document.empty"},
		"a program":                  {p.as(who), func(u *desk.Upload) { u.Content = []byte("MZ\x90\x00"); u.Media = "" }, "document.wrong_type"},
		"a page":                     {p.as(who), func(u *desk.Upload) { u.Content = []byte("<html><script>alert(1)</script>"); u.Media = "" }, "document.wrong_type"},
		"a picture that is a page":   {p.as(who), func(u *desk.Upload) { u.Content = []byte("<svg onload=alert(1)>"); u.Media = "image/png" }, "document.wrong_type"},
		"a page declared as PDF":     {p.as(who), func(u *desk.Upload) { u.Media = "text/html" }, "document.not_as_declared"},
		"a picture declared as PDF":  {p.as(who), func(u *desk.Upload) { u.Content = png }, "document.not_as_declared"},
		"a declaration that is none": {p.as(who), func(u *desk.Upload) { u.Media = "pdf; \r\n" }, "document.not_as_declared"},
		"some archive":               {p.as(who), func(u *desk.Upload) { u.Content, u.Media = office(t, "a.exe"), "" }, "document.wrong_type"},
		"macros":                     {p.as(who), func(u *desk.Upload) { u.Content, u.Media = office(t, "word/document.xml", "word/vbaProject.bin"), "" }, "document.wrong_type"},
		"half an archive":            {p.as(who), func(u *desk.Upload) { u.Content, u.Media = office(t, "word/document.xml")[:60], "" }, "document.wrong_type"},
		"a kind that is none":        {p.as(who), func(u *desk.Upload) { u.Kind = "poem" }, "attach.malformed"},
		"a title of two lines":       {p.as(who), func(u *desk.Upload) { u.Title = "a\r\nSet-Cookie: b" }, "attach.wrong_title"},
		"somebody else's":            {p.as(who), func(u *desk.Upload) { u.Person = p.binh }, "attach.other_person"},
		"a case that is none":        {p.as(everywhere), func(u *desk.Upload) { u.Case = uuid.NewString() }, "case.not_found"},
		"a type that is none":        {p.as(everywhere), func(u *desk.Upload) { u.Type = "nothing" }, "case.unknown_type"},
		"an account":                 {p.as(right.Grant{Role: right.Administrator}), func(u *desk.Upload) { u.Type, u.Case = "account", uuid.NewString() }, "document.not_here"},
		"another version":            {p.as(who), func(u *desk.Upload) { u.Expect = 9 }, "case.version_changed"},
	} {
		_, err := p.desk.Attach(c.who, p.upload(c.change))
		if domain.CodeOf(err) != c.code && (c.code != "forbidden" || domain.KindOf(err) != domain.Forbidden) {
			t.Errorf("%s: %v [%s], want %s", name, err, domain.CodeOf(err), c.code)
		}
		if err != nil && strings.Contains(err.Error(), "Hoa") {
			t.Errorf("%s: the error names somebody: %v", name, err)
		}
	}
	if p.store.puts > 1 { // only the version is looked at by the log alone
		t.Errorf("%d documents were stored for nothing", p.store.puts)
	}
	if all := p.list(); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

func TestFormatsThatAreTaken(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	for want, content := range map[string][]byte{"application/pdf": pdf, "image/png": png, "image/jpeg": jpeg,
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": office(t, "word/document.xml"),
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       office(t, "xl/workbook.xml")} {
		for _, declared := range []string{"", want, "application/octet-stream"} {
			if _, err := p.desk.Attach(p.as(everywhere), p.upload(func(u *desk.Upload) { u.Content, u.Media = content, declared })); err != nil {
				t.Errorf("%s declared as %q: %v", want, declared, err)
			}
		}
		all := p.list()
		if last := all[len(all)-1]; last.Media != want {
			t.Errorf("%s is taken for %s", want, last.Media)
		}
	}
}

// The name of a file becomes a title: nothing in it leads anywhere or looks like something else.
func TestTitlesOfFiles(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	for file, want := range map[string]string{
		"../../etc/passwd":                   "passwd",
		`..\..\windows\system.ini`:           "system",
		"/":                                  "",
		"":                                   "",
		"đơn.tar.gz":                         "đơn.tar",
		"a\r\nb\x00.pdf":                     "ab",
		"anh\u202efdp.exe":                   "anhfdp",
		"\xff\xfe.pdf":                       "",
		"<script>alert(1)</script>.pdf":      "script>",
		`=HYPERLINK("http:x","y").pdf`:       `=HYPERLINK("http:x","y")`,
		strings.Repeat("dài ", 100) + ".pdf": strings.TrimSpace(strings.Repeat("dài ", 25)),
	} {
		r, err := p.desk.Attach(p.as(everywhere), p.upload(func(u *desk.Upload) { u.File = file }))
		if err != nil {
			t.Errorf("%q: %v", file, err)
			continue
		}
		got, err := p.desk.Document(p.as(everywhere), p.look(r.Last))
		if err != nil || got.Title != want {
			t.Errorf("%q became %q, want %q, %v", file, got.Title, want, err)
		}
	}
}

func TestWhoMayNotReadADocument(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	if _, err := p.desk.Attach(p.as(everywhere), p.upload(nil)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who    context.Context
		change func(*desk.DocumentLook)
		code   string
	}{
		"nobody asks":          {p.Context(), nil, "right.nobody"},
		"another unit":         {p.as(right.Grant{Role: right.Caseworker, Unit: "05977"}), nil, "case.not_found"},
		"a statistician":       {p.as(right.Grant{Role: right.Statistician}), nil, "forbidden"},
		"an administrator":     {p.as(right.Grant{Role: right.Administrator}), nil, "forbidden"},
		"no purpose":           {p.as(everywhere), func(l *desk.DocumentLook) { l.Purpose = "" }, "access.no_purpose"},
		"an act of its own":    {p.as(everywhere), func(l *desk.DocumentLook) { l.Version = 1 }, "document.not_found"},
		"a guessed act":        {p.as(everywhere), func(l *desk.DocumentLook) { l.Version = 99 }, "document.not_found"},
		"through another case": {p.as(everywhere), func(l *desk.DocumentLook) { l.Case = uuid.NewString() }, "case.not_found"},
	} {
		look := p.look(2)
		if c.change != nil {
			c.change(&look)
		}
		got, err := p.desk.Document(c.who, look)
		if domain.CodeOf(err) != c.code && (c.code != "forbidden" || domain.KindOf(err) != domain.Forbidden) || len(got.Content) > 0 {
			t.Errorf("%s: %v [%s], want %s", name, err, domain.CodeOf(err), c.code)
		}
	}
	if r := p.recorded(); len(r) != 0 {
		t.Errorf("recorded: %+v", r)
	}
	p.unreadable = errors.New("disk full")
	if got, err := p.desk.Document(p.as(everywhere), p.look(2)); !errors.Is(err, p.unreadable) || len(got.Content) > 0 {
		t.Errorf("shown without being recorded: %v", err)
	}
	if _, err := p.desk.Documents(p.as(right.Grant{Role: right.Caseworker, Unit: "05977"}), "merit", p.allowance.ID.String(), 0); domain.CodeOf(err) != "case.not_found" {
		t.Errorf("the list for another unit: %v", err)
	}
}

func TestWhatIsWithdrawnIsForAuditors(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	if _, err := p.desk.Attach(p.as(everywhere), p.upload(nil)); err != nil {
		t.Fatal(err)
	}
	p.do(p.allowance, domain.Correct{Type: "merit", Version: 2, Data: []byte(`{"title":"Tờ khai","kind":"certificate"}`), Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
	if got, err := p.desk.Document(p.as(everywhere), p.look(2)); err != nil || got.Title != "Tờ khai" || got.Kind != "certificate" || !bytes.Equal(got.Content, pdf) {
		t.Errorf("corrected: %q %q, %v", got.Title, got.Kind, err)
	}
	p.do(p.allowance, domain.Void{Type: "merit", Version: 2, Reason: domain.Hide("nhầm hồ sơ"), Requester: "lan", Approver: "minh"})
	if all := p.list(); len(all) != 1 || !all[0].Withdrawn {
		t.Errorf("%+v", all)
	}
	if _, err := p.desk.Document(p.as(everywhere), p.look(2)); domain.CodeOf(err) != "document.withdrawn" {
		t.Errorf("a caseworker: %v", err)
	}
	if got, err := p.desk.Document(p.as(auditor), p.look(2)); err != nil || !bytes.Equal(got.Content, pdf) {
		t.Errorf("an auditor: %v", err)
	}
}

func TestNobodyReadsTheDocumentsOfWhoWasErased(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	hers := p.upload(func(u *desk.Upload) { u.Type, u.Case = "rehab", p.in.String() })
	named := right.Grant{Role: right.Caseworker, CaseTypes: []string{"rehab"}}
	if _, err := p.desk.Attach(p.as(named), hers); err != nil {
		t.Fatal(err)
	}
	p.do(p.stream(p.hoa), person.Erase{Ground: "request"})
	all, err := p.desk.Documents(p.as(named), "rehab", p.in.String(), 0)
	if err != nil || len(all) != 1 || !all[0].Erased {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := p.desk.Document(p.as(named), desk.DocumentLook{Type: "rehab", Case: p.in.String(), Version: 2, Purpose: desk.ForHandling}); !errors.Is(err, domain.ErrErased) {
		t.Errorf("read: %v", err)
	}
	again := p.upload(func(u *desk.Upload) { u.Type, u.Case = "rehab", p.in.String() })
	if _, err := p.desk.Attach(p.as(named), again); !errors.Is(err, domain.ErrErased) {
		t.Errorf("attached: %v", err)
	}
}

// What cannot be stored is no event.
func TestBytesComeBeforeTheirEvent(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	u := p.upload(nil)
	p.store.fail = &domain.Error{Kind: domain.Unavailable, Code: "documents.unavailable"}
	if _, err := p.desk.Attach(p.as(everywhere), u); domain.CodeOf(err) != "documents.unavailable" {
		t.Errorf("%v", err)
	}
	if all := p.list(); len(all) != 0 {
		t.Errorf("an event without bytes: %+v", all)
	}
	p.store.fail = nil
	if _, err := p.desk.Attach(p.as(everywhere), u); err != nil {
		t.Errorf("sent again: %v", err)
	}
	_ = p.store.Drop(t.Context(), p.list()[0].Stored)
	if _, err := p.desk.Document(p.as(everywhere), p.look(2)); !errors.Is(err, documents.ErrMissing) {
		t.Errorf("bytes that are gone: %v", err)
	}
}

// Whoever dies between the bytes and their event has attached nothing, and may send it again.
func TestNothingIsAttachedByBytesAlone(t *testing.T) {
	t.Parallel()
	p := newPapers(t)
	u := p.upload(nil)
	ctx, die := context.WithCancel(p.as(everywhere))
	p.store.then = die
	if _, err := p.desk.Attach(ctx, u); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	if all := p.list(); len(all) != 0 || p.store.puts != 1 {
		t.Errorf("%+v after %d puts", all, p.store.puts)
	}
	p.store.then = nil
	for range 2 {
		if r, err := p.desk.Attach(p.as(everywhere), u); err != nil || r.First != 2 {
			t.Errorf("sent again: %+v, %v", r, err)
		}
	}
	if got, err := p.desk.Document(p.as(everywhere), p.look(2)); err != nil || !bytes.Equal(got.Content, pdf) || p.store.puts != 2 {
		t.Errorf("%d bytes after %d puts, %v", len(got.Content), p.store.puts, err)
	}
}
